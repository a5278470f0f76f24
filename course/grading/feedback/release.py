"""Releases feedback pages through nbgrader's exchange, where students fetch them with `nbgrader fetch_feedback`."""

import glob
import os
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from nbgrader.auth import Authenticator
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config, PyFileConfigLoader

from course.grading.course_root import CONFIG_NAME, CourseError, course_directory, load_config
from course.grading.stock import quiet_log

from .archive import students_of
from .current import BESIDE


def release(root, assignment, pages, *, progress=iter):
    """Copies the pages into the exchange with nbgrader's ReleaseFeedback. progress: wraps a list of students.

    Returns the students left out, sorted: their submissions did not come through the exchange, so it has no place for
    them. Raises CourseError when the exchange cannot be used, or nobody's submission came through it.
    """
    students = students_of(pages)
    left_out = [student for student, own in students.items() if any(not (own[0].parent / name).is_file() for name in BESIDE)]
    released = [student for student in students if student not in left_out]
    require_exchange(root)
    if not released:
        raise CourseError(f"none of the submissions of {assignment} came through nbgrader's exchange, so it cannot take their "
                          f"feedback back: `course feedback {assignment} --zip` packs it instead")
    for student in progress(released):
        release_one(root, assignment, student)
    return left_out


def require_exchange(root):
    """Raises CourseError, saying what to do, when there is no course id, or no exchange that one can write to."""
    config = exchange_config(root)
    if not course_directory(root).course_id:
        raise CourseError("the exchange needs the course's name: set c.CourseDirectory.course_id in nbgrader_config.py")
    if sys.platform == "win32":
        raise CourseError("nbgrader has no exchange on Windows: use --zip")
    kind = ExchangeFactory(config=config).ReleaseFeedback
    folder = Path(getattr(kind(coursedir=course_directory(root), config=config), "root", root))
    if not folder.is_dir():
        raise CourseError(f"there is no exchange at {folder}: make that folder with mode 777, or set c.Exchange.root in "
                          "nbgrader_config.py; without an exchange use --zip")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CourseError(f"you may not write to the exchange at {folder}: ask whoever runs it; or use --zip")


def exchange_config(root, **settings):
    """The configuration as nbgrader's own command reads it: where the exchange is, is said for a machine or a person."""
    config = Config()
    for folder in reversed(jupyter_config_path()):
        if (Path(folder) / CONFIG_NAME).is_file():
            config.merge(PyFileConfigLoader(CONFIG_NAME, path=folder).load_config())
    config.merge(load_config(root, **settings))
    return config


def release_one(root, assignment, student):
    """One student's pages. Raises CourseError with nbgrader's reason."""
    config = exchange_config(root, assignment_id=assignment)
    directory = course_directory(root, assignment_id=assignment)
    directory.student_id = glob.escape(student)  # nbgrader reads it as a pattern
    with quiet_log() as (log, memory):
        exchange = ExchangeFactory(config=config).ReleaseFeedback(
            coursedir=directory, authenticator=Authenticator(config=config), config=config, log=log)
        try:
            exchange.start()
        except ExchangeError as error:
            raise CourseError(f"the exchange refused {student}'s feedback: {memory.messages[-1] if memory.messages else error}") from None
        except OSError as error:
            raise CourseError(f"{student}'s feedback cannot be released: {error.strerror}: {error.filename}") from None
