"""A student process without a sandbox: a folder, resource limits and a process group of its own, and no wall around it.

`fork` and `Watch` stand in for those of `course.grading.sandbox`. Linux only, like them.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from course.grading.sandbox import confined_child, kernel
from course.grading.sandbox.limits import Limits

PR_SET_PDEATHSIG = 1
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def fork(limits: Limits, *, keep: Iterable[int] = ()) -> Plain | None:
    """Like `confine.fork`, without its walls: a new folder, limits that a process puts on itself."""
    folder = Path(tempfile.mkdtemp(prefix="notebook-"))
    pid = os.fork()
    if pid:
        return Plain(pid, folder)
    try:
        confined_child.close_all_but(set(keep))
        _settle(limits, folder)
    except BaseException as error:
        os.write(2, f"a student process could not be started: {error}\n".encode())
        os._exit(1)
    return None


def _settle(limits, folder) -> None:
    os.setsid()
    kernel.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # What it leaves behind stays below it, so that it is found and ended with it.
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    os.chdir(folder)
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.disk_bytes),
        (resource.RLIMIT_CPU, int(limits.cpu_seconds) + 1),
        (resource.RLIMIT_DATA, limits.memory_bytes + data_bytes()),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


class Plain:
    """A process and its descendants as the server sees them; see `confine.Confined`."""

    def __init__(self, pid: int, folder: Path):
        self.pid, self.folder = pid, folder
        self._handle = os.pidfd_open(pid)
        self._status = None

    def fileno(self) -> int:
        return self._handle

    def wait(self, timeout: float | None = None) -> int | None:
        if self._status is None and select.select([self], [], [], timeout)[0]:
            return self.end()
        return self._status

    def interrupt(self) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGINT)

    def end(self) -> int:
        """Kills it and all that descends from it; returns how it ended, minus the number if it was a signal.

        It is stopped first, and a stopped process starts no more. Numbers of processes below it are not given away
        meanwhile, since nobody reaps them. What it left when it ended by itself is not below it: see `leftovers.py`.
        """
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGSTOP)
            before = None
            for _ in range(100):
                rest = family(self.pid)[1:]
                for member in rest:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(member, signal.SIGKILL)
                # What a process leaves behind that ends while we look comes to light in the next look.
                if rest == before and all(map(is_dead, rest)):
                    break
                before = rest
                time.sleep(0.002)
            os.kill(self.pid, signal.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.close(self._handle)
            shutil.rmtree(self.folder, ignore_errors=True)
        return self._status


class Watch:
    """Says when a process and its descendants used more than allowed; see `watch.Watch`."""

    def __init__(self, process: Plain, limits: Limits):
        self.process, self.limits = process, limits
        self.started = time.monotonic()
        self.shared = anonymous_bytes("self")

    def check(self) -> str | None:
        """None, or in plain words which limit was passed."""
        if time.monotonic() - self.started > self.limits.wall_seconds:
            return f"ran longer than {self.limits.wall_seconds:g} s"
        memory = seconds = 0.0
        members = family(self.process.pid)
        for member in members:
            with contextlib.suppress(OSError, ValueError, IndexError):
                # Every fork shares the server's own memory, which is not the submission's.
                memory += max(0, anonymous_bytes(member) - self.shared)
                seconds += sum(map(int, _stat(member)[11:15])) / TICKS
        if memory > self.limits.memory_bytes:
            return f"used more than {self.limits.memory_bytes / 1e9:.1f} GB of memory"
        if seconds > self.limits.cpu_seconds:
            return f"used more than {self.limits.cpu_seconds:g} s of CPU time"
        if len(members) > self.limits.processes:
            return f"ran more than {self.limits.processes} processes at a time"
        return None

    def end(self) -> int:
        return self.process.end()


def family(process: int) -> list[int]:
    """The process and all that descend from it, it first."""
    found = [process]
    for member in found:
        found += children(member)
    return found


def children(process: int) -> list[int]:
    """The processes that a process has to wait for; none where it is gone."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def anonymous_bytes(process: int | str) -> int:
    """Memory of a process that is not a file's."""
    _, resident, shared, *_ = map(int, Path(f"/proc/{process}/statm").read_text().split())
    return (resident - shared) * PAGE


def data_bytes() -> int:
    """What of this process counts towards RLIMIT_DATA."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * PAGE


def is_dead(process) -> bool:
    try:
        return _stat(process)[0] == "Z"
    except OSError:
        return True


def _stat(process) -> list[str]:
    """Fields of /proc/PID/stat from the state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
