"""The situations in which the commands of the documentation run: small courses whose assignment has the name in the pages."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat

from course.grading.answers import read_answers, with_answers
from course.grading.assessment import write_page
from course.grading.build import build, generate
from course.grading.grade import grade
from course.grading.new_chapter import EXAMPLE, new_chapter

ROOT = Path(__file__).parent.parent
VENV = Path(sys.prefix)
ASSIGNMENT, EXERCISE = "linear_model", "compute-loss"  # what the pages name
NUMBERS = {"# 1 ·": "# 4 ·", "Exercise 1.1 ·": "Exercise 4.4 ·", "Exercise 1.2 ·": "Exercise 4.5 ·"}
AT_THE_ROOT = ("nbgrader_config.py", "Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml", "README.md")
WORDS = {"weights-mislead": "One very large class hides the small ones: the mean then says nothing about them."}
FAST = 10  # seconds that a cell may run


def clone(folder):
    """The repository as it is after `make setup-tests`, with one small chapter: the one that `course new` makes."""
    folder.mkdir(parents=True)
    for name in AT_THE_ROOT:
        shutil.copy(ROOT / name, folder)
    for name in ("submitted", "autograded", "feedback"):
        (folder / name).mkdir()
    environment_of(folder)
    new_chapter(folder, ASSIGNMENT, by_hand=True)
    answers = folder / "tests" / "answers" / ASSIGNMENT
    (answers / f"{EXAMPLE}.py").rename(answers / f"{EXERCISE}.py")
    for path in (answers / f"{EXERCISE}.py", *(folder / "source" / ASSIGNMENT).glob("*")):
        text = path.read_text(encoding="utf-8")
        for old, new in {EXAMPLE: EXERCISE, **NUMBERS}.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    build(folder)
    write_page(folder)


def environment_of(folder):
    """A .venv that is this one, and that `make` takes for ready."""
    (folder / ".venv").mkdir()
    for path in VENV.iterdir():
        if not path.name.startswith(("ready-", "testable-")):
            (folder / ".venv" / path.name).symlink_to(path)
    said = subprocess.run(["make", "--dry-run", "setup-tests"], cwd=folder, capture_output=True, text=True, check=True).stdout
    for rest in said.split("touch ")[1:]:
        (folder / rest.split()[0]).touch()


def handed_in(folder):
    """A clone with the assignment released and four submissions: right, wrong, untouched, and one that raises."""
    clone(folder)
    generate(folder, ASSIGNMENT)
    work = {"amara": answer(folder, "right") | WORDS, "benoit": answer(folder, "wrong"), "chiara": {},
            "dario": {EXERCISE: 'raise RuntimeError("stops here")'}}
    for student, sources in work.items():
        write_work(folder, folder / "submitted" / student, sources)


def answer(folder, kind):
    """{exercise: the first answer of this kind}."""
    answers = read_answers(folder / "tests" / "answers" / ASSIGNMENT / f"{EXERCISE}.py")
    return {EXERCISE: next(one.source for one in answers if one.kind == kind)}


def write_work(folder, below, sources):
    """Writes the released notebook with these answers to <below>/<assignment>/."""
    released = nbformat.read(folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    path = below / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(with_answers(released, sources), path)


def learner(folder):
    """A clone with a learner's own copy in it, right so far."""
    clone(folder)
    write_work(folder, folder / "work", answer(folder, "right") | WORDS)


def graded(folder):
    """That class, graded."""
    handed_in(folder)
    results = grade(folder, ASSIGNMENT, timeout=FAST, jobs=2)
    assert [one.student for one in results if one.status == "not graded"] == []


def downloaded(folder):
    """A clone with the assignment released, and what was downloaded from Moodle and Canvas, a zip and a CSV each."""
    clone(folder)
    generate(folder, ASSIGNMENT)
    notebook = (folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "submissions.zip", "w") as archive:
        archive.writestr(f"Amara Obi_11_assignsubmission_file/{ASSIGNMENT}.ipynb", notebook)
        archive.writestr(f"Benoît d'Arc_12_assignsubmission_file/{ASSIGNMENT} (1).ipynb", notebook)
    with zipfile.ZipFile(folder / "from_canvas.zip", "w") as archive:
        archive.writestr(f"ruizchiara_21_901_{ASSIGNMENT}-1.ipynb", notebook)
    (folder / "gradebook.csv").write_text("Student,ID,SIS User ID,SIS Login ID,Section\n\"Ruiz, Chiara\",21,S1,chiara,One\n")
    worksheet(folder)


def worksheet(folder):
    """Moodle's grading worksheet of the class."""
    rows = ["Identifier,Full name,Username,Email address,Grade,Last modified (submission),Feedback comments"]
    rows += ["Participant 11,Amara Obi,amara,amara@uni.example,,\"Tuesday, 24 November 2026, 3:05 PM\",",
             "Participant 12,Benoît d'Arc,benoit,benoit@uni.example,,-,", "Participant 13,Chiara Ruiz,chiara,chiara@uni.example,,-,",
             "Participant 14,Dario Weiss,dario,dario@uni.example,,-,"]
    (folder / "worksheet.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def listed(folder):
    """A clone with the assignment released, and a list of the class."""
    clone(folder)
    generate(folder, ASSIGNMENT)
    (folder / "class.csv").write_text("id,first_name,last_name,email\namara,Amara,Obi,amara@uni.example\n")


def graded_download(folder):
    """The graded class, and Moodle's worksheet of it."""
    graded(folder)
    worksheet(folder)


PLACES = {"a clone": clone, "a learner": learner, "a class": handed_in, "a graded class": graded, "a download": downloaded,
          "a download, graded": graded_download, "a class list": listed}


def environment(folder, home):
    """Variables for a command in `folder`: the course's own programs first, and no settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COURSE_", "PYTEST_", "JUPYTER_"))}
    return kept | {"HOME": str(home), "PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
                   "OMP_NUM_THREADS": "1", "MAKEFLAGS": ""}
