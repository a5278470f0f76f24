"""One engine for this process, for nbgrader's own commands and the formgrader: kept warm, ended when nobody needs it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterable, Iterator

from ..course_root import CourseError
from .grader import Notebook, Ran
from .local import Engine
from .task import Assignment

IDLE_SECONDS = 120.0

_lock = threading.RLock()
_engine: Engine | None = None
_known: Assignment | None = None
_idle: threading.Timer | None = None


def run_notebook(assignment: Assignment, notebook: Notebook, *, sandbox: bool = True) -> Ran:
    """Runs a sanitised notebook of the assignment. Raises CourseError when it cannot be run at all."""
    seconds = assignment.allowance.submission_seconds(1)
    _, reply = next(run_notebooks(assignment, [notebook], 1, seconds, sandbox=sandbox))
    if isinstance(reply, str):
        raise CourseError(reply)
    return reply


def run_notebooks(
    assignment: Assignment, notebooks: Iterable[Notebook], jobs: int, seconds: float, *, sandbox: bool = True
) -> Iterator[tuple[Notebook, Ran | str]]:
    """Notebooks of the assignment, `jobs` at a time, with what came of each: one line where it could not be run.

    seconds: how long one may take. Nobody else has the engine until the last one is read or the iterator is closed.
    """
    global _known
    with _lock:
        engine = _warm_engine(sandbox, assignment.allowance.device)
        if assignment != _known:  # else the graders know it already: an equal one would be sent to them anew
            _known = assignment
        try:
            yield from (ended for ended in engine.do(_known, notebooks, jobs, seconds) if ended is not None)
        finally:
            _stop_when_idle()


def stop() -> None:
    """Ends the engine, if there is one."""
    global _engine
    with _lock:
        if _idle is not None:
            _idle.cancel()
        if _engine is not None:
            _engine.stop()
            _engine = None


def _warm_engine(sandbox: bool, device: str) -> Engine:
    global _engine
    if _engine is not None and (_engine.sandboxed, _engine.device) != (sandbox, device):
        stop()
    if _engine is None:
        _engine = Engine(sandbox=sandbox, device=device)
        atexit.register(stop)
    _engine.start()
    return _engine


def _stop_when_idle() -> None:
    global _idle
    if _idle is not None:
        _idle.cancel()
    _idle = threading.Timer(IDLE_SECONDS, stop)
    _idle.daemon = True
    _idle.start()
