"""What a mock exam shows, as HTML and as plain text: the clock, who is answered, the score sheet. Pure functions."""

from __future__ import annotations

import html
import time

from course.mock_exam.paper import Paper
from course.mock_exam.sheet import ALL, ANSWERED, BEGUN, BY_HAND, MARKED, NONE, OPEN, SOME, Row, Sheet, progress

SIGNS = {ANSWERED: "●", BEGUN: "◐", OPEN: "○", ALL: "✓", SOME: "◐", NONE: "✗", BY_HAND: "✎", MARKED: "✓"}
_LINE = "border-bottom:1px solid color-mix(in srgb, currentColor 25%, transparent)"
_CELL = f"padding:0.3em 0.9em 0.3em 0;text-align:left;vertical-align:top;{_LINE}"

# The clock counts in the page itself, from the moment of the deadline: a busy kernel does not stop it, and a page that is
# loaded again goes on where it was. A frame, since a script that is put into a page as text does not run there.
_COUNTDOWN = """<body style="margin:0;background:transparent;font:600 22px/32px system-ui,sans-serif">
<span id="left" role="timer">until {until}</span><span id="soon" role="status" style="font-size:15px"></span>
<script>
const left = document.getElementById("left"), soon = document.getElementById("soon"), two = n => String(n).padStart(2, "0");
function show() {{
    const s = Math.max(0, Math.ceil(({deadline} - Date.now()) / 1000));
    const warning = s > 600 ? "" : s > 300 ? " · 10 minutes to go" : " · 5 minutes to go";
    left.textContent = s ? `${{Math.floor(s / 3600)}}:${{two(Math.floor(s / 60) % 60)}}:${{two(s % 60)}} left` : "Time is up";
    soon.textContent = s ? warning && warning + ": save what you have written" : "";
    const around = getComputedStyle(window.frameElement);
    document.body.style.color = around.color;
    document.documentElement.style.colorScheme = around.colorScheme;
}}
show();
setInterval(show, 250);
</script>"""


def countdown(deadline: float) -> str:
    """A clock that counts down to `deadline`, in seconds since 1970."""
    page = _COUNTDOWN.format(deadline=round(1000 * deadline), until=time_of_day(deadline))
    return (f'<iframe title="time left" srcdoc="{html.escape(page, quote=True)}" '
            'style="border:0;width:36em;max-width:100%;height:34px;background:transparent"></iframe>')


def time_of_day(moment: float) -> str:
    return time.strftime("%H:%M", time.localtime(moment))


def duration(seconds: float) -> str:
    """Whole minutes in words: "1 h 05 min", "12 min", "under a minute"."""
    minutes = int(seconds // 60)
    if minutes == 0:
        return "under a minute"
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def number(points: float) -> str:
    """Points with halves and quarters as such: "2", "1½", "¼"."""
    whole, part = divmod(points, 1)
    fraction = {0: "", 0.25: "¼", 0.5: "½", 0.75: "¾"}.get(part)
    if fraction is None:
        return f"{points:g}"
    return f"{whole:.0f}{fraction}" if whole or not fraction else fraction


def status(paper: Paper, runs, written, deadline: float) -> str:
    """Each question as answered, begun or open; nothing about right or wrong."""
    chips, counts = [], {ANSWERED: 0, BEGUN: 0, OPEN: 0}
    for question in paper.questions:
        how = progress(question, runs, written)
        counts[how] += 1
        chips.append(f'<span style="white-space:nowrap;margin-right:1.1em">{SIGNS[how]} {question.number} {how}</span> ')
    said = f"{counts[ANSWERED]} of {len(paper.questions)} answered, {counts[BEGUN]} begun, {counts[OPEN]} open."
    return (f'<div style="line-height:1.7">{"".join(chips)}</div>'
            f'<p role="status" style="line-height:1.5;margin:0.4em 0 0 0">{said} The exam ends at {time_of_day(deadline)}. '
            "Derivations count as answered a moment after the notebook is saved.</p>")


def score_sheet(sheet: Sheet, taken: float) -> str:
    """The sheet as a table. taken: seconds."""
    rows = "".join(_row(row) for row in sheet.rows)
    head = "".join(f'<th scope="col" style="{_CELL}">{title}</th>' for title in ("question", "points", "", "what was said"))
    return (f'<p role="status" style="line-height:1.5;margin:0.6em 0"><b>{html.escape(total(sheet))}</b> '
            f"{html.escape(closing(sheet, taken))}</p>"
            f'<table style="border-collapse:collapse;line-height:1.45;width:100%"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>")


def _row(row: Row) -> str:
    question = row.question
    said = [f'<div style="white-space:pre-wrap">{html.escape(message)}</div>' for message in _messages(row)]
    if row.advice and row.state in (BY_HAND, MARKED):
        said.append(f"<div>{html.escape(row.advice)}</div>")
    cells = (f"{question.number} {html.escape(question.name)}", f"{number(row.earned)} / {question.points}",
             f"{SIGNS[row.state]} {row.state}", "".join(said))
    styles = (f"{_CELL};min-width:13em", f"{_CELL};white-space:nowrap", f"{_CELL};white-space:nowrap", f"{_CELL};padding-right:0")
    return "<tr>" + "".join(f'<td style="{style}">{cell}</td>' for style, cell in zip(styles, cells, strict=True)) + "</tr>"


def _messages(row: Row) -> list[str]:
    """What the checks said; where a question that was begun has several, each check, also what is right or was not run."""
    if row.state == OPEN:
        return []
    if len(row.checks) < 2:
        return [check.message for check in row.checks if check.message]
    return [f"Check {place} of {len(row.checks)}, {check.points:g} {'point' if check.points == 1 else 'points'}: {check.state}."
            + (f"\n{check.message}" if check.message else "") for place, check in enumerate(row.checks, 1)]


def total(sheet: Sheet) -> str:
    """The points in one sentence."""
    waiting = f", and {number(sheet.unmarked)} to be marked" if sheet.unmarked else ""
    return f"{number(sheet.earned)} of {number(sheet.points)} points{waiting}."


def closing(sheet: Sheet, taken: float) -> str:
    """How long it took, and what the sheet does not know."""
    mark = " Mark your derivations with the menus below, those on paper, too; the total follows." if sheet.markable else ""
    return (f"Time taken: {duration(taken)}.{mark} When the notebook is graded, the same ideas are checked again on fresh "
            "numbers, so that a point may still be lost.")


def as_text(sheet: Sheet, taken: float) -> str:
    """The sheet for a terminal."""
    lines = [f"{total(sheet)} {closing(sheet, taken)}"]
    for row in sheet.rows:
        lines.append(f"{row.question.number}  {number(row.earned)} / {row.question.points}  {row.state}  {row.question.name}")
        lines += [f"      {line}" for message in _messages(row) for line in message.splitlines()]
        lines += [f"      {row.advice}"] if row.advice and row.state in (BY_HAND, MARKED) else []
    return "\n".join(lines)


def contents(paper: Paper) -> str:
    """What the paper asks, as a table for places without widgets."""
    rows = "".join(f'<tr><td style="{_CELL}">{question.number}</td><td style="{_CELL}">{html.escape(question.name)}</td>'
                   f'<td style="{_CELL}">{question.points}</td></tr>' for question in paper.questions)
    return f'<table style="border-collapse:collapse;line-height:1.45">{rows}</table>'
