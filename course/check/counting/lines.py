"""Counts the Python lines that run in the learner's own code, and in nobody else's.

A loop in Python runs at least one line of the learner's per turn, whatever it calls: `for`, `while`, a comprehension,
a generator expression, a lambda given to `map`. So does `np.vectorize`. Loops hidden in C (`sum`, `map(torch.dot, …)`)
run none; `counting_tensors` sees those by what they do to tensors.
"""
import os
import site
import sys
import threading
from pathlib import Path

import torch

_EVERYWHERE_ELSE = ("<frozen", "<__array_function__")


def _folders_of_others() -> tuple[str, ...]:
    # Asking `sysconfig` would say the same and cost 5 ms.
    folders = {os.path.dirname(os.__file__), os.path.dirname(torch.__file__)}
    folders |= {*site.getsitepackages(), site.getusersitepackages()}
    folders.add(str(Path(__file__).resolve().parents[2]))
    either_way = folders | {os.path.realpath(folder) for folder in folders}
    return tuple(os.path.normcase(folder) + os.sep for folder in either_way)


_FOLDERS_OF_OTHERS = _folders_of_others()
_INSTRUCTION = 2  # bytes of one in CPython
_known_files: dict[str, bool] = {}


def is_learners_file(filename: str) -> bool:
    """Whether code from `filename` is the learner's: not Python's, not an installed package's, not this course's.

    Notebook cells (`<ipython-input-…>`, `/tmp/ipykernel_…/123.py`), strings and files beside the notebook are.
    """
    known = _known_files.get(filename)
    if known is None:
        known = not filename.startswith(_EVERYWHERE_ELSE)
        known = known and not os.path.normcase(filename).startswith(_FOLDERS_OF_OTHERS)
        _known_files[filename] = known
    return known


class TracedLines:
    """Counts lines with `sys.settrace`, and puts back the tracer (coverage, a debugger) that was there."""

    def __init__(self):
        self.lines = 0
        self.paused = False

    def __enter__(self):
        self._tracer_before, self._thread_tracer_before = sys.gettrace(), threading.gettrace()
        threading.settrace(self._enter_frame)
        sys.settrace(self._enter_frame)
        return self

    def __exit__(self, *error):
        sys.settrace(self._tracer_before)
        threading.settrace(self._thread_tracer_before)

    def _enter_frame(self, frame, event, argument):
        return self._in_frame if is_learners_file(frame.f_code.co_filename) else None

    def _in_frame(self, frame, event, argument):
        if event == "line" and not self.paused:
            self.lines += 1
        return self._in_frame


class MonitoredLines:
    """Counts the same lines with `sys.monitoring` (Python 3.12 and later), which disturbs no debugger.

    Two things make its numbers those of `sys.settrace`, as CPython's own `Python/legacy_tracing.c` does: a jump back
    within a line runs that line again, and a function that starts on the line of its `def` or `lambda` runs that
    line, for which Python 3.13 sends no LINE event.
    """

    def __init__(self, monitoring=None):
        self.lines = 0
        self.paused = False
        self._monitoring = monitoring or sys.monitoring
        self._line_numbers = {}
        self._counted_at_start = None

    def __enter__(self):
        monitoring, events = self._monitoring, self._monitoring.events
        self._tool = free_tool(monitoring)
        self._callbacks = {events.PY_START: self._start, events.LINE: self._line, events.JUMP: self._jump}
        monitoring.use_tool_id(self._tool, "course.check")
        for event, callback in self._callbacks.items():
            monitoring.register_callback(self._tool, event, callback)
        monitoring.set_events(self._tool, events.PY_START | events.LINE | events.JUMP)
        # Places that an earlier holder of this tool id switched off would stay off without this.
        monitoring.restart_events()
        return self

    def __exit__(self, *error):
        self._monitoring.set_events(self._tool, 0)
        for event in self._callbacks:
            self._monitoring.register_callback(self._tool, event, None)
        self._monitoring.free_tool_id(self._tool)

    def _start(self, code, offset):
        first_line = self._line_at(code, offset)
        if not is_learners_file(code.co_filename) or self._line_at(code, offset + _INSTRUCTION) != first_line:
            return self._monitoring.DISABLE  # the first line is reported by itself
        self._count()
        self._counted_at_start = (code, first_line)

    def _line(self, code, line):
        if not is_learners_file(code.co_filename):
            return self._monitoring.DISABLE
        if self._counted_at_start != (code, line):
            self._count()
        self._counted_at_start = None

    def _jump(self, code, start, destination):
        back_within_a_line = destination < start and self._line_at(code, start) == self._line_at(code, destination)
        if not back_within_a_line or not is_learners_file(code.co_filename):
            return self._monitoring.DISABLE  # the line jumped to is reported by itself
        self._count()
        self._counted_at_start = None

    def _count(self):
        if not self.paused:
            self.lines += 1

    def _line_at(self, code, offset):
        if code not in self._line_numbers:
            self._line_numbers[code] = list(code.co_lines())
        return next((line for start, end, line in self._line_numbers[code] if start <= offset < end), None)


def free_tool(monitoring) -> int | None:
    """A tool id that nobody uses. 0, 1, 2 and 5 are meant for debuggers, coverage, profilers and optimisers."""
    return next((tool for tool in (4, 3, 2, 1, 0, 5) if monitoring.get_tool(tool) is None), None)


def learners_lines() -> TracedLines | MonitoredLines:
    """A context manager with `lines` (a count) and `paused` (a switch), fit for this version of Python."""
    if hasattr(sys, "monitoring") and free_tool(sys.monitoring) is not None:
        return MonitoredLines()
    return TracedLines()
