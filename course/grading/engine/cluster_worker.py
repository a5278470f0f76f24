"""What runs in a Dask worker's process: warm engines that its threads share, and the functions that the parent calls there.

Needs the installed `course` package and nothing else of the instructor's machine: no course folder, no gradebook, no
disk that both can see. An engine is gone with the worker's process, however that ends.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import pickle
import platform
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..course_root import CourseError
from .local import Engine
from .messages import Setting
from .task import Assignment, Result, Submission, failed

# What must be the same on both sides: one seed is to give one grade wherever a submission is graded.
COMPARED = ("nbgrader", "torch", "distributed")
PACKAGE = Path(__file__).resolve().parents[2]
IDLE_SECONDS = 300.0
# Assignments that are graded side by side; engines of others, if nobody uses them, make room.
MOST_ENGINES = 2

_lock = threading.Lock()
_engines: dict[str, SharedEngine] = {}  # the one used last is the last


@dataclass(frozen=True)
class Refused:
    """In place of a Result: this worker did not grade the submission.

    reason: why not; empty where the submission had no part in it. is_usable: whether it may be asked again.
    """

    worker: str
    reason: str = ""
    is_usable: bool = True


class SharedEngine(Engine):
    """An engine for one assignment, used by several threads, each with a submission of its own.

    What concerns them all happens in a thread of the engine's: the sandbox ends with the thread that started it, and
    Dask's threads may end.
    """

    def __init__(self, assignment: Assignment, sandbox: bool):
        super().__init__(sandbox=sandbox, device=assignment.allowance.device)
        self.assignment = assignment
        self.users = 0
        self.last_used = time.monotonic()
        self.is_over = False
        self.went_well = False  # whether it has graded anything
        self.idle: threading.Timer | None = None
        self._keeper = ThreadPoolExecutor(1, "course-engine")

    def prepare(self) -> None:
        """Starts both servers and tells them the assignment. Raises CourseError when that cannot be done here."""
        self._keeper.submit(self._prepare).result()

    def grade(self, submission: Submission) -> Result:
        """Raises CourseError when nothing can be graded here."""
        seconds = self.assignment.allowance.submission_seconds(len(self.assignment.notebooks))
        with contextlib.closing(self.do(self.assignment, [submission], 1, seconds)) as course_of_it:
            reply = next(ended for ended in course_of_it if ended is not None)[1]
        self.went_well = True
        return failed(submission, self.assignment, reply) if isinstance(reply, str) else reply

    def stop(self) -> None:
        """Ends both servers, and what is under way on them. Does not wait for a start to come to its end."""
        self.is_over = True
        self._end_servers()
        self._keeper.shutdown(wait=False, cancel_futures=True)

    def _prepare(self) -> None:
        self.start()
        if self._prepared is not self.assignment:
            self.grading.prepare(Setting(self.assignment, self.sandbox.address))
            self._prepared = self.assignment
        if self.is_over:
            self._end_servers()
            raise CourseError("it was stopped")

    def _begin(self, *arguments):
        if self.is_over:
            raise CourseError("it was stopped")
        return self._keeper.submit(super()._begin, *arguments).result()

    def _end_servers(self) -> None:
        # They are kept, ended: threads that still grade ask them whether they live.
        for server in (self.grading, self.sandbox):
            if server is not None:
                server.stop()


def prepare(token: str, packed: bytes, versions: dict[str, str]) -> str:
    """Readies this process for an assignment, known as `token` from then on. Returns why that cannot be, or nothing.

    packed: pickle of (Assignment, whether it is graded in the sandbox). versions: of the parent, see `installed`.
    """
    if difference := differences(versions, installed()):
        return difference
    assignment, sandbox = pickle.loads(packed)
    with _lock:
        if token not in _engines:
            make_room()
            _engines[token] = SharedEngine(assignment, sandbox)
        engine = _engines[token]
    try:
        engine.prepare()
    except CourseError as error:
        forget(token)
        return str(error)
    with _lock:
        engine.last_used = time.monotonic()
        watch(token, engine)
    return ""


def grade(token: str, packed: bytes) -> Result | Refused:
    """What became of a submission, given as a pickle, of the assignment `token`."""
    with using(token) as engine:
        if engine is None:
            return Refused(address())
        try:
            return engine.grade(pickle.loads(packed))
        except (CourseError, RuntimeError) as error:  # the latter where the engine was stopped meanwhile
            if engine.is_over:
                return Refused(address())
            reason = str(error)
    forget(token)  # the next one starts afresh
    return Refused(address(), reason, is_usable=engine.went_well)


def forget(token: str) -> None:
    """Ends the assignment's engine here, if there is one, and what is under way on it."""
    with _lock:
        engine = _engines.pop(token, None)
    if engine is not None:
        if engine.idle is not None:
            engine.idle.cancel()
        engine.stop()


@contextlib.contextmanager
def using(token: str) -> Iterator[SharedEngine | None]:
    """The assignment's engine, which is not taken for idle meanwhile; None where there is none."""
    with _lock:
        engine = _engines.pop(token, None)
        if engine is not None:
            _engines[token] = engine
            engine.users += 1
    try:
        yield engine
    finally:
        if engine is not None:
            with _lock:
                engine.users -= 1
                engine.last_used = time.monotonic()


def make_room() -> None:
    """Ends engines that nobody uses, those used last the last, until there is room for one more. Needs the lock."""
    for token in [token for token, engine in _engines.items() if engine.users == 0]:
        if len(_engines) < MOST_ENGINES:
            return
        engine = _engines.pop(token)
        if engine.idle is not None:
            engine.idle.cancel()
        engine.stop()


def watch(token: str, engine: SharedEngine) -> None:
    """Ends the engine when nobody has used it for a while. Needs the lock."""
    if engine.idle is not None:
        engine.idle.cancel()
    engine.idle = threading.Timer(IDLE_SECONDS, stop_if_idle, [token, engine])
    engine.idle.daemon = True
    engine.idle.start()


def stop_if_idle(token: str, engine: SharedEngine) -> None:
    with _lock:
        if _engines.get(token) is not engine:
            return
        if engine.users or time.monotonic() - engine.last_used < IDLE_SECONDS:
            watch(token, engine)
            return
        del _engines[token]
    engine.stop()


@functools.cache
def installed() -> dict[str, str]:
    """Versions of Python and of what grades depend on; that of `course` holds a digest of its text."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\n" + path.read_bytes())
    found = {name: version_of(name) for name in COMPARED}
    course = f"{version_of('course')}, text {digest.hexdigest()[:12]}"
    return {"Python": ".".join(platform.python_version_tuple()[:2]), "course": course, **found}


def differences(wanted: dict[str, str], here: dict[str, str]) -> str:
    """One line that tells versions `wanted` from those `here`; empty when they are the same."""
    return "; ".join(f"{name} is {here.get(name, 'missing')} there, and {wanted[name]} here" for name in wanted
                     if here.get(name) != wanted[name])


def version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def address() -> str:
    """This worker's, as the scheduler knows it."""
    from distributed import get_worker

    return get_worker().address
