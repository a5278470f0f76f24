"""A run of `course grade` on servers that are there already, for tests of what comes of a run and not of its servers."""

import contextlib

import pytest

from course.grading import grade as grading
from course.grading.engine import shared
from course.grading.regrade import run as regrade


class WarmEngine:
    """In place of a run's own engine: the one that generating and nbgrader's own commands keep warm in this process."""

    def __init__(self, assignment, sandbox, scheduler):
        assert scheduler is None, "this test is about a run's own engine"
        self.assignment, self.sandbox = assignment, sandbox

    def __enter__(self):
        shared._lock.acquire()  # until the run is over nobody ends it for being idle
        try:
            self.engine = shared._warm_engine(self.sandbox, self.assignment.allowance.device)
        except BaseException:
            shared._lock.release()
            raise
        return self

    def __exit__(self, *error):
        shared._stop_when_idle()
        shared._lock.release()

    def batches(self, *arguments):
        return self.engine.batches(*arguments)


@contextlib.contextmanager
def kept_warm():
    """In the block runs of `course grade` and `course regrade` in this process share an engine, and leave it running."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (grading, regrade):
            patch.setattr(module, "engine_for", WarmEngine)
        yield


@pytest.fixture
def warm_engine():
    """As `kept_warm`, for a test."""
    with kept_warm():
        yield
