"""Decides, for each graded submission, what of it has to be judged again, what only gets new points, and why."""

from dataclasses import dataclass, field

import nbformat

from course.grading.grade import autograded_notebooks
from course.grading.records import FAILED
from course.grading.regrade.new_time import only_time_is_new
from course.grading.regrade.tests import changes

POINTS, SUBMISSION, UNKNOWN = "points changed", "submission changed", "not known what it was graded on"
NEW_TIME = "timestamp.txt changed"


@dataclass(frozen=True)
class Work:
    """What a regrade does with one submission.

    whole: every cell is judged again. judge: {notebook: {grade_id: why}} to be judged again. points: {notebook: {grade_id:
    (points then, points now)}}. why: what is said of the submission as a whole. seed: of the run that graded it, or None.
    cell_seconds: that run's limit for a cell, or None where it is not known. has_new_time: its timestamp.txt is another.
    """

    student: str
    whole: bool = False
    judge: dict = field(default_factory=dict)
    points: dict = field(default_factory=dict)
    why: str = ""
    seed: int | None = None
    cell_seconds: float | None = None
    has_new_time: bool = False

    @property
    def runs(self):
        """Whether any code of the submission is run again."""
        return self.whole or any(self.judge.values())

    @property
    def matters(self):
        """Whether any of its points may move."""
        return self.runs or any(self.points.values()) or self.has_new_time

    def reason(self, notebook, cell):
        """Why a cell's points moved, in words; those that hold together."""
        said = [self.judge.get(notebook, {}).get(cell), POINTS if cell in self.points.get(notebook, {}) else None,
                self.why if self.whole else None]
        return ", ".join(one for one in said if one) or "graded again"


class Decider:
    """Compares what is remembered of each submission with what is there now. One desk, many submissions."""

    def __init__(self, desk, now):
        self.desk, self.now = desk, now
        self.known = {}  # {digest: changes since}
        self.with_scores = desk.writer.students_with_scores()

    def work(self, student):
        """The Work on a submission; None where it was never graded. Nothing to do where its `matters` is False."""
        record = self.desk.records.get(student)
        graded = student in self.with_scores and self.desk.autograded(student).is_dir()
        if record is None or not self.desk.has_result(record):
            return Work(student, True, why=UNKNOWN, seed=self._seed_in_notebook(student)) if graded else None
        since = self._since(record.tests)
        new_time = only_time_is_new(self.desk, student, record.tests)
        changed = not new_time and record.fingerprint != self.desk.fingerprint_on(student, record.tests)
        if since is None:
            return Work(student, True, why=UNKNOWN, seed=record.seed, cell_seconds=record.cell_seconds)
        there = self._there(student)
        judge = {name: why for name, (why, _) in since.items() if why and name in there}
        points = {name: moved for name, (_, moved) in since.items() if moved and name in there}
        if changed or record.status == FAILED and any(why for why, _ in since.values()):
            return Work(student, True, judge, points, SUBMISSION if changed else "", record.seed, record.cell_seconds)
        if record.status == FAILED:
            judge, points = {}, {}
        return Work(student, False, judge, points, seed=record.seed, cell_seconds=record.cell_seconds, has_new_time=new_time)

    def is_noted(self, student):
        """Whether the student's record is of the tests that are there now."""
        record = self.desk.records.get(student)
        return record is not None and record.tests == self.desk.assignment.digest

    def _since(self, digest):
        """What has changed since these tests, by notebook; None where they are not known."""
        if digest not in self.known:
            old = self.desk.records.tests(digest) if digest else None
            self.known[digest] = None if old is None else changes(old, self.now)
        return self.known[digest]

    def _there(self, student):
        """Names of the notebooks that were handed in."""
        return {name for name in self.now["notebooks"] if (self.desk.submitted(student) / f"{name}.ipynb").is_file()}

    def _seed_in_notebook(self, student):
        """The seed that a graded notebook tells, where no record does; else None."""
        for path in autograded_notebooks(self.desk.root, self.desk.assignment.name, student):
            seed = nbformat.read(path, as_version=4).metadata.get("course", {}).get("seed")
            if isinstance(seed, int):
                return seed
        return None
