"""Which lines of a traceback are the learner's own, and what an exception in them looks like as plain data."""

from __future__ import annotations

import contextlib
import inspect
import itertools
import linecache
import os
import sysconfig
import textwrap
import types

import torch

from .graph_state import overwritten_in
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
MAX_SOURCE = 10_000  # characters
_KEPT = (torch.Tensor, torch.nn.Module, int, float, str, list, tuple, type(None), types.GeneratorType, type)


def is_learners_file(filename: str) -> bool:
    """Whether code from this file is the learner's own: neither Python's, nor a package's, nor this library's."""
    return not filename.startswith("<frozen") and not os.path.normcase(filename).startswith(_NOT_THEIRS)


def see_error(error: BaseException) -> ErrorSeen:
    """Describe an exception: its type, and the learner's line that raised it with the tensors in scope there."""
    levels = list(_levels(error.__traceback__))
    theirs = [level for level in levels if is_learners_file(level.tb_frame.f_code.co_filename)]
    facts = {
        "type": type(error).__name__,
        "bases": tuple(base.__name__ for base in type(error).__mro__[1:-1]),
        "message": _first_line(error),
        "innermost": levels[-1].tb_frame.f_code.co_name if levels else "",
    }
    if isinstance(error, RuntimeError):
        facts["overwritten"] = overwritten_in(error.__traceback__)
    if isinstance(error, SyntaxError) and not theirs:
        return ErrorSeen(**facts, line=(error.text or "").strip(), line_number=error.lineno or 0)
    if not theirs:
        return ErrorSeen(**facts)
    code, line = theirs[-1].tb_frame.f_code, theirs[-1].tb_lineno
    names = _names_in_sight(theirs[-1].tb_frame)
    return ErrorSeen(
        **facts,
        line=linecache.getline(code.co_filename, line).strip(),
        line_number=line,
        function=code.co_name,
        locals=_see_locals(names),
        grads_missing=tuple(itertools.chain.from_iterable(_missing(name, value) for name, value in names.items())),
        expression=_expression(theirs[-1]),
        source=source_of(code),
    )


def source_of(subject) -> str:
    """The text of a learner's function, code object or class (its methods), as far as it can be read; never raises."""
    if isinstance(subject, type):
        return "\n".join(filter(None, (source_of(member) for member in vars(subject).values())))[:MAX_SOURCE]
    code = subject if isinstance(subject, types.CodeType) else getattr(subject, "__code__", None)
    if not isinstance(code, types.CodeType) or not is_learners_file(code.co_filename) or code.co_name == "<module>":
        return ""
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    with contextlib.suppress(Exception):  # half-written text may not even tokenise
        return textwrap.dedent("".join(inspect.getblock(lines)))[:MAX_SOURCE]
    return ""


def _levels(trace):
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _expression(level) -> str:
    """The text that the interrupted instruction came from; empty where Python kept no columns."""
    code = level.tb_frame.f_code
    first, last, start, end = next(itertools.islice(code.co_positions(), level.tb_lasti // 2, None), (None,) * 4)
    if None in (first, last, start, end):
        return ""
    lines = [line.encode() for line in linecache.getlines(code.co_filename)[first - 1 : last]]
    if not lines:
        return ""
    lines[-1] = lines[-1][:end]  # columns count bytes of UTF-8
    lines[0] = lines[0][start:]
    return b"".join(lines).decode("utf-8", "replace")[:MAX_SOURCE]


def _names_in_sight(frame) -> dict:
    """The function's own names, and those of the notebook's that it mentions."""
    code = frame.f_code
    outer = {name: frame.f_globals[name] for name in code.co_names if name in frame.f_globals}
    return {**outer, **frame.f_locals}


def _first_line(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # a learner's own exception class may fail here
        text = ""
    return (text.strip().splitlines() or [""])[0][:400]


def _missing(name: str, value) -> list[str]:
    """Names of the leaves behind one name that should have a gradient and have none."""
    if isinstance(value, torch.nn.Module) and "_parameters" in vars(value):
        return [f"{name}.{inner}" for inner, parameter in value.named_parameters() if _missing("", parameter)]
    waits = isinstance(value, torch.Tensor) and value.is_leaf and value.requires_grad and value.grad is None
    return [name] if waits else []


def _see_locals(names: dict) -> dict[str, Seen]:
    """The tensors, arrays, modules, classes and short plain values in a frame: what explains an error."""
    kept = {}
    for name, value in names.items():
        small = not isinstance(value, torch.Tensor) or value.numel() <= MAX_LOCAL_ELEMENTS
        if small and (isinstance(value, _KEPT) or type(value).__module__ == "numpy") and len(kept) < MAX_LOCALS:
            kept[name] = see(value)
    return kept
