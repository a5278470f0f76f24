"""What a report reads from gradebook, records and autograded notebooks, as graders and late students leave them."""

import datetime
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from report_class import DUE, FAILED, POINTS, UNTOUCHED, HandedIn, cells, hand_in, make_course, marked

from course.check.mistakes import find
from course.grading import gradebook
from course.grading.course_root import CourseError
from course.grading.feedback.summary import short
from course.grading.late.extensions import extend
from course.grading.outcomes import CellOutcome
from course.grading.records import FLAGGED, Record, Records
from course.grading.report.exercises import exercises_of
from course.grading.report.gathering import Mark, StudentReport, gather
from course.grading.report.page import page
from course.grading.report.remark import remark_on

WRONG = ("Wrong", "add gave 4, not 5 · sum-for-mean")
RAISED = ("Raised", "add raised ValueError")


def students(root):
    return {one.name: one for one in gather(root, "sums").students}


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course")


def test_graded_cells_belong_to_the_heading_above_and_outside_of_one_to_their_solution_cell(course):
    hand_in(course, HandedIn("anna"))
    found = gather(course, "sums")
    assert [(one.number, one.name, one.cells, one.by_hand) for one in found.exercises] == [
        ("1.1", "adding", {"add-values": 2.0, "add-type": 1.0}, frozenset()),
        ("1.2", "a proof", {"proof": 2.0}, {"proof"}),
        ("", "loose", {"loose-values": 1.0}, frozenset())]
    assert found.maximum == 6.0


def test_a_challenge_is_called_by_its_heading_as_feedback_pages_call_it():
    notebook = new_notebook(cells=[
        *cells("sums"), new_markdown_cell("## Challenge · a round bowl · 0 points · ●●● · 20 min"), marked("bowl", "code", solution=True),
        marked("bowl-values", "code", 0), new_markdown_cell("## The end"), marked("last-values", "code", 1)])
    source = SimpleNamespace(name="sums", grade_points=POINTS | {"bowl-values": 0.0, "last-values": 1.0}, task_points={},
                             solutions={"proof": ""}, instructors_notebook=lambda: notebook)
    found = {one.label: one for one in exercises_of(source)}
    assert list(found) == ["1.1 adding", "1.2 a proof", "loose", "Challenge · a round bowl", "bowl"]
    bowl = found["Challenge · a round bowl"]
    assert bowl.cells == {"bowl-values": 0.0} and bowl.short == short("Challenge · a round bowl · 0 points · ●●● · 20 min")


def test_an_exercise_is_what_its_first_cell_that_is_not_right_is(course):
    hand_in(course, HandedIn("right", proof=2.0), HandedIn("raised", {"add-type": RAISED, "loose-values": WRONG}, proof=1.0),
            HandedIn("both", {"add-values": WRONG, "add-type": RAISED}, proof=0.0), HandedIn("untouched", UNTOUCHED, "blank"))
    found = students(course)
    assert found["right"].marks == (Mark(3.0, "right"), Mark(2.0, "right"), Mark(1.0, "right"))
    assert found["raised"].marks == (Mark(2.0, "raised"), Mark(1.0, "wrong"), Mark(0.0, "wrong"))
    assert found["both"].marks[:2] == (Mark(0.0, "wrong"), Mark(0.0, "wrong"))
    assert found["untouched"].marks == (Mark(0.0, "not attempted"),) * 3 and found["untouched"].is_untouched
    assert [found[name].points for name in ("right", "raised", "both", "untouched")] == [6.0, 3.0, 1.0, 0.0]


def test_a_derivation_waits_until_a_person_has_graded_it(course):
    hand_in(course, HandedIn("anna"), HandedIn("bert", proof=1.5))
    found = students(course)
    assert found["anna"].marks[1] == Mark(None, "waiting") and found["anna"].waits == 2.0 and found["anna"].points == 4.0
    assert found["bert"].marks[1] == Mark(1.5, "wrong") and found["bert"].waits == 0.0 and found["bert"].points == 5.5


