"""Runs a whole submission whatever its cells do, and leaves an error in every graded cell that was not run to its end."""

import functools
import os
import secrets
import subprocess
from time import monotonic

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import Execute
from traitlets import Integer, Unicode

from course.grading.turns import let_others


class ExecuteEveryCell(Execute):
    """nbgrader's Execute, made to fail closed.

    Stock nbgrader gives full points to a graded cell without outputs, so a cell that was skipped, aborted or never
    reached passes; and a kernel that dies leaves the submission ungraded. Here every graded cell holds an error
    before anything runs and only running it takes the error away. After a death the notebook is run again in a fresh
    kernel without the cell that killed it.
    """

    notebook_timeout = Integer(600, help="Seconds for all cells of a notebook together.").tag(config=True)
    max_restarts = Integer(3, help="How many kernels a notebook may lose before the rest is left unrun.").tag(config=True)
    # Nothing a student puts on a cell may keep it from being run.
    skip_cells_with_tag = Unicode("")

    def preprocess(self, nb, resources, km=None):
        self.deadline = monotonic() + self.notebook_timeout
        self.refused = {}
        for _ in range(self.max_restarts + 1):
            self.current = None
            expect_nothing(nb)
            try:
                with let_others():
                    return super().preprocess(nb, resources, km)
            except (DeadKernelError, CellTimeoutError) as death:
                if self.current is None:
                    break
                self.refused[self.current] = why_it_ended(death, self.timeout)
                nb.cells[self.current].outputs = [self.refused[self.current]]
        return nb, resources

    def preprocess_cell(self, cell, resources, index):
        if index in self.refused:
            cell.outputs = [self.refused[index]]
            return cell, resources
        self.current = index
        return super().preprocess_cell(cell, resources, index)

    def _get_timeout(self, cell):
        """Seconds for this cell: its own limit, or what is left of the notebook's when that is less."""
        own = super()._get_timeout(cell)
        left = max(1, int(self.deadline - monotonic()))
        return min(own, left) if own else left

    def start_new_kernel(self, **kwargs):
        # Text that is written past the notebook (a debugger's warning, a crash report) would land on the terminal.
        environment = {**os.environ, "COURSE_SEED": str(class_seed()), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        self.nb.metadata["course"] = {"seed": class_seed()}
        super().start_new_kernel(env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kwargs)

    def start_new_kernel_client(self):
        # exit() and quit() end the kernel after their cell: the cells that follow would be blamed for it.
        client = super().start_new_kernel_client()
        self.wait_for_reply(client.execute("get_ipython().ask_exit = lambda: None", silent=True, store_history=False))
        return client

    def on_cell_executed(self, **kwargs):
        super().on_cell_executed(**kwargs)
        cell, reply = kwargs["cell"], kwargs["execute_reply"]["content"]
        if reply["status"] != "ok" and not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(error("NotRun", f"this cell was not run to its end ({reply['status']})"))


def class_seed():
    """The seed that tests draw their inputs from: COURSE_SEED if set, else one drawn once for all of this process."""
    given = os.environ.get("COURSE_SEED")
    return int(given) if given else drawn_seed()


@functools.cache
def drawn_seed():
    return secrets.randbelow(2**31)


def expect_nothing(notebook):
    """Puts an error into every graded code cell, to be taken away by running it."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [error("NotRun", "this cell was never run")] if utils.is_grade(cell) else []


def why_it_ended(death, timeout):
    """The error output for the cell that ended its kernel."""
    if isinstance(death, CellTimeoutError):
        return error("CellTimeoutError", f"still running after {timeout} s, and it could not be interrupted")
    return error("KernelDied", "the Python process died while this cell was running")


def error(name, message):
    """An error output with a one-line traceback."""
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])
