"""An export says whose late penalty is older than the points that somebody gave by hand."""

import late_class
import pytest

from course.cli import main
from course.grading import gradebook
from course.grading.exports.writing import export

TOLD = "late penalty  one, not up to date with points by hand or the policy: bob; give `course late --settle`, then export again"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Bob is late and loses a point of ten, Ada is in time, and a person has halved the points of both since."""
    root = late_class.make_course(tmp_path_factory.mktemp("late") / "course", "c.LateDays.percent_a_day = 10")
    for student, day in (("ada", 1), ("bob", 2)):
        late_class.hand_in(root, student, "one", f"2030-01-0{day} 11:00:00 UTC")
    late_class.grade(root, "one", "ada", "bob")
    return root


def halve(root, points):
    with gradebook.opened(root) as book:
        for student in ("ada", "bob"):
            book.find_grade("f-test", "one", "one", student).manual_score = points
        book.db.commit()


def test_an_export_lists_penalties_that_are_out_of_date_until_they_are_settled(root, capsys):
    given = {"to": str(root / "out.csv")}
    assert TOLD not in export(root, "moodle", ["one"], **given)[1]
    halve(root, 5.0)
    assert TOLD in export(root, "moodle", ["one"], **given)[1]
    assert TOLD not in export(root, "moodle", ["one"], students=["ada"], **given)[1]
    assert "of them were taken off" not in (root / "out.csv").read_text()
    assert main(["--root", str(root), "late", "--settle"]) == 0
    assert TOLD not in export(root, "moodle", ["one"], **given)[1]
    assert "your answers earned 5 points, and 0.5 of them were taken off for lateness" in (root / "out.csv").read_text()
