"""Tells a student why a graded cell lost points, in words of this course's own."""

import re
from dataclasses import dataclass

from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from course.grading.judge.plan import is_judged
from course.grading.not_there import AS_HANDED_OUT, answers_above, nothing_found
from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, outcome_under
from course.grading.stopped import ADVICE, forget, noted, sentence, stops_above

HEADINGS = {
    NOT_ATTEMPTED: AS_HANDED_OUT,
    RAISED: "Your code raised an error.",
    RIGHT: "Passed.",
}
WRONG = "Your code ran, and its result is not what the exercise asks for."
# What kept a cell from being run to its end, by the name of its error, where nothing more is noted on the cell.
ENDED = {
    "KernelDied": "The Python process ended while this cell was running.",
    "CellTimeoutError": "This cell was still running at the time limit.",
    "NotRun": "This cell was not run to its end.",
    "TamperedWith": "Code in this notebook changed what the checks rest on, so this one could not be done: take that code out.",
    "BadAnswer": "What your code gave could not be read by the check.",
}
OTHER_INPUTS = ("If this cell passes in your own notebook, it was a test on other inputs that failed, or your cells were run in another "
                "order: try “Restart Kernel and Run All Cells”.")
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
        section, above, answers = None, stops_above(nb.cells), answers_above(nb.cells)
        for place, cell in enumerate(nb.cells):
            if cell.cell_type == "markdown":
                titles = HEADING.findall(cell.source)
                section = titles[-1] if titles else section
            elif is_judged(cell):
                verdict = verdict_on(cell, section, above.get(place), (answers.get(place, ()), nb.cells))
                told[cell.metadata.nbgrader.grade_id] = verdict
                data = {"text/plain": "\n".join(verdict.lines())}
                cell.outputs = [from_dict({"output_type": "display_data", "data": data, "metadata": {}})]
                forget(cell)
        return nb, resources


def verdict_on(cell, section, above=None, around=((), ())):
    """The Told of one executed graded cell. section: the heading that it stands under, or None.

    above: what was stopped above it, a `stopped.Above`, or None. around: the answers that it tests, and all cells.
    """
    outcome = outcome_under(cell, above)
    if outcome.outcome == RIGHT:
        return Told(True, HEADINGS[RIGHT])
    if outcome.stopped:
        return stopped_at(outcome.stopped, noted(cell) is not None, section)
    ended = [ENDED[output.ename] for output in cell.outputs if output.output_type == "error" and output.ename in ENDED]
    headline = ended[-1] if ended else HEADINGS.get(outcome.outcome, WRONG)
    if not ended and outcome.outcome == NOT_ATTEMPTED:
        headline, why = nothing_found(cell, *around, outcome.message)
        return Told(False, headline, "", (*why, *stopped_above(outcome, above)), None, section)
    mistake = known(outcome.mistake)
    also = stopped_above(outcome, above)
    if mistake:
        more = tuple(filter(None, (*also, mistake.explanation, mistake.hint)))
        return Told(False, headline, mistake.name, more, *place_of(mistake))
    if "HIDDEN TESTS" in cell.source:
        also = (*also, OTHER_INPUTS)
    return Told(False, headline, "", also, None, section)


def stopped_at(stop, itself, section):
    """The Told of a graded cell that was stopped itself, or that found nothing of an answer that was."""
    if itself:
        more = (ADVICE[stop.how],) if stop.how in ADVICE else ()
        what = "your function, which this test called," if stop.called else "this test"
        return Told(False, sentence(stop.of(what)), "", more, None, section)
    more = ("So there was nothing here to test; under your answer stands what to look for.",)
    return Told(False, sentence(stop.of("your answer")), "", more, None, section)


def stopped_above(outcome, above):
    """What else to say of a cell that is not right, where something above it was stopped."""
    if above is None:
        return ()
    if above.answer:
        return (sentence(above.answer.of("your answer")),)
    if outcome.outcome == RAISED and above.others:
        return ("A cell further up was not run to its end: what it should have made may be missing here.",)
    return ()


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
