"""Which lines of a traceback are the learner's own, and what an exception in them looks like as plain data."""

from __future__ import annotations

import linecache
import os
import sysconfig
import traceback

import torch

from .observation import ErrorSeen, Seen
from .seeing import see

_PATHS = sysconfig.get_paths()
_NOT_THEIRS = tuple(
    dict.fromkeys(
        os.path.normcase(path) + os.sep
        for path in (
            _PATHS["stdlib"],
            _PATHS["platstdlib"],
            _PATHS["purelib"],
            _PATHS["platlib"],
            os.path.dirname(os.__file__),
            os.path.dirname(os.path.dirname(torch.__file__)),
            os.path.dirname(__file__),
        )
    )
)
MAX_LOCALS = 24
MAX_LOCAL_ELEMENTS = 100_000  # a copy of each local travels with the error


def is_learners_file(filename: str) -> bool:
    """Whether code from this file is the learner's own: neither Python's, nor a package's, nor this library's."""
    return not filename.startswith("<frozen") and not os.path.normcase(filename).startswith(_NOT_THEIRS)


def see_error(error: BaseException) -> ErrorSeen:
    """Describe an exception: its type, and the learner's line that raised it with the tensors in scope there."""
    frames = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if is_learners_file(frame.f_code.co_filename)
    ]
    innermost = list(traceback.walk_tb(error.__traceback__))
    facts = {
        "type": type(error).__name__,
        "bases": tuple(base.__name__ for base in type(error).__mro__[1:-1]),
        "message": _first_line(error),
        "innermost": innermost[-1][0].f_code.co_name if innermost else "",
    }
    if isinstance(error, SyntaxError) and not frames:
        return ErrorSeen(**facts, line=(error.text or "").strip(), line_number=error.lineno or 0)
    if not frames:
        return ErrorSeen(**facts)
    frame, line = frames[-1]
    missing = tuple(name for name, value in frame.f_locals.items() if _grad_is_missing(value))
    return ErrorSeen(
        **facts,
        line=linecache.getline(frame.f_code.co_filename, line).strip(),
        line_number=line,
        function=frame.f_code.co_name,
        locals=_see_locals(frame.f_locals),
        grads_missing=missing,
    )


def _first_line(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # a learner's own exception class may fail here
        text = ""
    return (text.strip().splitlines() or [""])[0][:400]


def _grad_is_missing(value) -> bool:
    return isinstance(value, torch.Tensor) and value.is_leaf and value.requires_grad and value.grad is None


def _see_locals(names: dict) -> dict[str, Seen]:
    """The tensors, arrays, modules and short plain values in a frame: what explains an error."""
    kept = {}
    for name, value in names.items():
        small = not isinstance(value, torch.Tensor) or value.numel() <= MAX_LOCAL_ELEMENTS
        plain = isinstance(value, (torch.Tensor, torch.nn.Module, int, float, str, list, tuple, type(None)))
        if small and (plain or type(value).__module__ == "numpy") and len(kept) < MAX_LOCALS:
            kept[name] = see(value)
    return kept
