"""course progress: a table and a picture over all chapters, from the best that was seen of each check."""

import json
import os
import struct
import subprocess
import sys

import pytest
from learner import FITTED

from course.plots.progress import LOOKS, progress
from course.study.exercises import read_chapter
from course.study.overview import as_table, chapter_table, draw, standings
from course.study.record import Record


@pytest.fixture
def chapter(course):
    return read_chapter(course, "small")


def known(chapter, outcomes, written=()):
    record = Record()
    for exercise in chapter.exercises:
        about = record.exercise(chapter.name, exercise.name)
        about["written"] = exercise.name in written
        about["checks"] = {check: {"best": outcomes[check], "last": "wrong"} for check in exercise.checks if check in outcomes}
    return record


@pytest.mark.parametrize(("outcomes", "written", "states"), [
    ({}, (), ["not attempted"] * 4),
    ({"double-values": "right", "double-type": "wrong"}, (), ["partly right"] + ["not attempted"] * 3),
    ({"double-values": "wrong", "double-type": "raised", "area-values": "right"}, ("why",),
     ["not right", "partly right", "written", "not attempted"]),
    ({"double-values": "right", "double-type": "right", "area-values": "right", "girth-values": "right", "volume-values": "right"},
     (), ["right", "right", "not attempted", "right"]),
])
def test_an_exercise_stands_where_the_best_of_its_checks_do(chapter, outcomes, written, states):
    found = standings(chapter, known(chapter, outcomes, written))
    assert [one.label for one in found] == ["1", "2", "3", "challenge"]
    assert [one.state for one in found] == states
    points = {name: worth for one in chapter.exercises for name, worth in one.checks.items()}
    assert sum(one.earned for one in found) == sum(points[name] for name, outcome in outcomes.items() if outcome == "right")


def test_the_table_has_a_line_for_each_chapter_and_says_the_total(chapter):
    table = as_table([chapter], known(chapter, {"double-values": "right", "double-type": "wrong"}, ("why",)))
    assert " 1 small      2 / 7  ◐ · ✎  ·" in table.splitlines()
    assert table.endswith("2 of 7 points; of the 7, 2 are for derivations that you mark yourself.")


def test_the_table_of_one_chapter_tells_tries_hints_and_solutions(chapter):
    record = known(chapter, {})
    record.exercise("small", "double").update(tries=["a", "b"], hints_shown=1, solution_shown="2026-11-22T12:00:00")
    line = next(line for line in chapter_table(chapter, record).splitlines() if "double" in line)
    assert line.split() == ["·", "1.1", "double", "0", "/", "3", "not", "attempted", "2", "1", "solution", "shown"]


def test_the_command_prints_the_table_and_writes_a_picture_with_its_words(learner):
    learner.writes({"double": FITTED})
    learner.types("check")
    assert learner.types("progress") == 0
    assert "1 small      1 / 7  ◐ · ·  ·" in learner.says and "picture: work/progress.png" in learner.says
    content = (learner.root / "work" / "progress.png").read_bytes()
    assert content.startswith(b"\x89PNG") and struct.unpack(">I", content[16:20])[0] > 1200
    assert b"Description\x00Tiles of all exercises" in content and b"1 of 7 points" in content


def test_a_reader_who_has_enough_ends_nothing(learner):
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does when it has its lines
    command = [sys.executable, "-m", "course.cli", "--root", str(learner.root), "progress"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert done.returncode == 0 and done.stderr == b""
    assert (learner.root / "work" / "progress.png").is_file()


def test_without_source_it_says_for_whom_it_is(learner):
    (learner.root / "source").rename(learner.root / "kept")
    assert learner.types("progress") == 1
    assert "for learners who have the whole course" in learner.warns


def test_progress_before_anything_was_begun_is_all_open(course, capsys):
    from course.cli import main

    assert main(["--root", str(course), "progress"]) == 0
    assert "0 of 7 points" in capsys.readouterr().out


def test_a_later_mistake_takes_nothing_back(learner):
    learner.writes({"double": FITTED})
    learner.types("check")
    learner.writes({"double": "def double(number):\n    return None"})
    learner.types("check")
    assert learner.record["exercises"]["double"]["checks"]["double-type"] == {"best": "right", "last": "wrong"}
    assert json.dumps(learner.record).count("tries") == 1
    learner.types("progress", "small")
    assert "◐ 1.1 double" in learner.says


def test_the_picture_tells_states_apart_by_sign_and_says_everything_in_words(chapter):
    signs = [sign for _, _, sign in LOOKS.values()]
    assert len(set(signs)) == len(LOOKS)
    figure = draw([chapter], known(chapter, {"double-values": "right", "double-type": "right"}))
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert {"1", "2", "3", "★", "✓", "3 / 7"} <= set(texts)
    assert "1 small: 3 of 7 points, 1 of 4 exercises right" in figure.alt


def test_a_chapter_without_points_is_drawn():
    assert "0 of 0 points" in progress([("1 · Nothing", [("1", 0.0, 0.0, "not attempted")])]).alt
