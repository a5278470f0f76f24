"""Says what a person can mend before the traceback in which nbgrader's commands and the formgrader would bury it."""

from contextlib import contextmanager

from course.grading.course_root import CourseError
from course.grading.submissions import NotGradable


@contextmanager
def said_first(log):
    """What ends what is done here for a reason that a person can mend is logged, on a line of its own, and raised."""
    try:
        yield
    except (CourseError, NotGradable) as error:
        log.error("%s", error)
        raise
