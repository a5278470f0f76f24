"""A student process without a sandbox: a folder, resource limits and a process group of its own, and no wall around it."""

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path

from course.grading.sandbox.limits import Limits

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
_libc = ctypes.CDLL(None, use_errno=True)


def new_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="notebook-"))


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def enter(limits: Limits, files: dict[str, bytes], folder: Path) -> None:
    """Called in the child: settles it in `folder` with its files, under what limits a process can put on itself."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # What it leaves behind stays below it, so that it is found and ended with it.
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.chdir(folder)
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.disk_bytes),
        (resource.RLIMIT_CPU, int(limits.cpu_seconds) + 5),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def family(process: int) -> list[int]:
    """The process and all that descend from it, it first."""
    found = [process]
    for member in found:
        with contextlib.suppress(OSError):
            for tasks in Path(f"/proc/{member}/task").iterdir():
                found += map(int, (tasks / "children").read_text().split())
    return found


def end_family(process: int) -> None:
    """Kills a child of this process and all that descend from it; it stays to be waited for.

    The child is stopped first and a stopped parent starts no more; numbers of processes below it are not given away
    meanwhile, since nobody reaps them.
    """
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGSTOP)
    for _ in range(100):
        rest = family(process)[1:]
        for member in rest:
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        if all(_is_dead(member) for member in rest):
            break
        time.sleep(0.002)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _is_dead(process: int) -> bool:
    try:
        return _stat(process)[0] == "Z"
    except OSError:
        return True


def _stat(process: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()


class Watch:
    """Says when a process and its descendants used more than allowed. The server is not counted, though they share its memory."""

    def __init__(self, process: int, limits: Limits):
        self.process, self.limits = process, limits
        self.started = time.monotonic()
        self.shared = anonymous_bytes("self")

    def exceeded(self) -> str | None:
        """Why it must end, in plain words."""
        if time.monotonic() - self.started > self.limits.wall_seconds:
            return f"used more than {self.limits.wall_seconds:g} seconds"
        memory = seconds = 0.0
        members = family(self.process)
        for member in members:
            with contextlib.suppress(OSError, ValueError, IndexError):
                memory += max(0, anonymous_bytes(member) - self.shared)
                fields = _stat(member)
                seconds += sum(map(int, fields[11:15])) / TICKS
        if memory > self.limits.memory_bytes:
            return f"used more than {self.limits.memory_bytes / 1e9:.1f} GB of memory"
        if seconds > self.limits.cpu_seconds:
            return f"used more than {self.limits.cpu_seconds:g} seconds of CPU time"
        if len(members) > self.limits.processes:
            return f"had more than {self.limits.processes} processes"
        return None


def anonymous_bytes(process: int | str) -> int:
    """Memory of a process that is not a file's."""
    _, resident, shared, *_ = map(int, Path(f"/proc/{process}/statm").read_text().split())
    return (resident - shared) * PAGE
