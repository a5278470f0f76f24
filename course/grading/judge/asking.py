"""Asks the student's process within the time a cell has, and says in plain words when it cannot answer."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable

from ..told_seconds import still_running
from .errors import CellTimeoutError, KernelDied, NoAnswer

GONE = "the Python process had ended before this cell"
LEAST = 0.05  # seconds
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
MOST_KEPT = 2 * 1024**3  # bytes of answers that a cell may keep: an iterator without end would fill this process's memory


class Asking:
    """One notebook's line to its student's process, which may be replaced by another after it died.

    student: see `course.grading.shell.client.Student`; None when there is none left. suspicious: what looked like
    forgery, in words.
    """

    def __init__(self):
        self.student = None
        self.deadline = 0.0
        self.allowed = 0.0
        self.suspicious: list[str] = []
        self.spent = 0.0
        self.on_message: Callable | None = None
        self.most_kept = MOST_KEPT
        self._had = 0  # bytes of this process when the cell began

    def start_cell(self, student, seconds: float) -> None:
        self.student, self.deadline, self.allowed, self.spent = student, time.monotonic() + seconds, seconds, 0.0
        self._had = own_bytes()

    def seconds_left(self) -> float:
        return max(LEAST, self.deadline - time.monotonic())

    def ask(self, kind: str, header: dict, blob: bytes = b"", on_callback: Callable | None = None) -> tuple[dict, bytes]:
        """Raises KernelDied when the process is gone, CellTimeoutError when the cell's time is over, NoAnswer for too much."""
        if self.student is None:
            raise KernelDied(GONE)
        if time.monotonic() >= self.deadline:
            raise CellTimeoutError(still_running(self.allowed))
        if own_bytes() - self._had > self.most_kept:
            raise NoAnswer(f"the answers that this cell keeps take more than {self.most_kept / 1e9:.1f} GB")
        began = time.monotonic()
        try:
            return self.student.ask(
                kind, header, blob, timeout=self.seconds_left(), on_message=self.on_message, on_callback=on_callback)
        except (KernelDied, CellTimeoutError):
            raise
        except Exception as trouble:
            raise self._in_words(trouble) from None
        finally:
            self.spent += time.monotonic() - began

    def _in_words(self, trouble: Exception) -> BaseException:
        late = isinstance(trouble, TimeoutError) or type(trouble).__name__ == "StudentTimeout"
        if not late and type(trouble).__name__ != "Gone" and not isinstance(trouble, OSError):
            return trouble
        why = None
        with contextlib.suppress(Exception):
            why = self.student.gone()
        if late and why is None:
            return CellTimeoutError(still_running(self.allowed))
        self.student = None
        return KernelDied(f"the Python process died while this cell was running: {why or trouble}")


def own_bytes() -> int:
    """Memory of this process that is no file's; 0 where the system does not say."""
    try:
        with open("/proc/self/statm") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * PAGE
