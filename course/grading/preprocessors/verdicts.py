"""Tells a student why a graded cell lost points, in words of this course's own."""

import re
from dataclasses import dataclass

from nbformat import from_dict
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


@dataclass(frozen=True)
class Told:
    """The verdict on one graded cell.

    headline: what became of it. mistake: the name of a known mistake, or empty. more: what else to say, a paragraph each.
    chapter, section: what to read again; chapter None means the notebook itself, section None nothing.
    """

    passed: bool
    headline: str
    mistake: str = ""
    more: tuple[str, ...] = ()
    chapter: str | None = None
    section: str | None = None

    def lines(self):
        """The verdict as plain text, a sentence a line."""
        where = f"chapter {self.chapter}, section" if self.chapter else "section"
        named = [f"The mistake: {self.mistake}."] if self.mistake else []
        return [self.headline, *named, *self.more, *([f"Read again: {where} “{self.section}”."] if self.section else [])]


class TellVerdicts(NbGraderPreprocessor):
    """Replaces the outputs of each graded code cell by its verdict: outcome, known mistake, hint, section to read again.

    Not a word of it comes from the process that ran the submission, which had seen hidden inputs by then: an error's
    message, a value or a printed line could carry them. The page takes the verdicts from the resources, {grade_id: Told}
    in ["course"]["told"], as no student can write there.
    """

    display_data_priority = List().tag(config=True)

    def preprocess(self, nb, resources):
        told = resources.setdefault("course", {}).setdefault("told", {})
        section = None
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                titles = HEADING.findall(cell.source)
                section = titles[-1] if titles else section
            elif is_judged(cell):
                verdict = verdict_on(cell, section)
                told[cell.metadata.nbgrader.grade_id] = verdict
                data = {"text/plain": "\n".join(verdict.lines())}
                cell.outputs = [from_dict({"output_type": "display_data", "data": data, "metadata": {}})]
                cell.metadata.pop("course", None)
        return nb, resources


def verdict_on(cell, section):
    """The Told of one executed graded cell. section: the heading that it stands under, or None."""
    outcome = outcome_of(cell)
    if outcome.outcome == RIGHT:
        return Told(True, HEADINGS[RIGHT])
    ended = [ENDED[output.ename] for output in cell.outputs if output.output_type == "error" and output.ename in ENDED]
    headline = ended[-1] if ended else HEADINGS.get(outcome.outcome, WRONG)
    mistake = known(outcome.mistake)
    if mistake:
        more = tuple(filter(None, (mistake.explanation, mistake.hint)))
        return Told(False, headline, mistake.name, more, *place_of(mistake))
    more = ()
    if "HIDDEN TESTS" in cell.source and outcome.outcome != NOT_ATTEMPTED:
        more = ("If this cell passes in your own notebook, it was a test on other inputs that failed.",)
    return Told(False, headline, "", more, None, section)


def known(mistake):
    """The catalogue's entry, or None."""
    from course.check import mistakes

    try:
        return mistakes.find(mistake)
    except KeyError:
        return None


def place_of(mistake):
    """(chapter, section) where a mistake of the catalogue is taught."""
    from course.check.mistakes import TOPICS

    return TOPICS[mistake.topic]
