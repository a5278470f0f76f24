"""Ends what submissions leave running when their process ends by itself, where no sandbox ends it with them. Linux only."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterable

from course.grading.sandbox import kernel
from course.grading.shell import plain

ROUNDS = 500  # of a hundredth of a second at most; somebody may fork faster than anybody kills


class Leftovers:
    """Of the server's process: from now on it is the one to which the processes of an ended submission fall.

    Whatever it started before is its own, as are the submissions' processes; every other child was left to it.
    """

    def __init__(self):
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        self.own = set(plain.children(os.getpid()))

    def end(self, submissions: Iterable[int]) -> None:
        """Kills and buries what ended submissions left. submissions: the processes of those that go on."""
        kept = self.own.union(submissions)
        for _ in range(ROUNDS):
            left = [child for child in plain.children(os.getpid()) if child not in kept]
            if not left:
                return
            for process in (member for child in left for member in plain.family(child)):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(process, signal.SIGKILL)
            # What descends from them falls to this process as they are buried, and is seen in the next round.
            if not any(buried(child) for child in left):
                time.sleep(0.01)


def buried(child: int) -> bool:
    """Whether a child had ended, and is waited for now."""
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(child, os.WNOHANG)[0] == child
    return True
