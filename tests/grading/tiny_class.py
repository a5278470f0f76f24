"""The class that hands in the tiny chapter: every way of being right, wrong, broken or hostile that grading must take."""

import copy
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.grading import gradebook
from course.grading.answers import with_answers
from course.grading.build import build
from course.grading.grade import grade

HERE = Path(__file__).parent
DOUBLE = "def double(number):\n    return number + number"
AREA = "def area(radius):\n    return math.pi * radius * radius"
RIGHT = {"double": DOUBLE, "area": AREA}
NOISY = '''
import logging
import sys
import warnings

import matplotlib.pyplot as plt
from tqdm import tqdm

def double(number):
    print("working")
    print("to stderr", file=sys.stderr)
    warnings.warn("careful")
    logging.warning("logged")
    for _ in tqdm(range(3)):
        pass
    plt.plot([1, 2])
    plt.show()
    return 2 * number
'''
STUBBORN = '''
def double(number):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
'''
SPY = '''
def double(number):
    print(In[-1])
    return 4
'''
ANSWERS = {
    "right": RIGHT,
    "noisy": RIGHT | {"double": NOISY},
    "untouched": {},
    "half": {"area": AREA},
    "mistaken": RIGHT | {"area": "def area(radius):\n    return 2 * math.pi * radius - 3.14159 * (radius == 1)"},
    "raises": RIGHT | {"double": "raise RuntimeError('stops here')"},
    "exits": RIGHT | {"double": "import os\ndef double(number):\n    os._exit(1)"},
    "quits": RIGHT | {"double": DOUBLE + "\nexit()"},
    "loops": RIGHT | {"double": "def double(number):\n    while True: pass"},
    "stubborn": RIGHT | {"double": STUBBORN},
    "spy": RIGHT | {"double": SPY},
    "brack[et] s": RIGHT,
}
FILES = {
    "pdf": ("tiny.ipynb", b"%PDF-1.4\nnot a notebook"),
    "corrupt": ("tiny.ipynb", b'{"cells": ['),
    "misnamed": ("tiny (1).ipynb", b"{}"),
    "cell-less": ("tiny.ipynb", b'{"nbformat": 4}'),
}


def make_course(root):
    """A course folder at `root` with the tiny chapter in it, built from its text."""
    (root / "source" / "tiny").mkdir(parents=True)
    shutil.copy(HERE / "tiny_chapter.py", root / "source" / "tiny" / "tiny.py")
    shutil.copy(HERE.parent.parent / "nbgrader_config.py", root)
    build(root)
    return root


@dataclass(frozen=True)
class GradedClass:
    """The course's root, and what came of grading it: results and points by student."""

    root: Path
    results: dict
    points: dict

    @classmethod
    def of(cls, root):
        results = {one.student: one for one in grade(root, "tiny", timeout=3)}
        return cls(root, results, points_of(root))


def points_of(root):
    return {student: points for student, (points, _) in gradebook.scores(root, "tiny").items()}


def released(root):
    return nbformat.read(root / "release" / "tiny" / "tiny.ipynb", as_version=4)


def submit(root, student, notebook):
    """Hands in `notebook` (a notebook, or {exercise: source}) for `student`."""
    if isinstance(notebook, dict) and "cells" not in notebook:
        notebook = with_answers(released(root), notebook)
    folder = root / "submitted" / student / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / "tiny.ipynb")


def hand_in(root):
    """Hands in for the whole class."""
    for student, sources in ANSWERS.items():
        submit(root, student, sources)
    for student, (name, content) in FILES.items():
        folder = root / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
    right = with_answers(released(root), RIGHT)
    submit(root, "unmarked", without_metadata(right))
    submit(root, "deleted", without_cells(right, "double-values", "area", "area-values"))
    submit(root, "tampered", tampered(right))
    submit(root, "skipped", skipped(with_answers(right, {"double": "def double(number):\n    return None"})))


def without_metadata(notebook):
    """As a notebook service returns it that keeps no nbgrader metadata."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        cell.metadata.pop("nbgrader", None)
    return changed


def without_cells(notebook, *grade_ids):
    changed = copy.deepcopy(notebook)
    changed.cells = [cell for cell in changed.cells if marks(cell).get("grade_id") not in grade_ids]
    return changed


def tampered(notebook):
    """Every flag turned, every test emptied, a cell twice, a foreign cell, an old schema; the answers are right."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if marks(cell).get("grade"):
            cell.source = ""
            cell.metadata["nbgrader"].update(solution=True, points=100)
        elif marks(cell):
            cell.metadata["nbgrader"].update(schema_version=1, locked=True)
    twice = copy.deepcopy(next(cell for cell in changed.cells if marks(cell).get("grade_id") == "double"))
    foreign = copy.deepcopy(twice)
    twice.id, foreign.id = "twice", "foreign"
    foreign.metadata["nbgrader"]["grade_id"] = "of-another-course"
    changed.cells += [twice, foreign]
    return changed


def skipped(notebook):
    """Every graded cell tagged to be skipped, which leaves it without outputs."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if marks(cell).get("grade"):
            cell.metadata["tags"] = ["skip-execution"]
    return changed


def marks(cell):
    return cell.metadata.get("nbgrader", {})
