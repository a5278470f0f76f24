"""What kept a cell from being run to its end: noted on the cell by the engine that ran it, and told in plain words.

The note is the engine's own. What a cell's outputs say may come from the student's process, which could name its errors,
and word them, as it likes.
"""

from dataclasses import dataclass

from course.grading.told_seconds import told_seconds

TIME, WHOLE_TIME, MEMORY, ENDED = "time", "time of the notebook", "memory", "ended"
LATE, DEATHS, NOT_WHOLE = "no time left", "too many ended", "not run to its end"
WORDS = {
    TIME: "was still running at the time limit of {seconds}",
    WHOLE_TIME: "was still running when the {seconds} for the whole notebook were over",
    MEMORY: "used more memory than it may, and its Python process was ended",
    ENDED: "ended the Python process that it ran in",
    LATE: "was not run: the {seconds} for the whole notebook were over before it",
    DEATHS: "was not run: too many cells of this notebook had ended their Python process",
    NOT_WHOLE: "was not run to its end",
}
ADVICE = {
    TIME: "Mostly this is a loop that never ends, or one that prints or computes far too much: look at what should stop it.",
    WHOLE_TIME: "Mostly this is a loop that never ends, or one that prints or computes far too much: look at what should stop it.",
    MEMORY: "Look for a tensor or a list that is larger than it should be, or that never stops growing.",
    ENDED: "Look for what ends the whole process, such as os._exit.",
}
METADATA = "course"  # under this name in a cell's metadata


@dataclass(frozen=True)
class Stop:
    """Why a cell was stopped, or never begun. how: a key of WORDS. seconds: the limit that is named, or None.

    lost: whether its Python process was lost with it, and all that it had done. called: whether the cell is a test, and what
    was stopped is the student's code that it called.
    """

    how: str
    seconds: float | None = None
    lost: bool = False
    called: bool = False

    def of(self, what):
        """Such as "this cell was still running at the time limit of 30 seconds", without a full stop."""
        told = told_seconds(self.seconds or 0)
        return f"{what} {WORDS[self.how].format(seconds=f'{told} second' + ('' if told == '1' else 's'))}"

    def consequences(self):
        """What it means for the cells below, and where to look: a list of sentences."""
        after = []
        if self.how in (TIME, WHOLE_TIME) and not self.lost:
            after = ["It was stopped there: what it had done by then counts, and the rest of the cell was not run."]
        elif self.lost:
            after = ["All that it had done is lost, and the cells below it ran without it."]
        return [*after, *([ADVICE[self.how]] if self.how in ADVICE else [])]


def sentence(text):
    """A text with a capital letter and a full stop."""
    return f"{text[0].upper()}{text[1:]}."


def note(cell, stop):
    """Writes on the cell why it was stopped."""
    cell["metadata"][METADATA] = {"stopped": stop.how, "seconds": stop.seconds, "lost": stop.lost, "called": stop.called}


def forget(cell):
    """Takes such a note off a cell: one that was handed in is nobody's word."""
    cell["metadata"].pop(METADATA, None)


def noted(cell):
    """The Stop that is noted on a cell, or None."""
    said = cell["metadata"].get(METADATA)
    if not isinstance(said, dict) or said.get("stopped") not in [*WORDS]:
        return None
    seconds = said.get("seconds")
    seconds = float(seconds) if isinstance(seconds, int | float) else None
    return Stop(said["stopped"], seconds, said.get("lost") is True, said.get("called") is True)


@dataclass(frozen=True)
class Above:
    """What was stopped above a graded cell. answer: the Stop of the answer that it tests, or None.

    others: whether any other of the student's cells further up was.
    """

    answer: Stop | None = None
    others: bool = False


def stops_above(cells):
    """{place: Above} of the cells of a notebook that code grades, where anything was stopped above them.

    The answers that a graded cell tests are those between it and the graded cells of the exercise before.
    """
    found, answer, others, tested = {}, None, False, False
    for place, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            tested = True
            if answer or others:
                found[place] = Above(answer, others)
            continue
        if marks.get("solution") and tested:
            others, answer, tested = others or answer is not None, None, False
        stop = noted(cell)
        if stop and marks.get("solution"):
            answer = answer or stop
        elif stop:
            others = True
    return found
