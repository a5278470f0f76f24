"""A cell that loops or ends Python is said to have done so, to the student and to the instructor, and never called untouched."""

import shutil
from types import SimpleNamespace

import pytest
import stopped_class
import tiny_class
from bs4 import BeautifulSoup
from feedback_help import answer_cell, error, marks_of, page, test_cell, text_of
from nbformat.v4 import new_code_cell, new_markdown_cell
from warm_engine import kept_warm

from course.grading.course_root import CourseError
from course.grading.engine.execution import NotebookRun
from course.grading.engine.task import Allowance
from course.grading.feedback.write import write_feedback
from course.grading.judge.judge import Judged
from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, WRONG, outcome_of, read_outcomes
from course.grading.regrade.keep import put_back
from course.grading.report.gathering import gather
from course.grading.stopped import DEATHS, ENDED, LATE, MEMORY, TIME, WHOLE_TIME, Stop, note, noted, stops_above

LIMIT = f"still running at the time limit of {stopped_class.SECONDS} seconds"
GONE = "ended the Python process that it ran in"
UNTOUCHED = "the answer is as it was handed out"


@pytest.fixture(scope="module")
def stopped(templates, tmp_path_factory):
    """(root, {student: Result}) of the class whose cells are stopped, graded and with feedback pages. Not to be changed."""
    root = shutil.copytree(templates[1], tmp_path_factory.mktemp("stopped") / "course")
    with kept_warm():
        results = stopped_class.graded_class(root)
    if write_feedback(root, "tiny").failed:
        raise CourseError("pages could not be written")
    return root, results


def page_of(stopped, student):
    path = stopped[0] / "feedback" / student / "tiny" / "tiny.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), features="html.parser")


def verdict(soup, grade_id):
    return text_of(soup.find(id=f"cell-{grade_id}").find(class_="verdict"))


def outcomes(stopped, student):
    path = stopped[0] / "autograded" / student / "tiny" / "tiny.ipynb"
    return {one.cell: one for one in read_outcomes(path)}


@pytest.mark.parametrize(("student", "said"), [("endless", LIMIT), ("ended", GONE), ("killed", GONE)])
def test_an_answer_that_loops_or_ends_python_is_not_called_untouched(stopped, student, said):
    soup = page_of(stopped, student)
    assert UNTOUCHED not in text_of(soup)
    assert verdict(soup, "double-values").startswith(f"Your answer was {said}." if said == LIMIT else f"Your answer {said}.")
    own = soup.find(class_="own")
    assert f"This cell {'was ' if said == LIMIT else ''}{said}." in text_of(own.find(class_="stopped"))


@pytest.mark.parametrize("student", ["endless", "ended", "killed"])
def test_such_an_answer_counts_as_raised_in_outcomes_and_report(stopped, student):
    found = outcomes(stopped, student)
    assert (found["double-values"].outcome, found["area-values"].outcome) == (RAISED, RIGHT)
    assert found["double-values"].message in (f"the answer was {LIMIT}", f"the answer {GONE}")
    report = next(one for one in gather(stopped[0], "tiny").students if one.name == student)
    assert [mark.outcome for mark in report.marks] == [RAISED, RIGHT]
    assert report.remark.startswith("double: ") and NOT_ATTEMPTED not in report.remark


@pytest.mark.parametrize(("student", "outcome"), [("right_then_loops", RIGHT), ("wrong_then_loops", WRONG)])
def test_a_function_that_was_defined_before_its_cell_looped_is_judged_and_the_limit_told_at_that_cell(stopped, student, outcome):
    soup = page_of(stopped, student)
    assert outcomes(stopped, student)["double-values"].outcome == outcome
    assert f"This cell was {LIMIT}. It was stopped there" in text_of(soup.find(class_="own").find(class_="stopped"))
    assert (LIMIT in verdict(soup, "double-values")) == (outcome == WRONG)
    assert verdict(soup, "area-values") == "Passed."


