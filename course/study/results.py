"""What became of each exercise of a notebook that was run: points, outcome, and what its checks said."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from course.grading.outcomes import INCIDENTS, NOT_ATTEMPTED, RAISED, RIGHT, WRONG, outcome_of
from course.study.digests import digest, is_broken
from course.study.exercises import TEXT, Chapter, Exercise, marks_of

PARTLY, NOT_RIGHT, WRITTEN = "partly right", "not right", "written"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PLACE = re.compile(r" \([^()]*, line (?P<line>\d+)\)$")  # at the end of a SyntaxError
STUB_ERROR = "NotImplementedError"
SYNTAX = ("SyntaxError", "IndentationError", "TabError")


@dataclass(frozen=True)
class Check:
    """What one graded cell said. outcome: as in course.grading.outcomes. lines: the whole message, empty when right."""

    name: str
    points: float
    outcome: str
    lines: tuple[str, ...] = ()
    mistake: str | None = None


@dataclass(frozen=True)
class Result:
    """What became of one exercise. answer: the text of its cell, None where the notebook has none of that name.

    broken: whether Python could not read the answer, so that nothing of it was run.
    """

    exercise: Exercise
    checks: tuple[Check, ...]
    answer: str | None
    broken: bool = False

    @property
    def earned(self) -> float:
        return sum(check.points for check in self.checks if check.outcome == RIGHT)

    @property
    def is_stub(self) -> bool:
        return self.answer is not None and digest_of(self.exercise, self.answer) == digest_of(self.exercise, self.exercise.stub)

    @property
    def state(self) -> str:
        """RIGHT, PARTLY, NOT_RIGHT, NOT_ATTEMPTED, or for a text WRITTEN."""
        if not self.checks:
            return WRITTEN if self.answer and self.answer.strip() and not self.is_stub else NOT_ATTEMPTED
        outcomes = [check.outcome for check in self.checks]
        if self.is_stub and RIGHT not in outcomes:  # whatever else kept its checks from running
            return NOT_ATTEMPTED
        if all(one == RIGHT for one in outcomes):
            return RIGHT
        if all(one == NOT_ATTEMPTED for one in outcomes):
            return NOT_ATTEMPTED
        return PARTLY if RIGHT in outcomes else NOT_RIGHT

    @property
    def failing(self) -> Check | None:
        """The first check that is not right."""
        return next((check for check in self.checks if check.outcome != RIGHT), None)


@dataclass(frozen=True)
class Report:
    """All results of one check, in the chapter's order. saved: when the notebook was. seed: tests drew inputs from it."""

    chapter: Chapter
    results: tuple[Result, ...]
    saved: datetime.datetime
    seed: int

    @property
    def earned(self) -> float:
        return sum(one.earned for one in self.results)

    @property
    def points(self) -> float:
        """Those that checks can give."""
        return sum(check.points for one in self.results for check in one.checks)

    @property
    def is_right(self) -> bool:
        """Whether every point that checks give is earned, and where no points were asked for, every check is right."""
        if self.points:
            return self.earned == self.points
        return all(one.state in (RIGHT, WRITTEN) for one in self.results)


def result_of(exercise: Exercise, notebook, answers) -> Result:
    """The Result of one exercise in a notebook that was run."""
    cells = {marks_of(cell).get("grade_id"): cell for cell in notebook.cells}
    cell = cells.get(exercise.name)
    own, unreadable = own_error(cell), broken_line(cell)
    if unreadable:
        checks = tuple(unchecked(cells[name], (own, *unreadable)) for name in exercise.checks)
    else:
        checks = tuple(check_of(cells[name], exercise.section, own) for name in exercise.checks)
    result = Result(exercise, checks, answers.get(exercise.name), bool(unreadable))
    if cell is None or result.is_stub or own or all(check.outcome != NOT_ATTEMPTED for check in checks):
        return result
    return replace(result, checks=tuple(not_found(check, cells[check.name], cell, notebook) for check in checks))


def not_found(check: Check, cell, answer, notebook) -> Check:
    """The Check of a cell that found nothing of an answer that was written: it says so, as a feedback page does."""
    from course.grading import not_there  # it needs nbgrader, which takes seconds to import

    if check.outcome != NOT_ATTEMPTED:
        return check
    headline, why = not_there.nothing_found(cell, (answer,), notebook.cells, outcome_of(cell).message, as_released=lambda one: False)
    return replace(check, outcome=WRONG, lines=(headline, *why)) if not_there.is_attempt(headline) else check


def broken_line(cell) -> list[str]:
    """The line at which Python stops reading an answer, and that no try was counted; empty for code that it can read."""
    error = next((one for one in (cell or {}).get("outputs", ()) if one.output_type == "error"), None)
    if error is None or error.ename not in SYNTAX or not is_broken(cell.cell_type, cell.source):
        return []
    found, lines = PLACE.search(error.evalue), cell.source.split("\n")
    place = int(found["line"]) if found else 0
    shown = [f"  {lines[place - 1]}"] if 0 < place <= len(lines) and lines[place - 1].strip() else []
    return [*shown, "Nothing of it was run, and no try is counted."]


def unchecked(cell, lines) -> Check:
    """The Check of a graded cell whose answer Python cannot read: a check that is right without it stays so."""
    seen = outcome_of(cell)
    return Check(seen.cell, seen.points, *((RIGHT,) if seen.outcome == RIGHT else (RAISED, lines)))


def own_error(cell) -> str:
    """What stopped the cell of the answer itself, in a line; empty when nothing did, or only the stub."""
    errors = [output for output in (cell or {}).get("outputs", ()) if output.output_type == "error"]
    if not errors or (errors[-1].ename == STUB_ERROR and not errors[-1].evalue):
        return ""
    if errors[-1].ename in INCIDENTS:
        return f"The cell of your answer: {errors[-1].evalue}."
    said = PLACE.sub(r", in line \g<line> of the cell", errors[-1].evalue)
    return f"The cell of your answer stops with {errors[-1].ename}: {said}"


def check_of(cell, section: str, own: str) -> Check:
    """The Check of one graded cell. own: what stopped the cell of the answer, for then nothing is there to be checked."""
    seen = outcome_of(cell)
    if seen.outcome == RIGHT:
        return Check(seen.cell, seen.points, RIGHT)
    outcome = RAISED if own and seen.outcome == NOT_ATTEMPTED else seen.outcome
    lines = message_of([output for output in cell.outputs if output.output_type == "error"][-1])
    lines = [own] if own and seen.outcome == NOT_ATTEMPTED else [*([own] if own else []), *lines]
    ended = any(output.get("ename") in INCIDENTS for output in cell.outputs)
    if section and not ended and outcome != NOT_ATTEMPTED and not any(line.startswith("Read again:") for line in lines):
        lines.append(f"Read again: section “{section}”.")
    return Check(seen.cell, seen.points, outcome, tuple(lines), seen.mistake)


def message_of(error) -> list[str]:
    """The lines of an error as a check shows them, its heading left out; another error in one line."""
    if error.ename in INCIDENTS:
        return [f"{error.evalue[:1].upper()}{error.evalue[1:]}."]
    lines = [COLOURS.sub("", line) for part in error.traceback for line in part.split("\n")]
    if error.ename in ("NotAttempted", "Raised", "Wrong"):
        return [line for line in lines[1:] if line.strip()] or [error.evalue]
    return [line for line in f"{error.ename}: {error.evalue}".split("\n") if line.strip()]


def digest_of(exercise: Exercise, text: str) -> str:
    """A digest of an answer to this exercise."""
    return digest(text, "text" if exercise.kind == TEXT else "code")
