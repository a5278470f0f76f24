"""CPU, memory and descriptors of a program and of everything that it starts, for the grading benchmark."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SAMPLE_SECONDS = 0.01


def meter() -> ControlGroup | ProcessTree:
    """The best meter that this machine allows: the kernel's own account of a control group, else samples of /proc."""
    try:
        return ControlGroup()
    except OSError:
        return ProcessTree()


class ControlGroup:
    """Everything that is started in it is counted by the kernel to the nanosecond, whoever waits for it or does not."""

    how = "the kernel's account of a control group, which every process of the run belongs to"

    def __init__(self):
        """Raises OSError where no control group can be made."""
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
        first = [Path(mount[1]) for mount in mounts if mount[2] == "cgroup" and "cpuacct" in mount[3].split(",")]
        second = [Path(mount[1]) for mount in mounts if mount[2] == "cgroup2"]
        if not first + second:
            raise FileNotFoundError("no control groups are mounted")
        self.folder = own_group((first + second)[0], "cpuacct" if first else "") / f"grading-benchmark-{os.getpid()}-{id(self)}"
        self.first = bool(first)
        self.folder.mkdir()

    def start(self, command: list, **options) -> subprocess.Popen:
        procs = os.open(self.folder / "cgroup.procs", os.O_WRONLY)
        try:
            return subprocess.Popen(command, preexec_fn=lambda: os.write(procs, b"0"), **options)
        finally:
            os.close(procs)

    def cpu(self) -> float:
        """Seconds of CPU so far, user and system."""
        if self.first:
            return int((self.folder / "cpuacct.usage").read_text()) / 1e9
        stat = dict(line.split() for line in (self.folder / "cpu.stat").read_text().splitlines())
        return int(stat["usage_usec"]) / 1e6

    def pids(self) -> list[int]:
        return [int(line) for line in (self.folder / "cgroup.procs").read_text().split()]

    def close(self) -> None:
        with contextlib.suppress(OSError):  # something may still be ending
            self.folder.rmdir()


def own_group(mount: Path, controller: str) -> Path:
    """The control group of this process below a mount."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(",") and (mount / path.lstrip("/")).is_dir():
            return mount / path.lstrip("/")
    return mount


class ProcessTree:
    """Where no control group can be made: the descendants' times in /proc, sampled; a process's last moments are missed."""

    how = f"samples of every descendant's times in /proc, each {1000 * SAMPLE_SECONDS:.0f} ms (a little too low)"

    def __init__(self):
        # What loses its parent becomes a child of this process, and so stays in sight.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.seen: dict[tuple, float] = {}
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.before = set(descendants(os.getpid()))
        self.thread.start()

    def start(self, command: list, **options) -> subprocess.Popen:
        return subprocess.Popen(command, **options)

    def cpu(self) -> float:
        self._look()
        return sum(self.seen.values())

    def pids(self) -> list[int]:
        return [pid for pid in descendants(os.getpid()) if pid not in self.before]

    def close(self) -> None:
        self.stopped.set()
        self.thread.join()

    def _sample(self) -> None:
        while not self.stopped.wait(SAMPLE_SECONDS):
            self._look()

    def _look(self) -> None:
        tick = os.sysconf("SC_CLK_TCK")
        for pid in self.pids():
            if fields := stat_of(pid):
                self.seen[pid, fields[19]] = (int(fields[11]) + int(fields[12])) / tick


def stat_of(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on; None when the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return None


def descendants(root: int) -> list[int]:
    """Process ids of everything below `root`."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (fields := stat_of(int(entry))):
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, todo = [], [root]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


@dataclass(frozen=True)
class Footprint:
    """What processes hold at one moment. rss, pss: MiB; pss shares out pages that several processes have."""

    processes: int
    rss: float
    pss: float
    descriptors: int


def footprint(pids: list[int]) -> Footprint:
    """Of the processes that still live."""
    rss = pss = descriptors = processes = 0
    for pid in pids:
        try:
            told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
            descriptors += len(os.listdir(f"/proc/{pid}/fd"))
        except OSError:
            continue
        processes += 1
        rss += int(told["Rss"].split()[0]) / 1024
        pss += int(told["Pss"].split()[0]) / 1024
    return Footprint(processes, rss, pss, descriptors)


def by_role(pids: list[int], roles: dict[str, str]) -> dict[str, list[int]]:
    """{role: the processes whose command line holds its text}, the oldest first: it forked the others."""
    found: dict[str, list[tuple[int, int]]] = {role: [] for role in roles}
    for pid in pids:
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if command.startswith("bwrap ") or "/bwrap " in command.split(" -- ")[0][:200]:
            continue  # names what it starts, and is not it
        fields = stat_of(pid)
        role = next((role for role, text in roles.items() if text in command), None)
        if fields and role:
            found[role].append((int(fields[19]), pid))
    return {role: [pid for _, pid in sorted(there)] for role, there in found.items()}
