"""The table, and how it reads the outcome of a graded cell from what the cell left behind."""

import pytest
import tiny_class
from nbformat.v4 import new_code_cell, new_output
from report_class import exercise, gathered, student

from course.check.mistakes import find
from course.check.verdict import NotAttempted, Raised, Verdict, Wrong
from course.cli import main
from course.grading.outcomes import mostly, outcome_of
from course.grading.report.gathering import gather
from course.grading.report.table import table as table_of


def cell_with(*errors, grade_id="a"):
    outputs = [new_output("error", ename=name, evalue=value, traceback=[]) for name, value in errors]
    marks = {"grade": True, "grade_id": grade_id, "locked": True, "points": 2, "schema_version": 3, "solution": False}
    return new_code_cell("", metadata={"nbgrader": marks}, outputs=outputs)


def unpaid_cell_with(*errors):
    cell = cell_with(*errors, grade_id="challenge")
    cell.metadata["nbgrader"]["points"] = 0
    return cell


def refused(error_class, outcome, message, mistake=None):
    error = error_class(Verdict(outcome, (message,), mistake))
    return outcome_of(cell_with((type(error).__name__, str(error))))


@pytest.fixture(scope="module")
def table(graded):
    """{first column: whole line} of the class's table, and the table itself under ''."""
    text = table_of(gather(graded.root, "tiny"))
    return {line[:11].strip(): line for line in text.splitlines()} | {"": text}


def test_what_the_checks_raise_is_read_back_as_it_was_meant():
    assert refused(NotAttempted, "not attempted", "f still holds its stub").outcome == "not attempted"
    assert refused(Raised, "raised", "f raised a ValueError").outcome == "raised"
    wrong = refused(Wrong, "wrong", "f gave 4 · not 2", "sum-for-mean")
    assert (wrong.outcome, wrong.message, wrong.mistake) == ("wrong", "f gave 4 · not 2", "sum-for-mean")
    assert refused(Wrong, "wrong", "f gave 4 · not 2 either.").mistake is None


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("AssertionError", "wrong"), ("NotImplementedError", "not attempted"), ("ZeroDivisionError", "raised"),
     ("KernelDied", "raised")],
)
def test_the_errors_of_plain_cells_are_read_as_outcomes_too(name, outcome):
    assert outcome_of(cell_with((name, "why · some-words"))).outcome == outcome
    assert outcome_of(cell_with((name, "why · some-words"))).mistake is None


def test_a_cell_without_errors_is_right():
    assert outcome_of(cell_with()).outcome == "right"


def test_the_commonest_named_mistake_is_what_went_wrong_most():
    cells = [cell_with(("Wrong", "a · sum-for-mean")), cell_with(("Wrong", "b · sum-for-mean")),
             cell_with(("Wrong", "c · never-heard-of")), cell_with(("Raised", "d")), cell_with(("Raised", "e")), cell_with()]
    assert mostly([outcome_of(cell) for cell in cells]) == find("sum-for-mean").name
    assert mostly([outcome_of(cells[2])]) == "never-heard-of"


def test_a_challenge_without_points_is_told_only_where_no_points_were_lost_and_as_such():
    lost, right = outcome_of(cell_with(("Raised", "why"))), outcome_of(cell_with())
    challenges = [outcome_of(unpaid_cell_with(("Wrong", "a · sum-for-mean"))) for _ in range(3)]
    assert mostly([right, lost, *challenges]) == "raised: why"
    assert mostly([right, *challenges]) == f"(challenge, no points) {find('sum-for-mean').name}"
    blank = outcome_of(unpaid_cell_with(("NotAttempted", "not written yet")))
    assert mostly([right, blank]) == "(challenge, no points) 1 cell not attempted"
    assert mostly([blank]) == "not attempted"


def test_what_was_attempted_and_is_wrong_comes_before_what_was_not_attempted():
    blank = [outcome_of(cell_with(("NotAttempted", "not written yet"))) for _ in range(5)]
    wrong = [outcome_of(cell_with(("Wrong", f"f gave {n}, not 5"))) for n in (1, 2)]
    assert mostly([*blank, *wrong]) == "2 cells wrong, the first: f gave 1, not 5; 5 cells not attempted"
    assert mostly([*blank, wrong[0]]) == "wrong: f gave 1, not 5; 5 cells not attempted"
    assert mostly([*blank, outcome_of(cell_with())]) == "5 cells not attempted"


def test_an_untouched_notebook_is_shown_as_not_attempted(table):
    assert table["untouched"].split("  ")[-1] == "not attempted"
    assert "0 / 6" in table["untouched"]


def test_a_recognised_mistake_is_shown_by_its_name_and_counted(table):
    assert table["mistaken"].endswith(find("sum-for-mean").name)
    assert f"       1  {find('sum-for-mean').name}" in table[""].splitlines()


def test_a_submission_that_cannot_be_graded_is_in_the_table_with_its_reason(table):
    assert "not graded: tiny.ipynb is not a notebook but a PDF" in table["pdf"]


def test_a_dead_kernel_is_in_the_table(table):
    assert "the Python process died" in table["exits"]


def test_the_columns_are_aligned_and_fit_a_terminal(table):
    lines = table[""].splitlines()
    points = [line[:24] for line in lines[2 : lines.index("")] if not line.startswith(" ")]
    assert all(len(line) == 24 and line[-1] in "6-" for line in points)
    assert max(map(len, lines)) <= 110


def test_a_long_remark_goes_on_under_itself_and_its_end_is_kept():
    remark = "double: the Python process died while this cell was running: ended itself with exit status 3"
    lines = table_of(gathered(student("anna", 1, remark=remark), student("bert", 0, remark="word " * 80))).splitlines()
    assert lines[2].endswith("double: the Python process died while this cell was running: ended")
    assert lines[3] == " " * 22 + "itself with exit status 3" and lines[4].startswith("bert  ")
    assert lines[6].endswith(" …") and lines[7] == ""


def test_what_being_late_cost_and_what_waits_for_a_person_is_in_the_table():
    late = student("anna", 2, None, penalty=0.5, waits=3.0, remark="nothing is returned")
    lines = table_of(gathered(late, exercises=[exercise(points=2.0), exercise("b", "1.2", 3.0)])).splitlines()
    assert lines[2].endswith("1.5 / 5  late, 0.5 taken off; nothing is returned")
    assert lines[5] == "3 points of 1 student wait to be given by hand"


def test_grading_keeps_the_seconds_that_it_took(graded):
    seconds = {one.name: one for one in gather(graded.root, "tiny").students}
    assert set(seconds["right"].seconds) == {"sanitise", "execute", "score", "cpu"}
    assert seconds["loops"].seconds["execute"] > 3 > seconds["loops"].seconds["score"] >= 0  # its cell ran to the limit of 3 s
    assert seconds["pdf"].grading_seconds is None


def test_the_summary_counts_only_what_was_graded(graded, table):
    assert f"{len(graded.results) - 4} of {len(graded.results)} graded, mean " in table[""]


def test_a_submission_not_graded_yet_is_waiting(generated, capsys):
    tiny_class.submit(generated, "anna", {})
    assert main(["--root", str(generated), "report", "tiny"]) == 0
    assert "anna" in (text := capsys.readouterr().out) and "waiting to be graded" in text
