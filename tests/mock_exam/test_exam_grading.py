"""A notebook with a mock exam is graded like any other: nothing in its cells can make a wrong answer look right."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.validator import Validator
from warm_engine import kept_warm

from course.grading import gradebook
from course.grading.answers import with_answers
from course.grading.build import build, generate
from course.grading.course_root import find_root
from course.grading.grade import grade

CHAPTER = Path(__file__).with_name("small_exam.py")
RIGHT = "def double(number):\n    return number + number"
WRONG = "def double(number):\n    return number ** 2 - number"  # 3 gives 6, 21 does not give 42
WRONG_AT_ONCE = "def double(number):\n    return number"
# The most that a notebook's own cells can do about it: they press the button, and nobody has clicked.
PRESSES = "\nexam._start()\nexam._start_button.click()\nassert exam.session.state == 'ready'"


@pytest.fixture(scope="module")
def course_root(tmp_path_factory):
    """A course of this chapter, with four submissions, each of which runs the exam's cells from top to bottom."""
    root = tmp_path_factory.mktemp("exam") / "course"
    (root / "source" / "small_exam").mkdir(parents=True)
    shutil.copy(CHAPTER, root / "source" / "small_exam")
    shutil.copy(find_root(CHAPTER.parent) / "nbgrader_config.py", root)
    build(root)
    generate(root, "small_exam")
    for student, answer in {"right": RIGHT, "wrong": WRONG, "presses": WRONG + PRESSES, "at-once": WRONG_AT_ONCE + PRESSES}.items():
        path = root / "submitted" / student / "small_exam" / "small_exam.ipynb"
        path.parent.mkdir(parents=True)
        released = nbformat.read(root / "release" / "small_exam" / "small_exam.ipynb", as_version=4)
        nbformat.write(with_answers(released, {"double": answer}), path)
    return root


def test_right_is_paid_and_wrong_is_not_whatever_the_cells_press(course_root):
    with kept_warm():
        grade(course_root, "small_exam")
    points = {student: points for student, (points, _) in gradebook.scores(course_root, "small_exam").items()}
    assert points == {"right": 1, "wrong": 0, "presses": 0, "at-once": 0}


@pytest.mark.parametrize(("student", "passes"), [("right", True), ("at-once", False)])
def test_validate_tells_right_from_wrong(course_root, student, passes):
    found = Validator().validate(str(course_root / "submitted" / student / "small_exam" / "small_exam.ipynb"))
    assert ("failed" not in found) == passes, found
