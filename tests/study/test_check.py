"""course check: the full verdict on a learner's own notebook, run in a fresh kernel, whatever the notebook does."""

import json
import os
import subprocess
import sys

import pytest
from learner import AREA, DOUBLE, FITTED, RIGHT, VOLUME, in_a_new_process

LOOP = "def double(number):\n    while True:\n        pass"
STUBBORN = "def double(number):\n    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass"
DEADLY = "def double(number):\n    import os\n    os._exit(1)"


def test_a_right_notebook_is_right_with_code_0_though_the_challenge_is_open_and_a_text_unmarked(learner):
    learner.writes(RIGHT | {"why": "Two lengths."})
    assert learner.types("check", "small") == 0
    assert learner.line("double") == "✓ 1.1 double 3 / 3 right"
    assert learner.line("why") == "✎ 1.3 why written"
    assert learner.line("volume") == "· challenge volume not attempted"
    assert "5 of 5 points, and 2 for you to mark.\n" in learner.says
    assert set(learner.record["exercises"]) == {"double", "area", "girth", "why"}
    assert learner.record["exercises"]["double"]["checks"]["double-type"] == {"best": "right", "last": "right"}


def test_hidden_tests_are_run_and_the_first_failing_check_is_told_in_full_with_the_section(learner):
    learner.writes({"double": FITTED, "area": "def area(radius):\n    return 3 * radius**2"})
    assert learner.types("check") == 1  # the only chapter: the one worked on last
    told = [" ".join(line.split()) for line in learner.says.splitlines()]
    double = told.index("◐ 1.1 double 1 / 3 partly right")
    assert told[double + 1:double + 4] == [
        "double-values, 2 points:", "AssertionError: wrong on a larger number", "Read again: section “Numbers”."]
    area = told.index("✗ 1.2 area 0 / 1 not right")
    assert told[area + 1:area + 5] == ["area-values, 1 point:", "area(3) is off", "think of pi", "Read again: section “Numbers”."]
    assert learner.record["exercises"]["area"]["mistake"] == "sum-for-mean"


def test_the_first_that_is_not_right_is_told_how_to_get_a_hint_and_nothing_is_where_all_is_right(learner):
    learner.writes({"double": DOUBLE, "area": "def area(radius):\n    return 3 * radius**2", "volume": "def volume(radius):\n    return 1"})
    learner.types("check")
    assert "\nStuck at 1.2 area? `course hint 1.2` tells the next of three hints.\n" in learner.says
    learner.writes({"double": DOUBLE, "area": AREA})
    learner.types("check")
    assert "\nStuck at challenge volume? `course hint small volume` tells" in learner.says
    learner.types("check", "--exercise", "area")
    assert "Stuck" not in learner.says


def test_what_a_learner_did_to_locked_cells_is_repaired_before_the_run(learner):
    def spoil(notebook):
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            if marks.get("grade") and cell.cell_type == "code":
                cell.source = "pass"
                cell.metadata["tags"] = ["skip-execution"]
                marks["points"] = 50
        notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != "double-values"]

    learner.writes({"double": FITTED}, spoil)
    assert learner.types("check") == 1
    assert learner.line("double") == "◐ 1.1 double 1 / 3 partly right"
    assert "wrong on a larger number" in learner.says


def test_the_learners_notebook_itself_is_not_touched(learner):
    learner.writes({"double": DOUBLE})
    before = learner.notebook.read_bytes()
    learner.types("check")
    assert learner.notebook.read_bytes() == before
    assert sorted(path.name for path in learner.notebook.parent.iterdir()) == ["small.ipynb"]


@pytest.mark.parametrize(("answer", "told"), [
    (LOOP, "Still running after 1 s, so it was stopped."), (STUBBORN, "Still running after 1 s, so it was stopped."),
    (DEADLY, "The Python process ended while this cell was running."),
], ids=["loops", "will not be interrupted", "ends the process"])
def test_a_cell_that_does_not_end_well_costs_its_own_points_and_no_others(learner, answer, told, monkeypatch):
    monkeypatch.setattr("course.study.running.PATIENCE", 1)
    learner.writes(RIGHT | {"double": answer})
    assert learner.types("check", "--timeout", "1") == 1
    assert learner.line("double") == "✗ 1.1 double 0 / 3 not right" and told in learner.says
    assert learner.line("area") == "✓ 1.2 area 1 / 1 right" and learner.line("girth") == "✓ 1.2 girth 1 / 1 right"


