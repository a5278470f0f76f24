"""What the gradebook says of a student's notebook: points, those given by hand, comments, lateness."""

from dataclasses import dataclass, field

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)

# What nbgrader itself writes as a comment on an answer that was not touched; pages say that in other words.
UNTOUCHED = "No response."


@dataclass(frozen=True)
class Mark:
    """One graded cell of one student.

    maximum: points possible. automatic: points by its tests, or None. by_hand: points that a person gave, or None.
    extra: points beyond, or None. waits: whether a person has still to look.
    """

    maximum: float
    automatic: float | None = None
    by_hand: float | None = None
    extra: float | None = None
    waits: bool = False

    @property
    def points(self):
        """As nbgrader counts: what a person gave outweighs the tests."""
        counted = self.by_hand if self.by_hand is not None else self.automatic
        return (counted or 0) + (self.extra or 0)


@dataclass(frozen=True)
class Marks:
    """One student's notebook. cells: {grade_id: Mark}. comments: {grade_id: text}. penalty: points lost by lateness."""

    name: str = ""
    cells: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    penalty: float = 0

    @property
    def maximum(self):
        return sum(mark.maximum for mark in self.cells.values())

    @property
    def points_before_penalty(self):
        return sum(mark.points for mark in self.cells.values())

    @property
    def points(self):
        """What counts in the end: at least 0."""
        return max(0, self.points_before_penalty - self.penalty)


def read_marks(book, assignment, students=()):
    """{(student, notebook): Marks} of `students` (default: all) in an open Gradebook, in four queries however many they are."""
    submitted = {row.id: row for row in _submitted(book, assignment, students)}
    known = _graded_cells(book, assignment)
    found = {key: ({}, {}) for key in submitted}
    for row in _of_notebooks(book, assignment, students, Grade, Grade.auto_score, Grade.manual_score, Grade.extra_credit,
                             Grade.needs_manual_grade):
        if row.cell_id in known and row.notebook_id in found:
            name, maximum = known[row.cell_id]
            mark = Mark(maximum, row.auto_score, row.manual_score, row.extra_credit, bool(row.needs_manual_grade))
            found[row.notebook_id][0][name] = mark
    for row in _of_notebooks(book, assignment, students, Comment, Comment.comment.label("text"), BaseCell.name, cell=True):
        if row.text and row.text != UNTOUCHED and row.notebook_id in found:
            found[row.notebook_id][1][row.name] = row.text
    return {
        (row.student, row.notebook): Marks(" ".join(filter(None, (row.first_name, row.last_name))),
                                           *(dict(sorted(part.items())) for part in found[key]), row.late_submission_penalty or 0)
        for key, row in submitted.items()
    }


def _submitted(book, assignment, students):
    query = (
        book.db.query(SubmittedNotebook.id, SubmittedNotebook.late_submission_penalty, Notebook.name.label("notebook"),
                      Student.id.label("student"), Student.first_name, Student.last_name)
        .select_from(SubmittedNotebook).join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id).filter(Assignment.name == assignment))
    return _only(query, students)


def _of_notebooks(book, assignment, students, table, *columns, cell=False):
    """Rows of Grade or Comment, with the ids of their cell and notebook."""
    query = (
        book.db.query(table.cell_id, table.notebook_id, *columns).select_from(table)
        .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id).filter(Assignment.name == assignment))
    if cell:
        query = query.join(BaseCell, BaseCell.id == table.cell_id)
    return _only(query, students)


def _only(query, students):
    # A query cannot name thousands: then it is everyone's.
    few = 0 < len(students) <= 500
    return query.filter(SubmittedAssignment.student_id.in_(list(students))) if few else query


def _graded_cells(book, assignment):
    """{id: (grade_id, points possible)} of the assignment's graded cells and tasks."""
    cells = {}
    for table in (GradeCell, TaskCell):
        rows = (book.db.query(table.id, table.name, table.max_score).join(Notebook, Notebook.id == table.notebook_id)
                .join(Assignment, Assignment.id == Notebook.assignment_id).filter(Assignment.name == assignment))
        cells.update({row.id: (row.name, row.max_score or 0) for row in rows})
    return cells
