"""Helpers: functions of a check's own cell, through which it looks at what the learner wrote."""

from __future__ import annotations

import sys

from .frames import is_learners_file
from .observation import ErrorSeen


def is_helper(subject) -> bool:
    """Whether a subject was defined in the cell that runs the check, so that its name means nothing to the learner."""
    code = getattr(subject, "__code__", None)
    return code is not None and code.co_filename == _asking_file()


def _asking_file() -> str | None:
    """The file of the cell that called the check: the first frame outwards that is not this library's."""
    frame = sys._getframe(1)
    while frame is not None and not is_learners_file(frame.f_code.co_filename):
        frame = frame.f_back
    return frame.f_code.co_filename if frame else None


def unwritten(error: ErrorSeen, namespace: dict) -> str | None:
    """The name of the notebook's function that is a stub still: the subject, or one that the subject calls."""
    return error.function if callable(namespace.get(error.function)) else None


def lacking(error: BaseException, namespace: dict) -> str | None:
    """The name that a helper asked for and that is not there, as when the cell above was not run."""
    name = error.name if type(error) is NameError else None
    return name if name not in namespace else None
