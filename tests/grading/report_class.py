"""Classes that the report's tests are about: made of numbers alone, or as a real gradebook with graded notebooks beside it."""

import datetime
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.grading import gradebook
from course.grading.engine.merge import Writer
from course.grading.engine.task import FAILED, GRADED, NotebookGrades, Result
from course.grading.outcomes import RIGHT, WRONG, CellOutcome
from course.grading.records import Record, Records
from course.grading.report.exercises import Exercise
from course.grading.report.gathering import Gathered, Mark, StudentReport

DUE = datetime.datetime(2030, 1, 8, 12, 0)
# The chapter "sums": an exercise under a heading with two graded cells, a derivation that a person grades, a cell of its own.
POINTS = {"add-values": 2.0, "add-type": 1.0, "proof": 2.0, "loose-values": 1.0}
PDF = "sums.ipynb is not a notebook but a PDF"


def exercise(name="adding", number="1.1", points=1.0, notebook="sums", by_hand=()):
    return Exercise(notebook, number, name, {f"{name}-values": points}, frozenset(by_hand))


def student(name, *points, outcomes=None, **more):
    """A graded student with these points by exercise; None waits for a person. outcomes: {grade_id: CellOutcome}."""
    marks = tuple(Mark(one, "waiting" if one is None else RIGHT if one else WRONG) for one in points)
    given = {"status": GRADED, "points": sum(one or 0.0 for one in points), "marks": marks,
             "outcomes": {("sums", cell): one for cell, one in (outcomes or {}).items()}}
    return StudentReport(name, **(given | more))


def refused(message, mistake=None, cell="adding-values", outcome=WRONG):
    return CellOutcome(cell, 1.0, outcome, message, mistake)


def gathered(*students, exercises=None, **more):
    """A Gathered of these students; by default as many exercises of a point each as the first has marks."""
    if exercises is None:
        exercises = [exercise(f"task{place}", f"1.{place}") for place in range(1, 1 + len(students[0].marks))]
    names = frozenset(one.name for one in students)
    return Gathered("sums", tuple(exercises), students, **({"persons": names} | more))


@dataclass
class HandedIn:
    """What a student of the real class handed in. errors: {grade_id: (name, message)} of the cells that are not right.

    proof: points by the grader of the derivation, None where it waits, "blank" where it was left as it was.
    """

    student: str
    errors: dict = field(default_factory=dict)
    proof: float | None | str = None
    status: str = GRADED
    reason: str = ""
    suspicious: tuple = ()
    incidents: tuple = ()
    timestamp: datetime.datetime | None = None
    seconds: dict = field(default_factory=dict)
    notebooks: tuple = ("sums",)


def cells(name):
    """The notebook's cells; the second notebook of an assignment has the same, under other headings."""
    first = "1" if name == "sums" else "2"
    return [
        new_markdown_cell(f"# A chapter\n\n## Sums\n\n### Exercise {first}.1 · adding · 3 points · ●○○ · 5 min"),
        marked("add", "code", solution=True), marked("add-values", "code", 2), marked("add-type", "code", 1),
        new_markdown_cell(f"### Exercise {first}.2 · a proof · 2 points · ●●○ · 10 min"),
        marked("proof", "markdown", 2, solution=True),
        new_markdown_cell("## Without exercises"),
        marked("loose", "code", solution=True), marked("loose-values", "code", 1),
    ]


def marked(name, cell_type, points=None, solution=False):
    marks = {"grade_id": name, "grade": points is not None, "solution": solution, "locked": not solution, "task": False,
             "schema_version": 3, "cell_type": cell_type}
    if points is not None:
        marks["points"] = points
    make = new_code_cell if cell_type == "code" else new_markdown_cell
    return make("", metadata={"nbgrader": marks})


def make_course(root, notebooks=("sums",), due=DUE):
    """A course at `root` with the assignment `sums` in its gradebook."""
    (root / "source" / "sums").mkdir(parents=True)
    shutil.copy(Path(__file__).parent.parent.parent / "nbgrader_config.py", root)
    with gradebook.opened(root) as book:
        book.add_assignment("sums", duedate=due)
        for name in notebooks:
            nbformat.write(new_notebook(cells=cells(name)), root / "source" / "sums" / f"{name}.ipynb")
            book.add_notebook(name, "sums")
            for cell in ("add-values", "add-type", "loose-values"):
                book.add_grade_cell(cell, name, "sums", max_score=POINTS[cell], cell_type="code")
            for cell in ("add", "loose", "proof"):
                book.add_solution_cell(cell, name, "sums")
            book.add_grade_cell("proof", name, "sums", max_score=2.0, cell_type="markdown")
    return root


def hand_in(root, *class_):
    """Writes what grading these would have left: gradebook, autograded notebooks, records."""
    with gradebook.opened(root) as book:
        Writer(book, "sums", None).write([result_of(one) for one in class_])
        for one in class_:
            if isinstance(one.proof, (int, float)):
                for name in one.notebooks:
                    grade = book.find_grade("proof", name, "sums", one.student)
                    grade.manual_score, grade.needs_manual_grade = one.proof, False
        book.db.commit()
    records = Records(root, "sums")
    for one in class_:
        (root / "submitted" / one.student / "sums").mkdir(parents=True, exist_ok=True)
        records.put(Record(one.student, one.status, one.reason, "", 0, "", one.suspicious, one.incidents, one.seconds))
        if one.status != FAILED:
            write_autograded(root, one)
    return root


def result_of(one):
    """The Result that grading would have merged."""
    proof = (0.0, False) if one.proof == "blank" else (None, True)
    grades = tuple(NotebookGrades(name, {cell: proof if cell == "proof" else (0.0 if cell in one.errors else points, False)
                                         for cell, points in POINTS.items()}, {}) for name in one.notebooks)
    return Result(one.student, one.status, one.reason, () if one.status == FAILED else grades, {}, one.incidents, one.suspicious,
                  one.seconds, timestamp=one.timestamp)


def write_autograded(root, one):
    folder = root / "autograded" / one.student / "sums"
    folder.mkdir(parents=True, exist_ok=True)
    for name in one.notebooks:
        notebook = new_notebook(cells=cells(name))
        for cell in notebook.cells:
            error = one.errors.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if error:
                cell.outputs = [new_output("error", ename=error[0], evalue=error[1], traceback=[])]
        nbformat.write(notebook, folder / f"{name}.ipynb")


UNTOUCHED = {cell: ("NotAttempted", f"`{cell}` is not written yet") for cell in POINTS if cell != "proof"}
