"""How a grading run is shown: the bar counts what became of each submission, and programs get the results as JSON."""

import io
import json
import os
import re
import sys
from pathlib import Path

import pytest
import tiny_class

from course.cli import main
from course.grading.course_root import CourseError
from course.grading.grade import Result
from course.grading.in_short import in_short
from course.grading.judge.asking import Asking
from course.grading.judge.errors import CellTimeoutError
from course.grading.progress import GradingBar, Lines, Silence, as_json, bar_for, bar_over
from course.grading.records import FAILED, FLAGGED, GRADED, Record
from course.grading.summary import summary

STAND = [Result("anna", GRADED, "", True), Result("bert", FLAGGED, "a forged frame (and 1 more)", True, 3, ("a forged frame", "another")),
         Result("cleo", FAILED, "it is empty", True), Result("dora", GRADED, "double: still running", False)]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_counts_graded_flagged_and_not_graded(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with bar_for(quiet=False) as bar:
        assert isinstance(bar, GradingBar)
        bar([], 4)
        bar([Record(one.student, one.status, one.reason, "", 0) for one in STAND], 4)
    shown = sys.stderr.getvalue().split("\r")[-1]
    assert "4/4" in shown and "graded=2, flagged=1, not graded=1" in shown and "student/s" in shown


def test_a_terminal_that_does_not_know_its_size_shows_the_bar_too(monkeypatch):
    reader, writer = os.openpty()
    assert tuple(os.get_terminal_size(writer)) == (0, 0)
    with open(writer, "w") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        with bar_for(quiet=False) as bar:
            bar([Record("anna", GRADED, "", "", 0)], 1)
        print("the end", file=terminal, flush=True)
        shown = b""
        while b"the end" not in shown:  # a terminal hands on what it is given in pieces, when it comes to it
            shown += os.read(reader, 10_000)
    os.close(reader)
    shown = shown.decode()
    assert "1/1" in shown and "graded=1, flagged=0, not graded=0" in shown


@pytest.mark.parametrize(("quiet", "stream"), [(True, Terminal()), (False, io.StringIO())])
def test_no_bar_is_shown_when_nobody_looks(monkeypatch, quiet, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    with bar_for(quiet) as bar:
        bar([Record("anna", GRADED, "", "", 0)], 1)
        assert isinstance(bar, Silence)
    assert stream.getvalue() == ""


def over_students(root, monkeypatch, command, stream, quiet):
    """What the command's bar over students shows on stderr; the work itself is left out."""
    def work(*_, progress, **__):
        assert list(progress(["anna", "bert"])) == ["anna", "bert"]
        raise CourseError("no more is wanted here")

    with monkeypatch.context() as patch:
        patch.setattr("course.grading.feedback.write.write_feedback", work)
        patch.setattr("course.grading.report.writing.write_report", work)
        patch.setattr("course.grading.demo.run_demo", work)
        patch.setattr(sys, "stderr", stream)
        assert main(["--root", str(root), command, "tiny", *(["--quiet"] if quiet else [])]) == 1
    return stream.getvalue()


@pytest.mark.parametrize("command", ["feedback", "report", "demo"])
def test_the_bar_over_students_is_drawn_on_a_terminal_only_and_not_if_quiet(course, monkeypatch, command):
    said = "course: no more is wanted here\n"
    shown = over_students(course, monkeypatch, command, Terminal(), quiet=False)
    assert "2/2" in shown and "student/s" in shown and shown.endswith(said)
    assert over_students(course, monkeypatch, command, Terminal(), quiet=True) == said
    assert over_students(course, monkeypatch, command, io.StringIO(), quiet=False) == said


def test_a_bar_that_is_not_drawn_leaves_the_students_as_they_are():
    assert bar_over(quiet=True) is iter


def test_without_a_terminal_a_line_tells_each_tenth_or_ten_seconds(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert isinstance(bar_for(quiet=False, lines=True), Lines) and isinstance(bar_for(quiet=True, lines=True), Silence)
    now = 0
    lines = Lines(clock=lambda: now)
    lines([], 40)
    for now in (2, 4, 6, 8, 11, 15, 21, 22):  # noqa: B007 - the clock reads it
        lines([Record("anna", FLAGGED if now == 2 else GRADED, "", "", 0)], 40)
    lines([Record("bert", FAILED, "", "", 0)] * 32, 40)
    lines([], 40)
    assert sys.stderr.getvalue().splitlines() == [
        "     4/40: graded 3, flagged 1, not graded 0; 72 s left", "     7/40: graded 6, flagged 1, not graded 0; 104 s left",
        "     40/40: graded 7, flagged 1, not graded 32",
    ]


def later(bar, seconds, clock, records, total):
    clock[0] += seconds
    bar([Record("anna", GRADED, "", "", 0)] * records, total)


def test_the_first_estimate_does_not_count_the_start_of_the_servers(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    clock = [0.0]
    bar = GradingBar(clock=lambda: clock[0])
    bar([], 101)
    later(bar, 11, clock, 1, 101)  # eleven seconds of starting, and one submission
    assert "<?" in sys.stderr.getvalue().split("\r")[-1] and bar.pace.per_second() == 0
    later(bar, 1, clock, 10, 101)
    assert bar.pace.per_second() == 10 and bar.bar.format_dict["rate"] == 10
    bar.bar.refresh()
    assert "<00:09" in sys.stderr.getvalue().split("\r")[-1]  # 90 at ten a second
    later(bar, 9, clock, 90, 101)
    assert bar.bar.format_dict["rate"] is None  # then it is tqdm's own, of the whole run
    bar.close()


def test_lines_tell_no_time_left_before_it_is_known_and_do_not_count_the_start(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    clock = [0.0]
    lines = Lines(clock=lambda: clock[0])
    lines([], 101)
    later(lines, 11, clock, 1, 101)
    later(lines, 1, clock, 20, 101)
    assert sys.stderr.getvalue().splitlines() == ["     1/101: graded 1, flagged 0, not graded 0",
                                                  "     21/101: graded 21, flagged 0, not graded 0; 4 s left"]


def test_the_results_as_json_and_in_words():
    told = json.loads(as_json(STAND))
    assert told["counts"] == {"graded": 2, "flagged": 1, "not_graded": 1}
    assert told["submissions"][1] == {"student": "bert", "status": "flagged", "reason": "a forged frame (and 1 more)", "new": True,
                                      "seed": 3, "suspicious": ["a forged frame", "another"], "incidents": []}
    text, all_graded = summary(STAND)
    assert not all_graded
    assert text.splitlines() == [
        "graded 2, unchanged 1, not graded 1; 1 of all 3 graded is flagged, for a person to look at",
        "  not graded  cleo: it is empty",
        "  flagged  bert: a forged frame; another", "  graded, but  dora: double: still running",
    ]


def test_flagged_are_counted_among_all_graded_also_where_none_was_graded_now():
    unchanged = [Result("anna", FLAGGED, "forged", False), Result("bert", FLAGGED, "forged", False), Result("cleo", GRADED, "", False)]
    assert summary(unchanged)[0].startswith("graded 0, unchanged 3, not graded 0; 2 of all 3 graded are flagged, for a person")
    assert "flagged" not in summary(unchanged[2:])[0]


def test_the_guide_for_instructors_explains_the_words_that_the_command_prints():
    guide = (Path(__file__).parents[2] / "docs" / "instructors.md").read_text(encoding="utf-8")
    section = guide.split("## 4. Grade")[1].split("\n## ")[0]
    printed = [line.strip().split("  ")[0] for line in summary(STAND)[0].splitlines()[1:]]
    assert printed == re.findall(r"^- \*\*(.+?)\*\*", section, re.MULTILINE)


def test_a_flagged_submission_is_one_line_however_many_cells_say_the_same():
    many = tuple(f"cell-{number}: the checks were tampered with" for number in range(14))
    said = [Result("bert", FLAGGED, f"{many[0]} (and 13 more)", True, 3, many), Result("cleo", FLAGGED, many[0], True, 3, many[:1])]
    assert summary(said)[0].splitlines()[1:] == ["  flagged  bert: cell-0: the checks were tampered with (and in 13 more cells)",
                                                 "  flagged  cleo: cell-0: the checks were tampered with"]
    assert json.loads(as_json(said))["submissions"][0]["suspicious"] == list(many)


def test_of_many_different_reasons_the_first_are_told_and_the_others_counted():
    lines = ["a: still running after 12 s", "cell 7: still running after 12 s", "b: it was never run", "one\nand more", "two", "three"]
    assert in_short(lines) == "a: still running after 12 s (and in 1 more cell); b: it was never run; one (and 2 more)"
    assert in_short([]) == ""


@pytest.mark.parametrize(("seconds", "said"), [(11.5461, "12"), (9.6, "10"), (2.345, "2.3"), (1, "1"), (0.5, "0.5"), (120, "120")])
def test_a_limit_of_time_is_said_without_needless_digits(seconds, said):
    asking = Asking()
    asking.start_cell(object(), seconds)
    asking.deadline = 0.0
    with pytest.raises(CellTimeoutError, match=f"^still running after {said} s$"):
        asking.ask("nothing", {})


@pytest.mark.usefixtures("warm_engine")
def test_the_command_prints_json_and_nothing_else(generated, capsys):
    folder = generated / "submitted" / "anna" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.ipynb").write_bytes(b"")
    tiny_class.submit(generated, "bert", tiny_class.RIGHT)
    assert main(["--root", str(generated), "grade", "tiny", "--json", "--quiet", "--student", "anna", "bert", "--jobs", "2"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"graded": 1, "flagged": 0, "not_graded": 1}
    assert told["submissions"][0]["reason"].startswith("tiny.ipynb is empty")
    assert isinstance(told["submissions"][1]["seed"], int) and told["submissions"][1]["suspicious"] == []


def test_what_json_holds_is_in_the_help(capsys):
    with pytest.raises(SystemExit):
        main(["grade", "--help"])
    shown = capsys.readouterr().out
    told = json.loads(as_json(STAND))
    assert all(f"\n  {name} " in shown for name in told)
    assert all(f"\n    {name} " in shown for name in told["submissions"][0])
