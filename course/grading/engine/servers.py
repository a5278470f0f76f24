"""The two servers of an engine: starting them, knowing whether they live, ending them with all that they started."""

from __future__ import annotations

import contextlib
import functools
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import cloudpickle

from ..course_root import CourseError
from ..sandbox import bubblewrap
from . import messages, own_folder
from .messages import ASSIGNMENT, REHEARSAL_SECONDS, SLACK_SECONDS, WORK, Setting

START_SECONDS, STOP_SECONDS = 120.0, 10.0
MODULE = "course.grading.shell.server"
PACKAGE_ROOT = str(Path(__file__).resolve().parents[3])
GRADEBOOK = "COURSE_DB"  # may hold a password, and graders have no business there


class SandboxMissing(CourseError):
    """No sandbox is to be had; the message says what to do."""


class GradingServer:
    """`course.grading.engine.worker`, in a process group of its own so that nothing of it outlives `stop()`.

    device: `cuda` where the judge's cells may see the GPU, as students' code does.
    """

    def __init__(self, device: str = "cpu"):
        self.control, theirs = socket.socketpair()
        self.said = tempfile.TemporaryFile()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "course.grading.engine.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.said,
                start_new_session=True, env=environment(device),
            )

    def alive(self) -> bool:
        return self.process.poll() is None

    def prepare(self, setting: Setting) -> None:
        """Gives it an assignment, and tells the person what it warns of.

        Raises CourseError when the assignment cannot be graded as it is, or the server does not come up.
        """
        with self.connect(ASSIGNMENT) as connection:
            connection.settimeout(START_SECONDS + REHEARSAL_SECONDS + SLACK_SECONDS)
            try:
                # The configuration may hold functions and classes of nbgrader_config.py, which only go by value.
                messages.send(connection, cloudpickle.dumps(setting))
                prepared = messages.receive(connection)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                raise CourseError("the grading server did not start: run the same command again") from error
        if prepared.trouble:
            raise CourseError(f"this assignment cannot be graded: {prepared.trouble}")
        for line in prepared.warnings:
            warn_once(line)

    def connect(self, kind: bytes = WORK) -> socket.socket:
        """A connection to a new grader. Raises OSError when the server is not there any more."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.control, [kind], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def begin_to_end(self) -> None:
        """Has it end, without waiting."""
        kill_group(self.process)

    def stop(self) -> None:
        end_group(self.process)
        self.control.close()

    def last_words(self) -> str:
        """The last line that it wrote to its standard error."""
        return last_line(self.said)


def environment(device: str) -> dict[str, str]:
    """What the grading server finds: one thread a process (it forks), no seed of the person's own shell, this package."""
    ours = {name: value for name, value in os.environ.items() if name not in ("COURSE_SEED", GRADEBOOK)}
    path = os.pathsep.join(filter(None, [PACKAGE_ROOT, ours.get("PYTHONPATH")]))
    threads = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {**ours, **threads, **what_torch_sees(device), "PYTHONPATH": path, "MPLBACKEND": "Agg",
            "NBGRADER_EXECUTION": "autograde"}


def what_torch_sees(device: str) -> dict[str, str]:
    """Variables that hide the GPU, or that have torch look for one without CUDA, which no fork could use any more then."""
    return {"PYTORCH_NVML_BASED_CUDA_CHECK": "1"} if device == "cuda" else {"CUDA_VISIBLE_DEVICES": ""}


class SandboxServer:
    """`course.grading.shell.server`, in the sandbox or, when not `confined`, as an ordinary process.

    address: path of the socket at which it takes submissions; in a folder that only this user can enter.
    Raises SandboxMissing.

    The server ends when the other end of its lifeline closes, so it does not outlive this process however that ends.
    bubblewrap's own --die-with-parent leaves a moment in which it has not yet asked the kernel to be told.
    """

    def __init__(self, *, confined: bool = True, device: str = "cpu"):
        self.confined = confined
        self.said = tempfile.TemporaryFile()
        self.held = own_folder.make()
        self.folder = self.held.path
        self.address = os.path.join(self.folder, "socket")
        lifeline, self.lifeline = socket.socketpair()
        with socket.socket(socket.AF_UNIX) as listener, lifeline:
            listener.bind(self.address)
            listener.listen(256)
            inherited = [listener.fileno(), lifeline.fileno()]
            arguments = ["--descriptor", str(inherited[0]), "--lifeline", str(inherited[1])]
            shared = {"pass_fds": inherited, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL,
                      "stderr": self.said, "start_new_session": True}
            try:
                if confined:
                    bubblewrap.require()
                    devices = ["cuda"] if device == "cuda" else []
                    self.process = bubblewrap.start(MODULE, arguments, devices=devices,
                                                    environment=what_torch_sees(device), **shared)
                else:
                    line = [sys.executable, "-P", "-m", MODULE, *arguments, "--no-sandbox"]
                    clean = {**bubblewrap.ENVIRONMENT, "PYTHONPATH": PACKAGE_ROOT, "MPLCONFIGDIR": self.folder,
                             "TMPDIR": self.folder, **what_torch_sees(device)}
                    self.process = subprocess.Popen(line, env=clean, cwd=self.folder, **shared)
            except BaseException as error:
                self.lifeline.close()
                self.held.remove()
                if isinstance(error, bubblewrap.SandboxUnavailable):
                    raise SandboxMissing(str(error)) from error
                raise

    def alive(self) -> bool:
        return self.process.poll() is None

    def ends_within(self, seconds: float) -> bool:
        """Whether it has ended, or does so in this time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return not self.alive()

    def begin_to_end(self) -> None:
        """Has it end, without waiting."""
        if self.confined:
            kill_group(self.process)
        else:  # nothing but the server itself finds all that its submissions have started
            self.process.terminate()

    def stop(self) -> None:
        self.begin_to_end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        end_group(self.process)
        self.lifeline.close()
        self.held.remove()

    def last_words(self) -> str:
        """The last line that it wrote to its standard error."""
        return last_line(self.said)


def end_group(process: subprocess.Popen) -> None:
    """Ends a process that leads a group, and the group; waits until it has ended."""
    kill_group(process)
    process.wait()


def kill_group(process: subprocess.Popen) -> None:
    """Ends a process that leads a group, and the group, without waiting."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


@functools.cache
def warn_once(line: str) -> None:
    """Tells the person at the terminal, if this process has not yet."""
    print(f"course: {line}", file=sys.stderr)


def last_line(file) -> str:
    """The last line of an open file that says something."""
    file.seek(0)
    lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
