"""The few questions asked of nbgrader's gradebook, and the one thing written to it outside nbgrader's own steps."""

import hashlib
import warnings
from contextlib import contextmanager

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import SAWarning

from course.grading.course_root import CourseError, course_directory
from course.grading.stock import tools_on_path


@contextmanager
def opened(root):
    """The course's gradebook."""
    with warnings.catch_warnings(), tools_on_path():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own queries set these off, and they say nothing to us
        directory = course_directory(root)
        with Gradebook(directory.db_url, directory.course_id or None) as book:
            yield book


def notebook_names(root, assignment):
    """Names of the assignment's notebooks. Raises CourseError when it was never generated."""
    with opened(root) as book:
        try:
            return [notebook.name for notebook in book.find_assignment(assignment).notebooks]
        except MissingEntry:
            raise CourseError(f"{assignment} is not in the gradebook: run `course generate {assignment}`") from None


def tests_digest(root, assignment):
    """A hash of the assignment's graded and locked cells, hidden tests included, and of their points."""
    with opened(root) as book:
        told = []
        for notebook in book.find_assignment(assignment).notebooks:
            points = {cell.name: cell.max_score for cell in notebook.grade_cells}
            told += [(notebook.name, cell.name, cell.checksum, points.get(cell.name)) for cell in notebook.source_cells]
    return hashlib.sha256(repr(sorted(told)).encode()).hexdigest()[:16]


def mark_ungraded(root, assignment, student):
    """Gives the submission 0 points and marks it for a person to look at; points given by hand are kept."""
    with opened(root) as book:
        book.update_or_create_student(student)
        submission = book.update_or_create_submission(assignment, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0
                grade.needs_manual_grade = True
        book.db.commit()


def scores(root, assignment):
    """{student: (points, points possible)} of everyone in the gradebook who submitted the assignment."""
    with opened(root) as book:
        return {one.student.id: (one.score, one.max_score) for one in book.assignment_submissions(assignment)}
