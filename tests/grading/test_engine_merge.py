"""What the engine writes for a class is what nbgrader's own autograde writes for it: every row, every file."""

import copy
import shutil
import stat
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute

from course.grading import gradebook
from course.grading.course_root import course_directory, load_config
from course.grading.engine.desk import Desk
from course.grading.engine.pipeline import Pipeline
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import Allowance
from course.grading.stock import FromOneFolder, generate_assignment, run_converter

DUE = "2030-01-01 12:00:00 UTC"
CONFIG = '''"""A course on nbgrader's own steps, but that cells are not run: their text says what comes out."""

import sys

sys.path.insert(0, {tests!r})
import test_engine_merge
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, Execute, SaveAutoGrades
from course.grading import preprocessors as ours

c = get_config()
load_subconfig("nbgrader_config.py", path={repository!r})
in_place_of = {{Execute: test_engine_merge.PretendToExecute, SaveAutoGrades: ours.ScoreErrorsOnly}}
c.Autograde.autograde_preprocessors = [
    in_place_of.get(step, step) for step in Autograde.autograde_preprocessors.default()
]
c.AssignLatePenalties.plugin_class = test_engine_merge.TenthAnHour
c.LimitOutput.max_lines = 5
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = "ignore me"
{more}
'''
STUDENTS = ("right", "wrong", "untouched", "one-notebook", "deleted", "old-format", "late", "early", "files", "noisy")


class AutogradeOne(FromOneFolder, Autograde):
    """nbgrader's autograde for one student."""


class PretendToExecute(Execute):
    """Gives each code cell the outputs that its text asks for."""

    def preprocess(self, nb, resources, km=None):
        pretend(nb)
        return nb, resources


def pretend(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", name="stderr", text=line) for line in cell.source.split("\n") if "say" in line]
            if "def f(): return 1" not in str([one.source for one in notebook.cells]) and "assert" in cell.source:
                cell.outputs.append(new_output("error", ename="AssertionError", evalue="no", traceback=["no"] * 300))
    return []


def late_plugin():
    from nbgrader.plugins import BasePlugin

    class TenthAnHour(BasePlugin):
        """A tenth of the score for each hour; without bound, which nbgrader sees to."""

        def late_submission_penalty(self, student_id, score, total_seconds_late):
            return score * total_seconds_late / 36000

    return TenthAnHour


TenthAnHour = late_plugin()


def marked(make, source, grade_id, points=None, **flags):
    marks = {"grade": points is not None, "solution": False, "locked": False, "task": False, "schema_version": 3,
             "grade_id": grade_id, **flags}
    if points is not None:
        marks["points"] = points
    return make(source, metadata={"nbgrader": marks})


def source_notebook(name):
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            marked(new_code_cell, "import math", f"{name}-imports", locked=True),
            marked(new_code_cell, "### BEGIN SOLUTION\ndef f(): return 1\n### END SOLUTION", f"{name}-f", solution=True),
            marked(new_code_cell, "assert f() == 1", f"{name}-f-test", 2, locked=True),
            marked(new_code_cell, "### BEGIN HIDDEN TESTS\nassert f() + 1 == 2\n### END HIDDEN TESTS\nf", f"{name}-f-hidden", 3,
                   locked=True),
            marked(new_markdown_cell, "Why? ### BEGIN SOLUTION\nso\n### END SOLUTION", f"{name}-why", 4, solution=True),
            marked(new_markdown_cell, "Do this by hand.", f"{name}-task", task=True, locked=True, points=1, grade=False),
        ],
    )


def make_course(root, more=""):
    """A generated course of one assignment with two notebooks, a data file and a due date; and its submissions."""
    here = Path(__file__).parent
    source = root / "source" / "two"
    (source / "data").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG.format(tests=str(here), repository=str(here.parent.parent), more=more))
    for name in ("a", "b"):
        nbformat.write(source_notebook(name), source / f"{name}.ipynb")
    (source / "data" / "numbers.csv").write_text("1,2\n")
    (source / "theirs.txt").write_text("the instructor's")
    generate_assignment(root, "two")
    with gradebook.opened(root) as book:
        book.update_or_create_assignment("two", duedate=DUE)
    for student in STUDENTS:
        hand_in(root, student)
    return root


def hand_in(root, student):
    folder = root / "submitted" / student / "two"
    shutil.copytree(root / "release" / "two", folder)
    notebooks = {name: nbformat.read(folder / f"{name}.ipynb", 4) for name in ("a", "b")}
    for notebook in notebooks.values():
        if student != "untouched":
            notebook.cells[1].source = "def f(): return 2" if student == "wrong" else "def f(): return 1"
            notebook.cells[4].source = "because"
        if student == "deleted":
            del notebook.cells[4:], notebook.cells[2]
        if student == "noisy":
            notebook.cells[1].source += "\n" + "\n".join(f"say {n}" for n in range(9)) + "\nsay: ignore me"
            notebook.cells[3].source = "changed"
    for name, notebook in notebooks.items():
        version = 3 if student == "old-format" else 4
        (folder / f"{name}.ipynb").write_text(nbformat.writes(nbformat.convert(notebook, version), version=version))
    if student == "one-notebook":
        (folder / "b.ipynb").unlink()
    if student in ("late", "early"):
        (folder / "timestamp.txt").write_text("2030-01-01 15:30:00 UTC" if student == "late" else "2029-12-31 23:00:00 UTC")
    if student == "files":
        (folder / "mine").mkdir()
        (folder / "mine" / "notes.txt").write_bytes(b"\x00\xff")
        (folder / "theirs.txt").write_text("the student's")
        (folder / "unknown.ipynb").write_text("{}")
        (folder / "helper.py").write_text("ignored")