@pytest.mark.parametrize(("student", "said"), [("own_loops", f"This cell was {LIMIT}."), ("own_ends", f"This cell {GONE}.")])
def test_a_cell_of_ones_own_that_was_stopped_is_told_although_the_answer_is_right(stopped, student, said):
    soup = page_of(stopped, student)
    box = soup.find(class_="stopped")
    assert text_of(box).startswith(said) and box.find_parent(class_="own") is None
    link = soup.find(class_="stopped-cells").a["href"]
    assert link == f"#{box['id']}" and text_of(soup.find(class_="total")) == "6 of 6 points"
    assert outcomes(stopped, student)["double-values"].outcome == RIGHT


def test_what_a_stopped_cell_should_have_made_may_be_why_another_raises(stopped):
    said = verdict(page_of(stopped, "own_helper"), "double-values")
    assert said.startswith("Your code raised an error.") and "A cell further up was not run to its end" in said


def test_an_untouched_answer_under_a_stopped_cell_is_still_untouched(stopped):
    soup = page_of(stopped, "own_and_stub")
    assert UNTOUCHED in verdict(soup, "double-values") and f"This cell was {LIMIT}." in text_of(soup.find(class_="stopped"))
    assert outcomes(stopped, "own_and_stub")["double-values"].outcome == NOT_ATTEMPTED


def test_a_function_that_never_returns_is_told_with_the_limit_at_its_test(stopped):
    soup = page_of(stopped, "test_loops")
    assert verdict(soup, "double-values").startswith(
        f"Your function, which this test called, was {LIMIT}. Mostly this is a loop that never ends, or one that prints or computes far too much")
    assert soup.find(class_="stopped-cells") is None


def test_a_note_that_was_handed_in_is_nobodys_word(stopped):
    assert "31337" not in page_of(stopped, "forger").text and page_of(stopped, "forger").find(class_="stopped") is None
    assert not any("course" in cell.metadata for cell in stopped_class.autograded(stopped[0], "forger").cells)


def test_the_line_after_grading_names_cell_and_limit(stopped):
    assert stopped[1]["endless"].reason == f"double: still running after {stopped_class.SECONDS} s"
    assert stopped[1]["ended"].reason.startswith("double: the Python process died")


def with_note(cell, stop):
    note(cell, stop)
    return cell


@pytest.mark.parametrize(("stop", "said"), [
    (Stop(TIME, 1.0), "This cell was still running at the time limit of 1 second. It was stopped there"),
    (Stop(TIME, 30.0, lost=True), "time limit of 30 seconds. All that it had done is lost"),
    (Stop(WHOLE_TIME, 600.0), "when the 600 seconds for the whole notebook were over."),
    (Stop(MEMORY, lost=True), "used more memory than it may, and its Python process was ended. All that it had done is lost"),
    (Stop(LATE, 600.0), "was not run: the 600 seconds for the whole notebook were over before it."),
    (Stop(DEATHS), "was not run: too many cells of this notebook had ended their Python process."),
])
def test_every_way_of_being_stopped_is_a_plain_sentence_on_the_page(stop, said):
    soup = page(with_note(answer_cell("f", "f = 1"), stop), test_cell("a", error("NotAttempted", "f is not written yet")))
    assert said in text_of(soup.find(class_="stopped")) and UNTOUCHED not in text_of(soup)
    assert text_of(soup.find(id="cell-a").find(class_="verdict")).startswith("Your answer ")


