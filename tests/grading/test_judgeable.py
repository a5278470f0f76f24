"""Generating refuses a graded cell that cannot be judged outside the student's process, and says what to do."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.grading.build import generate
from course.grading.course_root import CourseError

SECOND_DERIVATIVE = "torch.func.grad(lambda x: f(x)[0])(torch.randn(3))"
SOLUTION = "def f(x):\n    ### BEGIN SOLUTION\n    return x * 2\n    ### END SOLUTION"


@pytest.fixture
def write(course):
    """Writes an assignment `one` with this graded cell into a course, and returns the course's folder."""

    def write_one(test, *tags):
        shutil.rmtree(course / "source")
        cells = [new_code_cell("import torch"), marked(SOLUTION, "f", solution=True), marked(test, "f-test", grade=True)]
        cells[-1].metadata["tags"] = list(tags)
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        (course / "source" / "one").mkdir(parents=True)
        notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, course / "source" / "one" / "one.ipynb")
        return course

    return write_one


def marked(source, grade_id, grade=False, solution=False):
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade": grade, "solution": solution, "locked": grade, "grade_id": grade_id,
                                 "schema_version": 3, "task": False, **({"points": 1} if grade else {})}
    return cell


def test_a_cell_that_can_be_judged_is_released_without_a_warning(write):
    course = write("assert f(torch.ones(1)).item() == 2")
    assert generate(course, "one") == []
    assert "BEGIN SOLUTION" not in (course / "release" / "one" / "one.ipynb").read_text()


def test_a_cell_that_cannot_be_judged_is_named_with_what_to_do(write):
    course = write(SECOND_DERIVATIVE)
    with pytest.raises(CourseError, match="^f-test cannot be judged outside the student's process: .*run-inside"):
        generate(course, "one")
    assert not (course / "release" / "one").exists()


def test_its_author_may_have_it_run_inside(write):
    course = write(SECOND_DERIVATIVE, "run-inside")
    assert generate(course, "one") == []


def test_a_cell_that_the_solution_fails_is_warned_of(write):
    course = write("assert f(torch.ones(1)).item() == 3")
    warnings = generate(course, "one")
    assert len(warnings) == 1 and warnings[0].startswith("f-test fails with the solution of this notebook: AssertionError")
    assert (course / "release" / "one" / "one.ipynb").is_file()
