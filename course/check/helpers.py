"""Helpers: functions of a check's own cell, through which it looks at what the learner wrote."""

from __future__ import annotations

import sys
from types import FrameType

from .frames import is_learners_file
from .observation import ErrorSeen

_asked_from: set[str] = set()  # files of cells with checks: a helper may be defined in one and used in the next


def remember_asking() -> None:
    """Note which cell asks: the first frame outwards that is not this library's."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not is_learners_file(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is not None:
        _asked_from.add(frame.f_code.co_filename)


def raised_by_check(error: BaseException) -> bool:
    """Whether the innermost line of the notebook that an error came through is a helper's, and so not the learner's."""
    innermost, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        innermost, trace = file if is_learners_file(file) else innermost, trace.tb_next
    return innermost in _asked_from


def unwritten(error: ErrorSeen, namespace: dict) -> str | None:
    """The name of the notebook's function that is a stub still: the subject, or one that the subject calls."""
    return error.function if callable(namespace.get(error.function)) else None


def lacking(error: BaseException, namespace: dict) -> str | None:
    """The name that a helper asked for and that is not there, as when the cell above was not run."""
    name = error.name if type(error) is NameError else None
    return name if name not in namespace else None
