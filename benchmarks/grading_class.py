"""Makes the courses that the grading benchmark grades: one assignment, the same submissions for every grader."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat

from course.grading.answers import Answer, read_chapter_answers, with_answers
from course.grading.build import build, generate
from course.grading.demo_class import right_answers, wrong_answers
from course.grading.engine import shared

REPOSITORY = Path(__file__).resolve().parent.parent
ASSIGNMENTS = {
    "points": (REPOSITORY / "benchmarks/assignment/points", REPOSITORY / "benchmarks/assignment/answers/points"),
    "linear_model": (REPOSITORY / "source/linear_model", REPOSITORY / "tests/answers/linear_model"),
}
STOCK_CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "pytorch"\n'
RAISES = 'raise RuntimeError("this notebook stops here")'


def make_course(root: Path, assignment: str, submissions: int, stock: bool = False) -> list[str]:
    """A course folder at `root` with the assignment in its gradebook and so many submissions. Returns the students.

    stock: configured as nbgrader comes.
    """
    source, answers = ASSIGNMENTS[assignment]
    shutil.copytree(source, root / "source" / assignment, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    build(root, [assignment])
    if stock:
        (root / "nbgrader_config.py").write_text(STOCK_CONFIG)
    (root / "source" / assignment / f"{assignment}.py").rename(root / f"{assignment}.txt")
    generate(root, assignment)
    shared.stop()  # its warm engine would take part in what is measured, and stand in a folder that is deleted afterwards
    released = nbformat.read(root / "release" / assignment / f"{assignment}.ipynb", as_version=4)
    students = []
    for number, sources in zip(range(submissions), endless_class(released, read_chapter_answers(answers)), strict=False):
        student = f"student-{number:04d}"
        path = root / "submitted" / student / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(with_answers(released, signed(sources, student)), path)
        students.append(student)
    return students


def endless_class(released, answers: dict[str, list[Answer]]) -> Iterator[dict[str, str]]:
    """{exercise: source} for one student after the other, sixteen kinds over and over.

    Six are right in several styles and two more are noisy, five are wrong, one raises in the middle, one is half done
    and one is untouched.
    """
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in released.cells]
    answers = {exercise: answers[exercise] for exercise in ids if exercise in answers}
    quiet = {name: [one for one in choices if not one.how.startswith("noisy")] for name, choices in answers.items()}
    noisy = {name: [one for one in choices if one.how.startswith("noisy")] or quiet[name]
             for name, choices in answers.items()}
    right = [right_answers(quiet, style) for style in range(6)]
    exercises = list(answers)
    class_of_sixteen = [
        *right, *(right_answers(noisy, style) for style in range(2)), *wrong_answers(quiet, 5),
        right[0] | {exercises[len(exercises) // 2]: RAISES},
        {name: right[1][name] for name in exercises[: len(exercises) // 2]}, {},
    ]
    # An order in which any few in a row are a mixture.
    mixed = [class_of_sixteen[5 * place % 16] for place in range(16)]
    while True:
        yield from mixed


def signed(sources: dict[str, str], student: str) -> dict[str, str]:
    """With the student's name in a comment: no two notebooks are the same."""
    return {exercise: f"{source}\n# {student}" for exercise, source in sources.items()}
