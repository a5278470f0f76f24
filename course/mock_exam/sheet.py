"""The score sheet: what each question has earned, from what its checks said and the marks one gives oneself. Pure data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course.check.verdict import NOT_ATTEMPTED, RIGHT
from course.mock_exam.paper import Paper, Question

ANSWERED, BEGUN, OPEN = "answered", "begun", "open"  # while the exam runs
ALL, SOME, NONE, BY_HAND, MARKED = "right", "partly right", "not right", "to be marked", "marked"  # on the sheet


@dataclass(frozen=True)
class Run:
    """The last run of a check cell. outcome: as in course.check.verdict. message: its paragraphs, a line each."""

    outcome: str
    message: str = ""


@dataclass(frozen=True)
class CheckSeen:
    """One check cell on the sheet. state: ALL, NONE or OPEN. message: what it said where it refused, else empty."""

    state: str
    points: float
    message: str = ""


@dataclass(frozen=True)
class Row:
    """One question on the sheet.

    earned: points, those by hand included once they are marked. state: ALL, SOME, NONE, OPEN, BY_HAND or MARKED.
    checks: its check cells, in order. advice: for a derivation.
    """

    question: Question
    earned: float
    state: str
    checks: tuple[CheckSeen, ...] = ()
    advice: str = ""


@dataclass(frozen=True)
class Sheet:
    """All rows. unmarked: points of written derivations that nobody has marked yet. markable: of all that are not marked."""

    rows: tuple[Row, ...]
    earned: float
    unmarked: float
    points: float
    markable: float = 0.0


def progress(question: Question, runs: Mapping[str, Run], written: Iterable[str]) -> str:
    """ANSWERED, BEGUN or OPEN, which tells nothing of right or wrong."""
    touched = [_is_answered(cell, runs, written) for cell in question.cells]
    return ANSWERED if touched and all(touched) else BEGUN if any(touched) else OPEN


def _is_answered(cell, runs, written) -> bool:
    if cell.by_hand:
        return cell.grade_id in written
    return cell.grade_id in runs and runs[cell.grade_id].outcome != NOT_ATTEMPTED


def score(paper: Paper, runs: Mapping[str, Run], written: Iterable[str] = (), marks: Mapping[str, float] | None = None) -> Sheet:
    """The sheet of an exam.

    runs: the last run of each check cell, by grade_id. written: grade_ids of the derivations that were written.
    marks: the points given to derivations, by grade_id; at most what the cell is worth counts, and nothing below 0. One that
    is not in `written` may be marked as well: it stands on paper, or was saved too late.
    """
    written, marks = frozenset(written), marks or {}
    rows = tuple(_row(question, runs, written, marks) for question in paper.questions)
    waiting = [cell for question in paper.questions for cell in question.derivations if cell.grade_id not in marks]
    unmarked = sum(cell.points for cell in waiting if cell.grade_id in written)
    return Sheet(rows, sum(row.earned for row in rows), unmarked, sum(question.points for question in paper.questions),
                 sum(cell.points for cell in waiting))


def _row(question: Question, runs, written: frozenset[str], marks) -> Row:
    passed = [cell for cell in question.checks if _outcome(cell, runs) == RIGHT]
    earned = sum(cell.points for cell in passed)
    given = [min(max(marks[cell.grade_id], 0.0), cell.points) for cell in question.derivations if cell.grade_id in marks]
    checks = tuple(_check(cell, runs) for cell in question.checks)
    advice = question.advice if question.derivations else ""
    return Row(question, earned + sum(given), _state(question, len(passed), runs, written, marks), checks, advice)


def _check(cell, runs) -> CheckSeen:
    outcome = _outcome(cell, runs)
    state = {RIGHT: ALL, NOT_ATTEMPTED: OPEN}.get(outcome, NONE)
    return CheckSeen(state, cell.points, runs[cell.grade_id].message if state == NONE else "")


def _state(question: Question, passed: int, runs, written: frozenset[str], marks) -> str:
    if progress(question, runs, written | marks.keys()) == OPEN:
        return OPEN
    if question.derivations:
        waiting = [cell for cell in question.derivations if cell.grade_id in written and cell.grade_id not in marks]
        return BY_HAND if waiting else MARKED
    return ALL if passed == len(question.checks) else SOME if passed else NONE


def _outcome(cell, runs) -> str:
    return runs[cell.grade_id].outcome if cell.grade_id in runs else NOT_ATTEMPTED
