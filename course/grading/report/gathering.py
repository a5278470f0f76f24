"""Reads once, from gradebook, records and autograded notebooks, everything that a report tells of an assignment."""

import datetime
from dataclasses import dataclass, field, replace
from pathlib import Path

from course.grading.course_root import CourseError, load_config, require_assignment
from course.grading.grade import autograded_notebooks
from course.grading.in_short import in_short
from course.grading.late.dates import shown, zone_of
from course.grading.outcomes import NOT_ATTEMPTED, RIGHT, WRONG, is_untouched, read_outcomes
from course.grading.records import FAILED, FLAGGED, GRADED, STEPS, Records
from course.grading.report.marks import read_book
from course.grading.report.remark import lost_by_hand, remark_on
from course.grading.submissions import students_below

WAITING = "waiting"  # of a submission: to be graded; of an exercise: for a person's points


@dataclass(frozen=True)
class Mark:
    """One student's exercise. points: None while a person has yet to give some. outcome: right, wrong, raised, not
    attempted or waiting: that of the first graded cell which is not right."""

    points: float | None
    outcome: str


@dataclass(frozen=True)
class StudentReport:
    """One student who submitted, or was graded.

    status: GRADED, FLAGGED, FAILED or WAITING. reason: one line. remark: what went wrong most, in words.
    points: before a late penalty, None when there are none yet. waits: how many of the points that can be had wait for a
    person. by_hand: (points, of how many) where a person gave fewer than can be had, else None. marks: a Mark for each exercise, empty when not graded. outcomes: {(notebook, grade_id): CellOutcome}.
    full_name: as the gradebook has it, or empty. seconds: {step: time} of the last grading. early: hours before the student's due date, negative when late.
    """

    name: str
    status: str
    reason: str = ""
    remark: str = ""
    points: float | None = None
    penalty: float = 0.0
    waits: float = 0.0
    marks: tuple[Mark, ...] = ()
    outcomes: dict = field(default_factory=dict)
    seconds: dict = field(default_factory=dict)
    suspicious: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    submitted: datetime.datetime | None = None
    early: float | None = None
    by_hand: tuple[float, float] | None = None
    full_name: str = ""

    @property
    def final(self):
        """Points after the late penalty, or None."""
        return None if self.points is None else max(0.0, self.points - self.penalty)

    @property
    def grading_seconds(self):
        """Seconds that the last grading took in all, or None where that was not kept."""
        known = [self.seconds[step] for step in STEPS if step in self.seconds]
        return sum(known) if known else None

    @property
    def is_untouched(self):
        """Whether nothing was found in it, by tests or by a person: mostly it was handed in as it was handed out."""
        return is_untouched(self.outcomes.values()) and all(mark.outcome == NOT_ATTEMPTED for mark in self.marks)


@dataclass(frozen=True)
class Gathered:
    """All of it. due: naive UTC, or None. due_told: the same as people read it, or empty. persons: words that tell who
    somebody is. anonymous: whether the students have numbers in place of names.
    """

    assignment: str
    exercises: tuple
    students: tuple[StudentReport, ...]
    due: datetime.datetime | None = None
    due_told: str = ""
    persons: frozenset = frozenset()
    anonymous: bool = False

    @property
    def maximum(self):
        return sum(exercise.maximum for exercise in self.exercises)

    @property
    def graded(self):
        """The students with points, those flagged among them, those that could not be graded not."""
        return [one for one in self.students if one.points is not None]

    def label(self, exercise):
        """An exercise's number and name, with the notebook's name before it where there are several."""
        several = len({one.notebook for one in self.exercises}) > 1
        return f"{exercise.notebook}: {exercise.label}" if several else exercise.label