def grade_with_engine(root, students=STUDENTS):
    """Grades with the engine's steps and its writer, in this process."""
    config, directory = load_config(root), course_directory(root)
    with gradebook.opened(root) as book:
        about = snapshot(book, directory, config, "two", Allowance())
        pipeline = Pipeline(about)
        with Desk(root, directory, config, book, about) as desk:
            desk.merge([pipeline.grade(one, lambda notebook, *_: pretend(notebook)) for one in desk.read(students)])


def grade_with_nbgrader(root, students=STUDENTS):
    for student in students:
        run_converter(AutogradeOne, root, assignment_id="two", student_id=student, force=True)


def rows(root):
    """Every row that grading writes, without ids, which are random."""
    with gradebook.opened(root) as book:
        found = [
            ("grade", g.student.id, g.notebook.name, g.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade)
            for g in book.db.query(Grade)
        ] + [
            ("comment", c.student.id, c.notebook.name, c.name, c.auto_comment, c.manual_comment) for c in book.db.query(Comment)
        ] + [
            ("notebook", n.student.id, n.name, n.flagged, n.late_submission_penalty, n.score) for n in book.db.query(SubmittedNotebook)
        ] + [
            ("submission", s.student.id, s.name, s.timestamp, s.extension) for s in book.db.query(SubmittedAssignment)
        ]
    return sorted(found, key=repr)


def files(root):
    """{path: (content, permissions)} of everything autograded; notebooks as data without their random cell ids."""
    found = {}
    for path in (root / "autograded").rglob("*"):
        if path.is_file() and ".grading" not in path.parts:
            content = path.read_bytes()
            if path.suffix == ".ipynb":
                content = without_ids(nbformat.reads(content.decode(), nbformat.NO_CONVERT))
            found[path.relative_to(root).as_posix()] = (content, stat.S_IMODE(path.stat().st_mode))
    return found


def without_ids(notebook):
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        cell.pop("id", None)
    return notebook


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A class graded by nbgrader, and the same class graded by the engine."""
    stock = make_course(tmp_path_factory.mktemp("stock") / "course")
    ours = shutil.copytree(stock, tmp_path_factory.mktemp("ours") / "course")
    grade_with_nbgrader(stock)
    grade_with_engine(ours)
    return stock, ours


def test_every_row_is_what_nbgrader_writes(both):
    stock, ours = map(rows, both)
    assert len(stock) == len(STUDENTS) * (1 + 2 * (1 + 4 + 3))
    assert ours == stock


def test_every_file_is_what_nbgrader_writes(both):
    stock, ours = map(files, both)
    assert set(ours) == set(stock)
    assert ours == stock


def test_the_class_is_of_every_kind(both):
    scores = gradebook.scores(both[1], "two")
    assert scores["right"][0] == 10 and scores["wrong"][0] == 0 and scores["one-notebook"][0] == 5
    penalties = {row[1]: row[4] for row in rows(both[1]) if row[0] == "notebook"}
    assert penalties["late"] == 1.75 and penalties["early"] is None


def by_hand(root):
    """What a person does to some of the grades."""
    with gradebook.opened(root) as book:
        for student in ("right", "wrong", "late"):
            grade = book.find_grade("a-f-test", "a", "two", student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.5, False
            book.find_comment("a-why", "a", "two", student).manual_comment = "well said"
            book.find_submission_notebook("a", "two", student).flagged = True
        book.grant_extension("two", "late", hours=3)
        book.db.commit()


def test_grading_again_keeps_what_a_person_gave_as_nbgrader_does(both, tmp_path):
    stock, ours = (shutil.copytree(root, tmp_path / name) for root, name in zip(both, ("stock", "ours"), strict=True))
    for root in (stock, ours):
        by_hand(root)
        path = root / "submitted" / "wrong" / "two" / "a.ipynb"
        path.write_text(path.read_text().replace("return 2", "return 1"))
        (root / "submitted" / "right" / "two" / "timestamp.txt").write_text("2030-01-02 12:00:00 UTC")
        (root / "submitted" / "one-notebook" / "two" / "a.ipynb").unlink()
        shutil.copy(root / "submitted" / "right" / "two" / "b.ipynb", root / "submitted" / "one-notebook" / "two")
    grade_with_nbgrader(stock)
    grade_with_engine(ours)
    assert rows(ours) == rows(stock)
    assert files(ours) == files(stock)
    assert any(row[5] == 1.5 for row in rows(ours) if row[0] == "grade")


def test_missing_cells_come_back_as_nbgrader_brings_them(tmp_path):
    more = ("c.Autograde.sanitize_preprocessors = Autograde.sanitize_preprocessors.default()\n"
            "c.OverwriteCells.add_missing_cells = True")
    stock = make_course(tmp_path / "stock", more)
    ours = shutil.copytree(stock, tmp_path / "ours")
    grade_with_nbgrader(stock, ["deleted", "noisy"])
    grade_with_engine(ours, ["deleted", "noisy"])
    assert rows(ours) == rows(stock)
    assert files(ours) == files(stock)
    assert "was missing from the submission" in str(files(ours))
