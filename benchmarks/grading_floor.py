"""The floor of what grading can cost: the same cells in a bare fork of a warm process, nothing kept, nothing judged.

    python grading_floor.py ROOT ASSIGNMENT JOBS STUDENT…

The process has torch, matplotlib and IPython imported and has run the instructor's notebook once. Each fork runs the
submission's cells, its graded ones as the instructor wrote them, and draws the pictures that the cells show.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
import warnings
from pathlib import Path

import nbformat
from grading_events import tell, wait


def warm_shell():
    """An IPython shell that draws what cells show, and keeps it nowhere."""
    import ipywidgets  # noqa: F401
    import numpy  # noqa: F401
    import torch
    import torch._dynamo  # the first optimiser of a process imports it, for more than a second
    from matplotlib_inline import backend_inline
    from quiet_shell import start_shell

    from course import check  # noqa: F401

    torch.set_num_threads(1)
    shell = start_shell()
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    import matplotlib

    matplotlib.use(os.environ["MPLBACKEND"])
    backend_inline.configure_inline_support(shell, os.environ["MPLBACKEND"])
    shell.enable_matplotlib = lambda gui=None: ("inline", os.environ["MPLBACKEND"])
    return shell


def cells_to_run(source, submission) -> list[str]:
    """Sources of the submission's code cells, the graded and locked ones as in the source notebook."""
    known = {cell.metadata.nbgrader.grade_id: cell for cell in source.cells if "nbgrader" in cell.metadata}
    found = []
    for cell in submission.cells:
        if cell.cell_type == "code":
            ours = known.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            found.append(ours.source if ours and ours.metadata.nbgrader.locked else cell.source)
    return found


def run_cells(shell, sources: list[str]) -> None:
    for source in sources:
        shell.run_cell(source, store_history=True)


def run_fork(shell, sources: list[str]) -> int:
    """Starts the fork, in a folder of its own. Returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            run_cells(shell, sources)
    finally:
        os._exit(0)


def main(root: Path, assignment: str, jobs: int, students: list[str]) -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    source = nbformat.read(root / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    from course.check import devices

    os.environ[devices.SHARED] = devices.worker_address()
    shell = warm_shell()
    run_cells(shell, [cell.source for cell in source.cells if cell.cell_type == "code"])
    shell.reset(new_session=True)
    warnings._filters_mutated()  # what was warned of once is warned of again
    paths = (root / "submitted" / student / assignment / f"{assignment}.ipynb" for student in students)
    submissions = [cells_to_run(source, nbformat.read(path, as_version=4)) for path in paths]
    tell(out, "started")
    wait()
    began, running = time.monotonic(), set()
    for sources in submissions:
        while len(running) >= jobs:
            running.remove(os.wait()[0])
        running.add(run_fork(shell, sources))
    for pid in running:
        os.waitpid(pid, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = used.ru_utime + used.ru_stime
    tell(out, "finished", wall=time.monotonic() - began, children=children)
    wait()
    devices.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
