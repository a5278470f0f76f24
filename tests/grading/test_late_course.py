"""Late days in the gradebook: the same by every door and in every order, off unless configured, and moved by extensions."""

import datetime
import shutil

import late_class
import pytest
from late_class import autograde, grade, hand_in, penalties
from nbgrader.apps.api import NbGraderAPI

from course.cli import main
from course.grading import gradebook
from course.grading.course_root import course_directory, load_config


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """amara is three and two days late, benoit one day and in time, chen within the grace, dana has no timestamp."""
    root = late_class.make_course(tmp_path_factory.mktemp("late") / "course")
    for student, first, second in (
        ("amara", "2030-01-04 11:00:00 UTC", "2030-01-10 11:00:00 UTC"), ("benoit", "2030-01-01 12:30:00 UTC", "2030-01-07 10:00:00 UTC"),
        ("chen", "2030-01-01 12:09:00 UTC", "2030-01-08 12:10:00 UTC"), ("dana", None, None),
    ):
        hand_in(root, student, "one", first)
        hand_in(root, student, "another", second)
    return root


@pytest.fixture
def course(template, tmp_path):
    return shutil.copytree(template, tmp_path / "course")


@pytest.fixture(scope="module")
def graded_template(template, tmp_path_factory):
    root = shutil.copytree(template, tmp_path_factory.mktemp("graded-late") / "course")
    grade(root, "one", *STUDENTS)
    grade(root, "another", *STUDENTS)
    return root


@pytest.fixture
def graded(graded_template, tmp_path):
    return shutil.copytree(graded_template, tmp_path / "course")


STUDENTS = ("amara", "benoit", "chen", "dana")
# amara: 3 days, 2 of them free, then 2 days with none left, of 10 points each.
EXPECTED = {("amara", "one"): 1.0, ("amara", "another"): 2.0}


def run(root, capsys, *arguments):
    """(exit code, stdout, stderr) of a command."""
    try:
        code = main(["--root", str(root), *arguments])
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_free_days_come_first_then_per_cent_for_each_day(graded):
    assert penalties(graded) == EXPECTED


@pytest.mark.parametrize("by", [grade, autograde], ids=["course grade", "nbgrader autograde"])
def test_graded_in_the_other_order_the_penalties_are_the_same(course, by):
    by(course, "another", "amara")
    assert penalties(course) == {}  # two free days are enough for that one alone
    by(course, "one", "amara")
    assert penalties(course) == EXPECTED


def test_the_formgraders_button_gives_the_same_penalties(course):
    config = load_config(course)
    api = NbGraderAPI(course_directory(course), config=config)
    for assignment in ("another", "one"):
        for student in STUDENTS:
            assert api.autograde(assignment, student)["success"]
    assert penalties(course) == EXPECTED


@pytest.mark.parametrize("by", [grade, autograde], ids=["course grade", "nbgrader autograde"])
def test_a_resubmission_in_time_gives_its_free_days_back_to_later_assignments(course, by):
    by(course, "one", "amara")
    by(course, "another", "amara")
    hand_in(course, "amara", "one", "2030-01-01 11:00:00 UTC")
    by(course, "one", "amara")
    assert penalties(course) == {}


@pytest.mark.parametrize("by", [grade, autograde], ids=["course grade", "nbgrader autograde"])
def test_without_configuration_nobody_loses_a_point(tmp_path, by):
    root = late_class.make_course(tmp_path / "course", more="")
    hand_in(root, "amara", "one", "2031-01-01 12:00:00 UTC")
    by(root, "one", "amara")
    assert penalties(root) == {}


@pytest.mark.parametrize("by", [grade, autograde], ids=["course grade", "nbgrader autograde"])
def test_nbgraders_own_penalty_method_still_works(tmp_path, by):
    root = late_class.make_course(tmp_path / "course", more="c.LateSubmissionPlugin.penalty_method = 'zero'")
    hand_in(root, "amara", "one", "2030-01-01 12:00:01 UTC")
    by(root, "one", "amara")
    assert penalties(root) == {("amara", "one"): 10.0}


@pytest.mark.parametrize("by", [grade, autograde], ids=["course grade", "nbgrader autograde"])
def test_an_extension_given_before_anything_was_handed_in_counts_when_it_is_graded(course, capsys, by):
    assert run(course, capsys, "extend", "one", "amara", "--days", "3")[0] == 0
    by(course, "one", "amara")
    by(course, "another", "amara")
    assert penalties(course) == {}
    with gradebook.opened(course) as book:
        assert book.find_submission("one", "amara").total_seconds_late == 0


