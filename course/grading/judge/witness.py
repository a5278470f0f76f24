"""Watches, while operations are counted in the student's process, that nobody switches the counting off meanwhile.

The integrity check compares before and after; this one is for what is put back in time. It goes by evidence: an operation
that ran and was not shown to the counter, a value that left a tensor while nobody looked, a tracer taken away, work that
the student's code handed to a thread, a process or native code. What libraries do of their own accord is no evidence.
"""

from __future__ import annotations

import _thread
import os
import sys
import threading
import time

import torch
from torch.utils.data import DataLoader
from torch.utils.data.dataloader import _BaseDataLoaderIter

from course.check.counting import _run_backward, count
from course.check.counting.lines import is_learners_file
from course.check.counting.tensors import EscapeCounter, OperationCounter

from .recorded_operations import RecordedOperations

_COUNTING = (count.__code__, _run_backward.__code__)
_EVENTS = {
    "sys.settrace": "the tracer was changed", "sys.setprofile": "the profiler was changed",
    "sys.monitoring.register_callback": "the tracer was changed",
    "_thread.start_new_thread": "a thread was started", "_thread.start_joinable_thread": "a thread was started",
    "os.fork": "a process was started", "os.forkpty": "a process was started", "os.posix_spawn": "a process was started",
    "os.system": "a process was started", "os.exec": "a process was started", "subprocess.Popen": "a process was started",
    "_posixsubprocess.fork_exec": "a process was started",
    "ctypes.dlopen": "native code was called", "ctypes.dlsym": "native code was called",
    "ctypes.dlsym/handle": "native code was called", "ctypes.call_function": "native code was called",
    "ctypes.string_at": "native code was called", "ctypes.wstring_at": "native code was called",
    "import": "native code was loaded",
}  # fmt: skip
# Python's own, through which whoever calls them starts threads and processes or reaches native code.
_GO_BETWEEN = tuple(
    os.path.join(os.path.dirname(os.__file__), name)
    for name in ("threading.py", "_threading", "concurrent" + os.sep, "multiprocessing" + os.sep, "asyncio" + os.sep,
                 "subprocess.py", "os.py", "pty.py", "ctypes" + os.sep, "contextlib.py", "bdb.py", "trace.py", "profile.py")
)  # fmt: skip
_TAKE_VALUES = {"tolist", "numpy", "__array__", "__dlpack__", "storage", "untyped_storage", "_typed_storage", "data_ptr"}
_HAND_OVER = {"_to_dlpack", "_to_dlpack_versioned", "to_dlpack"}  # functions of torch's own, which no mode is asked about
_LOADERS = os.path.join(os.path.dirname(torch.__file__), "utils", "data") + os.sep
_STARTS = tuple(getattr(_thread, name) for name in ("start_new_thread", "start_joinable_thread") if hasattr(_thread, name))
_RESTING = {id(one.__code__): one for one in (torch._tensor_str._str, DataLoader.__iter__, _BaseDataLoaderIter.__next__)}
_LIBRARY_FILES: set[str] = set()  # seen so far
_COMPILER = "torch._dynamo.convert_frame"
_RESTING_FILES = {
    torch._tensor_str.__file__, DataLoader.__iter__.__code__.co_filename,
    os.path.join(os.path.dirname(torch.__file__), "_dynamo", "convert_frame.py"),
}  # fmt: skip
_BUSY = 0.001  # seconds of processor time
_MOST_NOTES = 10


class Witness:
    """`noted()` says what was noticed since it was last asked. To be made once a process, before any student's code runs.

    It stays in that process for good: an audit hook cannot be taken away, and the counter tells it when it counts.
    """

    def __init__(self):
        self._notes: list[str] = []
        self._counter: OperationCounter | None = None
        active: list[int] = []  # the thread that is counted, while it is
        self._active, note, thread = active, self._note, threading.get_ident

        def hook(event, arguments):
            if active and event in _EVENTS and thread() == active[0]:
                _audited(event, arguments, sys._getframe(1), note)

        sys.addaudithook(hook)
        _told.append(self)

    def noted(self) -> list[str]:
        """In words what was noticed, each thing once; forgets it."""
        if _told != [self]:
            self._note("the witness was sent away")
        notes = list(dict.fromkeys(self._notes))[:_MOST_NOTES]
        self._notes.clear()
        return notes

    def start_afresh(self) -> None:
        """Forgets an observation that was cut short, and what was noticed in it.

        An interrupt that comes while a tracer or a profiler looks on takes that away, which is nobody's forgery. What was
        cut short is paid for nothing.
        """
        self._active.clear()
        if self._counter is not None:
            self._look_away()
        self._notes.clear()

    def begin(self, counter: OperationCounter, caller) -> None:
        """The counter was entered by the frame `caller`."""
        if self._counter is not None or not _counts(caller):
            return  # one of the student's own
        self._counter = counter
        self._threads = _threads_of_students()
        self._recorded = RecordedOperations().__enter__()
        self._profiler_before, self._profiler = sys.getprofile(), _profiled(self._note, self._recorded)
        sys.setprofile(self._profiler)
        self._active.append(threading.get_ident())

    def end(self, counter: OperationCounter, caller) -> None:
        """The counter was left by the frame `caller`."""
        if counter is not self._counter:
            return
        if not _counts(caller):
            self._note("the counter was left")
            return
        self._active.clear()
        if sys.getprofile() is not self._profiler:
            self._note(_EVENTS["sys.setprofile"])
        self._look_away()
        for problem in self._recorded.problems(counter.operations):
            self._note(problem)
        if _anybody_worked(self._threads):
            self._note("another thread of the student's was at work")

    def _look_away(self) -> None:
        # What cProfile puts there cannot be put back: Python would call it, and it is no function.
        sys.setprofile(self._profiler_before if callable(self._profiler_before) else None)
        self._recorded.__exit__(None, None, None)
        self._counter = None

    def _note(self, text: str) -> None:
        if len(self._notes) < 1000:
            self._notes.append(text)


