"""The outputs of a cell, as they were handed in, as harmless HTML."""

import base64
import binascii
import html
import re

from nbconvert.filters import ansi2html

from .formulas import as_typed, formula
from .markdown import markdown
from .sanitise import sanitised

NO_WORDS = "A picture from your notebook, without a description"
MOST_LINES = 2_000
WITHOUT_ALT = re.compile(r"<img(?![^>]*\balt=)")


def output_html(output):
    """HTML of one output, or an empty text when there is nothing to show without scripts."""
    kind = output.get("output_type")
    if kind == "stream":
        return text_box(output.get("text", ""), "stderr" if output.get("name") == "stderr" else "stdout")
    if kind == "error":
        return text_box("\n".join(output.get("traceback") or [f"{output.get('ename')}: {output.get('evalue')}"]), "error")
    return data_html(output.get("data", {})) if kind in ("display_data", "execute_result") else ""


def data_html(data):
    """HTML of the best that a bundle of formats holds."""
    for mime in ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain"):
        value = data.get(mime)
        value = "".join(value) if isinstance(value, list) else value
        if isinstance(value, str) and value.strip() and (shown := SHOW[mime](value, data)):
            return shown
    return ""


def rich(value, data):
    clean = sanitised(value)
    return f'<div class="rich scroll" tabindex="0">{described(clean, data)}</div>' if clean.strip() else ""


def described(clean, data):
    """The HTML with a text for each picture that has none."""
    return WITHOUT_ALT.sub(lambda _: f'<img alt="{html.escape(words_for(data))}"', clean)


def words_for(data):
    """What the picture shows, where its cell says so: course pictures print their alternative text."""
    plain = data.get("text/plain", "")
    plain = "".join(plain) if isinstance(plain, list) else str(plain)
    return plain.strip("[] ") if plain.startswith(("[picture:", "[exhibit:")) else NO_WORDS


def picture(mime):
    def show(value, data):
        if mime == "image/svg+xml":
            value = base64.b64encode(value.encode()).decode()
        value = "".join(value.split())
        try:
            base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return ""
        return f'<img src="data:{mime};base64,{value}" alt="{html.escape(words_for(data))}">'
    return show


def latex(value, data):
    inner = value.strip()
    for mark in ("$$", "$"):
        if inner.startswith(mark) and inner.endswith(mark) and len(inner) > 2 * len(mark):
            return f'<div class="scroll" tabindex="0">{formula(inner[len(mark):-len(mark)], True)}</div>'
    return as_typed(inner, True)


def text_box(text, kind="stdout"):
    """A box that scrolls; colours of the terminal are kept."""
    text = "".join(text) if isinstance(text, list) else str(text)
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        text = "\n".join([*lines[:MOST_LINES], f"… and {len(lines) - MOST_LINES} lines more, in your notebook"])
    return f'<pre class="text {kind}" tabindex="0">{ansi2html(text)}</pre>' if text.strip() else ""


SHOW = {
    "text/html": rich, "image/svg+xml": picture("image/svg+xml"), "image/png": picture("image/png"),
    "image/jpeg": picture("image/jpeg"), "text/markdown": lambda value, data: markdown(value), "text/latex": latex,
    "text/plain": lambda value, data: text_box(value),
}
