"""One submission as the server sees it: its control connection, and its process from the fork to why it ended."""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback
from time import monotonic

from course.grading.sandbox import confine, watch
from course.grading.sandbox.limits import Limits
from course.grading.shell import beside, plain
from course.grading.shell.frames import Channel, FrameError
from course.grading.shell.kernel import WarmKernel
from course.grading.shell.student import StudentProcess

BROKE_DOWN = 70  # exit status of a student process whose shell could not go on


class Submission:
    """The control connection of a submission and, once it asked to start, its process."""

    def __init__(self, control: socket.socket, sandboxed: bool):
        self.control = Channel(control)
        self.sandboxed = sandboxed
        self.data: socket.socket | None = None
        self.process: confine.Confined | plain.Plain | None = None
        self.watch: watch.Watch | plain.Watch | None = None
        self.reason: str | None = None

    def start(self, warm: WarmKernel, message: dict) -> None:
        """Forks the student process. Raises ConfinementError, OSError, and for a bad request ValueError, KeyError, TypeError."""
        limits = Limits.from_dict(message["limits"])
        isolation = confine if self.sandboxed else plain
        self.process = isolation.fork(limits, keep=(self.data.fileno(),))
        if self.process is None:
            self._be_the_student(warm, limits, message["environment"], message["pretends"])
        self.data.close()
        self.watch = (watch if self.sandboxed else plain).Watch(self.process, limits)

    def _be_the_student(self, warm, limits, environment, pretends) -> None:
        """Runs in the child, and never returns."""
        status = BROKE_DOWN
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 0)
            os.close(null)
            os.environ.clear()
            os.environ.update({**base_environment(os.getcwd()), **environment})
            if beside.receive(self.data):
                StudentProcess(warm, self.data, limits.output_bytes, pretends).serve()
            status = 0
        except BaseException:
            sys.__stderr__.write(traceback.format_exc())
            sys.__stderr__.flush()
        finally:
            os._exit(status)

    def interrupt(self) -> None:
        """SIGINT to the process, and to what it started in its process group, as a terminal would send it."""
        if self.process is not None:
            try:
                # Its number is still its own: it is a child of this process that nobody waited for.
                os.killpg(self.process.pid, signal.SIGINT)
            except PermissionError:
                self.process.interrupt()

    def end(self) -> str:
        """Ends the process and all that it started, waits for it, and returns why it ended, in plain words."""
        status = self.watch.end() if self.watch is not None else self.process.end()
        self.process = self.watch = None
        return self.reason or why(status)

    def tell(self, message: dict) -> None:
        try:
            self.control.send(message, deadline=monotonic() + 5)
        except (FrameError, TimeoutError):
            pass  # it went away; its connection says so next


def why(status: int) -> str:
    """What an exit code, or minus the number of a signal, says in plain words."""
    if status == BROKE_DOWN:
        return "it broke down: a cell had taken away what Python needs to run cells"
    if status >= 0:
        return f"ended itself with exit status {status}"
    text = signal.strsignal(-status) or "unknown signal"
    return f"ended by signal {-status} ({text.lower()})"


def base_environment(home: str) -> dict[str, str]:
    """What a kernel's environment holds besides what the request gives; nothing of the server's own."""
    return {
        "PATH": f"{os.path.dirname(sys.executable)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": home,
        "USER": "student",
        "LOGNAME": "student",
        "SHELL": "/bin/sh",
        "LANG": "C.UTF-8",
        "TERM": "xterm-color",
        "CLICOLOR": "1",
        "FORCE_COLOR": "1",
        "CLICOLOR_FORCE": "1",
        "PAGER": "cat",
        "GIT_PAGER": "cat",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NBGRADER_EXECUTION": "autograde",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "OMP_NUM_THREADS": "1",
    }
