"""Of a submission whose timestamp.txt alone is new nothing is run again; the time, and what being late costs, count at once."""

import shutil

import pytest
import regrade_class
import tiny_class
from regrade_class import by_hand, course_like_template, engine_in_process, mend, scores  # noqa: F401 - two are fixtures

from course.cli import main
from course.grading import gradebook
from course.grading.feedback.write import write_feedback
from course.grading.grade import grade
from course.grading.records import Records
from course.grading.regrade.run import regrade
from course.grading.regrade.table import told

IN_TIME, LATE = "2030-01-01 11:00:00 UTC", "2030-01-01 13:00:00 UTC"
HIDDEN, TOO_STRICT = "assert double(21) == 42", "assert double(21) == 43"


@pytest.fixture(scope="module")
def template(templates, tmp_path_factory):
    """A graded class of two with a due date, where a late day costs a tenth; anna handed in in time, bert never said when."""
    root = shutil.copytree(templates[1], tmp_path_factory.mktemp("new-time") / "course")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateDays.percent_a_day = 10\n")
    with gradebook.opened(root) as book:
        book.update_or_create_assignment("tiny", duedate="2030-01-01 12:00:00 UTC")
    for student in ("anna", "bert"):
        tiny_class.submit(root, student, tiny_class.RIGHT)
    stamp(root, "anna", IN_TIME)
    return regrade_class.graded_here(root, "tiny")


def stamp(root, student, text):
    (root / "submitted" / student / "tiny" / "timestamp.txt").write_text(text)


def handed_in(root, student):
    with gradebook.opened(root) as book:
        return str(book.find_submission("tiny", student).timestamp)


def points(root):
    """{student: points after the late penalty}."""
    with gradebook.opened(root) as book:
        return {one.student.id: one.score - sum(each.late_submission_penalty or 0 for each in one.notebooks)
                for one in book.assignment_submissions("tiny")}


def graded_notebook(root, student):
    return (root / "autograded" / student / "tiny" / "tiny.ipynb").read_bytes()


@pytest.mark.parametrize("student", ["anna", "bert"])
@pytest.mark.parametrize("again", [grade, regrade])
def test_a_new_timestamp_alone_runs_nothing_and_counts(course, engine, student, again):
    before = graded_notebook(course, student)
    stamp(course, student, LATE)
    again(course, "tiny")
    assert engine.ran == [] and graded_notebook(course, student) == before
    assert handed_in(course, student) == "2030-01-01 13:00:00"
    assert points(course)[student] == pytest.approx(5.4)
    stamp(course, student, IN_TIME)
    again(course, "tiny")
    assert engine.ran == [] and points(course) == {"anna": 6, "bert": 6}


def test_it_is_said_and_the_next_run_has_nothing_to_do(course, engine, capsys):
    stamp(course, "anna", LATE)
    assert main(["--root", str(course), "grade", "tiny"]) == 0
    assert capsys.readouterr().out == (
        "graded 0, unchanged 2, not graded 0; of 1 of the unchanged only timestamp.txt was new, which counts now\n")
    assert main(["--root", str(course), "grade", "tiny"]) == 0
    assert capsys.readouterr().out == "graded 0, unchanged 2, not graded 0\n"


def test_points_given_by_hand_need_no_second_look(course, engine):
    by_hand(course, "anna", "double-values", 1.0)
    stamp(course, "anna", LATE)
    grade(course, "tiny")
    assert scores(course, "anna")["double-values"] == (2, 1.0, False)


def test_what_was_handed_in_anew_with_it_is_run(course, engine):
    stamp(course, "anna", LATE)
    tiny_class.submit(course, "anna", {"area": tiny_class.AREA})
    assert [one.is_new for one in grade(course, "tiny")] == [True, False] and engine.students == ["anna"]
    assert points(course)["anna"] == pytest.approx(2.7)


def test_a_test_that_was_mended_meanwhile_is_judged_again_and_the_time_counts(course, engine):
    mend(course, HIDDEN, TOO_STRICT)
    stamp(course, "anna", LATE)
    done = regrade(course, "tiny")
    assert engine.students == ["anna", "bert"] and done.totals["anna"] == pytest.approx((6, 3.6))
    mend(course, TOO_STRICT, HIDDEN)
    regrade_class.generate(course, "tiny")
    stamp(course, "bert", LATE)
    assert [one.has_new_time for one in grade(course, "tiny")] == [False, False] and engine.students[2:] == ["anna", "bert"]
    assert points(course) == pytest.approx({"anna": 5.4, "bert": 5.4})


def test_a_graded_copy_that_was_changed_by_hand_is_made_anew(course, engine):
    stamp(course, "anna", LATE)
    copy = course / "autograded" / "anna" / "tiny" / "timestamp.txt"
    copy.chmod(0o644)
    copy.write_text("another")
    grade(course, "tiny")
    assert engine.students == ["anna"] and copy.read_text() == LATE


def test_a_dry_run_tells_it_and_a_regrade_says_why_points_moved(course, engine):
    stamp(course, "anna", LATE)
    said = told(regrade(course, "tiny", dry_run=True)).splitlines()
    assert "changed  anna: timestamp.txt changed" in said and "would take a new time   1: anna" in said
    assert "would run again         0" in said and handed_in(course, "anna") == "2030-01-01 11:00:00"
    [move] = regrade(course, "tiny").moves
    assert (move.student, move.cell, move.before, move.after, move.why) == (
        "anna", "late penalty", 0.0, pytest.approx(-0.6), "timestamp.txt changed")


def test_stopped_before_it_is_in_the_gradebook_the_time_is_taken_by_the_next_run(course, engine, monkeypatch):
    stamp(course, "anna", LATE)
    with monkeypatch.context() as patch:
        patch.setattr("course.grading.engine.merge.Writer.write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            grade(course, "tiny")
    grade(course, "tiny")
    assert engine.ran == [] and handed_in(course, "anna") == "2030-01-01 13:00:00"
    assert Records(course, "tiny").get("anna").seed == Records(course, "tiny").get("bert").seed


def test_the_feedback_folder_gets_the_new_time_by_which_the_exchange_finds_its_place(course, engine):
    write_feedback(course, "tiny")
    beside = course / "feedback" / "anna" / "tiny" / "timestamp.txt"
    assert beside.read_text() == IN_TIME
    stamp(course, "anna", "2030-01-01 11:30:00 UTC")  # in time too: no word of the page is another
    grade(course, "tiny")
    assert write_feedback(course, "tiny").unchanged == ["bert"] and beside.read_text() == "2030-01-01 11:30:00 UTC"


@pytest.mark.parametrize(("text", "said"), [
    ("gestern\nabend", "timestamp.txt  anna: 'gestern abend' is no date and time, and is passed over; write it in UTC, as 2026-12-01"),
    ("", "timestamp.txt  anna: it is empty, and is passed over; write it in UTC, as 2026-12-01 22:59:59 UTC, and grade again\n"),
    ("9" * 400, f"timestamp.txt  anna: '{'9' * 60}…' is no date and time")])
def test_a_timestamp_that_holds_no_date_is_told_in_a_line_and_the_work_is_graded_all_the_same(course, engine, capsys, text, said):
    stamp(course, "anna", text)
    tiny_class.submit(course, "anna", {"area": tiny_class.AREA})
    assert main(["--root", str(course), "grade", "tiny"]) == 0
    told_there = capsys.readouterr()
    assert told_there.err.startswith(said) and told_there.err.count("\n") == 1
    assert told_there.out == "graded 1, unchanged 1, not graded 0\n"
