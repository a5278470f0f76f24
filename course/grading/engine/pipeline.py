"""One notebook from submitted to graded: nbgrader's own steps and ours, in the configured order, around its execution."""

from __future__ import annotations

import json
import logging
import time
import warnings
from collections.abc import Callable

import fastjsonschema
import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, validator
from nbformat.v4.nbjson import BytesEncoder
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.converters import Autograde
from nbgrader.nbgraderformat import common as metadata_format
from nbgrader.preprocessors import AssignLatePenalties, Execute

from ..outcomes import incidents_of
from ..reading import read_notebook
from ..shell.connection import StartError
from ..submissions import NotGradable, require_one_of
from .picture import Picture, shown_to
from .task import FLAGGED, GRADED, Assignment, NotebookGrades, NotebookSource, Result, Submission, failed

# Runs a sanitised notebook in place, given its source and the files beside it. Returns what looked like forgery.
Executor = Callable[[NotebookNode, NotebookSource, dict[str, bytes]], list[str]]


class Pipeline:
    """The configured steps of an assignment, made once and used for every submission."""

    def __init__(self, assignment: Assignment):
        compile_metadata_check()
        self.assignment = assignment
        log = logging.Logger("course.engine", logging.CRITICAL)
        converter = Autograde(config=assignment.config, log=log)
        exporter = NotebookExporter(parent=converter, config=converter.config)
        # Penalties depend on points given by hand and on extensions: they are settled where the gradebook is, and only
        # there can a plugin be imported that lies in the course's folder.
        kinds = [kind for kind in converter.autograde_preprocessors if not issubclass(kind, AssignLatePenalties)]
        steps = [kind(parent=exporter) for kind in kinds]
        place = next((n for n, step in enumerate(steps) if isinstance(step, Execute)), 0)
        self.executes = any(isinstance(step, Execute) and step.enabled for step in steps)
        self.sanitising = [kind(parent=exporter) for kind in converter.sanitize_preprocessors]
        self.before = steps[:place]
        self.after = [step for step in steps[place:] if not isinstance(step, Execute)]

    def grade(self, submission: Submission, execute: Executor) -> Result:
        """Grades every notebook of the submission that the assignment has."""
        try:
            return self._grade(submission, execute)
        except NotGradable as error:
            return failed(submission, self.assignment, str(error))
        except (OSError, MemoryError, StartError):
            raise  # the machine's trouble, not the submission's
        except Exception as error:
            said = str(error).strip().split("\n")[0]
            reason = f"grading it broke down, which is not the student's fault; please report it ({type(error).__name__}: {said})"
            return failed(submission, self.assignment, reason)

    def _grade(self, submission: Submission, execute: Executor) -> Result:
        names = require_one_of(submission.files, [source.name for source in self.assignment.notebooks])
        beside = self._files_beside(submission)
        graded, files, incidents, suspicious = [], {}, [], []
        seconds = {"sanitise": 0.0, "execute": 0.0, "score": 0.0}
        for name in names:
            source = self.assignment.notebook(name)
            clock = Clock(seconds)
            with clock.timing("sanitise"):
                notebook, resources = self.sanitise(submission, source)
            with clock.timing("execute"):
                if self.executes:
                    suspicious += execute(notebook, source, beside)
            with clock.timing("score"):
                incidents += incidents_of(notebook)
                text, grades = self.score(notebook, source, resources)
            graded.append(grades)
            files[f"{name}.ipynb"] = text
        return Result(
            submission.student, FLAGGED if suspicious else GRADED, reason_of(incidents, suspicious), tuple(graded), files,
            tuple(incidents), tuple(suspicious), seconds, self.assignment.seed, submission.timestamp,
            submission.fingerprint, self.assignment.allowance.cell_seconds,
        )

    def sanitise(self, submission: Submission, source: NotebookSource) -> tuple[NotebookNode, dict]:
        """The notebook as it is to be run, and the resources that nbgrader's steps hand on. Raises NotGradable."""
        name = f"{source.name}.ipynb"
        notebook = read_notebook(name, submission.files[name])
        resources = {
            "unique_key": source.name,
            "output_files_dir": f"{source.name}_files",
            "metadata": {"name": source.name, "path": ""},
            "nbgrader": {"student": submission.student, "assignment": self.assignment.name, "notebook": source.name,
                         "db_url": ""},
        }
        notebook, resources = through([*self.sanitising], notebook, resources, Picture(source))
        # nbgrader writes the notebook and reads it again here.
        notebook = with_ids(strip_transient(notebook))
        return through(self.before, notebook, resources, Picture(source))

    def score(self, notebook: NotebookNode, source: NotebookSource, resources: dict) -> tuple[str, NotebookGrades]:
        """The text of the autograded notebook and its grades. Raises ValidationError for what is no notebook any more."""
        picture = Picture(source)
        notebook, _ = through(self.after, notebook, resources, picture)
        nbformat.validate(notebook, relax_add_props=True)
        return written(notebook), picture.grades()

    def _files_beside(self, submission: Submission) -> dict[str, bytes]:
        """What lies beside the notebook while it runs: the student's other files, the instructor's over them."""
        own = {path: content for path, content in submission.files.items() if not path.endswith(".ipynb")}
        return {**own, **self.assignment.files}