def test_an_extension_moves_points_at_once_also_of_later_assignments_and_tells_whose(graded, capsys):
    code, said, _ = run(graded, capsys, "extend", "one", "amara", "--days", "1")
    assert code == 0 and penalties(graded) == {("amara", "another"): 2.0}
    assert said.splitlines() == [
        "one  amara: due 2030-01-02 12:00:00 UTC", "points moved  1:",
        "  amara  one: 9 → 10 points (late penalty of 1 gone)"]
    said = run(graded, capsys, "extend", "one", "amara", "--until", "2030-01-03T12:00")[1]
    assert "in place of an earlier extension" in said and penalties(graded) == {("amara", "another"): 1.0}
    said = run(graded, capsys, "extend", "one", "amara", "--revoke")[1]
    assert "no extension any more, due 2030-01-01 12:00:00 UTC" in said and penalties(graded) == EXPECTED
    with gradebook.opened(graded) as book:
        assert book.find_submission("one", "amara").extension is None


def test_an_extension_is_stored_as_nbgrader_stores_it(graded, capsys):
    run(graded, capsys, "extend", "one", "benoit", "--days", "1", "--hours", "6")
    with gradebook.opened(graded) as book:
        assert book.find_submission("one", "benoit").extension == datetime.timedelta(days=1, hours=6)
        assert book.find_submission("one", "benoit").total_seconds_late == 0


def test_nobodys_points_moved_is_said_too(graded, capsys):
    assert "nobody's points moved" in run(graded, capsys, "extend", "one", "chen", "--days", "1")[1]


def test_where_nothing_is_handed_in_nothing_is_said_of_points(tmp_path, capsys):
    root = late_class.make_course(tmp_path / "course")
    assert run(root, capsys, "due", "one", "2030-01-02")[1].splitlines()[1:] == []
    hand_in(root, "amara", "another", None)
    for command in (("due", "one", "2030-01-03"), ("extend", "one", "amara", "--days", "1")):
        assert len(run(root, capsys, *command)[1].splitlines()) == 1
    hand_in(root, "amara", "one", None)
    assert run(root, capsys, "due", "one", "2030-01-04")[1].splitlines()[1:] == ["nobody's points moved"]


def test_without_a_late_policy_the_table_says_that_nothing_costs_points_and_where_to_set_it(tmp_path, capsys):
    root = late_class.make_course(tmp_path / "course", more="")
    hand_in(root, "amara", "one", "2030-01-04 11:00:00 UTC")
    grade(root, "one", "amara")
    run(root, capsys, "extend", "one", "amara", "--days", "5")
    said = run(root, capsys, "late", "one", "--all")[1].splitlines()
    assert said[0] == "no late policy is configured, so being late costs no points: set c.LateDays.percent_a_day in nbgrader_config.py"
    assert any(line.split()[0:1] == ["amara"] for line in said)


def test_a_due_date_moves_points_at_once_and_is_stored_in_utc(graded, capsys):
    config = graded / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.NbGraderAPI.timezone = 'Europe/Berlin'\n")
    code, said, _ = run(graded, capsys, "due", "one", "2030-01-10")
    assert code == 0 and penalties(graded) == {}
    assert said.splitlines()[0] == "one  due 2030-01-10 23:59:59 in Europe/Berlin (2030-01-10 22:59:59 UTC)"
    assert "points moved  1:" not in said and "points moved  2:" in said
    with gradebook.opened(graded) as book:
        assert book.find_assignment("one").duedate == datetime.datetime(2030, 1, 10, 22, 59, 59)
    assert run(graded, capsys, "due", "one")[1].split(None, 1)[1] == said.splitlines()[0].split(None, 1)[1] + "\n"


def test_a_due_date_can_be_removed_and_everybody_is_in_time(graded, capsys):
    said = run(graded, capsys, "due", "one", "--remove")[1]
    assert said.splitlines()[0] == "one  no due date" and "amara  one: 9 → 10 points" in said
    assert penalties(graded) == {}  # and the two free days are left for the other one


def test_all_due_dates_are_listed(course, capsys):
    assert run(course, capsys, "due")[1] == "one      due 2030-01-01 12:00:00 UTC\nanother  due 2030-01-08 12:00:00 UTC\n"