@pytest.mark.parametrize(("stop", "said", "short"), [
    (Stop(TIME, 30.0, called=True), "Your function, which this test called, was still running at the time limit of 30 seconds.",
     "the function that it called was still running at the time limit of 30 seconds"),
    (Stop(ENDED, lost=True, called=True), "Your function, which this test called, ended the Python process that it ran in.",
     "the function that it called ended the Python process that it ran in"),
    (Stop(TIME, 30.0), "This test was still running at the time limit of 30 seconds.", "CellTimeoutError: still running after 30 s"),
])
def test_a_test_that_was_stopped_is_told_from_the_function_that_it_called(stop, said, short):
    cell = with_note(test_cell("a", error("CellTimeoutError", "still running after 30 s")), stop)
    assert noted(cell) == stop and outcome_of(cell).message == short
    assert text_of(page(answer_cell("f", "f = 1"), cell).find(id="cell-a").find(class_="verdict")).startswith(said)


@pytest.mark.parametrize(("asked", "called"), [(1.9, True), (0.1, False)])
def test_the_function_is_to_blame_where_most_of_the_time_went_into_its_process(asked, called):
    cell = test_cell("a")
    run = NotebookRun(tiny_class.nbformat.v4.new_notebook(cells=[cell]), SimpleNamespace(judged={"a": ""}, inside=()),
                      SimpleNamespace(run=lambda *_: Judged([error("CellTimeoutError", "")], 2.0, asked=asked)), None, Allowance(cell_seconds=2))
    run._judge(cell, SimpleNamespace(student=None, gone=lambda: None))
    assert noted(cell) == Stop(TIME, 2.0, called=called)


def test_only_the_answer_that_a_graded_cell_tests_is_to_blame_for_it():
    first, second = answer_cell("f", "f = 1"), with_note(answer_cell("g", "g = 1"), Stop(ENDED, lost=True))
    above = stops_above([first, test_cell("a"), second, test_cell("b"), answer_cell("h", ""), test_cell("c")])
    assert set(above) == {3, 5}
    assert above[3].answer.how == ENDED and (above[5].answer, above[5].others) == (None, True)


def test_a_stopped_cell_is_called_by_its_name_or_by_the_heading_above_it():
    stop = Stop(TIME, 15.0)
    locked = new_code_cell("show()", metadata=marks_of("show-curve", 0, locked=True))
    heading = new_markdown_cell("### Exercise 4.2 · a loop · 2 points · ●○○ · 5 min\n\nSome words.")
    cells = [new_code_cell("a"), heading, new_code_cell("b"), locked, answer_cell("loop", "c")]
    told = [text_of(one) for one in page(*(with_note(one, stop) if one.cell_type == "code" else one for one in cells),
                                         test_cell("loop-values")).find(class_="stopped-cells").find_all("li")]
    assert [one.split(" :")[0] for one in told] == ["A cell before the first heading", "A cell under “Exercise 4.2 · a loop”",
                                                    "The cell show-curve", "Your answer loop"]
    assert all(one.endswith("time limit of 15 seconds.") for one in told)


def test_many_stopped_cells_are_counted_at_the_top():
    cells = [with_note(new_code_cell(f"x{number}"), Stop(LATE, 600.0)) for number in range(7)]
    found = page(*cells, test_cell("a")).find(class_="stopped-cells").find_all("li")
    assert len(found) == 6 and text_of(found[-1]) == "and 2 more"


@pytest.mark.parametrize("said", ["time", {"stopped": []}, {"stopped": "anything else"}, {"seconds": 3}, None])
def test_whatever_else_a_file_holds_in_its_place_is_no_note(said):
    assert noted(new_code_cell("", metadata={"course": said})) is None


def test_a_regrade_keeps_the_note_of_a_graded_cell_with_its_outputs():
    before = tiny_class.nbformat.v4.new_notebook(cells=[with_note(test_cell("a", error("CellTimeoutError", "")), Stop(TIME, 30.0))])
    now = tiny_class.nbformat.v4.new_notebook(cells=[with_note(test_cell("a"), Stop(ENDED, lost=True))])
    put_back(now, before, judged={})
    assert noted(now.cells[0]) == Stop(TIME, 30.0) and now.cells[0].outputs == before.cells[0].outputs