def test_a_notebook_that_loses_its_process_again_and_again_is_given_up_with_that_reason(learner, monkeypatch):
    monkeypatch.setattr("course.study.running.MOST_RESTARTS", 0)
    learner.writes(RIGHT | {"double": "import os\nos._exit(1)"})
    assert learner.types("check") == 1
    assert "The cell of your answer: the Python process ended while this cell was running." in learner.says
    assert "Not run: the notebook lost its Python process 1 times before." in learner.says


def test_an_error_of_the_answers_own_cell_is_told_in_place_of_not_attempted(learner):
    learner.writes({"double": "def double(number):\nreturn 2"})
    learner.types("check")
    assert learner.line("double") == "✗ 1.1 double 0 / 3 not right"
    assert "The cell of your answer stops with IndentationError: expected an indented block" in learner.says
    assert "in line 2 of the cell" in " ".join(learner.says.split())


@pytest.mark.parametrize(("answer", "line"), [
    ("def double(number):\nreturn 2", "return 2"), ("def double(number):\n    return (2 * number", "return (2 * number"),
    ("%time x = 1\ndef double(number:\n    return 2", "def double(number:")])
def test_an_answer_that_python_cannot_read_shows_the_line_counts_no_try_and_advises_no_section(learner, answer, line):
    learner.writes({"double": answer})
    learner.types("check")
    told = [" ".join(one.split()) for one in learner.says.splitlines()]
    assert told[told.index(line) + 1] == "Nothing of it was run, and no try is counted."
    assert "Read again" not in learner.says
    assert "tries" not in learner.record["exercises"]["double"]


def test_an_answer_that_python_can_read_counts_as_a_try_though_it_raises(learner):
    learner.writes({"double": "%time x = 1\ndef double(number):\n    raise SyntaxError('mine')"})
    learner.types("check")
    assert "Read again: section “Numbers”." in learner.says and len(learner.record["exercises"]["double"]["tries"]) == 1


@pytest.mark.parametrize("asked", ["1.2", "area"])
def test_one_exercise_is_checked_and_remembered_alone(learner, asked):
    learner.writes({"double": FITTED, "area": AREA})
    assert learner.types("check", "--exercise", asked) == (0 if asked == "area" else 1)
    assert "double" not in learner.says and learner.line("area") == "✓ 1.2 area 1 / 1 right"
    assert set(learner.record["exercises"]) == {"area"}


def test_a_challenge_is_right_or_not_when_it_is_asked_for(learner):
    learner.writes({"volume": VOLUME})
    assert learner.types("check", "small", "--exercise", "challenge") == 0
    learner.writes({"volume": VOLUME + " + 1"})
    assert learner.types("check", "small", "--exercise", "challenge") == 1


@pytest.mark.parametrize(("content", "told"), [
    (None, "work/small/small.ipynb is not there: run `course start small`"),
    (b"", "small.ipynb is empty; save it again in JupyterLab, or run `course start --reset small`, which puts a fresh one there and "
          "keeps this one"),
    (b'{"cells": [', "small.ipynb is not a notebook: its JSON is broken or ends too early at line 1, column 12; save it again in "
                     "JupyterLab, or run `course start --reset small`, which puts a fresh one there and keeps this one"),
], ids=["missing", "empty", "broken"])
def test_a_notebook_that_cannot_be_read_is_one_clear_line(learner, content, told):
    learner.notebook.unlink()
    if content is not None:
        learner.notebook.write_bytes(content)
    assert learner.types("check", "small") == 1
    assert learner.warns == f"course: {told}\n" and not learner.says


def test_a_notebook_without_an_answer_is_told_so_without_a_run(learner):
    assert learner.types("check") == 1
    assert learner.warns == "course: work/small/small.ipynb holds no answer yet: write one, save with Ctrl+S, then check\n"
    learner.writes({"double": DOUBLE})
    assert learner.types("check", "--exercise", "area") == 1
    assert learner.warns == "course: 1.2 area: the cell holds no answer yet: write one, save with Ctrl+S, then check\n"


