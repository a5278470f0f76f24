"""Feedback pages: a page for everyone graded, and no hidden test in any, wherever it might have come from."""

import html
import re

import pytest
import tiny_class
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course.grading.course_root import CourseError
from course.grading.feedback import write_feedback
from course.grading.preprocessors import HideTests
from course.grading.records import GRADED

HIDDEN = "assert double(21) == 42"


@pytest.fixture(scope="module")
def pages(graded):
    """{student: text of the feedback page} of the graded class."""
    written, failed = write_feedback(graded.root, "tiny")
    assert failed == {}
    return {path.parent.parent.name: as_text(path.read_text(encoding="utf-8")) for path in written}


def as_text(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_everyone_graded_has_a_page(graded, pages):
    assert set(pages) == {name for name, result in graded.results.items() if result.status == GRADED}


def test_no_page_shows_a_hidden_test(graded, pages):
    # The autograded notebooks do hold it: were it not there, its absence from the pages would say nothing.
    spied = (graded.root / "autograded" / "spy" / "tiny" / "tiny.ipynb").read_text()
    assert spied.count(HIDDEN) >= 3
    assert [name for name, page in pages.items() if HIDDEN in page or "HIDDEN TESTS" in page] == []


def test_what_is_not_hidden_is_still_shown(pages):
    assert 'assert double(2) == 4, "double(2) should be 4"' in pages["spy"]
    assert "(hidden test)" in pages["spy"]
    assert "Score: 2.0 / 2.0" in pages["right"]


def test_no_page_shows_a_solution(pages):
    assert [name for name, page in pages.items() if "master text" in page] == []


def test_hidden_lines_are_taken_out_of_coloured_tracebacks_reprs_and_displays():
    source = f"visible = 1\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"
    traceback = f"\x1b[32m      2\x1b[39m ...\n\x1b[32m----> 3\x1b[39m \x1b[38;5;28;01massert\x1b[39;00m{HIDDEN[6:]}\nAssertionError: no"
    outputs = [
        new_output("error", ename="AssertionError", evalue="no", traceback=[traceback]),
        new_output("stream", name="stdout", text=f"{source!r}\nvisible = 1\n"),
        new_output("display_data", data={"text/plain": f"['{HIDDEN}']", "text/html": f"<b>{HIDDEN}</b>"}),
    ]
    marks = {"grade": True, "grade_id": "a", "locked": True, "points": 1, "schema_version": 3, "solution": False}
    notebook = new_notebook(cells=[new_code_cell(source, metadata={"nbgrader": marks}, outputs=outputs)])
    cell = HideTests().preprocess(notebook, {})[0].cells[0]
    assert cell.source == "visible = 1"
    assert cell.outputs[0].traceback == ["\x1b[32m      2\x1b[39m ...\n(hidden test)\nAssertionError: no"]
    assert cell.outputs[1].text == "(hidden test)\nvisible = 1\n"
    assert set(cell.outputs[2].data.values()) == {"(hidden test)"}


def test_feedback_before_grading_is_refused(generated):
    tiny_class.submit(generated, "anna", {})
    with pytest.raises(CourseError, match="nothing graded yet: run `course grade tiny`"):
        write_feedback(generated, "tiny")
