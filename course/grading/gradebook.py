"""Opens nbgrader's gradebook, and asks it for the scores."""

import warnings
from contextlib import contextmanager

from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError, SAWarning

from course.grading.course_root import CourseError, course_directory
from course.grading.stock import tools_on_path


@contextmanager
def opened(root):
    """The course's gradebook. CourseError, in the place of SQLAlchemy's, tells that it is locked or cannot be used."""
    with warnings.catch_warnings(), tools_on_path():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own queries set these off, and they say nothing to us
        directory = course_directory(root)
        try:
            with Gradebook(directory.db_url, directory.course_id or None) as book:
                yield book
        except OperationalError as error:
            raise trouble(error) from error


def is_locked(error):
    """Whether SQLAlchemy's OperationalError says that another program holds the gradebook."""
    return "locked" in str(error.orig)


def trouble(error):
    """The CourseError that tells an OperationalError in one line."""
    if is_locked(error):
        return CourseError("another program keeps the gradebook locked; nothing is lost: "
                           "close it and run the same command again")
    said = " ".join(str(error.orig).split())
    if "disk is full" in said:
        return CourseError("the gradebook's disk is full; nothing is lost: make room and run the same command again")
    return CourseError(f"the gradebook cannot be used ({said}); nothing is lost: mend that and run the same command again")


def scores(root, assignment):
    """{student: (points, points possible)} of everyone in the gradebook who submitted the assignment."""
    with opened(root) as book:
        return {one.student.id: (one.score, one.max_score) for one in book.assignment_submissions(assignment)}
