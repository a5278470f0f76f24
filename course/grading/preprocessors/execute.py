"""Runs a submission for nbgrader's own commands and the formgrader as `course grade` does: outside this process."""

import functools
import os
import secrets
from dataclasses import replace
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute
from traitlets import Bool, Enum, Float, Integer

from course.grading.engine.snapshot import files_below, snapshot
from course.grading.engine.task import Allowance
from course.grading.outcomes import incidents_of
from course.grading.preprocessors.saying import said_first


class ExecuteOutside(Execute):
    """Takes the place of nbgrader's Execute: students' cells in the sandbox, the graded ones at the judge.

    Nothing of the notebook runs in this process, and every graded cell that was not run to its end holds an error.
    """

    notebook_timeout = Integer(600, help="Seconds for all cells of a notebook together.").tag(config=True)
    max_restarts = Integer(20, help="How many processes a notebook may lose before the rest is left unrun.").tag(config=True)
    memory_gigabytes = Float(2, help="Memory of a submission, all its processes together.").tag(config=True)
    device = Enum(("cpu", "cuda"), "cpu", help="What student code sees in torch: the CPU alone, or the GPU too.").tag(config=True)
    sandbox = Bool(True, help="Whether student code runs in the sandbox.").tag(config=True)

    def allowance(self):
        """What this is configured to let a submission use, as an Allowance."""
        return Allowance(self.timeout or self.notebook_timeout, self.notebook_timeout, self.max_restarts,
                         int(self.memory_gigabytes * 1024**3), self.device)

    def preprocess(self, nb, resources, km=None):
        # Imported here: graders bring torch, which `course grade`, whose own process never runs a notebook, must not wait for.
        from course.grading.engine.grader import Notebook
        from course.grading.engine.servers import SandboxMissing
        from course.grading.engine.shared import run_notebook

        about = resources["nbgrader"]
        directory = self.parent.parent.coursedir
        with Gradebook(about["db_url"], directory.course_id or None) as book:
            assignment = snapshot(book, directory, self.config, about["assignment"], self.allowance())
        folder = Path(directory.root) / resources["metadata"]["path"]
        beside = files_below(folder, directory.ignore)
        notebook = Notebook(about["notebook"], nbformat.writes(nb), beside)
        with said_first(self.log):
            try:
                ran = run_notebook(replace(assignment, seed=class_seed()), notebook, sandbox=self.sandbox)
            except SandboxMissing as error:
                raise SandboxMissing(f"{error} (Here: c.ExecuteOutside.sandbox = False in nbgrader_config.py.)") from None
        executed = nbformat.reads(ran.text, as_version=4)
        for line in (*incidents_of(executed), *ran.suspicious):
            self.log.warning("%s: %s", about["student"], line)
        if ran.suspicious:
            with Gradebook(about["db_url"], directory.course_id or None) as book:
                submitted = book.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
                submitted.flagged = True
                book.db.commit()
        return executed, resources


def class_seed():
    """The seed that tests draw their inputs from: COURSE_SEED if set, else one drawn once for all of this process."""
    given = os.environ.get("COURSE_SEED")
    return int(given) if given else drawn_seed()


@functools.cache
def drawn_seed():
    return secrets.randbelow(2**31)
