"""nbgrader's own commands and the Validate button, on our configuration: same grades, same feedback, same tolerance."""

import pytest
import tiny_class
from stock_command import nbgrader

STUDENTS = ("right", "noisy", "untouched", "exits")


@pytest.fixture(scope="module")
def by_nbgrader(graded, tmp_path_factory):
    """A course of its own where some of the class were graded by nbgrader's command line."""
    root = tiny_class.make_course(tmp_path_factory.mktemp("stock") / "course")
    nbgrader(root, "generate_assignment", "tiny")
    for student in STUDENTS:
        tiny_class.submit(root, student, tiny_class.ANSWERS[student])
    nbgrader(root, "autograde", "tiny")
    return root


def test_nbgrader_autograde_gives_the_points_that_course_grade_gives(graded, by_nbgrader):
    assert tiny_class.points_of(by_nbgrader) == {student: graded.points[student] for student in STUDENTS}


def test_nbgrader_generate_feedback_hides_the_hidden_tests(by_nbgrader):
    nbgrader(by_nbgrader, "generate_feedback", "tiny")
    pages = sorted((by_nbgrader / "feedback").rglob("tiny.html"))
    assert len(pages) == len(STUDENTS)
    assert not any("larger number" in page.read_text() for page in pages if "exits" not in page.parts)


def test_validate_passes_a_right_answer_that_writes_to_stderr(by_nbgrader):
    said = nbgrader(by_nbgrader, "validate", "submitted/noisy/tiny/tiny.ipynb")
    assert "Success! Your notebook passes all the tests." in said


def test_validate_fails_an_untouched_notebook(by_nbgrader):
    said = nbgrader(by_nbgrader, "validate", "submitted/untouched/tiny/tiny.ipynb")
    assert "VALIDATION FAILED ON 4 CELL(S)" in said and "NotImplementedError" in said
