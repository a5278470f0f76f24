"""One submission as the server sees it: its process, from the fork to the reason why it ended."""

import os
import signal
import socket
import sys
import traceback
from time import monotonic

from course.grading.sandbox.limits import Limits
from course.grading.shell import plain
from course.grading.shell.frames import Channel, FrameError
from course.grading.shell.kernel import WarmKernel
from course.grading.shell.student import StudentProcess

DATA, STARTED = 3, 4
PIDFD_SIGNAL_PROCESS_GROUP = 4
_abandoned = []


class Submission:
    """The control connection of a submission and, once it asked to start, its process."""

    def __init__(self, control: socket.socket):
        self.control = Channel(control)
        self.data: socket.socket | None = None
        self.process = self.pidfd = None
        self.reason: str | None = None
        self.folder = None
        self.watch = None

    def start(self, server: "object", warm: WarmKernel, message: dict, blob: bytes) -> None:
        """Forks the student process and waits until it has settled in. Raises OSError or RuntimeError when it could not.

        server: what the fork must not keep open, an object with `abandon()`.
        """
        limits = Limits.from_dict(message["limits"])
        files = unpacked(message["files"], blob)
        self.folder = plain.new_folder()
        ours, theirs = socket.socketpair()
        self.process = os.fork()
        if self.process == 0:
            self._be_the_student(server, warm, theirs, limits, files, message["environment"])
        theirs.close()
        self.data.close()
        self.pidfd = os.pidfd_open(self.process)
        self.watch = plain.Watch(self.process, limits)
        with ours:
            ours.settimeout(20)
            answer = ours.recv(4096)
        if answer != b"started":
            self.kill()
            raise RuntimeError(answer.decode("utf-8", "replace") or "it ended before it began")

    def _be_the_student(self, server, warm, started, limits, files, environment) -> None:
        """Runs in the child, and never returns."""
        try:
            self._settle(server, started, limits, files, environment)
            student = StudentProcess(warm, socket.socket(fileno=DATA), limits.output_bytes)
            os.write(STARTED, b"started")
            os.close(STARTED)
            student.serve()
            os._exit(0)
        except BaseException:
            try:
                os.write(STARTED, traceback.format_exc()[-4000:].encode())
            except OSError:
                pass
            os._exit(70)

    def _settle(self, server, started, limits, files, environment) -> None:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        # Objects of the server would close descriptors, by then somebody else's, when they are collected.
        _abandoned.append(server.abandon())
        data, started = os.dup(self.data.detach()), os.dup(started.detach())
        nothing = os.open(os.devnull, os.O_RDWR)
        high = [os.dup2(descriptor, 60 + i, inheritable=False) for i, descriptor in enumerate((data, started, nothing))]
        for descriptor, place in zip(high, (DATA, STARTED, 0), strict=True):
            os.dup2(descriptor, place, inheritable=place == 0)
        os.closerange(max(DATA, STARTED) + 1, 1 << 20)
        plain.enter(limits, files, self.folder)
        os.environ.clear()
        os.environ.update({**base_environment(os.getcwd()), **environment})

    def interrupt(self) -> None:
        """SIGINT to the process and what it runs in its process group."""
        if self.pidfd is None:
            return
        try:
            signal.pidfd_send_signal(self.pidfd, signal.SIGINT, None, PIDFD_SIGNAL_PROCESS_GROUP)
        except ProcessLookupError:
            pass
        except OSError:  # before Linux 6.9; the process is our child and not reaped, so its number is still its own
            os.killpg(self.process, signal.SIGINT)

    def kill(self, reason: str | None = None) -> None:
        """Ends the process and all that descend from it."""
        self.reason = self.reason or reason
        if self.pidfd is not None:
            plain.end_family(self.process)

    def reap(self) -> str:
        """Called when the process has ended: why, in plain words."""
        plain.end_family(self.process)
        _, status = os.waitpid(self.process, 0)
        os.close(self.pidfd)
        self.pidfd = None
        plain.remove_folder(self.folder)
        return self.reason or why(status)

    def tell(self, message: dict) -> None:
        try:
            self.control.send(message, deadline=monotonic() + 5)
        except (FrameError, TimeoutError):
            pass  # it went away; its connection says so next


def unpacked(files: list, blob: bytes) -> dict[str, bytes]:
    """Names and contents from a list of [name, size] and the contents one after the other. ValueError for a name that leads out of the folder."""
    result, position = {}, 0
    for name, size in files:
        if os.path.isabs(name) or ".." in name.split("/"):
            raise ValueError(f"not a name inside the folder: {name}")
        result[name] = blob[position : position + size]
        position += size
    return result


def why(status: int) -> str:
    """What a wait status says, in plain words."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"ended itself with exit status {code}"
    text = signal.strsignal(-code) or "unknown signal"
    return f"ended by signal {-code} ({text.lower()})"


def base_environment(home: str) -> dict[str, str]:
    """What a kernel's environment holds besides what the request gives; nothing of the server's own."""
    folder = os.path.dirname(sys.executable)
    return {
        "PATH": f"{folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": home,
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
