"""Feedback pages: a page for everyone graded, and no hidden test in any, wherever it might have come from."""

import html
import re
import shutil

import pytest
import tiny_class
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.check import mistakes
from course.grading.course_root import CourseError
from course.grading.feedback.write import write_feedback
from course.grading.grade import grade
from course.grading.preprocessors import HideTests, TellVerdicts
from course.grading.records import GRADED

pytestmark = pytest.mark.usefixtures("warm_engine")
HIDDEN = "assert double(21) == 42"


@pytest.fixture(scope="module")
def pages(graded):
    """{student: text of the feedback page} of the graded class."""
    written = write_feedback(graded.root, "tiny")
    assert written.failed == {}
    return {path.parent.parent.name: as_text(path.read_text(encoding="utf-8")) for path in written.pages}


def as_text(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_everyone_graded_has_a_page(graded, pages):
    assert set(pages) == {name for name, result in graded.results.items() if result.status == GRADED}


def test_no_page_shows_a_hidden_test(graded, pages):
    # The autograded notebooks do hold it: were it not there, its absence from the pages would say nothing.
    spied = (graded.root / "autograded" / "spy" / "tiny" / "tiny.ipynb").read_text()
    assert HIDDEN in spied
    assert [name for name, page in pages.items() if HIDDEN in page or "HIDDEN TESTS" in page] == []


def test_what_is_not_hidden_is_still_shown(pages):
    assert 'assert double(2) == 4, "double(2) should be 4"' in pages["spy"]
    assert "2 of 2 points" in pages["right"]


def test_an_untouched_answer_is_called_so_and_carries_no_comment(pages):
    assert "Not attempted: the answer is as it was handed out." in pages["untouched"]
    assert "No response." not in pages["untouched"] and "A comment for you" not in pages["untouched"]


def test_no_page_shows_a_solution(pages):
    assert [name for name, page in pages.items() if "master text" in page] == []


def graded_cell(source, *outputs):
    marks = {"grade": True, "grade_id": "a", "locked": True, "points": 1, "schema_version": 3, "solution": False}
    return new_code_cell(source, metadata={"nbgrader": marks}, outputs=list(outputs))


def verdict_on(*outputs, source="assert f(1) == 2"):
    """What TellVerdicts shows for one graded cell under the heading “Where to look”."""
    notebook = new_notebook(cells=[new_markdown_cell("## Where to look"), graded_cell(source, *outputs)])
    cell = TellVerdicts().preprocess(notebook, {})[0].cells[1]
    assert len(cell.outputs) == 1
    return cell.outputs[0].data["text/plain"]


def refused(name, value):
    return new_output("error", ename=name, evalue=value, traceback=[f"{name}: {value}"])


def test_a_passed_cell_shows_nothing_that_its_run_printed():
    assert verdict_on(new_output("stream", name="stdout", text="secret 31337")) == "Passed."


def test_a_named_mistake_is_explained_with_the_section_to_read_again():
    text = verdict_on(refused("Wrong", "f(x) gives secret 31337 · sum-for-mean"))
    mistake = mistakes.find("sum-for-mean")
    assert "31337" not in text and "secret" not in text
    assert mistake.name in text and mistake.hint in text and mistake.read_again in text


@pytest.mark.parametrize("name, said", [
    ("Wrong", "not what the exercise asks for"), ("Raised", "raised an error"), ("NotAttempted", "Not attempted"),
    ("AssertionError", "not what the exercise asks for"), ("ZeroDivisionError", "raised an error"),
    ("TamperedWith", "changed what the checks rest on"), ("BadAnswer", "could not be read"),
    ("KernelDied", "process ended"), ("CellTimeoutError", "time limit"), ("NotRun", "not run to its end"),
])
def test_every_other_lost_point_says_what_happened_and_which_section_to_read(name, said):
    text = verdict_on(refused(name, "secret 31337"))
    assert said in text and "“Where to look”" in text and "31337" not in text


def test_only_a_cell_with_hidden_tests_speaks_of_other_inputs():
    hidden = "### BEGIN HIDDEN TESTS\nassert f(2)\n### END HIDDEN TESTS"
    told = verdict_on(refused("Wrong", "no"), source=hidden)
    assert "a test on other inputs that failed, or your cells were run in another order: try “Restart Kernel and Run All Cells”." in told
    assert "other inputs" not in verdict_on(refused("Wrong", "no"))


def test_hidden_tests_leave_the_instructors_cells_and_not_the_students():
    source = f"visible = 1\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"
    notebook = new_notebook(cells=[graded_cell(source), new_code_cell("### BEGIN HIDDEN TESTS\nmine = 1")])
    graded, own = HideTests().preprocess(notebook, {})[0].cells
    assert graded.source == "visible = 1"
    assert own.source == "### BEGIN HIDDEN TESTS\nmine = 1"


def test_outputs_are_those_that_were_handed_in(generated):
    notebook = tiny_class.released(generated)
    notebook.cells.append(new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="as handed in\n")]))
    tiny_class.submit(generated, "anna", notebook)
    grade(generated, "tiny")
    run = next((generated / "autograded" / "anna").rglob("*.ipynb"))
    assert "as handed in" not in run.read_text()
    write_feedback(generated, "tiny")
    page = (generated / "feedback" / "anna" / "tiny" / "tiny.html").read_text()
    assert "as handed in" in page


def test_a_submission_whose_file_is_gone_has_a_page_without_outputs(generated):
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    grade(generated, "tiny")
    shutil.rmtree(generated / "submitted" / "anna")
    written = write_feedback(generated, "tiny")
    assert len(written.pages) == 1 and written.failed == {}


def test_feedback_before_grading_is_refused(generated):
    tiny_class.submit(generated, "anna", {})
    with pytest.raises(CourseError, match="nothing graded yet: run `course grade tiny`"):
        write_feedback(generated, "tiny")