def test_who_lacks_nothing_but_points_by_hand_is_said_to(course):
    blank = {cell: UNTOUCHED[cell] for cell in ("add-values", "add-type", "loose-values")}
    hand_in(course, HandedIn("all"), HandedIn("only-proof", blank), HandedIn("marked", blank, 0.0), HandedIn("wrong", {"add-type": WRONG}),
            HandedIn("nothing", blank, "blank"))
    found = students(course)
    assert found["all"].remark == "2 points to be marked by hand"
    assert found["only-proof"].remark == "3 cells not attempted; 2 points to be marked by hand"
    assert found["marked"].remark == "3 cells not attempted; marked by hand: 0 of 2 points" and found["wrong"].remark == find("sum-for-mean").name
    assert found["nothing"].remark == "not attempted"
    assert [name for name, one in found.items() if one.is_untouched] == ["nothing"]


def test_points_that_a_person_took_are_a_reason_and_the_comment_is_none(course):
    hand_in(course, HandedIn("all", proof=2.0), HandedIn("some", proof=1.25), HandedIn("test", proof=2.0),
            HandedIn("both", {"add-type": WRONG}, proof=1.0))
    with gradebook.opened(course) as book:
        book.find_grade("add-values", "sums", "sums", "test").manual_score = 0.5
        book.find_comment("proof", "sums", "sums", "some").manual_comment = "private words"
        book.db.commit()
    found = {name: one.remark for name, one in students(course).items()}
    mistake = find("sum-for-mean").name
    assert found == {"all": "", "some": "marked by hand: 1.25 of 2 points", "test": "marked by hand: 2.5 of 4 points",
                     "both": f"{mistake}; marked by hand: 1 of 2 points"}
    assert "private" not in page(gather(course, "sums"))


def test_points_given_by_hand_for_a_test_that_fails_are_no_second_reason(course):
    hand_in(course, HandedIn("anna", {"add-values": WRONG}, proof=2.0))
    with gradebook.opened(course) as book:
        book.find_grade("add-values", "sums", "sums", "anna").manual_score = 1.0
        book.db.commit()
    assert students(course)["anna"].remark == find("sum-for-mean").name


def test_what_waits_for_a_person_is_told_before_a_challenge_that_was_not_tried():
    challenge = CellOutcome("bowl", 0.0, "not attempted")
    report = StudentReport("anna", "graded", waits=1.0, marks=(Mark(None, "waiting"),), outcomes={("sums", "bowl"): challenge})
    assert remark_on(report) == "1 point to be marked by hand"
    assert remark_on(replace(report, waits=0.0, marks=(Mark(2.0, "right"), Mark(0.0, "not attempted")))) == (
        "(challenge, no points) 1 cell not attempted")


def test_points_given_by_hand_and_extra_credit_count(course):
    hand_in(course, HandedIn("anna", {"add-values": WRONG}, proof=2.0))
    with gradebook.opened(course) as book:
        book.find_grade("add-values", "sums", "sums", "anna").manual_score = 1.5
        book.find_grade("loose-values", "sums", "sums", "anna").extra_credit = 0.5
        book.db.commit()
    anna = students(course)["anna"]
    assert anna.points == 1.5 + 1.0 + 2.0 + 1.5
    assert anna.marks[0] == Mark(2.5, "wrong")  # what the check said stays said


def test_a_late_penalty_is_told_apart_from_the_points(course):
    hand_in(course, HandedIn("anna", proof=2.0))
    with gradebook.opened(course) as book:
        book.find_submission_notebook("sums", "sums", "anna").late_submission_penalty = 1.5
        book.db.commit()
    anna = students(course)["anna"]
    assert (anna.points, anna.penalty, anna.final) == (6.0, 1.5, 4.5)


def test_how_early_somebody_was_is_counted_from_their_own_due_date(course):
    hours = datetime.timedelta(hours=1)
    hand_in(course, HandedIn("early", timestamp=DUE - 30 * hours), HandedIn("late", timestamp=DUE + 2 * hours),
            HandedIn("extended", timestamp=DUE + 2 * hours), HandedIn("unknown"))
    extend(course, "sums", ["extended"], days=1)
    assert {name: one.early for name, one in students(course).items()} == {
        "early": 30.0, "late": -2.0, "extended": 22.0, "unknown": None}
    assert gather(course, "sums").due_told == "2030-01-08 12:00:00 UTC"


