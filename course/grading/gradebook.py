"""Opens nbgrader's gradebook, and asks it for the scores."""

import warnings
from contextlib import contextmanager

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from course.grading.course_root import course_directory
from course.grading.stock import tools_on_path


@contextmanager
def opened(root):
    """The course's gradebook."""
    with warnings.catch_warnings(), tools_on_path():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own queries set these off, and they say nothing to us
        directory = course_directory(root)
        with Gradebook(directory.db_url, directory.course_id or None) as book:
            yield book


def scores(root, assignment):
    """{student: (points, points possible)} of everyone in the gradebook who submitted the assignment."""
    with opened(root) as book:
        return {one.student.id: (one.score, one.max_score) for one in book.assignment_submissions(assignment)}
