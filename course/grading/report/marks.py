"""Reads the points of an assignment from the gradebook, all students in a few queries."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Grade, MissingEntry, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select

from course.grading import gradebook
from course.grading.course_root import course_directory
from course.grading.engine.picture import picture_of
from course.grading.engine.snapshot import with_text
from course.grading.report.exercises import exercises_of


@dataclass(frozen=True)
class CellMark:
    """points: of one graded cell, extra credit included. waits: whether a person has yet to give them.

    blank: the student left a cell that is graded by hand as it was, so nobody has to. by_hand: whether a person gave them.
    """

    points: float
    waits: bool = False
    blank: bool = False
    by_hand: bool = False


@dataclass
class Submitted:
    """One student's submission in the gradebook. penalty: points taken off because it was late.

    timestamp, due: naive UTC, as nbgrader keeps them, or None; due holds the student's extension.
    marks: {(notebook, grade_id): CellMark}.
    """

    penalty: float
    timestamp: datetime.datetime | None
    due: datetime.datetime | None
    marks: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """What the gradebook holds of an assignment. exercises: tuple of Exercise. submissions: {student: Submitted}.

    persons: everything in the gradebook that tells who somebody is: names, addresses. names: {student: full name} of those
    who have one.
    """

    exercises: tuple = ()
    due: datetime.datetime | None = None
    submissions: dict = field(default_factory=dict)
    persons: frozenset = frozenset()
    names: dict = field(default_factory=dict)


def read_book(root, assignment):
    """The Book of an assignment; an empty one when it was never generated."""
    with gradebook.opened(root) as book:
        try:
            found = book.find_assignment(assignment)
        except MissingEntry:
            return Book()
        directory = course_directory(root)
        folder = Path(directory.format_path(directory.source_directory, ".", assignment))
        notebooks = [with_text(picture_of(notebook), folder) for notebook in found.notebooks]
        exercises = tuple(one for notebook in notebooks for one in exercises_of(notebook))
        submissions = _submissions(book.db, found)
        _read_marks(book.db, found, exercises, submissions)
        return Book(exercises, found.duedate, submissions, *_persons(book.db))


def _submissions(db, assignment):
    """{student: Submitted}, without marks."""
    rows = db.execute(select(
        SubmittedAssignment.student_id, SubmittedAssignment.late_submission_penalty, SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
    ).where(SubmittedAssignment.assignment_id == assignment.id))
    due = assignment.duedate
    return {student: Submitted(penalty or 0.0, timestamp, due and due + (extension or datetime.timedelta()))
            for student, penalty, timestamp, extension in rows}


def _read_marks(db, assignment, exercises, submissions):
    """Puts each cell's mark into the submission that it belongs to."""
    by_hand = {(one.notebook, cell) for one in exercises for cell in one.by_hand}
    cells = {cell.id: (notebook.name, cell.name) for notebook in assignment.notebooks
             for cell in [*notebook.grade_cells, *notebook.task_cells]}
    rows = db.execute(
        select(SubmittedAssignment.student_id, Grade.cell_id, Grade.score, Grade.auto_score, Grade.manual_score,
               Grade.needs_manual_grade)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .where(SubmittedAssignment.assignment_id == assignment.id))
    for student, cell, points, auto, manual, needs_a_person in rows:
        key = cells[cell]
        ungiven = key in by_hand and manual is None
        submissions[student].marks[key] = CellMark(points, ungiven and auto is None and needs_a_person,
                                                   ungiven and auto is not None, manual is not None)


def _persons(db):
    """(words that tell who somebody is, {student: full name})."""
    rows = db.execute(select(Student.id, Student.first_name, Student.last_name, Student.email)).all()
    names = {student: " ".join(filter(None, name)) for student, *name, _ in rows if any(name)}
    return frozenset(word for row in rows for word in row if word), names
