"""A student's process as a notebook's run needs it: started, asked to run cells, and told apart from a broken machine."""

from __future__ import annotations

import contextlib

from nbformat import NotebookNode
from traitlets.config import Config

from ..sandbox.limits import Limits
from ..shell.cells import CellRunner
from ..shell.connection import Gone, StartError, Student, StudentTimeout
from ..told_seconds import STILL_RUNNING, still_running
from .execution import DIED
from .servers import what_torch_sees
from .task import Allowance

NO_SERVER = "the warm server is gone"
PROOF_SECONDS = 10.0
CUDAS_OWN_BYTES = 4 * 1024**3  # of the machine's memory, for a context and the kernels that its libraries load
SLACK_SECONDS = 30.0  # beyond the notebook's own time, which the grader watches


class StudentProcess:
    """One student's process, and the outputs of the cells that run in it. pretends: see Student.start.

    Raises StartError where the server of these processes is at fault, and not what the student wrote.
    """

    def __init__(self, server: str, notebook: NotebookNode, files: dict[str, bytes], allowance: Allowance, config: Config,
                 pretends: bool):
        self.student = Student.start(server, files=files, environment=environment(allowance), limits=limits(allowance),
                                     pretends=pretends)
        self.runner = CellRunner(self.student, notebook, config=config)

    @property
    def suspicious(self) -> list[str]:
        return self.student.suspicious

    def run(self, cell: NotebookNode, index: int, seconds: float) -> tuple[str, str] | None:
        """Runs the cell, its outputs into it. Returns None, or name and text of the error that kept it from its end."""
        try:
            content = self.runner.run(cell, index, seconds)
        except Gone as gone:
            self.gone()
            if gone.reason.startswith(STILL_RUNNING):
                return "CellTimeoutError", gone.reason
            return "KernelDied", f"{DIED}: {gone.reason}"
        if content.get("late"):
            return "CellTimeoutError", still_running(seconds)
        if content["status"] in ("ok", "skipped") or any(one.output_type == "error" for one in cell.outputs):
            return None
        return "NotRun", f"this cell was not run to its end ({content['status']})"

    def gone(self) -> str | None:
        """None while the process lives, else why it ended. Raises StartError when its server ended."""
        reason = self.student.gone()
        if reason == NO_SERVER:
            raise StartError(reason)
        return reason

    def lives(self) -> bool:
        """Whether it is there when it is asked something: what ends it may have been on its way."""
        with contextlib.suppress(Gone, StudentTimeout):
            self.student.ask("nothing", {}, timeout=PROOF_SECONDS)
        return self.gone() is None

    def finish(self, notebook: NotebookNode) -> None:
        """What belongs into the notebook's metadata after its last cell."""
        self.runner.widgets_metadata()

    def close(self) -> None:
        self.student.close()


def environment(allowance: Allowance) -> dict[str, str]:
    """Variables that decide what torch sees."""
    return what_torch_sees(allowance.device)


def limits(allowance: Allowance) -> Limits:
    """The sandbox's limits for one student's process."""
    seconds = allowance.notebook_seconds + SLACK_SECONDS
    memory = allowance.memory_bytes + (CUDAS_OWN_BYTES if allowance.device == "cuda" else 0)
    return Limits(memory_bytes=memory, cpu_seconds=seconds, wall_seconds=seconds)
