"""Grades a class of the corpus once: a course folder with planted marks, and what became of everyone in it."""

import contextlib
import html
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course.grading.build import build, generate
from course.grading.feedback.write import write_feedback
from course.grading.grade import grade
from course.grading.records import FLAGGED
from course.grading.workers import available

from .submissions import ASSIGNMENT, NOTEBOOK, RIGHT, Files, as_file, with_sources

HERE = Path(__file__).parent
CONFIG = HERE.parent.parent / "nbgrader_config.py"
# Right submissions, graded before, among and after the others.
NEIGHBOURS = ("a-neighbour", "m-neighbour", "z-neighbour")
SEED = 20
TIMEOUT = 5
# Texts that lie where a submission must not look: in hidden tests, the solution, gradebook, others' work, home, environment.
PLANTED = "planted-in-the-"
MARK_OF_NEIGHBOURS = f"{PLANTED}work-of-a-neighbour"
MARK_OF_GRADEBOOK = f"{PLANTED}gradebook"
MARK_OF_HOME = f"{PLANTED}home-folder"
MARK_OF_ENVIRONMENT = f"{PLANTED}environment"
# Numbers that only hidden tests call answers with.
HIDDEN_INPUTS = ("48611", "48612", "48614")


def make_course(root):
    """A course at `root` with the corpus's assignment, generated, and a student in its gradebook called by a mark."""
    (root / "source" / ASSIGNMENT).mkdir(parents=True)
    shutil.copy(HERE / "assignment.py", root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.py")
    shutil.copy(CONFIG, root)
    build(root)
    generate(root, ASSIGNMENT)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "pytorch") as book:
        book.update_or_create_student("somebody-else", last_name=MARK_OF_GRADEBOOK)
    return root


def released(root):
    return nbformat.read(root / "release" / ASSIGNMENT / NOTEBOOK, as_version=4)


def neighbour(notebook):
    """The Files of a right submission whose first cell carries the mark of neighbours, as a file beside it does, many times."""
    book = with_sources(notebook, RIGHT)
    book.cells[0].source += f"\n\n{MARK_OF_NEIGHBOURS}"
    return Files({NOTEBOOK: as_file(book), "data/rows.csv": f"{MARK_OF_NEIGHBOURS},1\n".encode() * 5000})


def hand_in(root, student, files):
    """Writes the Files into the student's folder."""
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    for path, content in files.content.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@dataclass(frozen=True)
class GradedClass:
    """What became of a class. root: of its course. results: by student. points: {student: {grade_id: points}}.

    for_a_person: students whose submission is marked to be looked at. home: the home folder that grading ran with.
    handed_in: by student, the files that were handed in.
    """

    root: Path
    home: Path
    handed_in: dict
    results: dict
    points: dict
    for_a_person: frozenset

    @classmethod
    def of(cls, folder, items, *, timeout=TIMEOUT, jobs=None, feedback=()):
        """Grades the Items (and the neighbours among them) in a course made below `folder`.

        timeout: seconds a cell may run. feedback: students whose pages are written.
        """
        root, home = make_course(folder / "course"), folder / "home"
        home.mkdir()
        (home / "notes.txt").write_text(MARK_OF_HOME)
        notebook = released(root)
        handed_in = {one.name: one.files(notebook) for one in items} | dict.fromkeys(NEIGHBOURS, neighbour(notebook))
        for student, files in handed_in.items():
            hand_in(root, student, files)
        # What grading itself keeps in a home folder goes elsewhere: nothing at all may be written there.
        elsewhere = {"MPLCONFIGDIR": str(folder / "matplotlib"), "XDG_CACHE_HOME": str(folder / "cache")}
        with variables(HOME=str(home), COURSE_OF_THE_CORPUS=MARK_OF_ENVIRONMENT, **elsewhere):
            results = grade(root, ASSIGNMENT, timeout=timeout, seed=SEED, jobs=jobs or available())
            if feedback:
                write_feedback(root, ASSIGNMENT, students=feedback)
        return cls(root, home, handed_in, {one.student: one for one in results}, *read_gradebook(root))

    def autograded(self, student):
        """The student's graded notebook."""
        return nbformat.read(self.root / "autograded" / student / ASSIGNMENT / NOTEBOOK, as_version=4)

    def said(self, student, cells):
        """The reason of the student's result and the errors of those cells, in one text."""
        errors = [
            f"{output.ename}: {output.evalue}" for cell in self.autograded(student).cells
            if cell.metadata.get("nbgrader", {}).get("grade_id") in cells
            for output in cell.get("outputs", []) if output.output_type == "error"
        ]
        return "\n".join([self.results[student].reason, *errors])

    def feedback(self, student):
        """The text of everything in the student's feedback folder, as it is and with the HTML's escapes undone."""
        text = "".join(
            path.name + path.read_bytes().decode("utf-8", "replace")
            for path in sorted((self.root / "feedback" / student).rglob("*")) if path.is_file()
        )
        return text + html.unescape(text)

    def outputs(self, student):
        """All text that the run left in the graded notebook, and what lies beside it."""
        beside = [
            path.name + path.read_bytes().decode("utf-8", "replace")
            for path in sorted((self.root / "autograded" / student).rglob("*"))
            if path.is_file() and path.name != NOTEBOOK
        ]
        return outputs_text(self.autograded(student)) + "".join(beside)

    def changed_submissions(self):
        """Students whose files are not as they were handed in."""
        submitted = self.root / "submitted"
        return [name for name, one in self.handed_in.items() if everything_below(submitted / name / ASSIGNMENT) != one.content]

    def suspicions(self, student):
        """What grading noticed about the submission that looks like an attempt to deceive it."""
        result = self.results[student]
        return [result.reason] if result.status == FLAGGED else []


def outputs_text(notebook):
    """All text that running left in a graded notebook, but for the tracebacks of judged cells, which quote their tests."""
    kept = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            is_judges = output.output_type == "error" and cell.metadata.get("nbgrader", {}).get("grade")
            kept.append((output.ename, output.evalue) if is_judges else output)
    return repr(kept) + repr(notebook.metadata)


def read_gradebook(root):
    """({student: {grade_id: points}}, students whose submission is marked for a person)."""
    points, marked = {}, set()
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "pytorch") as book:
        for submission in book.assignment_submissions(ASSIGNMENT):
            notebook = submission.notebooks[0]
            points[submission.student.id] = {one.name: one.score for one in notebook.grades}
            if submission.needs_manual_grade:
                marked.add(submission.student.id)
    return points, frozenset(marked)


@contextlib.contextmanager
def variables(**values):
    """Environment variables for as long as the block runs."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def marks_in(text):
    """The planted marks in a text, also where it was turned round."""
    return sorted({*re.findall(rf"{PLANTED}[a-z-]+", text), *re.findall(rf"[a-z-]+{PLANTED[::-1]}", text)})


def comparable(notebook):
    """What must be the same however a notebook was graded: its cells' texts and outputs."""
    return [(cell.cell_type, cell.source, cell.get("outputs")) for cell in notebook.cells]


def everything_below(folder):
    """{path: bytes} of the files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
