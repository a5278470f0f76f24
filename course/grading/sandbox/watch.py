"""Holds a submission to its limits from outside: what all its processes together use, looked at from time to time."""

from __future__ import annotations

import os
import time

from .confine import Confined
from .limits import Limits

TICKS = os.sysconf("SC_CLK_TCK")
# Of the time, how much may go into the slow way to count memory.
SHARE_OF_SLOW_COUNTS = 0.2


class Watch:
    """Watches one confined process and all that it starts.

    Made by the server right after `confine.fork`. `check()` a few times a second; when it gives a reason, `end()`.
    """

    def __init__(self, confined: Confined, limits: Limits):
        self.confined, self.limits = confined, limits
        self.reason: str | None = None
        self._began = time.monotonic()
        self._cpu_seen: dict[tuple[int, int], int] = {}
        self._cpu_ticks = 0
        self._next_slow_count = 0.0
        root = f"/proc/{confined.pid}/root"
        self._disk = os.open(f"{root}/tmp", os.O_PATH | os.O_DIRECTORY)
        self._proc = os.open(f"{root}/proc", os.O_RDONLY | os.O_DIRECTORY)
        self._own_proc = "1" in os.listdir(self._proc)

    def check(self) -> str | None:
        """None, or in plain words which limit was passed; once passed, always the same.

        Takes a fraction of a millisecond, and only near the limit of memory as long as it takes to count pages.
        """
        self.reason = self.reason or self._over_time() or self._over_use()
        return self.reason

    def end(self) -> int:
        """Ends everything in the namespace and stops watching; returns what `Confined.end` returns."""
        for name in ("_disk", "_proc"):
            if getattr(self, name) is not None:
                os.close(getattr(self, name))
                setattr(self, name, None)
        return self.confined.end()

    def _over_time(self):
        if time.monotonic() - self._began > self.limits.wall_seconds:
            return f"ran longer than {self.limits.wall_seconds:g} s"

    def _over_use(self):
        if self._disk is None:
            return None
        processes = memory = spent = 0
        for process in self._processes():
            try:
                pid, start, own, with_children = self._times(process)
                memory += self._most_memory(process)
            except (FileNotFoundError, ProcessLookupError):  # ended while we looked
                continue
            processes += 1
            spent += with_children
            self._cpu_ticks += own - self._cpu_seen.get((pid, start), 0)
            self._cpu_seen[pid, start] = own
        # Children that nobody waited for are in no parent's times, and those that lived shortly in nothing but these.
        if max(self._cpu_ticks, spent) / TICKS > self.limits.cpu_seconds:
            return f"used more than {self.limits.cpu_seconds:g} s of CPU time"
        if processes > self.limits.processes:
            return f"ran more than {self.limits.processes} processes at a time"
        files = os.statvfs(self._disk)
        memory += (files.f_blocks - files.f_bfree) * files.f_frsize
        if memory > self.limits.memory_bytes and self._counts_to_more_memory(files):
            return f"used more than {self.limits.memory_bytes / 1e9:.1f} GB of memory"

    def _processes(self):
        """Folders in /proc of everything in the namespace but its process 1, as (path, folder that it is relative to)."""
        if self._own_proc:
            return [(name, self._proc) for name in os.listdir(self._proc) if name.isdigit() and name != "1"]
        found, left = [], [self.confined.pid, self.confined.init]
        while left:  # our own /proc, from parent to child; all that is orphaned becomes a child of process 1
            pid = left.pop()
            if pid != self.confined.init:
                found.append((f"/proc/{pid}", None))
            try:
                for thread in os.listdir(f"/proc/{pid}/task"):
                    left += map(int, _read(f"/proc/{pid}/task/{thread}/children").split())
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def _times(self, process):
        """(pid, start, own CPU time, that with all children waited for) in clock ticks."""
        path, folder = process
        pid, _, rest = _read(f"{path}/stat", folder).partition(b" ")
        fields = rest.rpartition(b")")[2].split()
        own, children = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
        return int(pid), int(fields[19]), own, own + children

    def _most_memory(self, process):
        """An upper bound in bytes, quickly: what the process shares with the server or its parent is counted in full."""
        path, folder = process
        return 1024 * sum(_fields(_read(f"{path}/status", folder), (b"RssAnon:", b"VmSwap:", b"VmPTE:")))

    def _counts_to_more_memory(self, files):
        """Whether memory is over the limit when what n processes share is counted 1/n each. The kernel counts pages."""
        began = time.monotonic()
        if began < self._next_slow_count:
            return False
        memory = (files.f_blocks - files.f_bfree) * files.f_frsize
        for path, folder in self._processes():
            try:
                rolled = _read(f"{path}/smaps_rollup", folder)
                anonymous = _fields(rolled, (b"Pss_Anon:",)) or _fields(rolled, (b"Pss:",))
                memory += 1024 * sum(anonymous + _fields(rolled, (b"SwapPss:",)))
                memory += 1024 * sum(_fields(_read(f"{path}/status", folder), (b"VmPTE:",)))
            except (FileNotFoundError, ProcessLookupError):
                continue
        ended = time.monotonic()
        self._next_slow_count = ended + (ended - began) * (1 / SHARE_OF_SLOW_COUNTS - 1)
        return memory > self.limits.memory_bytes


def _read(path, folder=None):
    descriptor = os.open(path, os.O_RDONLY, dir_fd=folder)
    try:
        return os.read(descriptor, 16384)
    finally:
        os.close(descriptor)


def _fields(text, names):
    """The numbers of these lines, of those that there are."""
    found = []
    for name in names:
        at = text.find(b"\n" + name)
        if at >= 0:
            found.append(int(text[at + 1 + len(name) :].split(None, 1)[0]))
    return found
