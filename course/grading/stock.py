"""Runs nbgrader's own converters in this process, quietly, and hands back what they said when they fail."""

import contextlib
import logging
import os
import sys
import warnings
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from course.grading.course_root import CourseError, course_directory, load_config


class Remember(logging.Handler):
    """Keeps the messages of one run, so that a failure can be told with its reason."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        message = record.getMessage()
        # nbconvert says this of every step that is not its own, whatever is configured
        if not message.startswith("Config option `display_data_priority` not recognized"):
            self.messages.append(message)

    def reason(self):
        """The last line of the first traceback logged, or the last message: what a person needs to know."""
        for message in self.messages:
            if message.startswith("Traceback"):
                return message.strip().splitlines()[-1].removeprefix(f"{CourseError.__module__}.{CourseError.__name__}: ")
        return self.messages[-1] if self.messages else "no reason given"


@contextlib.contextmanager
def tools_on_path():
    """This Python's own scripts come first on PATH: nbgrader starts `alembic` by name when it makes a gradebook."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + before
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextlib.contextmanager
def quiet_log():
    """A logger for one converter: nothing is printed, everything from warnings up is remembered. Yields (log, memory)."""
    memory = Remember()
    log = logging.Logger("course.nbgrader", logging.WARNING)
    log.addHandler(memory)
    yield log, memory


class FromOneFolder:
    """Takes the notebooks in one student's folder; nbgrader would read brackets in its name as a pattern."""

    def init_notebooks(self):
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: sorted(str(path) for path in Path(folder).glob("*.ipynb"))}


def generate_assignment(root, assignment, *, try_tests=True, allow_failing=False, **settings):
    """nbgrader's generate_assignment, overwriting the release. Returns the warnings that it logged.

    try_tests: run the notebook first, to see that its graded cells can be judged, and that its own solution passes them;
    with allow_failing the latter only warns. Of a test that is not locked `slips` tells, with its line. Raises CourseError with the reason when it fails.
    """
    extra = {"enabled": try_tests} | ({"allow_failing": True} if allow_failing else {})
    config = Config({"RequireJudgeable": extra, "RequireLocks": {"warned": False}})
    warned = run_converter(GenerateAssignment, root, config, assignment_id=assignment, force=True, **settings)
    # The release is made anew each time, and is there from the start in a clone: nobody has to be warned of that.
    return [line for line in warned if not line.startswith("Removing existing assignment")]


def run_converter(converter_class, root, extra=None, *, force=False, **settings):
    """Runs one nbgrader converter on the course at `root`.

    extra: configuration on top of nbgrader_config.py. settings: go to the CourseDirectory.
    Returns the warnings it logged. Raises CourseError, with the reason on one line, when it failed.
    """
    config = load_config(root, **settings)
    config.merge(extra or Config())
    with quiet_log() as (log, memory), tools_on_path(), warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own queries set these off, and they say nothing to us
        converter = converter_class(
            coursedir=course_directory(root, **settings), config=config, log=log, force=force
        )
        try:
            converter.start()
        except NbGraderException as error:
            raise CourseError(memory.reason()) from error
    return memory.messages
