"""Holds a submission to its limits from outside: what all its processes together use, looked at from time to time."""

from __future__ import annotations

import os
import time

from .confine import Confined
from .limits import GiB, Limits, MiB
from .stillness import held_still

TICKS = os.sysconf("SC_CLK_TCK")
# Process 1 waits for this one; see confine.py.
PROCESSES_OF_OURS = 1
# Of the time, how much may go into the slow way to count memory.
SHARE_OF_SLOW_COUNTS = 0.2
# Of processes that end while they are counted, the others inherit the shares: what n share may then count up to n times.
COUNTS_THAT_AGREE = 3


class Watch:
    """Watches one confined process and all that it starts.

    Made by the server right after `confine.fork`. `check()` a few times a second; when it gives a reason, `end()`.
    """

    def __init__(self, confined: Confined, limits: Limits):
        self.confined, self.limits = confined, limits
        self.reason: str | None = None
        self._began = time.monotonic()
        self._cpu_seen: dict[tuple[str, int], int] = {}
        self._cpu_ticks = 0
        self._next_slow_count = 0.0

    def check(self) -> str | None:
        """None, or in plain words which limit was passed; once passed, always the same.

        Takes a fraction of a millisecond, and only near the limit of memory as long as it takes to count pages.
        """
        if not self.confined.ended:
            self.reason = self.reason or self._over_time() or self._over_use()
        return self.reason

    def end(self) -> int:
        """Ends everything in the namespace; returns what `Confined.end` returns."""
        return self.confined.end()

    def _over_time(self):
        if time.monotonic() - self._began > self.limits.wall_seconds:
            return f"ran longer than {self.limits.wall_seconds:g} s"

    def _over_use(self):
        processes = memory = spent = 0
        before, self._cpu_seen = self._cpu_seen, {}
        for process in self._processes():
            try:
                start, own, with_children = self._times(process)
                memory += self._most_memory(process)
            except (FileNotFoundError, ProcessLookupError):  # ended while we looked
                continue
            processes += 1
            spent += with_children
            self._cpu_ticks += own - before.get((process, start), 0)
            self._cpu_seen[process, start] = own
        # Children that nobody waited for are in no parent's times, and those that lived shortly in nothing but these.
        if max(self._cpu_ticks, spent) / TICKS > self.limits.cpu_seconds:
            return f"used more than {self.limits.cpu_seconds:g} s of CPU time"
        if processes - PROCESSES_OF_OURS > self.limits.processes:
            return f"ran more than {self.limits.processes} processes at a time"
        files = os.statvfs(self.confined.disk)
        memory += (files.f_blocks - files.f_bfree) * files.f_frsize
        if memory > self.limits.memory_bytes and self._counts_to_more_memory(files):
            return f"used more than {in_words(self.limits.memory_bytes)} of memory"

    def _processes(self):
        """Folders, in its own /proc, of everything in the namespace but its process 1."""
        return [name for name in os.listdir(self.confined.processes) if name.isdigit() and name != "1"]

    def _read(self, process, file):
        descriptor = os.open(f"{process}/{file}", os.O_RDONLY, dir_fd=self.confined.processes)
        try:
            return os.read(descriptor, 16384)
        finally:
            os.close(descriptor)

    def _times(self, process):
        """(start, own CPU time, that with all children waited for) in clock ticks."""
        fields = self._read(process, "stat").rpartition(b")")[2].split()
        own, children = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
        return int(fields[19]), own, own + children

    def _most_memory(self, process):
        """An upper bound in bytes, quickly: what the process shares with the server or its parent is counted in full."""
        return 1024 * sum(_fields(self._read(process, "status"), (b"RssAnon:", b"VmSwap:", b"VmPTE:")))

    def _counts_to_more_memory(self, files):
        """Whether memory is over the limit when what n processes share is counted 1/n each. The kernel counts pages."""
        began = time.monotonic()
        if began < self._next_slow_count:
            return False
        # What starts while it is counted would share what the others hold, and be in no list.
        with held_still(self.confined.init):
            over = all(self._shared_out_memory(files) > self.limits.memory_bytes for _ in range(COUNTS_THAT_AGREE))
        ended = time.monotonic()
        self._next_slow_count = ended + (ended - began) * (1 / SHARE_OF_SLOW_COUNTS - 1)
        return over

    def _shared_out_memory(self, files):
        """Bytes of memory and of files, where each of n processes that share a page has 1/n of it."""
        memory = (files.f_blocks - files.f_bfree) * files.f_frsize
        for process in self._processes():
            try:
                rolled = self._read(process, "smaps_rollup")
                anonymous = _fields(rolled, (b"Pss_Anon:",)) or _fields(rolled, (b"Pss:",))
                memory += 1024 * sum(anonymous + _fields(rolled, (b"SwapPss:",)))
                memory += 1024 * sum(_fields(self._read(process, "status"), (b"VmPTE:",)))
            except (FileNotFoundError, ProcessLookupError):
                continue
        return memory


def in_words(size: int) -> str:
    """A number of bytes for people: "2.0 GB", "300 MB"; in powers of 1024, as limits are given."""
    return f"{size / GiB:.1f} GB" if size >= GiB else f"{size / MiB:.0f} MB"


def _fields(text, names):
    """The numbers of these lines, of those that there are."""
    found = []
    for name in names:
        at = text.find(b"\n" + name)
        if at >= 0:
            found.append(int(text[at + 1 + len(name) :].split(None, 1)[0]))
    return found
