"""One sitting of a mock exam: its clock, and the last run of each check. Knows nothing of notebooks or widgets."""

from __future__ import annotations

import time
from collections.abc import Callable

from course.mock_exam.paper import Paper
from course.mock_exam.sheet import Run

READY, RUNNING, OVER = "ready", "running", "over"


class Session:
    """Begins with `start`, ends with `hand_in` or when the time is up; what is run later does not count.

    paper: the questions. minutes: how long. clock: seconds since 1970, as time.time gives them.
    observers: functions without arguments, called whenever something has changed.
    Raises ValueError where minutes is not a positive number.
    """

    def __init__(self, paper: Paper, minutes: float, clock: Callable[[], float] = time.time):
        if isinstance(minutes, bool) or not isinstance(minutes, (int, float)) or not 0 < minutes < float("inf"):
            raise ValueError(f"an exam takes a positive number of minutes, not {minutes!r}")
        self.paper = paper
        self.minutes = minutes
        self.runs: dict[str, Run] = {}
        self.observers: list[Callable[[], None]] = []
        self._clock = clock
        self._began: float | None = None
        self._handed_in: float | None = None

    @property
    def state(self) -> str:
        if self._began is None:
            return READY
        return OVER if self._handed_in is not None or self._clock() >= self.deadline else RUNNING

    @property
    def deadline(self) -> float:
        """When the time is up, in seconds since 1970. Raises RuntimeError before the start."""
        if self._began is None:
            raise RuntimeError("the exam has not begun")
        return self._began + 60 * self.minutes

    @property
    def seconds_left(self) -> float:
        """From the start time, however busy the kernel was meanwhile; 0 once it is over."""
        return max(0.0, self.deadline - self._clock()) if self.state == RUNNING else 0.0

    @property
    def seconds_taken(self) -> float:
        """From the start to the end, or to now while it runs. Raises RuntimeError before the start."""
        end = self._clock() if self._handed_in is None else self._handed_in
        return min(end, self.deadline) - self._began

    def start(self) -> None:
        """Start the clock. Raises RuntimeError where it runs already, or has."""
        if self._began is not None:
            raise RuntimeError("the exam has begun already")
        self._began = self._clock()
        self.tell()

    def record(self, grade_id: str, run: Run) -> None:
        """Keep a run in place of the one before. The listener decides whether it counts: by when its cell began."""
        self.runs[grade_id] = run

    def hand_in(self) -> None:
        """End the exam; does nothing where it is over or has not begun."""
        if self.state == RUNNING:
            self._handed_in = self._clock()
        self.tell()

    def tell(self) -> None:
        """Call all observers."""
        for observer in list(self.observers):
            observer()
