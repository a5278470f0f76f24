"""The warm process of the answer runner: runs a chapter's cells, and at each exercise forks a child per answer.

Started by answer_runner.py as `python -m course.grading.answer_process JOB_FILE`; writes one JSON object a line to
stdout: {"cell": position, …how it ended} after each of the chapter's own cells, {"number", "ended", "records", "seconds"}
for each answer. A forked child continues with the state that the instructor's solutions left at its exercise.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .answer_shell import QuietShell, start_shell

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


def run_answer(shell: QuietShell, job: dict, position: int, answer: dict, send: Callable[[dict], None]) -> None:
    """In a child: the answer in place of the solution, the cells up to the exercise's last graded one, and if
    answer["rest"] all later cells too. Sends {"starts": position} before, and how it ended after each cell."""
    cells = job["cells"]
    shell.leave_figures_undrawn()  # the instructor's run draws them all
    last = len(cells) - 1 if answer["rest"] else max(job["exercises"][str(position)]["graded"], default=position)
    for place in range(position, last + 1):
        send({"starts": place})
        send({"cell": place, **shell.run(answer["source"] if place == position else cells[place]["source"])})


def run_chapter(job: dict, report: Callable[[dict], None]) -> None:
    """Run the chapter's cells in order, forking at each solution cell before it runs."""
    shell = start_shell()
    children = Children(job["workers"], job["limit"], report)
    signal.signal(signal.SIGTERM, lambda *_: (children.end_all(), os._exit(1)))
    try:
        for position, cell in enumerate(job["cells"]):
            exercise = job["exercises"].get(str(position))
            for answer in exercise["answers"] if exercise else ():
                _refuse_threads(cell)
                children.start(answer["number"], partial(run_answer, shell, job, position, answer))
            children.wait_until(job["workers"] - 1)  # this process's own work counts as one of the workers'
            report({"cell": position, **shell.run(cell["source"])})
        children.wait_until(0)
    finally:
        children.end_all()


def _refuse_threads(cell: dict) -> None:
    """A child has only the forking thread, and may wait for ever for a lock that another one held."""
    others = [thread.name for thread in threading.enumerate() if thread is not threading.current_thread()]
    if others:
        raise RuntimeError(f"cells before '{cell['grade_id']}' left threads running: {', '.join(others)}")


def prepare_libraries(job: dict) -> None:
    """Load once, before any fork, what each child would load again; start nothing here that makes threads."""
    import tqdm

    tqdm.tqdm.monitor_interval = 0
    if any("course" in cell["source"] for cell in job["cells"]):
        from course.check import devices

        devices.start_in_background()
    if any("torch" in cell["source"] or "course" in cell["source"] for cell in job["cells"]):
        import torch
        import torch._dynamo  # which torch itself loads, for seconds, at the first optimiser or the first counted call

        torch.set_num_threads(1)
    share_device_worker()


def share_device_worker() -> None:
    """Let the children use one pretend device, where the check library has been loaded; see course.check.devices."""
    devices = sys.modules.get("course.check.devices")
    if devices is not None:
        os.environ[devices.SHARED] = devices.worker_address()


def main(arguments: list[str]) -> None:
    job = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):  # what C code prints must not come between the reports
        os.dup2(nowhere, descriptor)

    def report(record: dict) -> None:
        print(json.dumps(record), file=protocol, flush=True)

    try:
        prepare_libraries(job)
        with tempfile.TemporaryDirectory(prefix="chapter-") as folder:
            if job["folder"]:
                skip = shutil.ignore_patterns("*.ipynb", "*.py", "__pycache__", ".ipynb_checkpoints")
                shutil.copytree(job["folder"], folder, dirs_exist_ok=True, ignore=skip)
            os.chdir(folder)
            run_chapter(job, report)
            os.chdir("/")
    except Exception:
        traceback.print_exc(file=sys.__stderr__)  # the shell has taken stderr
        sys.__stderr__.flush()
        os._exit(1)  # without waiting for threads


if __name__ == "__main__":
    main(sys.argv[1:])
