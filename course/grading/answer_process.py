"""The warm process of the answer runner: runs a chapter's cells, and at each exercise forks a child per answer.

Started by answer_runner.py as `python -m course.grading.answer_process JOB_FILE`; writes one JSON object a line to
stdout: {"cell": position, …how it ended} after each of the chapter's own cells, {"number", "ended", "records", "seconds"}
for each answer. A forked child continues with the state that the instructor's solutions left at its exercise.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .answer_children import Children
from .answer_shell import QuietShell, start_shell


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
