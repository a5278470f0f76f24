"""Markdown as it stands on a feedback page: harmless, formulas as MathML, headings one level below the page's own."""

import functools
import html
import re

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .formulas import formula
from .sanitise import sanitised

MOST_CHARACTERS = 200_000
# Stand for a formula until the HTML around it is sanitised; private to this text, in which they do not occur.
OPEN, CLOSE = "\ue000", "\ue001"
HEADING = re.compile(r"<h([1-6])(?: [^>]*)?>(.*?)</h\1>", re.DOTALL)


class Renderer(IPythonRenderer):
    """Writes markdown as HTML, with a mark in the place of each formula."""

    def __init__(self, attachments=None):
        super().__init__(escape=False, exclude_anchor_links=True, attachments=attachments)
        self.formulas = []

    def _set_aside(self, tex, display):
        self.formulas.append(formula(tex, display))
        return f"{OPEN}{len(self.formulas) - 1}{CLOSE}"

    def inline_math(self, body):
        return self._set_aside(body, False)

    def block_math(self, body):
        return self._set_aside(body, True)

    def latex_environment(self, name, body):
        return self._set_aside(rf"\begin{{{name}}}{body}\end{{{name}}}", True)

    def _embed_image_or_attachment(self, src):
        return "" if src.startswith("attachment:") and src[len("attachment:"):] not in self.attachments else (
            super()._embed_image_or_attachment(src))


def markdown(source, attachments=None):
    """HTML of a markdown cell. attachments: {name: {mime type: base64}}, the pictures that the cell carries."""
    return rendered(source) if not attachments else render(source, attachments)


@functools.lru_cache(maxsize=2048)
def rendered(source):
    """The chapter's own text is the same for everyone: rendered once."""
    return render(source)


def render(source, attachments=None):
    source = source.replace(OPEN, "").replace(CLOSE, "")
    renderer = Renderer(attachments)
    try:
        if len(source) > MOST_CHARACTERS:
            raise ValueError("too long")
        raw = MarkdownWithMath(renderer=renderer).render(source)
        clean = sanitised(raw)
    except Exception:  # whatever a student may have typed: their text is shown, and the page is written
        return f"<pre>{html.escape(source)}</pre>"
    lowered = HEADING.sub(lambda found: f"<h{min(6, int(found[1]) + 1)}>{found[2]}</h{min(6, int(found[1]) + 1)}>", clean)
    tables = lowered.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    return re.sub(f"{OPEN}(\\d+){CLOSE}", lambda found: renderer.formulas[int(found[1])], tables)
