"""The one writer of the gradebook: many results in one transaction, as nbgrader's own steps would have left them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import OperationalError

from ..gradebook import is_locked, trouble
from ..late.settle import settle_others, wanted_penalty
from .task import FAILED, FLAGGED, NotebookGrades, Result

LOCKED_SECONDS = 60.0


class Writer:
    """Writes results of one assignment into an open gradebook.

    penalties: the configured AssignLatePenalties with its plugin, or None where there is none. assignment_id: drawn at random
    when the assignment was entered, so that no two gradebooks have the same unless one is a copy of the other.
    """

    def __init__(self, book: Gradebook, assignment: str, penalties: AssignLatePenalties | None):
        self.book, self.db = book, book.db
        found = book.find_assignment(assignment)
        self.name, self.assignment_id, self.duedate = assignment, found.id, found.duedate
        self.notebooks = [Layout(notebook) for notebook in found.notebooks]
        self.penalties = penalties
        self.db.commit()  # what was read is kept, the transaction is not

    def write(self, results: Iterable[Result]) -> None:
        """All of them or none. Raises CourseError when the gradebook stays locked or cannot be written."""
        results = list(results)
        patiently(self.db, lambda: self._write(results))

    def students_with_scores(self) -> frozenset[str]:
        """Everyone whose submission of the assignment has notebooks in the gradebook."""
        asked = select(SubmittedAssignment.student_id).join(
            SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id,
        ).where(SubmittedAssignment.assignment_id == self.assignment_id)
        found = frozenset(self.db.scalars(asked))
        self.db.commit()
        return found

    def _write(self, results: list[Result]) -> None:
        rows = Rows(self.db)
        there = self._submissions([one.student for one in results])
        known = set(self.db.scalars(select(Student.id).where(Student.id.in_([one.student for one in results]))))
        for result in results:
            if result.student not in known:
                known.add(result.student)
                rows.add(Student, id=result.student)
            submission = there.get(result.student)
            if submission is None:
                submission = new_uuid()
                rows.add(SubmittedAssignment, id=submission, assignment_id=self.assignment_id, student_id=result.student,
                         timestamp=result.timestamp)
                there[result.student] = submission
            elif result.timestamp is not None:
                rows.change(SubmittedAssignment, submission, timestamp=result.timestamp)
        held = Held(self.db, [there[one.student] for one in results])
        for result in results:
            self._write_notebooks(rows, result, there[result.student], held)
        rows.write()
        for result in results:
            self._penalise(there[result.student], result)
        if self.penalties is not None:
            settle_others(self.penalties, self.book, self.name, [one.student for one in results])
        self.db.commit()

    def _submissions(self, students: list[str]) -> dict[str, str]:
        """{student: id of the submission} of those who have one."""
        asked = select(SubmittedAssignment.student_id, SubmittedAssignment.id).where(
            SubmittedAssignment.assignment_id == self.assignment_id, SubmittedAssignment.student_id.in_(students))
        return dict(self.db.execute(asked).all())

    def _write_notebooks(self, rows: Rows, result: Result, submission: str, held: Held) -> None:
        graded = {one.name: one for one in result.notebooks}
        for layout in self.notebooks:
            notebook = held.notebooks.get((submission, layout.id))
            if notebook is None:
                notebook = new_uuid()
                rows.add(SubmittedNotebook, id=notebook, assignment_id=submission, notebook_id=layout.id,
                         flagged=result.status == FLAGGED)
            elif result.status == FLAGGED:
                rows.change(SubmittedNotebook, notebook, flagged=True)  # a flag set by a person is never taken away
            elif result.status == FAILED:
                rows.change(SubmittedNotebook, notebook, late_submission_penalty=None)
            grades = graded.get(layout.name)
            for cell, name in layout.graded.items():
                self._write_grade(rows, held, notebook, cell, new_score(result, grades, name))
            for cell, name in layout.commented.items():
                self._write_comment(rows, held, notebook, cell, name, grades)

    @staticmethod
    def _write_grade(rows: Rows, held: Held, notebook: str, cell: str, score: tuple[float | None, bool] | None) -> None:
        there = held.grades.get((notebook, cell))
        if there is None:
            points, look = score or (None, True)
            rows.add(Grade, id=new_uuid(), cell_id=cell, notebook_id=notebook, auto_score=points, needs_manual_grade=look)
        elif score is not None:
            identity, manual = there
            rows.change(Grade, identity, auto_score=score[0], needs_manual_grade=score[1] or manual is not None)

    @staticmethod
    def _write_comment(rows: Rows, held: Held, notebook: str, cell: str, name: str, grades: NotebookGrades | None) -> None:
        there = held.comments.get((notebook, cell))
        if there is None:
            comment = grades.comments.get(name) if grades else None
            rows.add(Comment, id=new_uuid(), cell_id=cell, notebook_id=notebook, auto_comment=comment)
        elif grades is not None and name in grades.comments:
            rows.change(Comment, there, auto_comment=grades.comments[name])

    def _penalise(self, submission: str, result: Result) -> None:
        """The late penalty of each graded notebook, as the configured plugin says."""
        if self.penalties is None or result.status == FAILED or self.duedate is None:
            return
        found = self.db.get(SubmittedAssignment, submission, populate_existing=True)
        graded = {one.name for one in result.notebooks}
        for notebook in found.notebooks:
            if notebook.name not in graded:
                continue
            notebook.late_submission_penalty = None
            if found.total_seconds_late > 0:
                self.db.refresh(notebook, ["score"])
                notebook.late_submission_penalty = wanted_penalty(self.penalties, self.book, found, notebook)


class Layout:
    """Ids and names of one notebook's cells, kept apart from the session that read them."""

    def __init__(self, notebook: Notebook):
        self.id, self.name = notebook.id, notebook.name
        tasks = {cell.id: cell.name for cell in notebook.task_cells}
        self.graded = {cell.id: cell.name for cell in notebook.grade_cells} | tasks
        self.commented = {cell.id: cell.name for cell in notebook.solution_cells} | tasks


