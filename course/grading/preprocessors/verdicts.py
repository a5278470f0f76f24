"""Tells a student why a graded cell lost points, in words of this course's own."""

import html
import re

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from course.grading.judge.plan import is_judged
from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, outcome_of

HEADINGS = {
    NOT_ATTEMPTED: "Not attempted: the exercise still holds its stub.",
    RAISED: "Your code raised an error.",
    RIGHT: "Passed.",
}
WRONG = "Your code ran, and its result is not what the exercise asks for."
# What kept a cell from being run to its end, by the name of its error.
ENDED = {
    "KernelDied": "The Python process ended while this cell was running.",
    "CellTimeoutError": "This cell was still running at the time limit.",
    "NotRun": "This cell was not run to its end.",
}
HEADING = re.compile(r"^## +(.+?)(?: · \d+ points?\b.*)?$", re.MULTILINE)


class TellVerdicts(NbGraderPreprocessor):
    """Replaces the outputs of each graded code cell by its verdict: outcome, known mistake, hint, section to read again.

    Not a word of it comes from the process that ran the submission, which had seen hidden inputs by then: an error's
    message, a value or a printed line could carry them.
    """

    display_data_priority = List().tag(config=True)

    def preprocess(self, nb, resources):
        section = None
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                titles = HEADING.findall(cell.source)
                section = titles[-1] if titles else section
            elif is_judged(cell):
                lines = verdict_lines(cell, section)
                cell.outputs = [new_output("display_data", data={"text/html": as_html(lines), "text/plain": "\n".join(lines)})]
                cell.metadata.pop("course", None)
        return nb, resources


def verdict_lines(cell, section):
    """The verdict on one graded cell, a sentence a line. section: the heading that it stands under, or None."""
    outcome = outcome_of(cell)
    if outcome.outcome == RIGHT:
        return [HEADINGS[RIGHT]]
    ended = [ENDED[output.ename] for output in cell.outputs if output.output_type == "error" and output.ename in ENDED]
    lines = ended[-1:] or [HEADINGS.get(outcome.outcome, WRONG)]
    mistake = known(outcome.mistake)
    if mistake:
        return [*lines, f"The mistake: {mistake.name}.", f"{mistake.explanation} {mistake.hint}".strip(),
                f"Read again: {mistake.read_again}."]
    if "HIDDEN TESTS" in cell.source and outcome.outcome != NOT_ATTEMPTED:
        lines.append("If this cell passes in your own notebook, it was a test on other inputs that failed.")
    return lines + ([f"Read again: section “{section}”."] if section else [])


def known(mistake):
    """The catalogue's entry, or None."""
    from course.check import mistakes

    try:
        return mistakes.find(mistake)
    except KeyError:
        return None


def as_html(lines):
    """The lines as paragraphs, the first in bold, beside a bar that is green where the cell passed."""
    first, *rest = (html.escape(line) for line in lines)
    colour = "#2e7d32" if lines == [HEADINGS[RIGHT]] else "#b3261e"
    style = f"border-left: 4px solid {colour}; padding-left: 12px; margin: 8px 0 16px; max-width: 46em"
    paragraphs = "".join(f"<p>{line}</p>" for line in rest)
    return f'<div class="verdict" style="{style}"><p><strong>{first}</strong></p>{paragraphs}</div>'