def gather(root, assignment, progress=iter):
    """Everything about the assignment. progress: wraps the students' names. Raises CourseError if nobody submitted."""
    root = Path(root)
    require_assignment(root, assignment)
    book = read_book(root, assignment)
    # An extension alone is in the gradebook as a submission, too, but without marks.
    names = sorted({*students_below(root / "submitted", assignment),
                    *(student for student, submitted in book.submissions.items() if submitted.marks)})
    if not names:
        raise CourseError(f"nothing to report: no submissions of {assignment}")
    records = Records(root, assignment)
    students = tuple(_student(root, assignment, name, book, records.get(name)) for name in progress(names))
    due_told = shown(book.due, *zone_of(load_config(root))) if book.due else ""
    return Gathered(assignment, book.exercises, students, book.due, due_told, book.persons | frozenset(names))


def _student(root, assignment, name, book, record):
    """The StudentReport of one student. record: the last grading's Record or None."""
    submitted = book.submissions.get(name)
    told = _told(record) | _times(submitted) | {"full_name": book.names.get(name, "")}
    if record and record.status == FAILED:
        return StudentReport(name, FAILED, remark=f"{FAILED}: {record.reason}", **told)
    notebooks = autograded_notebooks(root, assignment, name)
    if not notebooks or submitted is None or not submitted.marks:
        return StudentReport(name, WAITING, remark="waiting to be graded", **told)
    outcomes, unread = _outcomes(notebooks, f"course grade {assignment} --students {name} --force")
    if unread:
        told["incidents"] = (*told["incidents"], unread)
        told["reason"] = told["reason"] or unread
    is_flagged = record is not None and record.status == FLAGGED
    reason = in_short(told["suspicious"] if is_flagged else told["incidents"]) or told["reason"]
    report = StudentReport(
        name, FLAGGED if is_flagged else GRADED, points=sum(one.points for one in submitted.marks.values()),
        penalty=submitted.penalty, waits=_waiting_points(book.exercises, submitted), by_hand=lost_by_hand(book.exercises, submitted.marks, outcomes),
        marks=tuple(mark_of(exercise, submitted.marks, outcomes) for exercise in book.exercises), outcomes=outcomes, **told)
    return replace(report, remark=reason if reason and (is_flagged or not report.is_untouched) else remark_on(report))


def _told(record):
    if record is None:
        return {"reason": "", "seconds": {}, "suspicious": (), "incidents": ()}
    return {"reason": record.reason, "seconds": record.seconds, "suspicious": record.suspicious,
            "incidents": record.incidents}


def _times(submitted):
    """When it was handed in, and how many hours before it was due, as far as the gradebook knows."""
    when = submitted.timestamp if submitted else None
    early = (submitted.due - when).total_seconds() / 3600 if when and submitted.due else None
    return {"submitted": when, "early": early}


def _outcomes(notebooks, again):
    """({(notebook, grade_id): CellOutcome}, '' or why one cannot be read). again: the command that makes it anew."""
    found, unread = {}, ""
    for path in notebooks:
        try:
            found |= {(path.stem, one.cell): one for one in read_outcomes(path)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            unread = f"autograded {path.name} cannot be read, so its outcomes are not told: {again}"
    return found, unread


def mark_of(exercise, marks, outcomes):
    """The Mark of one exercise. marks, outcomes: a CellMark and a CellOutcome by (notebook, grade_id)."""
    own = {cell: marks[exercise.notebook, cell] for cell in exercise.cells if (exercise.notebook, cell) in marks}
    if any(mark.waits for mark in own.values()):
        return Mark(None, WAITING)
    points = sum(mark.points for mark in own.values())
    for cell in exercise.cells:
        if cell not in exercise.by_hand:
            told = outcomes.get((exercise.notebook, cell))
            outcome = told.outcome if told else NOT_ATTEMPTED
            if outcome != RIGHT:
                return Mark(points, outcome)
    by_hand = [own[cell] for cell in exercise.by_hand if cell in own]
    if len(by_hand) == len(exercise.by_hand) and (not by_hand or points >= exercise.maximum):
        return Mark(points, RIGHT)
    return Mark(points, NOT_ATTEMPTED if all(mark.blank for mark in by_hand) else WRONG)


def _waiting_points(exercises, submitted):
    """Points that can be had in the cells that wait for a person."""
    return sum(points for one in exercises for cell, points in one.cells.items()
               if (mark := submitted.marks.get((one.notebook, cell))) and mark.waits)
