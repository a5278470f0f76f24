"""What a grading server knows of an assignment, and what each of its forked graders does with a piece of work."""

from __future__ import annotations

import gc
import importlib
import time
from dataclasses import dataclass, replace
from functools import partial

import nbformat
from ipykernel.ipkernel import IPythonKernel
from nbformat import NotebookNode

from ..judge.judge import Judge
from ..judge.plan import Plan
from .execution import NotebookRun
from .output_check import compile_output_check
from .pipeline import Pipeline
from .rehearsal import Rehearsed, code_of
from .student import StudentProcess
from .task import Allowance, Assignment, NotebookSource, Result, Submission

# What every grader needs, imported once before any is forked.
NEEDED = ("torch", "numpy", "matplotlib.pyplot", "ipywidgets", "safetensors.torch", "course.check", "course.data")
WARM_UP_SECONDS = 10.0
DEVICE_CHECK = "any_device"  # in a cell's text: it will ask for the pretend device
# In a notebook's text: the judge may make an optimiser, the first of which imports PyTorch's compiler for more than a second.
OPTIMISERS, COMPILER = "optim", "torch._dynamo"
# What a kernel says of itself, and a notebook keeps.
LANGUAGE = IPythonKernel.language_info


@dataclass(frozen=True)
class Notebook:
    """A notebook to be run and nothing else, whose graded cells are of the assignment's notebook of this name.

    files: {relative path: content} beside it. allowance: None for the assignment's own.
    """

    name: str
    text: str
    files: dict[str, bytes]
    allowance: Allowance | None = None


@dataclass(frozen=True)
class Ran:
    """An executed notebook. suspicious: what looked like forgery. seconds: how long each of its cells took."""

    text: str
    suspicious: tuple[str, ...]
    seconds: tuple[float, ...] = ()


class Grader:
    """Does pieces of work on one assignment. sandbox: address of the server that starts students' processes."""

    def __init__(self, assignment: Assignment, sandbox: str):
        self.assignment, self.sandbox = assignment, sandbox
        self.pipeline = Pipeline(assignment)
        self.plans = {source.name: Plan.of(source.instructors_notebook()) for source in assignment.notebooks}
        self.rehearsed = Rehearsed()

    def warm_up(self) -> None:
        """Does before any fork what every grader would do again: one notebook through every step, but without a student.

        The judge's cells all end where they first ask the student's process for something. Where they may see a GPU they
        do not run: CUDA that was used before a fork cannot be used after it.
        """
        may_use_cuda = self.assignment.allowance.device == "cuda"
        if any(OPTIMISERS in source.text for source in self.assignment.notebooks):
            importlib.import_module(COMPILER)
        for source in self.assignment.notebooks:
            text = nbformat.writes(source.instructors_notebook())
            submission = Submission("warm-up", {f"{source.name}.ipynb": text.encode("utf-8", "replace")})
            self.pipeline.grade(submission, lambda *_: [])
            judge = Judge(self.plans[source.name], timeout=WARM_UP_SECONDS, seed=0)
            for grade_id in () if may_use_cuda else self.plans[source.name].judged:
                judge.run(grade_id, None)
        gc.collect()
        gc.freeze()  # what is here stays; a fork need not copy it to look for garbage

    def do(self, work):
        """The Result of a Submission, or what came of running a Notebook."""
        if isinstance(work, Submission):
            return self._with_cpu(self.pipeline.grade(work, self.execute))
        notebook = nbformat.reads(work.text, as_version=4)
        run = self.run_of(notebook, self.assignment.notebook(work.name), work.files, work.allowance)
        suspicious = run.run()
        return Ran(nbformat.writes(notebook), tuple(suspicious), tuple(run.seconds))

    def execute(self, notebook: NotebookNode, source: NotebookSource, files: dict[str, bytes]) -> list[str]:
        """Runs a sanitised notebook in place. Returns what looked like forgery, in words."""
        return self.run_of(notebook, source, files).run()

    def run_of(
        self, notebook: NotebookNode, source: NotebookSource, files: dict[str, bytes], allowance: Allowance | None = None,
        judge: Judge | None = None,
    ) -> NotebookRun:
        """A run that can begin. allowance: None for the assignment's own. judge: None for one that judges a submission."""
        allowance, plan = allowance or self.assignment.allowance, self.plans[source.name]
        judge = judge or Judge(plan, timeout=allowance.cell_seconds, seed=self.assignment.seed,
                               rehearsal=self.rehearsed.of.get(source.name), student_source=code_of(notebook))
        pretends = any(DEVICE_CHECK in text for text in plan.judged.values())
        start = partial(StudentProcess, self.sandbox, notebook, files, allowance, self.assignment.config, pretends)
        notebook.metadata["course"] = {"seed": self.assignment.seed}
        notebook.metadata["language_info"] = dict(LANGUAGE)
        return NotebookRun(notebook, plan, judge, start, allowance)

    @staticmethod
    def _with_cpu(result: Result) -> Result:
        return replace(result, seconds={**result.seconds, "cpu": time.process_time()})


def preload() -> None:
    """Imports what every grader needs. Starts no thread: a fork would not have it, and might wait for it."""
    import matplotlib

    matplotlib.use("Agg")
    for name in NEEDED:
        importlib.import_module(name)
    import torch

    torch.set_num_threads(1)
    compile_output_check()

