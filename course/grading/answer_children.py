"""Forked children, a bounded number at a time, each with a folder, a process group and a limit of wall clock."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

DONE, DIED, LATE = "done", "died", "late"


@dataclass(frozen=True)
class Child:
    """A running answer. bell: the reading end of a pipe on which it rings when done, and which closes when it dies.

    folder: holds `work`, its working folder, and `records`, its results so far (a file, because a pipe fills up).
    """

    pid: int
    bell: int
    number: int
    folder: Path
    deadline: float
    started: float = field(default_factory=time.monotonic)


class Children:
    """At most `workers` children at a time, each killed with its process group when its `limit` of seconds is over."""

    def __init__(self, workers: int, limit: float, report: Callable[[dict], None]):
        self.workers, self.limit, self.report = workers, limit, report
        self.running: dict[int, Child] = {}

    def start(self, number: int, work: Callable[[Callable[[dict], None]], None]) -> None:
        """Fork a child that calls work(send), where send keeps one JSON object for the report."""
        self.wait_until(self.workers - 1)
        folder = Path(tempfile.mkdtemp(prefix="answer-"))
        bell, rope = os.pipe()
        pid = os.fork()
        if pid == 0:
            be_the_child(folder, rope, work)
        with contextlib.suppress(OSError):  # the child does it too; whoever is first
            os.setpgid(pid, pid)
        os.close(rope)
        self.running[bell] = Child(pid, bell, number, folder, time.monotonic() + self.limit)

    def wait_until(self, most: int) -> None:
        """Wait until at most so many children run."""
        while len(self.running) > most:
            first = min(child.deadline for child in self.running.values())
            rung, _, _ = select.select(list(self.running), [], [], max(0.0, first - time.monotonic()))
            for bell in rung:
                child = self.running[bell]
                self._finish(child, DONE if os.read(bell, 1) else DIED)
            now = time.monotonic()
            for child in [child for child in self.running.values() if child.deadline <= now]:
                self._finish(child, LATE)

    def end_all(self) -> None:
        """Kill what still runs, without a report."""
        for child in list(self.running.values()):
            self._end(child)

    def _finish(self, child: Child, ended: str) -> None:
        self._end(child, keep=True)
        text = (child.folder / "records").read_text(encoding="utf-8") if (child.folder / "records").exists() else ""
        whole, _, _ = text.rpartition("\n")  # a killed child may leave half a line
        records = [json.loads(line) for line in whole.split("\n") if line]
        shutil.rmtree(child.folder, ignore_errors=True)
        seconds = time.monotonic() - child.started
        self.report({"number": child.number, "ended": ended, "records": records, "seconds": seconds})

    def _end(self, child: Child, keep: bool = False) -> None:
        """End the child and whatever its process group still runs."""
        del self.running[child.bell]
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
        os.close(child.bell)
        if not keep:
            shutil.rmtree(child.folder, ignore_errors=True)


def be_the_child(folder: Path, rope: int, work: Callable) -> None:
    """Everything a forked child does; never returns."""
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.setpgid(0, 0)
        shutil.copytree(".", folder / "work")  # files that an answer writes are seen by no other answer
        os.chdir(folder / "work")
        with open(folder / "records", "w", encoding="utf-8") as records:
            work(lambda record: print(json.dumps(record), file=records, flush=True))
        os.write(rope, b".")
        status = 0
    except BaseException:
        with open(folder / "records", "a", encoding="utf-8") as records:
            print(json.dumps({"trouble": traceback.format_exc()}), file=records)
    finally:
        os._exit(status)