class Held:
    """What the gradebook holds already of some submissions.

    notebooks: {(submission, notebook): id}. grades: {(submitted notebook, cell): (id, points given by hand)}.
    comments: {(submitted notebook, cell): id}.
    """

    def __init__(self, db, submissions: list[str]):
        notebooks = db.execute(select(SubmittedNotebook.assignment_id, SubmittedNotebook.notebook_id, SubmittedNotebook.id)
                               .where(SubmittedNotebook.assignment_id.in_(submissions)))
        self.notebooks = {(submission, notebook): identity for submission, notebook, identity in notebooks}
        mine = list(self.notebooks.values())
        grades = db.execute(select(Grade.notebook_id, Grade.cell_id, Grade.id, Grade.manual_score)
                            .where(Grade.notebook_id.in_(mine))) if mine else ()
        self.grades = {(notebook, cell): (identity, manual) for notebook, cell, identity, manual in grades}
        comments = db.execute(select(Comment.notebook_id, Comment.cell_id, Comment.id)
                              .where(Comment.notebook_id.in_(mine))) if mine else ()
        self.comments = {(notebook, cell): identity for notebook, cell, identity in comments}


class Rows:
    """Rows to add and to change, written together: a statement a table, however many rows."""

    ORDER = (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)

    def __init__(self, db):
        self.db = db
        self.new = {table: [] for table in self.ORDER}
        self.changed = {}

    def add(self, table, **columns) -> None:
        self.new[table].append(columns)

    def change(self, table, identity: str, **columns) -> None:
        self.changed.setdefault((table, tuple(columns)), []).append({"identity": identity, **columns})

    def write(self) -> None:
        for table, rows in self.new.items():
            if rows:
                self.db.execute(insert(table.__table__), rows)
        for (table, columns), rows in self.changed.items():
            values = {name: bindparam(name) for name in columns}
            statement = update(table.__table__).where(table.__table__.c.id == bindparam("identity")).values(values)
            self.db.connection().execute(statement, rows)


def new_score(result: Result, grades: NotebookGrades | None, cell: str) -> tuple[float | None, bool] | None:
    """(points, whether a person must look) for one cell, or None where grading said nothing about it.

    A submission that cannot be graded has 0 points until a person has looked; a notebook that is missing has 0 points.
    """
    if result.status == FAILED:
        return 0, True
    return (0, False) if grades is None else grades.scores.get(cell)


def patiently(db, write: Callable[[], None]) -> None:
    """Calls write(), again while another program holds the gradebook. Raises CourseError when that takes too long."""
    until = time.monotonic() + LOCKED_SECONDS
    while True:
        try:
            return write()
        except OperationalError as error:
            db.rollback()
            if not is_locked(error) or time.monotonic() > until:
                raise trouble(error) from error
            time.sleep(0.2)
        except BaseException:
            db.rollback()
            raise