class Clock:
    """Adds up wall-clock seconds by step."""

    def __init__(self, seconds: dict[str, float]):
        self.seconds = seconds

    def timing(self, step: str):
        return _Timing(self.seconds, step)


class _Timing:
    def __init__(self, seconds: dict[str, float], step: str):
        self.seconds, self.step = seconds, step

    def __enter__(self):
        self.started = time.monotonic()

    def __exit__(self, *error):
        self.seconds[self.step] += time.monotonic() - self.started


def through(steps: list, notebook: NotebookNode, resources: dict, picture: Picture) -> tuple[NotebookNode, dict]:
    """The notebook after these preprocessors, which see the gradebook as in the picture."""
    with shown_to(steps, picture):
        for step in steps:
            notebook, resources = step(notebook, resources)
    return notebook, resources


def with_ids(notebook: NotebookNode) -> NotebookNode:
    """The notebook with an id of its own on every cell, where its format has ids."""
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        return notebook
    ids = {cell.get("id") for cell in notebook.cells}
    if None in ids or len(ids) < len(notebook.cells):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is missing is what this is for
            _, notebook = validator.normalize(notebook)  # copies all of it, so not done for nothing
    return notebook


def written(notebook: NotebookNode) -> str:
    """The text of the notebook as `nbformat.writes` makes it, of which nothing else is left as it was."""
    notebook = strip_transient(split_lines(notebook))
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "), cls=BytesEncoder)
    return text + "\n"


def reason_of(incidents: list[str], suspicious: list[str]) -> str:
    """One line: the first of what a person should know, and how many more there are."""
    said = [*suspicious, *incidents]
    if not said:
        return ""
    more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
    return said[0].split("\n")[0] + more


class CompiledSchemas:
    """Stands for the module `jsonschema` in nbgrader's check of metadata: the same verdict by a compiled schema.

    jsonschema builds a validator anew for every cell. What the compiled form refuses is left to it all the same: it
    decides, and words the error.
    """

    def __init__(self, jsonschema):
        self.jsonschema = jsonschema
        self.compiled = {}
        self.last = (None, None)  # nbgrader reads the schema anew for every notebook, and then uses one object

    def validate(self, instance, schema):
        if self.last[0] is not schema:
            text = json.dumps(schema, sort_keys=True)
            if text not in self.compiled:
                self.compiled[text] = fastjsonschema.compile(schema, use_default=False)
            self.last = (schema, self.compiled[text])
        try:
            self.last[1](instance)
        except fastjsonschema.JsonSchemaException:
            self.jsonschema.validate(instance, schema)


def compile_metadata_check() -> None:
    """From now on nbgrader checks metadata with compiled schemas in this process."""
    if not isinstance(metadata_format.jsonschema, CompiledSchemas):
        metadata_format.jsonschema = CompiledSchemas(metadata_format.jsonschema)
