"""Runs a notebook from top to bottom in a fresh kernel, wherever Jupyter runs: a cell that loops or kills is left behind.

The learner's own code on the learner's own machine: a kernel of theirs, no sandbox.
"""

import contextlib
import logging
import os
import subprocess
import threading

from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_output

from course.grading.course_root import CourseError
from course.study.exercises import marks_of

MOST_RESTARTS = 5
PATIENCE = 5  # seconds that a stopped cell has to come to its end, before its kernel is killed
IMPORT_SECONDS = 180  # at least, for the cells that the course gives: on a cold disk importing torch takes its time
QUIET = logging.Logger("course.study", logging.CRITICAL + 1)


def run_notebook(notebook, folder, *, seconds, seed, last=None, progress=None):
    """Runs the code cells, those up to index `last` if one is given; their outputs go into them.

    folder: where they run. seconds: for each cell. seed: checks draw their inputs from it. progress: called with (cells
    done, cells in all). A cell that was not run to its end holds an error that says why.
    """
    places = [place for place, cell in enumerate(notebook.cells[:None if last is None else last + 1]) if is_run(cell)]
    for place in places:
        fail(notebook.cells[place], "NotRun", "this cell was not run")
    tell = progress or (lambda done, total: None)
    tell(0, len(places))
    with contextlib.closing(Run(notebook, folder, seconds, seed)) as run:
        for done, place in enumerate(places, 1):
            run.cell(place)
            tell(done, len(places))


def is_run(cell):
    return cell.cell_type == "code" and bool(cell.source.strip())


def fail(cell, name, why):
    """Puts an error in the place of the cell's outputs."""
    cell.outputs = [new_output("error", ename=name, evalue=why, traceback=[why])]


class Run:
    """A kernel with a notebook in it; a new one when the kernel dies, which first runs again what ran before."""

    def __init__(self, notebook, folder, seconds, seed):
        self.notebook, self.folder, self.seconds, self.seed = notebook, folder, seconds, seed
        self.done, self.restarts = [], 0
        self.stack = contextlib.ExitStack()
        self.start()

    def start(self):
        """Starts a kernel. Raises CourseError where none can be had."""
        self.client = NotebookClient(
            self.notebook, timeout=None, kernel_name="python3", allow_errors=True, store_widget_state=False,
            shutdown_kernel="immediate", skip_cells_with_tag="no cell has this tag")
        self.client.log = QUIET
        environment = {**os.environ, "COURSE_SEED": str(self.seed)}
        environment.pop("JPY_SESSION_NAME", None)  # nobody looks at this kernel
        try:
            self.stack.enter_context(self.client.setup_kernel(
                cwd=str(self.folder), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        except (RuntimeError, OSError) as error:
            raise CourseError(f"no kernel could be started: {str(error).splitlines()[0]}") from error

    def close(self):
        self.stack.close()

    def cell(self, place):
        """Runs one cell; what keeps it from its end is told in it."""
        cell = self.notebook.cells[place]
        if self.restarts > MOST_RESTARTS:
            fail(cell, "NotRun", f"not run: the notebook lost its Python process {self.restarts} times before")
            return
        watch = Watch(self.client.km, seconds_for(cell, self.seconds))
        try:
            with watch:
                self.client.execute_cell(cell, place)
            self.done.append(place)
        except DeadKernelError:
            fail(cell, "KernelDied", "the Python process ended while this cell was running")
            self.restart()
        if watch.stopped:
            fail(cell, "CellTimeoutError", f"still running after {watch.seconds} s, so it was stopped")

    def restart(self):
        """A new kernel with all in it that ran to its end, but for checks."""
        self.restarts += 1
        self.close()
        if self.restarts > MOST_RESTARTS:
            return
        self.start()
        for place in [place for place in self.done if not marks_of(self.notebook.cells[place]).get("grade")]:
            try:
                self.run_again(place)
            except DeadKernelError:
                return self.restart()

    def run_again(self, place):
        """Runs a cell's text once more, and leaves the cell as it is."""
        kept = self.notebook.cells[place]
        try:
            with Watch(self.client.km, seconds_for(kept, self.seconds)):
                self.client.execute_cell(new_code_cell(kept.source), place)
        finally:
            self.notebook.cells[place] = kept


def seconds_for(cell, seconds):
    """How long this cell may run."""
    marks = marks_of(cell)
    return max(seconds, IMPORT_SECONDS) if marks.get("locked") and not marks.get("grade") else seconds


class Watch:
    """While its block runs: interrupts the kernel when the time is up, and kills it where that does not help.

    stopped: whether it had to. nbclient's own time limit gives up on the kernel instead.
    """

    def __init__(self, manager, seconds):
        self.manager, self.seconds, self.stopped = manager, seconds, False
        self.timers = [threading.Timer(seconds, self._interrupt), threading.Timer(seconds + PATIENCE, self._kill)]

    def __enter__(self):
        for timer in self.timers:
            timer.daemon = True
            timer.start()

    def __exit__(self, *error):
        for timer in self.timers:
            timer.cancel()

    def _interrupt(self):
        self.stopped = run_sync(self.manager.is_alive)()  # a process that has ended is for nbclient to notice
        if self.stopped:
            run_sync(self.manager.interrupt_kernel)()

    def _kill(self):
        if run_sync(self.manager.is_alive)():
            run_sync(self.manager.provisioner.kill)()
