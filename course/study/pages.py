"""What the desk shows, as HTML: the results of a check, a hint, a solution, the picture. Pure functions."""

import base64
import html

from nbconvert.filters.markdown import markdown2html

from course.grading.outcomes import NOT_ATTEMPTED, RIGHT
from course.study.exercises import CODE
from course.study.results import NOT_RIGHT, PARTLY, WRITTEN
from course.study.telling import SIGNS

_LINE = "border-bottom:1px solid color-mix(in srgb, currentColor 25%, transparent)"
_CELL = f"padding:0.35em 0.9em 0.35em 0;text-align:left;vertical-align:top;{_LINE}"
_CODE = ("overflow-x:auto;padding:0.6em 0.9em;border-left:3px solid #0072B2;line-height:1.4;"
         "background:color-mix(in srgb, currentColor 6%, transparent)")
MARK_IT = "No check can read it: choose it above, press Solution, compare, and give the points yourself."
_TRACK = ("height:0.5em;max-width:32em;margin:0.2em 0 0.9em;border-radius:0.25em;overflow:hidden;"
          "background:color-mix(in srgb, currentColor 15%, transparent)")
# Seen on white and on black.
_COLOURS = {RIGHT: "#2b8fd6", PARTLY: "#2b8fd6", NOT_RIGHT: "#d9730d", WRITTEN: "#a765a0"}


def status(text):
    """A line that screen readers say when it changes."""
    return f'<p role="status" style="line-height:1.5;margin:0.3em 0">{html.escape(text)}</p>'


def results(report):
    """The report of a check as a table. report: as `course check --json` prints it."""
    rows = "".join(_row(one) for one in report["exercises"])
    head = "".join(f'<th scope="col" style="{_CELL}">{title}</th>' for title in ("exercise", "points", "outcome", "what was said"))
    saved = report["saved"].partition("T")[2]
    return (f'<p role="status" style="line-height:1.5;margin:0.6em 0 0.3em"><b>{html.escape(report["closing"])}</b> '
            f"Checked as saved at {html.escape(saved)}, hidden tests included.</p>{_bar(report)}"
            f'<table style="border-collapse:collapse;line-height:1.45;width:100%"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>")


def _bar(report):
    """The share of the points as a bar; the sentence above it says the same in words."""
    share = 100 * report["earned"] / report["points"] if report["points"] else 0
    return (f'<div aria-hidden="true" style="{_TRACK}"><div style="height:100%;width:{share:.0f}%;background:{_COLOURS[RIGHT]}">'
            "</div></div>")


def _outcome(state):
    """Sign and words of an outcome; the colour tells nothing that the two do not."""
    return f'<span style="color:{_COLOURS.get(state, "inherit")};font-weight:bold">{SIGNS[state]}</span> {state}'


def _row(one):
    points = f"{one['earned']:g} / {one['points']:g}" if one["points"] else ""
    lines = _said(one)
    said = f'<div style="white-space:pre-wrap">{html.escape(chr(10).join(lines))}</div>' if lines else ""
    name = f"{html.escape(one['number'])} {html.escape(one['name'])}".strip()
    cells = (name, points, _outcome(one["state"]), said)
    styles = (f"{_CELL};white-space:nowrap", f"{_CELL};white-space:nowrap", f"{_CELL};white-space:nowrap",
              f"{_CELL};padding-right:0;width:99%")
    faint = ' style="opacity:0.7"' if one["state"] == NOT_ATTEMPTED else ""
    return f"<tr{faint}>" + "".join(f'<td style="{style}">{cell}</td>' for style, cell in zip(styles, cells, strict=True)) + "</tr>"


def _said(one):
    """What stands beside an exercise: its first failing check's message; nothing where it is right or not attempted."""
    if one["state"] == "written":
        return [MARK_IT]
    return one["lines"] if one["state"] in ("partly right", "not right") else []


def hint(told, steps, more=""):
    """A hint, below the catalogue's advice on what the last check named. more: what stands under it, Markdown."""
    advice = status(told.mistake) if told.mistake else ""
    title = f"<p><b>{html.escape(told.exercise.label)}, hint {told.step} of {steps}</b></p>"
    return f'{advice}<div style="line-height:1.5">{title}{markdown2html(told.text)}{markdown2html(more)}</div>'


def solution(exercise, text):
    """A worked solution: code as it stands, a text as it reads."""
    shown = f'<pre style="{_CODE}">{html.escape(text)}</pre>' if exercise.kind == CODE else f'<div style="line-height:1.5">{markdown2html(text)}</div>'
    return f"<p><b>{html.escape(exercise.label)}</b>, as the course solves it; yours may differ and be as right.</p>{shown}"


def picture(png, alt, width):
    """A PNG as an image with alt text, `width` pixels wide where the page is as wide."""
    source = base64.b64encode(png).decode("ascii")
    return (f'<img src="data:image/png;base64,{source}" alt="{html.escape(alt, quote=True)}" width="{width}" '
            'style="max-width:100%;height:auto;border-radius:6px;margin:0.6em 0">')