def _profiled(note, recorded: RecordedOperations):
    """A function for `sys.setprofile`: looks on when the student's own lines call what is written in C."""
    monitoring, main = getattr(sys, "monitoring", None), sys.modules["__main__"].__dict__

    def profile(frame, event, called):  # called for every call of anything: what is common is settled first
        file = frame.f_code.co_filename
        if event != "c_call":
            if file in _RESTING_FILES and event != "c_return" and event != "c_exception" and _rests(frame):
                recorded.set_apart() if event == "call" else recorded.rejoin()
        elif file not in _LIBRARY_FILES or frame.f_globals is main:
            name, owner = getattr(called, "__name__", ""), getattr(called, "__self__", None)
            if name in _TAKE_VALUES:
                if isinstance(owner, torch.Tensor) and _is_students(frame) and not _escapes_noticed(frame):
                    note("values left a tensor while nobody looked")
            elif name in _HAND_OVER and owner is torch._C:
                if _is_students(frame):
                    note("values left a tensor while nobody looked")
            elif any(called is one for one in _STARTS):  # of which Python 3.11 has no audit event
                if _asked_by_student(frame):
                    note(_EVENTS["_thread.start_new_thread"])
            elif (called is sys.gettrace or monitoring is not None and owner is monitoring) and _is_students(frame):
                note(_EVENTS["sys.settrace"])
            elif not is_learners_file(file) and not file.startswith(_GO_BETWEEN):
                _LIBRARY_FILES.add(file)

    return profile


def _rests(frame) -> bool:
    """Whether this is PyTorch's own, during which the counter rests by design or modes are left with reason."""
    code = frame.f_code
    if id(code) in _RESTING:
        return True
    compiler = sys.modules.get(_COMPILER)
    return compiler is not None and frame.f_globals is compiler.__dict__ and code.co_filename == compiler.__file__


def _tell_when_counting(told: list[Witness]) -> None:
    """Have every operation counter tell the witness when it begins and ends; in place, as others hold the class."""
    enter, leave = OperationCounter.__enter__, OperationCounter.__exit__

    def __enter__(self):
        entered = enter(self)
        for witness in told:
            witness.begin(self, sys._getframe(1))
        return entered

    def __exit__(self, *error):
        try:
            for witness in told:
                witness.end(self, sys._getframe(1))
        finally:
            left = leave(self, *error)
        return left

    OperationCounter.__enter__, OperationCounter.__exit__ = __enter__, __exit__


_told: list[Witness] = []  # one in a student's process, none elsewhere
# Now, so that the integrity check, which is made before any student's process, takes it for the counter's own.
_tell_when_counting(_told)


def _counts(frame) -> bool:
    return any(frame.f_code is code for code in _COUNTING)


def _audited(event: str, arguments: tuple, frame, note) -> None:
    if event == "import":
        filename = arguments[1]  # None but for what is loaded from a compiled file
        if isinstance(filename, str) and is_learners_file(filename):
            note(_EVENTS[event])
        return
    if _asked_by_student(frame):
        note(_EVENTS[event])


def _asked_by_student(frame) -> bool:
    """Whether the student's own code called this, itself or through what Python has for it."""
    while frame is not None and frame.f_code.co_filename.startswith(_GO_BETWEEN):
        frame = frame.f_back
    return frame is not None and _is_students(frame)


def _is_students(frame) -> bool:
    return is_learners_file(frame.f_code.co_filename) or frame.f_globals.get("__name__") == "__main__"


def _escapes_noticed(frame) -> bool:
    """Whether the counter of values that leave tensors is the next to hear of a call, or rests while a loader loads."""
    last = torch._C._len_torch_function_stack() - 1
    enabled = torch._C._is_torch_function_mode_enabled() and not torch._C._is_torch_function_all_disabled()
    if not enabled or last < 0:
        return False
    modes = [torch._C._get_function_stack_at(place) for place in range(last + 1)]
    counter = next((mode for mode in modes if isinstance(mode, EscapeCounter)), None)
    return counter is not None and (not counter.paused or _loads(frame))


def _loads(frame) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(_LOADERS):
            return True
        frame = frame.f_back
    return False


def _threads_of_students() -> dict[int, float]:
    """{ident: processor time} of other threads that run the student's code, in seconds."""
    if threading.active_count() == 1 and len(sys._current_frames()) == 1 or not hasattr(time, "pthread_getcpuclockid"):
        return {}
    times, here = {}, threading.get_ident()
    for ident, frame in sys._current_frames().items():
        while frame is not None and not _is_students(frame):
            frame = frame.f_back
        if frame is not None and ident != here:
            times[ident] = _processor_time(ident)
    return times


def _anybody_worked(before: dict[int, float]) -> bool:
    alive = sys._current_frames()
    return any(ident in alive and _processor_time(ident) - spent > _BUSY for ident, spent in before.items())


def _processor_time(ident: int) -> float:
    return time.clock_gettime(time.pthread_getcpuclockid(ident))
