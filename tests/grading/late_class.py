"""A course of two assignments with due dates and late days, graded by the engine's writer or by nbgrader, running nothing."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_notebook
from test_engine_merge import AutogradeOne, marked, new_code_cell, pretend

from course.grading import gradebook
from course.grading.course_root import course_directory, load_config
from course.grading.engine.desk import Desk
from course.grading.engine.pipeline import Pipeline
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import Allowance
from course.grading.stock import generate_assignment, run_converter

# The second is due first by name, and later by date.
DUE = {"one": "2030-01-01 12:00:00 UTC", "another": "2030-01-08 12:00:00 UTC"}
POLICY = "c.LateDays.free_days = 2\nc.LateDays.percent_a_day = 10\nc.LateDays.most_percent = 50\nc.LateDays.grace_minutes = 10"
CONFIG = '''"""This course's own configuration, but that cells are not run: their text says what comes out."""

import sys

sys.path.insert(0, {tests!r})
import test_engine_merge
from nbgrader.converters import Autograde
from course.grading import preprocessors as ours

c = get_config()
load_subconfig("nbgrader_config.py", path={repository!r})
c.Autograde.autograde_preprocessors = [
    test_engine_merge.PretendToExecute if step is ours.ExecuteOutside else step
    for step in c.Autograde.autograde_preprocessors
]
{more}
'''


def make_course(root, more=POLICY):
    """A generated course: assignments `one` and `another`, 10 points each, due a week apart."""
    here = Path(__file__).parent
    root.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG.format(tests=str(here), repository=str(here.parent.parent), more=more))
    for name in DUE:
        (root / "source" / name).mkdir(parents=True)
        nbformat.write(new_notebook(cells=[
            marked(new_code_cell, "### BEGIN SOLUTION\ndef f(): return 1\n### END SOLUTION", "f", solution=True),
            marked(new_code_cell, "assert f() == 1", "f-test", 10, locked=True),
        ], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}),
            root / "source" / name / f"{name}.ipynb")
        generate_assignment(root, name, try_tests=False)
    with gradebook.opened(root) as book:
        for name, due in DUE.items():
            book.update_or_create_assignment(name, duedate=due)
    return root


def hand_in(root, student, assignment, at, right=True):
    """Hands in at this time, a text for timestamp.txt, or None for no such file."""
    folder = root / "submitted" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(root / "release" / assignment / f"{assignment}.ipynb", 4)
    notebook.cells[0].source = "def f(): return 1" if right else "def f(): return 2"
    nbformat.write(notebook, folder / f"{assignment}.ipynb")
    (folder / "timestamp.txt").write_text(at) if at else (folder / "timestamp.txt").unlink(missing_ok=True)


def grade(root, assignment, *students):
    """As `course grade` writes it."""
    config, directory = load_config(root), course_directory(root)
    with gradebook.opened(root) as book:
        about = snapshot(book, directory, config, assignment, Allowance())
        pipeline = Pipeline(about)
        with Desk(root, directory, config, book, about) as desk:
            desk.merge([pipeline.grade(one, lambda notebook, *_: pretend(notebook)) for one in desk.read(students)])


def autograde(root, assignment, *students):
    """As `nbgrader autograde` writes it."""
    for student in students:
        run_converter(AutogradeOne, root, assignment_id=assignment, student_id=student, force=True)


def penalties(root):
    """{(student, assignment): points lost} of everybody who lost any."""
    with gradebook.opened(root) as book:
        found = {(one.student.id, name): sum(each.late_submission_penalty or 0 for each in one.notebooks)
                 for name in DUE for one in book.assignment_submissions(name)}
    return {who: lost for who, lost in found.items() if lost}