@pytest.mark.parametrize(("arguments", "why"), [
    (("extend", "one", "amra", "--days", "1"), "no student 'amra' in the gradebook or in submitted/; is it amara?"),
    (("extend", "one", "xyz", "--days", "1"), "nbgrader db student add xyz"),
    (("extend", "one", "amara"), "say how long: --days N, --hours N or both; or --until DATE; or --revoke"),
    (("extend", "one", "amara", "--days", "1", "--revoke"), "say how long"),
    (("extend", "one", "amara", "--until", "2029-01-01"), "an extension ends after the due date"),
    (("extend", "one", "amara", "--revoke"), "amara has no extension of one, and nobody has"),
    (("extend", "two", "amara", "--days", "1"), "unknown assignment 'two'"),
    (("due", "one", "soon"), "'soon' is no date: write it as 2026-12-01"),
    (("due", "one", "2030-01-01", "--remove"), "give either a date or --remove"),
    (("due", "two"), "unknown assignment 'two'"), (("late", "two"), "unknown assignment 'two'"),
])
def test_what_cannot_be_done_is_told_in_one_line_and_changes_nothing(graded, capsys, arguments, why):
    code, out, error = run(graded, capsys, *arguments)
    assert code == 1 and out == "" and why in error and len(error.splitlines()) == 1
    assert penalties(graded) == EXPECTED


def test_without_a_due_date_nothing_can_be_extended_and_one_that_is_extended_keeps_its_date(course, capsys):
    run(course, capsys, "due", "one", "--remove")
    assert "run `course due one 2026-12-01` first" in run(course, capsys, "extend", "one", "amara", "--days", "1")[2]
    run(course, capsys, "due", "one", "2030-01-01")
    run(course, capsys, "extend", "one", "amara", "--days", "1")
    code, _, error = run(course, capsys, "due", "one", "--remove")
    assert code == 1 and "course extend one amara --revoke" in error


def test_the_table_tells_lateness_extension_free_days_and_penalty(graded, capsys):
    run(graded, capsys, "extend", "another", "chen", "--days", "1")
    said = run(graded, capsys, "late")[1]
    assert said.startswith("2 free late days for each student, 10 minutes of grace, then 10 % of the points a day, at most 50 %\n")
    rows = {tuple(line.split()) for line in said.splitlines()}
    assert ("amara", "2030-01-04", "11:00", "2", "d", "23", "h", "-", "2", "/", "0", "1") in rows
    assert ("amara", "2030-01-10", "11:00", "1", "d", "23", "h", "-", "0", "/", "0", "2") in rows
    assert ("benoit", "2030-01-01", "12:30", "30", "min", "-", "1", "/", "1", "-") in rows
    assert ("chen", "2030-01-08", "12:10", "-", "1", "d", "0", "/", "2", "-") in rows
    assert "3 of 4 late, 1 of them within the grace; 1 in time and not listed (--all lists them)" in said
    assert "dana" not in said and "dana" in run(graded, capsys, "late", "one", "--all")[1]


def test_points_given_by_hand_make_a_penalty_stale_until_it_is_settled(graded, capsys):
    with gradebook.opened(graded) as book:
        book.find_grade("f-test", "one", "one", "amara").manual_score = 5
        book.db.commit()
    assert "not up to date  amara (now 0.5)" in run(graded, capsys, "late", "one")[1]
    said = run(graded, capsys, "late", "--settle")[1]
    assert "points moved  amara  one: 4 → 4.5 points (late penalty 1 → 0.5)" in said and "not up to date" not in said
    assert penalties(graded) == EXPECTED | {("amara", "one"): 0.5}


def test_who_waits_to_be_graded_and_a_timestamp_that_is_misread_are_told(course, capsys):
    hand_in(course, "amara", "one", "2030-01-01 14:00:00 CEST")
    grade(course, "one", "amara", "benoit")
    said = run(course, capsys, "late", "one")[1]
    assert "not graded yet  chen, dana: counted when `course grade one` has read them" in said
    assert "timestamp.txt  amara: '2030-01-01 14:00:00 CEST' is read by nbgrader as UTC: it does not know CEST; write it" in said


def test_a_day_of_25_hours_costs_one_day_by_either_door(tmp_path):
    more = "c.LateDays.percent_a_day = 10\nc.NbGraderAPI.timezone = 'Europe/Berlin'"
    root = late_class.make_course(tmp_path / "course", more=more)
    with gradebook.opened(root) as book:
        book.update_or_create_assignment("one", duedate="2030-10-26 23:59:00 Europe/Berlin")
    for student, by in (("amara", grade), ("benoit", autograde)):
        hand_in(root, student, "one", "2030-10-27 22:30:00 UTC")  # 23:30 on the day on which clocks went back
        by(root, "one", student)
    assert penalties(root) == {("amara", "one"): 1.0, ("benoit", "one"): 1.0}
