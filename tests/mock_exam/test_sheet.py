"""The score sheet adds up: points of right checks, marks given to derivations, and nothing for what is open."""

import papers
import pytest

from course.check.verdict import NOT_ATTEMPTED, RAISED, RIGHT, WRONG
from course.mock_exam import pages
from course.mock_exam.paper import read_paper
from course.mock_exam.sheet import ALL, ANSWERED, BEGUN, BY_HAND, MARKED, NONE, OPEN, SOME, Run, progress, score

PAPER = read_paper(papers.notebook())
NOTHING = frozenset()
PROOF = frozenset({"proof"})


def states(sheet):
    return [row.state for row in sheet.rows]


def test_an_untouched_exam_is_open_and_earns_nothing():
    sheet = score(PAPER, {})
    assert states(sheet) == [OPEN] * 3
    assert (sheet.earned, sheet.unmarked, sheet.points) == (0, 0, 5)


def test_right_checks_earn_their_points_cell_by_cell():
    runs = {"one-value": Run(RIGHT), "two-value": Run(RIGHT), "three-value": Run(WRONG, "Too small.")}
    sheet = score(PAPER, runs)
    assert [row.earned for row in sheet.rows] == [1, 1, 0]
    assert states(sheet) == [ALL, SOME, OPEN]
    assert [(check.state, check.message) for check in sheet.rows[1].checks] == [(ALL, ""), (NONE, "Too small.")]
    assert sheet.earned == 2


@pytest.mark.parametrize("outcome", [WRONG, RAISED])
def test_a_refused_answer_earns_nothing_and_keeps_its_message(outcome):
    row = score(PAPER, {"one-value": Run(outcome, "Why.")}).rows[0]
    assert (row.earned, row.state, row.checks[0].message) == (0, NONE, "Why.")


def test_a_check_of_an_unwritten_answer_leaves_the_question_open():
    row = score(PAPER, {"one-value": Run(NOT_ATTEMPTED, "Not written yet.")}).rows[0]
    assert (row.state, row.checks[0].state, row.checks[0].message) == (OPEN, OPEN, "")


def test_a_written_derivation_waits_for_its_mark_and_brings_its_advice():
    sheet = score(PAPER, {}, PROOF)
    assert (sheet.rows[2].state, sheet.unmarked, sheet.earned) == (BY_HAND, 2, 0)
    assert "Compare with jacobian" in sheet.rows[2].advice


def test_a_mark_counts_in_the_total():
    sheet = score(PAPER, {"one-value": Run(RIGHT)}, PROOF, {"proof": 1.5})
    assert (sheet.rows[2].state, sheet.unmarked, sheet.earned) == (MARKED, 0, 2.5)


@pytest.mark.parametrize(("given", "counted"), [(7, 2), (-1, 0)])
def test_no_mark_is_more_than_the_cell_is_worth_or_less_than_nothing(given, counted):
    assert score(PAPER, {}, PROOF, {"proof": given}).earned == counted


def test_a_derivation_on_paper_is_marked_like_one_in_its_cell():
    before, after = score(PAPER, {}, NOTHING), score(PAPER, {}, NOTHING, {"proof": 1.5})
    assert (before.rows[2].state, before.unmarked, before.markable) == (OPEN, 0, 2)
    assert (after.rows[2].state, after.earned, after.markable) == (MARKED, 1.5, 0)


def test_of_a_question_with_several_checks_each_one_is_told():
    runs = {"two-value": Run(RIGHT), "three-value": Run(WRONG, "Too small.")}
    for sheet in (pages.score_sheet(score(PAPER, runs), 60), pages.as_text(score(PAPER, runs), 60)):
        assert "Check 1 of 2, 1 point: right." in sheet and "Check 2 of 2, 1 point: not right." in sheet and "Too small." in sheet
    assert "Check 2 of 2, 1 point: open." in pages.as_text(score(PAPER, {"two-value": Run(RIGHT)}), 60)
    assert "Check" not in pages.as_text(score(PAPER, {}), 60)


def test_progress_tells_answered_begun_and_open_whatever_is_right():
    first, second, proof = PAPER.questions
    for outcome in (RIGHT, WRONG, RAISED):
        assert progress(first, {"one-value": Run(outcome)}, NOTHING) == ANSWERED
        assert progress(second, {"three-value": Run(outcome)}, NOTHING) == BEGUN
    assert progress(first, {"one-value": Run(NOT_ATTEMPTED)}, NOTHING) == OPEN
    assert progress(proof, {}, NOTHING) == OPEN and progress(proof, {}, PROOF) == ANSWERED


def test_the_status_line_is_the_same_for_right_and_for_wrong():
    right, wrong = ({"one-value": Run(outcome, "a message")} for outcome in (RIGHT, WRONG))
    assert pages.status(PAPER, right, NOTHING, 1e9) == pages.status(PAPER, wrong, NOTHING, 1e9)
    assert "1 of 3 answered, 0 begun, 2 open." in pages.status(PAPER, right, NOTHING, 1e9)


def test_the_sheet_says_points_messages_and_advice_in_html_and_in_text():
    sheet = score(PAPER, {"one-value": Run(RIGHT), "two-value": Run(WRONG, "1 < 2 & so on")}, PROOF)
    page, text = pages.score_sheet(sheet, 754), pages.as_text(sheet, 754)
    assert "1 of 5 points, and 2 to be marked." in page and "1 of 5 points, and 2 to be marked." in text
    assert "1 &lt; 2 &amp; so on" in page and "1 < 2 & so on" in text
    assert "Time taken: 12 min" in page and "One point each way." in page and "One point each way." in text


def test_advice_on_an_unwritten_derivation_is_not_given_away():
    assert "One point each way" not in pages.score_sheet(score(PAPER, {}), 60)


@pytest.mark.parametrize(("points", "told"), [(0, "0"), (0.5, "½"), (1.5, "1½"), (12, "12"), (0.25, "¼"), (10.75, "10¾"), (0.1, "0.1")])
def test_halves_and_quarters_are_told_as_such(points, told):
    assert pages.number(points) == told


@pytest.mark.parametrize(("seconds", "told"), [(20, "under a minute"), (754, "12 min"), (7200, "2 h 00 min"), (3900, "1 h 05 min")])
def test_time_is_told_in_hours_and_minutes(seconds, told):
    assert pages.duration(seconds) == told


def test_the_clock_counts_down_to_the_deadline_in_the_page_itself():
    clock = pages.countdown(1_700_000_000)
    assert "1700000000000 - Date.now()" in clock and 'title="time left"' in clock
    assert "10 minutes to go" in clock and "5 minutes to go" in clock and "save what you have written" in clock
