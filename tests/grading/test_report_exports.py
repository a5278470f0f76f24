"""The report as CSV and JSON, and the command that writes it all."""

import csv
import io
import json

import pytest
from report_class import DUE, HandedIn, exercise, gathered, hand_in, make_course, student

from course.cli import main
from course.grading.report.exports import as_csv, as_json, harmless

WRONG = ("Wrong", "add gave 4, not 5 · sum-for-mean")


@pytest.fixture
def course(tmp_path):
    root = make_course(tmp_path / "course")
    return hand_in(root, HandedIn("anna", proof=2.0, timestamp=DUE, seconds={"execute": 1.25}),
                   HandedIn("bert", {"add-values": WRONG}))


def report(course, *arguments):
    return main(["--root", str(course), "report", "sums", *map(str, arguments)])


def test_a_line_of_csv_for_each_student(course):
    report(course, "--csv")
    anna, bert = csv.DictReader(io.StringIO((course / "reports" / "sums.csv").read_text()))
    assert anna | {"remark": ""} == {
        "student": "anna", "status": "graded", "points": "6", "maximum": "6", "before_penalty": "6", "penalty": "0",
        "waiting_points": "0", "1.1 adding": "3", "1.2 a proof": "2", "loose": "1", "grading_seconds": "1.25",
        "submitted": DUE.isoformat(), "hours_before_due": "0", "remark": ""}
    assert (bert["points"], bert["1.2 a proof"], bert["waiting_points"]) == ("2", "", "2")
    assert bert["remark"] == "the sum where the mean was due"


def test_the_json_has_the_numbers_of_the_page(course):
    report(course, "--json")
    told = json.loads((course / "reports" / "sums.json").read_text())
    assert told["class"]["graded"] == 2 and told["class"]["points"]["mean"] == 4 and told["class"]["waits"] == 2
    adding, proof, _ = told["exercises"]
    assert adding["share"] == pytest.approx(4 / 6, abs=1e-4) and adding["outcomes"]["wrong"] == 1
    assert proof["outcomes"]["waiting"] == 1 and proof["by_hand"] == ["proof"] and proof["discrimination"] is None
    assert told["mistakes"][0]["mistake"] == "sum-for-mean" and told["mistakes"][0]["exercises"] == ["1.1 adding"]
    assert told["students"][1]["mistakes"] == ["sum-for-mean"] and told["due"] == "2030-01-08T12:00:00Z"
    assert told["seconds"]["all"]["mean"] == 1.25


def test_json_to_stdout_is_json_alone_and_the_table_goes_to_stderr(course, capsys):
    assert report(course, "--json", "-") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["assignment"] == "sums"
    assert "what went wrong most" in shown.err and "sums.html" in shown.err
    assert not (course / "reports" / "sums.json").exists()


def test_the_page_is_written_beside_the_table(course, capsys):
    assert report(course) == 0
    shown = capsys.readouterr().out
    assert "anna" in shown and str(course / "reports" / "sums.html") in shown
    assert [path.name for path in (course / "reports").iterdir()] == ["sums.html"]


def test_files_go_where_they_are_wanted(course, tmp_path, capsys):
    page, table = tmp_path / "new" / "meeting.html", tmp_path / "points.csv"
    assert report(course, "--output", page, "--csv", table, "--json") == 0
    assert page.read_text().startswith("<!doctype html>") and table.is_file() and (tmp_path / "new" / "meeting.json").is_file()
    assert not (course / "reports").exists()


def test_an_anonymous_report_does_not_take_the_place_of_the_other(course, capsys):
    report(course)
    capsys.readouterr()
    assert report(course, "--anonymous", "--csv") == 0
    shown = capsys.readouterr().out
    assert "anna" not in shown and "bert" not in shown
    texts = {path.name: path.read_text() for path in (course / "reports").iterdir()}
    assert set(texts) == {"sums.html", "sums-anonymous.html", "sums-anonymous.csv"}
    assert "anna" in texts["sums.html"] and "anna" not in texts["sums-anonymous.html"] + texts["sums-anonymous.csv"]


@pytest.mark.parametrize("arguments", [("--csv", "-", "--json", "-"), ("--output", "-", "--csv", "-"), ("--csv", "x", "--json", "x")])
def test_two_things_in_one_place_are_refused_in_one_line(course, arguments, capsys):
    assert report(course, *arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.startswith("course: page, CSV and JSON cannot go to one place")
    assert not (course / "reports").exists()


def test_a_file_that_cannot_be_written_is_one_line(course, capsys):
    assert report(course, "--output", course / "source") == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("course: cannot write ") and str(course / "source") in said


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_that_a_spreadsheet_takes_for_a_formula_is_disarmed(value):
    line = as_csv(gathered(student(value, 1), exercises=[exercise()])).splitlines()[1]
    assert next(csv.reader([line]))[0] == "'" + value
    assert harmless(-1.5) == -1.5


def test_json_of_a_class_without_numbers_has_null_and_no_nan():
    told = json.loads(as_json(gathered(student("a", None, waits=1.0))))
    assert told["exercises"][0]["share"] is None and told["class"]["points"]["deviation"] is None