def test_who_only_has_an_extension_has_not_submitted(course):
    hand_in(course, HandedIn("anna"))
    with gradebook.opened(course) as book:
        book.add_student("bert")
    (course / "submitted" / "bert").mkdir()
    with gradebook.opened(course) as book:
        book.add_submission("sums", "bert")
        for notebook in book.find_submission("sums", "bert").notebooks:
            book.db.delete(notebook)
        book.db.commit()
    assert list(students(course)) == ["anna"]


def test_seconds_and_reasons_come_from_the_records(course):
    hand_in(course, HandedIn("anna", status=FLAGGED, reason="two claims", suspicious=("claimed twice",), seconds={"execute": 2.5}),
            HandedIn("pdf", status=FAILED, reason="it is a PDF"))
    found = students(course)
    assert (found["anna"].status, found["anna"].suspicious, found["anna"].grading_seconds) == (FLAGGED, ("claimed twice",), 2.5)
    assert (found["pdf"].status, found["pdf"].points, found["pdf"].remark) == (FAILED, None, f"{FAILED}: it is a PDF")


def test_the_remark_on_a_flagged_submission_tells_a_repeated_reason_once(course):
    lines = tuple(f"{cell}: the checks were tampered with" for cell in ("add-values", "add-type"))
    hand_in(course, HandedIn("anna", status=FLAGGED, reason=f"{lines[0]} (and 1 more)", suspicious=lines))
    anna = students(course)["anna"]
    assert anna.remark == "add-values: the checks were tampered with (and in 1 more cell)" and anna.suspicious == lines


def test_a_record_without_seconds_is_still_read(course):
    hand_in(course, HandedIn("anna", reason="as it was"))
    path = Records(course, "sums")._path("anna")
    told = json.loads(path.read_text())
    assert told.pop("seconds") == {}
    path.write_text(json.dumps(told))
    assert Records(course, "sums").get("anna") == Record("anna", "graded", "as it was", "", 0)
    assert students(course)["anna"].grading_seconds is None


def test_two_notebooks_with_cells_of_the_same_names_are_kept_apart(tmp_path):
    course = make_course(tmp_path / "course", ("sums", "more"))
    hand_in(course, HandedIn("anna", {"add-values": WRONG}, 2.0, notebooks=("sums",)),
            HandedIn("both", proof=2.0, notebooks=("sums", "more")))
    found = gather(course, "sums")
    assert sorted(found.label(one) for one in found.exercises) == [
        "more: 2.1 adding", "more: 2.2 a proof", "more: loose", "sums: 1.1 adding", "sums: 1.2 a proof", "sums: loose"]
    by_name = {one.name: dict(zip([found.label(e) for e in found.exercises], one.marks, strict=True)) for one in found.students}
    assert by_name["both"]["more: 2.1 adding"] == Mark(3.0, "right")
    assert by_name["anna"]["sums: 1.1 adding"] == Mark(1.0, "wrong")
    assert by_name["anna"]["more: 2.1 adding"] == Mark(0.0, "not attempted")


def test_an_autograded_notebook_that_cannot_be_read_is_told_and_stops_nobody(course):
    hand_in(course, HandedIn("anna", proof=2.0), HandedIn("bert", proof=2.0))
    (course / "autograded" / "anna" / "sums" / "sums.ipynb").write_text('{"cells": [')
    found = students(course)
    assert "sums.ipynb cannot be read" in found["anna"].reason and "--students anna --force" in found["anna"].incidents[0]
    assert found["anna"].points == 6.0 and found["bert"].marks[0].outcome == "right"


def test_nobody_who_submitted_is_one_plain_line(course):
    with pytest.raises(CourseError, match="nothing to report: no submissions of sums"):
        gather(course, "sums")


def test_full_names_are_those_of_the_gradebook_where_it_has_them(course):
    hand_in(course, HandedIn("anna"), HandedIn("ben"), HandedIn("cleo"))
    with gradebook.opened(course) as book:
        book.update_or_create_student("anna", first_name="Anna", last_name="Meier", email="am@example.org")
        book.update_or_create_student("ben", last_name="Okafor")
    assert {name: one.full_name for name, one in students(course).items()} == {"anna": "Anna Meier", "ben": "Okafor", "cleo": ""}
