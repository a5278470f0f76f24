"""What a grader is given and what it hands back, as plain data: no database, no open file, nothing of this machine."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

# Where a submission stands. FLAGGED: graded, but a person should look at what the grader saw.
GRADED, FLAGGED, FAILED = "graded", "flagged", "not graded"


@dataclass(frozen=True)
class SourceCell:
    """A cell of the released notebook as the gradebook has it: what a locked cell must say, hidden tests included."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str | None


@dataclass(frozen=True)
class NotebookSource:
    """One notebook of an assignment.

    cells: in the notebook's order. grade_points, task_points: {grade_id: points} of the cells that are graded.
    solutions: grade_ids of the cells that students fill in. text: the instructor's notebook, JSON, or empty.
    """

    name: str
    kernelspec: str | None
    cells: tuple[SourceCell, ...]
    grade_points: dict[str, float]
    task_points: dict[str, float]
    solutions: tuple[str, ...]
    text: str = ""

    def marks(self, cell: SourceCell) -> dict:
        """The nbgrader metadata that belongs on this cell."""
        marks = {
            "cell_type": cell.cell_type, "checksum": cell.checksum, "grade": cell.name in self.grade_points,
            "grade_id": cell.name, "locked": cell.locked, "schema_version": 3,
            "solution": cell.name in self.solutions, "task": cell.name in self.task_points,
        }
        points = {**self.grade_points, **self.task_points}.get(cell.name)
        return marks if points is None else {**marks, "points": points}

    def instructors_notebook(self) -> NotebookNode:
        """The notebook that tells what belongs to whom: the instructor's, its locked cells as the gradebook has them.

        Where the instructor's text is not to be had, the cells that the gradebook knows are all of it.
        """
        if not self.text:
            return new_notebook(cells=[self._copy(cell) for cell in self.cells])
        notebook = nbformat.reads(self.text, as_version=4)
        known = {cell.name: cell for cell in self.cells}
        for cell in notebook.cells:
            ours = known.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if ours and ours.locked:
                cell.source = ours.source
        return notebook

    def _copy(self, cell: SourceCell) -> NotebookNode:
        make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        return make(cell.source, metadata={"nbgrader": self.marks(cell)})


@dataclass(frozen=True)
class Allowance:
    """How much a submission may use.

    cell_seconds: for one cell. notebook_seconds: for all cells of a notebook together. restarts: how many processes a
    notebook may lose before the rest is left unrun. memory_bytes: of a student's process and all that it starts.
    device: `cpu`, or `cuda` where student code may see the GPU.
    """

    cell_seconds: float = 30
    notebook_seconds: float = 600
    restarts: int = 20
    memory_bytes: int = 2 * 1024**3
    device: str = "cpu"

    def submission_seconds(self, notebooks: int) -> float:
        """When a grader that has not answered is taken for one that never will."""
        return notebooks * (self.notebook_seconds + self.cell_seconds) + 60


@dataclass(frozen=True)
class Assignment:
    """What grading needs to know of an assignment, read once from the gradebook and the source folder.

    files: {relative path: content} that students get beside their notebook, over their own of that name. config:
    nbgrader's, for its preprocessors. seed: tests draw their inputs from it. digest: of all that a grade can depend on.
    """

    name: str
    course_id: str
    notebooks: tuple[NotebookSource, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    config: Config = field(default_factory=Config)
    allowance: Allowance = field(default_factory=Allowance)
    seed: int = 0
    digest: str = ""

    def notebook(self, name: str) -> NotebookSource:
        """Raises KeyError where the assignment has no such notebook."""
        for notebook in self.notebooks:
            if notebook.name == name:
                return notebook
        raise KeyError(name)


@dataclass(frozen=True)
class Submission:
    """What a student handed in. files: {relative path: content}. fingerprint: of the files and of the tests."""

    student: str
    files: dict[str, bytes]
    timestamp: datetime.datetime | None = None
    fingerprint: str = ""


@dataclass(frozen=True)
class NotebookGrades:
    """What nbgrader's steps would have written to the gradebook for one notebook.

    scores: {grade_id: (auto_score, whether a person must look)}. comments: {grade_id: auto_comment}.
    """

    name: str
    scores: dict[str, tuple[float | None, bool]]
    comments: dict[str, str | None]


@dataclass(frozen=True)
class Result:
    """What became of a submission.

    status: GRADED, FLAGGED or FAILED. reason: one line; why it failed, or what kept a cell from being run to its end.
    notebooks: the grades, empty when it failed. files: {file name: content} to write to its autograded folder.
    incidents: one line a cell that was not run to its end. suspicious: what looked like forgery. seconds: {step: time}.
    cell_seconds: how long a cell was let run, or None where that is not known.
    """

    student: str
    status: str
    reason: str = ""
    notebooks: tuple[NotebookGrades, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    incidents: tuple[str, ...] = ()
    suspicious: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    seed: int = 0
    timestamp: datetime.datetime | None = None
    fingerprint: str = ""
    cell_seconds: float | None = None


def failed(submission: Submission, assignment: Assignment, reason: str) -> Result:
    """The Result of a submission that cannot be graded."""
    one_line = reason.strip().split("\n")[0]
    return Result(submission.student, FAILED, one_line, seed=assignment.seed, timestamp=submission.timestamp,
                  fingerprint=submission.fingerprint, cell_seconds=assignment.allowance.cell_seconds)
