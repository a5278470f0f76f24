"""What became of an answer: its graded cells with their points, and everything that is not as its title claims."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import UNNAMED, Answer
from .plan import Chapter, Exercise

RIGHT, NOT_ATTEMPTED = "right", "NotAttempted"
DIED, LATE = "died", "late"  # in place of an error's name
# What a check raises, and what a plain assert does. Any other error in a graded cell is an accident, not a verdict.
VERDICTS = (NOT_ATTEMPTED, "Raised", "Wrong", "AssertionError")
FEWEST_RIGHT, FEWEST_WRONG = 3, 6
_MISTAKE = re.compile(r" · ([a-z0-9-]+)\Z")


@dataclass(frozen=True)
class CellResult:
    """How one cell ended. ename, evalue: of its error, empty when it passed; 'died' and 'late' stand in for an error.

    message: the traceback as a learner reads it. printed: what it wrote to stdout and stderr. points: as nbgrader gives
    them, except that writing to stderr costs nothing.
    """

    name: str
    passed: bool
    ename: str
    evalue: str
    message: str
    printed: str
    seconds: float
    points: float
    max_points: float

    @property
    def outcome(self) -> str:
        return RIGHT if self.passed else self.ename

    @property
    def mistake(self) -> str | None:
        """The id of the mistake that the check recognised."""
        found = _MISTAKE.search(self.evalue) if self.ename in VERDICTS else None
        return found[1] if found else None


@dataclass(frozen=True)
class AnswerResult:
    """What became of one answer.

    own: the solution cell. graded: the exercise's graded cells. others: the chapter's other cells that ran after the
    answer, all of which pass with the instructor's. trouble: why it could not even be run, empty otherwise. suspicious:
    what looked like forgery, of which no honest answer may be accused.
    """

    answer: Answer
    own: CellResult
    graded: tuple[CellResult, ...]
    others: tuple[CellResult, ...]
    seconds: float
    trouble: str = ""
    suspicious: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        return sum(cell.points for cell in self.graded)

    @property
    def max_points(self) -> float:
        return sum(cell.max_points for cell in self.graded)

    @property
    def refusal(self) -> CellResult | None:
        """The first graded cell that failed."""
        return next((cell for cell in self.graded if not cell.passed), None)

    @property
    def outcome(self) -> str:
        """'right', or how the first graded cell failed: an exception's class name, 'died' or 'late'."""
        return self.refusal.outcome if self.refusal else RIGHT

    @property
    def mistake(self) -> str | None:
        return self.refusal.mistake if self.refusal else None


def faults(result: AnswerResult) -> list[str]:
    """Everything that is not as the answer's title claims, a line each; empty when all is as it should be."""
    if result.trouble:
        return [f"it could not be run: {result.trouble}"]
    judge = {"right": _faults_of_right, "wrong": _faults_of_wrong, "stub": _faults_of_stub, "copied": _faults_of_copied}
    return judge[result.answer.kind](result) + [f"it is taken for a forgery: {one}" for one in result.suspicious]


def _faults_of_right(result: AnswerResult) -> list[str]:
    found = [f"its own cell fails: {_line(result.own)}"] if not result.own.passed else []
    found += [f"{cell.name} refuses it: {_line(cell)}" for cell in result.graded if not cell.passed]
    return found + [f"after it, {cell.name} fails: {_line(cell)}" for cell in result.others if not cell.passed]


def _faults_of_wrong(result: AnswerResult) -> list[str]:
    answer, refusal = result.answer, result.refusal
    names = [cell.name for cell in result.graded]
    if answer.cell not in names:
        return [f"cell=\"{answer.cell}\" is no graded cell of {answer.exercise}, which has {', '.join(names) or 'none'}"]
    if refusal is None:
        return [f"every graded cell accepts it; {answer.cell} should not"]
    found = []
    if refusal.name != answer.cell:
        found.append(f"{refusal.name} refuses it first, not {answer.cell}: {_line(refusal)}")
    if refusal.outcome not in (*VERDICTS, DIED, LATE):
        found.append(f"{refusal.name} breaks down on it instead of judging it: {_line(refusal)}")
    if answer.mistake not in (UNNAMED, refusal.mistake):
        named = f"named {refusal.mistake}" if refusal.mistake else "not recognised"
        found.append(f"its mistake is {named}, not {answer.mistake}: {_line(refusal)}")
    return found


def _faults_of_stub(result: AnswerResult) -> list[str]:
    return [
        f"{cell.name} does not say NotAttempted of the released stub but {cell.outcome}: {_line(cell)}"
        for cell in result.graded
        if cell.outcome != NOT_ATTEMPTED
    ]


def _faults_of_copied(result: AnswerResult) -> list[str]:
    return [] if result.refusal else ["the release shows it, and every graded cell accepts it: hide it, or compare with numbers"]


def coverage_faults(chapter: Chapter, answers: Mapping[str, Sequence[Answer]]) -> list[str]:
    """What the chapter's answers files lack, a line each. answers: of each file, by exercise."""
    names = [exercise.name for exercise in chapter.exercises]
    found = [f"{name}.py answers no exercise of {chapter.name}" for name in answers if name not in (*names, *chapter.by_hand)]
    for exercise in chapter.exercises:
        found += exercise_faults(exercise, answers.get(exercise.name))
    return found


def exercise_faults(exercise: Exercise, answers: Sequence[Answer] | None) -> list[str]:
    """What one exercise lacks of its answers; `answers` is None when there is no file."""
    found = [] if exercise.graded else [f"{exercise.name} has no graded cell before the next solution"]
    if answers is None:
        return [*found, f"{exercise.name} has no answers file"]
    for kind, fewest in (("right", FEWEST_RIGHT), ("wrong", FEWEST_WRONG)):
        there = sum(answer.kind == kind for answer in answers)
        if there < fewest:
            found.append(f"{exercise.name} has {there} {kind} answers, and needs {fewest}")
    return found


def _line(cell: CellResult) -> str:
    first = (cell.evalue.strip().splitlines() or [""])[0]
    return f"{cell.ename}: {first}" if first else cell.ename or "passed"
