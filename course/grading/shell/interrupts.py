"""Interrupts of the student process: they stop the student's code, and nothing of ours in the middle of its work."""

import select
import signal
import threading
from contextlib import contextmanager

from course.grading.shell.frames import Channel


class Interrupts:
    """What SIGINT does in the main thread: KeyboardInterrupt inside `allowed()`, later inside `held()`, else nothing."""

    def __init__(self):
        self._allowed = False
        self._held = 0
        self._pending = False

    def install(self) -> None:
        """Makes SIGINT ours; called anew for every cell, since a cell may have taken it."""
        signal.signal(signal.SIGINT, self._on_signal)

    def _on_signal(self, number, frame) -> None:
        if self._held:
            self._pending = True
        elif self._allowed:
            raise KeyboardInterrupt

    @contextmanager
    def allowed(self):
        """While the student's code runs."""
        self._pending = False
        self._allowed = True
        try:
            yield
        finally:
            self.forbid()

    def forbid(self) -> None:
        """What was begun is over: an interrupt that comes now is nobody's. (One may have kept `allowed` from its end.)"""
        self._allowed = self._pending = False

    @contextmanager
    def held(self):
        """While a frame is sent or received: half a frame would put everything after it out of step."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        if self._pending and not self._held:
            self._pending = False
            if self._allowed:
                raise KeyboardInterrupt


class WholeFrames(Channel):
    """A channel whose frames no interrupt tears apart."""

    def __init__(self, sock, interrupts: Interrupts):
        super().__init__(sock)
        self._interrupts = interrupts

    def send_text(self, text, blob=b"", *, deadline=None):
        with self._interrupts.held():
            super().send_text(text, blob, deadline=deadline)

    def receive(self, deadline=None):
        if not self._filled and self._sizes is None:
            self._wait(select.POLLIN, deadline)  # nothing is torn apart while nothing has arrived
        with self._interrupts.held():
            return super().receive(deadline)
