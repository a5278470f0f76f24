"""A small class that is graded once and regraded by tests, in this process: what runs, and on which seed, is written down."""

import shutil

import pytest
from nbformat import NotebookNode
from nbgrader import utils

from course.grading import grade as grading
from course.grading import gradebook
from course.grading.build import build
from course.grading.engine.pipeline import Pipeline
from course.grading.engine.task import FAILED, Result
from course.grading.regrade import pending as regrade_pending
from course.grading.regrade import run as regrade
from course.grading.stock import generate_assignment


class InProcess:
    """In place of the engine: cells run one after the other in one namespace here. For answers that can be trusted.

    ran: (student, names of the notebooks, seed) of each submission that was run. limits: {student: seconds for a cell}. stop_after: Ctrl-C after so many.
    fails: students whose submissions cannot be graded.
    """

    def __init__(self, stop_after=None, fails=()):
        self.ran, self.limits, self.stop_after, self.fails = [], {}, stop_after, fails

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def batches(self, assignment, submissions, jobs):
        pipeline = Pipeline(assignment)
        for one in submissions:
            if isinstance(one, Result):
                yield [one]
                continue
            if len(self.ran) == self.stop_after:
                raise KeyboardInterrupt
            self.ran.append((one.student, sorted(path for path in one.files if path.endswith(".ipynb")), assignment.seed))
            self.limits[one.student] = assignment.allowance.cell_seconds
            result = pipeline.grade(one, lambda notebook, *_, seed=assignment.seed: execute(notebook, seed))
            if one.student in self.fails:
                result = Result(one.student, FAILED, "the machine is too small", seed=assignment.seed, fingerprint=one.fingerprint)
            yield [result]

    @property
    def students(self):
        return [student for student, _, _ in self.ran]


def execute(notebook, seed):
    """Runs the notebook's cells. Returns what looked like forgery, which is nothing."""
    notebook.metadata["course"] = {"seed": seed}
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            try:
                exec(cell.source, names)
            except Exception as error:
                cell.outputs = [NotebookNode(output_type="error", ename=type(error).__name__, evalue=str(error), traceback=[])]
    return []


def use(monkeypatch, engine):
    """From now on `engine` grades and regrades, and generating does not first run the instructor's notebook."""
    for module in (grading, regrade):
        monkeypatch.setattr(module, "engine_for", lambda *_: engine)
    monkeypatch.setattr(regrade_pending, "generate", generate)
    return engine


@pytest.fixture(name="engine")
def engine_in_process(monkeypatch):
    """An InProcess that grades and regrades, for test modules that import this."""
    return use(monkeypatch, InProcess())


@pytest.fixture(name="course")
def course_like_template(template, tmp_path):
    """A copy, to be changed, of the course that the importing test module's own fixture `template` is."""
    return shutil.copytree(template, tmp_path / "course")


def graded_here(root, assignment):
    """The course at `root` with what was handed in graded in this process."""
    with pytest.MonkeyPatch.context() as patch:
        use(patch, InProcess())
        grading.grade(root, assignment)
    return root


def generate(root, name):
    if (root / "source" / name / f"{name}.py").exists():
        build(root, [name])
    return generate_assignment(root, name, try_tests=False)


def mend(root, before, after, assignment="tiny", notebook=None):
    """Replaces a text in the assignment's source."""
    folder = root / "source" / assignment
    path = folder / f"{notebook}.ipynb" if notebook else folder / f"{assignment}.py"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def by_hand(root, student, cell, points, comment=None, assignment="tiny"):
    """A person gives points to a cell, and a comment on the answer `double`."""
    with gradebook.opened(root) as book:
        grade = book.find_grade(cell, assignment, assignment, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment:
            book.find_comment("double", assignment, assignment, student).manual_comment = comment
        book.db.commit()


def scores(root, student, assignment="tiny"):
    """{grade_id: (auto score, score by hand, whether a person must look)} of one student."""
    with gradebook.opened(root) as book:
        return {one.name: (one.auto_score, one.manual_score, one.needs_manual_grade)
                for notebook in book.find_submission(assignment, student).notebooks for one in notebook.grades}


def graded_cells(notebook):
    """{grade_id: cell} of the cells of a notebook that give points."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if utils.is_grade(cell)}