@pytest.mark.parametrize("command", ["check smal", "hint smal 1.1", "check --exercise duble", "check small", "progress smal"])
def test_a_misspelt_name_and_an_untouched_notebook_are_told_without_importing_torch_or_nbgrader(learner, command):
    program = ("import sys; from course.cli import main\n"
               f"print(main(['--root', {str(learner.root)!r}, *{command.split()!r}]))\n"
               "print([one for one in ('torch', 'nbgrader', 'nbconvert', 'matplotlib') if one in sys.modules])")
    assert in_a_new_process(program, learner.root).splitlines() == ["1", "[]"]


@pytest.mark.parametrize("command", [("check", "small", "--timeout", "soon"), ("check", "--frob"), ("hint",), ("solution", "a", "b", "c")])
def test_wrong_usage_is_code_2(learner, command):
    assert learner.types(*command) == 2
    assert len(learner.warns.splitlines()) == 1


def test_json_tells_the_progress_and_then_all_that_the_text_does(learner):
    learner.writes({"double": FITTED})
    assert learner.types("check", "--json") == 1
    lines = [json.loads(line) for line in learner.says.splitlines()]
    cells = lines[0]["of"]
    assert [line.get("done") for line in lines[:-1]] == list(range(cells + 1))
    report = lines[-1]["report"]
    assert (report["chapter"], report["earned"], report["points"], report["right"]) == ("small", 1, 5, False)
    double = report["exercises"][0]
    assert (double["name"], double["state"], double["check"]) == ("double", "partly right", "double-values")
    assert double["lines"] == ["AssertionError: wrong on a larger number", "Read again: section “Numbers”."]


def test_all_checks_every_chapter_that_is_begun(learner):
    learner.writes(RIGHT)
    assert learner.types("check", "--all") == 0
    assert learner.says.startswith("small, as saved at ")


def test_where_no_bar_can_be_drawn_one_line_says_what_is_run_unless_it_shall_be_quiet(learner):
    learner.writes({"double": DOUBLE})
    learner.types("check", "--exercise", "double")
    assert "cells of work/small/small.ipynb, about a minute" in learner.warns and len(learner.warns.splitlines()) == 1
    learner.types("check", "--exercise", "double", "--quiet")
    assert learner.warns == ""


def test_stopped_in_the_middle_it_keeps_what_was_known(learner, monkeypatch):
    learner.writes({"double": DOUBLE})
    learner.types("check")
    before = (learner.root / "work" / "progress.json").read_bytes()

    def stop(*anything, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("course.study.checking.run_notebook", stop)
    assert learner.types("check") == 130
    assert learner.warns == "\ncourse: stopped; this check changed nothing, and the next one begins at the top\n"
    assert (learner.root / "work" / "progress.json").read_bytes() == before


@pytest.mark.parametrize(("command", "work"), [
    (["start"], "course.study.starting.copy_chapters"), (["hint", "1.1"], "course.study.hints.next_hint"),
    (["solution", "1.1"], "course.study.solutions.solution_of"), (["progress"], "course.study.overview.write_picture")])
def test_a_command_that_cannot_go_on_does_not_say_so_when_it_is_stopped(learner, monkeypatch, command, work):
    def stop(*anything, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(work, stop)
    assert learner.types(*command) == 130
    assert learner.warns == "\ncourse: stopped; nothing is lost, and the same command begins anew\n"


def test_signs_that_a_terminal_cannot_show_are_no_error(learner):
    learner.writes({"double": DOUBLE})
    command = [sys.executable, "-m", "course.cli", "--root", str(learner.root), "check", "--quiet"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1 and done.stderr == b"" and b"\n? 1.1 double " in done.stdout


def test_an_answer_that_was_written_and_not_found_is_not_called_untouched(learner):
    learner.writes({"double": "def double(number):\n    later = NotImplementedError()\n    raise later"})
    learner.types("check", "small")
    assert learner.line("double") == "✗ 1.1 double 0 / 3 not right"
    assert "Not there: NotImplementedError was raised, as by an answer that is not written" in " ".join(learner.says.split())
    learner.types("progress", "small")
    assert "not right" in learner.line("double")


def test_a_stub_that_was_only_added_to_is_not_attempted(learner):
    learner.writes({"double": "def double(number):\n    half = 1\n    raise NotImplementedError()"})
    learner.types("check", "small")
    assert learner.line("double") == "· 1.1 double 0 / 3 not attempted"
