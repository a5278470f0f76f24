"""Grading a class of every kind: what counts, what does not, and that nobody's submission is lost."""

import json

import nbformat
import pytest
import tiny_class
from nbgrader.api import Gradebook

from course.grading.grade import grade
from course.grading.records import FAILED, GRADED, Records


def cells_of(graded, student):
    """{grade_id: auto score} of one student."""
    with Gradebook(f"sqlite:///{graded.root / 'gradebook.db'}") as book:
        notebook = book.find_submission("tiny", student).notebooks[0]
        return {one.name: one.auto_score for one in notebook.grades}


def errors_of(graded, student):
    """{grade_id: text of its errors} in the student's autograded notebook."""
    notebook = nbformat.read(graded.root / "autograded" / student / "tiny" / "tiny.ipynb", as_version=4)
    return {
        tiny_class.marks(cell)["grade_id"]: " ".join(one.evalue for one in cell.outputs if one.output_type == "error")
        for cell in notebook.cells if tiny_class.marks(cell).get("grade")
    }


def test_a_right_answer_gets_full_points(graded):
    assert graded.points["right"] == 6


def test_printing_warning_logging_drawing_and_progress_bars_cost_nothing(graded):
    assert graded.points["noisy"] == 6
    notebook = nbformat.read(graded.root / "autograded" / "noisy" / "tiny" / "tiny.ipynb", as_version=4)
    written = "".join(
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
        if tiny_class.marks(cell).get("grade")
    )
    assert all(word in written for word in ("to stderr", "careful", "logged", "3/3"))


def test_the_value_a_graded_cell_ends_with_is_not_its_score(graded):
    notebook = nbformat.read(graded.root / "autograded" / "right" / "tiny" / "tiny.ipynb", as_version=4)
    cell = next(one for one in notebook.cells if tiny_class.marks(one).get("grade_id") == "double-type")
    assert [one.data["text/plain"] for one in cell.outputs if one.output_type == "execute_result"] == ["0"]
    assert cells_of(graded, "right")["double-type"] == 1


def test_an_untouched_notebook_gets_nothing(graded):
    assert graded.points["untouched"] == 0


def test_half_done_gets_the_points_of_that_half(graded):
    assert cells_of(graded, "half") == {"double-values": 0, "double-type": 0, "area-values": 2, "area-checked": 1}


def test_an_error_in_one_answer_leaves_the_rest_graded(graded):
    assert cells_of(graded, "raises") == {"double-values": 0, "double-type": 0, "area-values": 2, "area-checked": 1}


@pytest.mark.parametrize("student", ["exits", "loops", "stubborn"])
def test_cells_that_kill_or_hang_their_kernel_get_nothing_and_the_others_are_graded(graded, student):
    assert cells_of(graded, student) == {"double-values": 0, "double-type": 0, "area-values": 2, "area-checked": 1}
    assert graded.results[student].status == GRADED
    assert graded.results[student].reason.startswith("double-values: ")


def test_a_cell_that_killed_its_kernel_says_so(graded):
    assert "the Python process died" in errors_of(graded, "exits")["double-values"]


def test_calling_exit_ends_nothing(graded):
    assert graded.points["quits"] == 6


def test_cells_tagged_to_be_skipped_are_run_all_the_same(graded):
    assert cells_of(graded, "skipped")["double-values"] == 0


@pytest.mark.parametrize("student", ["unmarked", "tampered"])
def test_right_answers_count_whatever_was_done_to_the_metadata(graded, student):
    assert graded.points[student] == 6


def test_deleted_graded_cells_are_put_back_and_judged(graded):
    assert cells_of(graded, "deleted") == {"double-values": 2, "double-type": 1, "area-values": 0, "area-checked": 0}


def test_a_students_name_is_never_a_pattern(graded):
    assert graded.points["brack[et] s"] == 6


@pytest.mark.parametrize(
    ("student", "says"),
    [("pdf", "tiny.ipynb is not a notebook but a PDF"), ("corrupt", "tiny.ipynb is not a notebook: "),
     ("misnamed", "no tiny.ipynb in it; found tiny (1).ipynb: rename it if that is the one"), ("cell-less", "tiny.ipynb is JSON, but has no cells")],
)
def test_what_cannot_be_graded_is_recorded_with_its_reason(graded, student, says):
    result = graded.results[student]
    assert result.status == FAILED and result.reason.startswith(says) and "\n" not in result.reason
    with Gradebook(f"sqlite:///{graded.root / 'gradebook.db'}") as book:
        submission = book.find_submission("tiny", student)
        assert submission.score == 0 and submission.needs_manual_grade


def test_everyone_who_handed_in_has_a_result(graded):
    assert set(graded.results) == {path.name for path in (graded.root / "submitted").iterdir()}


def test_the_class_is_graded_on_one_seed_which_is_stored(graded):
    records = Records(graded.root, "tiny")
    seeds = {records.get(student).seed for student in graded.results}
    assert len(seeds) == 1
    notebook = json.loads((graded.root / "autograded" / "right" / "tiny" / "tiny.ipynb").read_text())
    assert notebook["metadata"]["course"]["seed"] in seeds


def test_grading_again_grades_nothing_and_says_the_same(graded):
    times = {path: path.stat().st_mtime_ns for path in (graded.root / "autograded").rglob("*.ipynb")}
    again = {one.student: one for one in grade(graded.root, "tiny")}
    assert not any(one.is_new for one in again.values())
    assert {name: one.reason for name, one in again.items()} == {
        name: one.reason for name, one in graded.results.items()
    }
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert tiny_class.points_of(graded.root) == graded.points
