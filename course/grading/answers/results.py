"""What became of an answer: its graded cells with their points, and everything that is not as its title says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.check import verdict
from course.grading.misspelt import did_you_mean
from course.grading.mistake_ids import unknown_in_error

from . import UNNAMED, Answer
from .accidents import accident
from .plan import Chapter, Exercise

RIGHT, NOT_ATTEMPTED = "right", "NotAttempted"
DIED, LATE = "died", "late"  # in place of an error's name
# What a check raises, and what a plain assert does. Any other error in a graded cell is an accident, not a verdict.
VERDICTS = (NOT_ATTEMPTED, "Raised", "Wrong", "AssertionError")
# How a learner is told of these.
TOLD = {kind.__name__: kind.heading for kind in (verdict.NotAttempted, verdict.Raised, verdict.Wrong)}
TOLD |= {LATE: "out of time"}
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
    """Everything that is not as the answer's title says, and what to do, a line each; empty when all is as it should be."""
    if result.trouble:
        return [f"it could not be run: {result.trouble}"]
    judge = {"right": _faults_of_right, "wrong": _faults_of_wrong, "stub": _faults_of_stub, "copied": _faults_of_copied}
    forged = [f"the grader takes it for an attempt to forge a result: {one}" for one in result.suspicious]
    return judge[result.answer.kind](result) + forged


def _faults_of_right(result: AnswerResult) -> list[str]:
    if not result.own.passed:
        return [f"the answer itself stops: {_line(result.own)}. Mend it"]  # what the cells below say follows from that
    found = [f"{cell.name} refuses it: {_line(cell)}. If the answer is right, mend this test; if not, title it 'wrong: … -> mistake'"
             for cell in result.graded if not cell.passed]
    return found + [f"after it, {cell.name} fails: {_line(cell)}. Let that cell need only what every right answer gives"
                    for cell in result.others if not cell.passed]


def _faults_of_wrong(result: AnswerResult) -> list[str]:
    answer, refusal = result.answer, result.refusal
    names = [cell.name for cell in result.graded]
    if answer.cell not in names:
        return [f"cell=\"{answer.cell}\" is no graded cell of {answer.exercise}, which has {', '.join(names) or 'none'}: write the "
                "first one that must refuse it"]
    if refusal is None:
        return [f"every graded cell accepts it, and {answer.cell} should not: make that test stricter, or title the answer "
                "'right: …' if it is"]
    if said := accident(answer, result.own, refusal):
        return [said]
    if said := unknown_in_error(refusal.ename, refusal.evalue):
        return [f"{refusal.name} names {said}"]
    found = []
    if refusal.name != answer.cell:
        found.append(f"{refusal.name} refuses it first, not {answer.cell}: {_line(refusal)}. Write cell=\"{refusal.name}\" if that "
                     "is as good")
    if refusal.outcome not in (*VERDICTS, DIED, LATE):
        found.append(f"{refusal.name} stops with an error of its own instead of refusing it: {_line(refusal)}. Let this test "
                     "expect such an answer")
    return found + _faults_of_name(answer, refusal)


def _faults_of_name(answer: Answer, refusal: CellResult) -> list[str]:
    """Of the mistake that the message names, which is to be the title's."""
    if answer.mistake in (UNNAMED, refusal.mistake):
        return []
    if refusal.mistake:
        return [f"the message names the mistake {refusal.mistake}, and the title names {answer.mistake}: {_line(refusal)}. Correct the "
                f"title, or give the check mistaken={{\"{answer.mistake}\": …}}"]
    return [f"the message names no mistake, and the title names {answer.mistake}: {_line(refusal)}. Give the check "
            f"mistaken={{\"{answer.mistake}\": …}}, or write -> {UNNAMED}"]


def _faults_of_stub(result: AnswerResult) -> list[str]:
    return [f"{cell.name} should say 'Not attempted' of the stub, which is what learners start from, and "
            f"{'accepts it' if cell.passed else f'says: {_line(cell)}'}. Let a verb of course.check come first in it, see docs/authors.md"
            for cell in result.graded if cell.outcome != NOT_ATTEMPTED]


def _faults_of_copied(result: AnswerResult) -> list[str]:
    return [] if result.refusal else ["learners can read this code in the release, and every graded cell accepts it as an answer: "
                                      "move it between the hidden-test markers, or compare with numbers"]


def coverage_faults(chapter: Chapter, answers: Mapping[str, Sequence[Answer]]) -> list[str]:
    """What the chapter's answers files lack, a line each. answers: of each file, by exercise."""
    names = [*(exercise.name for exercise in chapter.exercises), *chapter.by_hand]
    found = [f"{name}.py answers no exercise of {chapter.name}: {did_you_mean(name, names)}name it after the grade_id of a solution cell"
             for name in answers if name not in names]
    for exercise in chapter.exercises:
        found += exercise_faults(exercise, answers.get(exercise.name))
    return found


def exercise_faults(exercise: Exercise, answers: Sequence[Answer] | None) -> list[str]:
    """What one exercise lacks of its answers; `answers` is None when there is no file."""
    found = [] if exercise.graded else [f"{exercise.name} has no graded cell before the next solution"]
    if answers is None:
        return [*found, f"{exercise.name} has no answers: write {FEWEST_RIGHT} right and {FEWEST_WRONG} wrong ones into {exercise.name}.py"]
    for kind, fewest in (("right", FEWEST_RIGHT), ("wrong", FEWEST_WRONG)):
        there = sum(answer.kind == kind for answer in answers)
        if there < fewest:
            found.append(f"{exercise.name} has {there} {kind} answer{'' if there == 1 else 's'}, and needs {fewest}")
    return found


def _line(cell: CellResult) -> str:
    """How a cell ended, on one line and in words that learners read: "Not right yet, f gave 6"."""
    first = (cell.evalue.strip().splitlines() or [""])[0]
    first = (_MISTAKE.sub("", first) if cell.mistake else first).rstrip(".")
    if cell.ename == DIED and first:
        return first
    if cell.ename in TOLD:
        return f"{TOLD[cell.ename]}, {first}" if first else TOLD[cell.ename]
    return f"{cell.ename}: {first}" if first else cell.ename
