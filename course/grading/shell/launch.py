"""Starts the warm server, in the sandbox or without one, and ends it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course.grading.sandbox import bubblewrap

START_SECONDS = 120.0


class WarmServer:
    """A running `course.grading.shell.server`. `address` is what `Student.start` wants.

    Its environment holds nothing of this process's: a student process could read it.
    """

    def __init__(self, *, sandboxed: bool = True, **popen):
        """Starts it, without waiting until it is warm; see `wait`. popen: for Popen, such as `stderr`.

        Raises SandboxUnavailable.
        """
        # Paths of Unix sockets are short.
        self.sandboxed = sandboxed
        self.folder = tempfile.TemporaryDirectory(prefix="shell-", dir="/tmp")
        self.address = os.path.join(self.folder.name, "s")
        arguments = ["--socket", self.address]
        if sandboxed:
            bubblewrap.require()
            self.process = bubblewrap.start("course.grading.shell.server", arguments, writable=[self.folder.name], **popen)
        else:
            line = [sys.executable, "-P", "-m", "course.grading.shell.server", *arguments, "--no-sandbox"]
            environment = {**bubblewrap.ENVIRONMENT, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
            popen = {"stdin": subprocess.DEVNULL, "start_new_session": True, **popen}
            self.process = subprocess.Popen(line, env=environment, cwd=self.folder.name, **popen)

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Until it is warm. Raises RuntimeError when it ended or takes longer."""
        deadline = time.monotonic() + seconds
        while not self._listens():
            if self.process.poll() is not None:
                raise RuntimeError(f"the warm server ended with exit status {self.process.returncode} while it started")
            if time.monotonic() > deadline:
                raise RuntimeError(f"the warm server was not ready within {seconds:g} seconds")
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as trial:
            return trial.connect_ex(self.address) == 0

    def stop(self) -> None:
        """Ends it and every student process."""
        if not self.sandboxed:  # in the sandbox everything ends with its process 1
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.folder.cleanup()

    def __enter__(self) -> WarmServer:
        self.wait()
        return self

    def __exit__(self, *error) -> None:
        self.stop()
