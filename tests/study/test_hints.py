"""Hints: three to an exercise, given one after the other; what the last check named comes first; files that are wrong are told."""

from pathlib import Path

import pytest

from course.check.mistakes import find
from course.grading.course_root import CourseError, assignments
from course.study.exercises import read_chapter
from course.study.hints import read_hints, without_hints
from course.study.paragraphs import for_terminal
from course.study.record import changing

ROOT = Path(__file__).resolve().parents[2]


def test_hints_come_one_after_the_other_and_the_last_one_again(learner):
    told = []
    for _ in range(4):
        assert learner.types("hint", "double") == 0
        told.append(learner.says.split("\n\n"))
    assert [first for first, *_ in told] == [f"1.1 double, hint {step} of 3" for step in (1, 2, 3, 3)]
    assert [text.strip() for _, text, *_ in told] == ["Think twice.", "Add.", "`number + number`, nearly.", "`number + number`, nearly."]
    assert learner.record["exercises"]["double"] == {"hints_shown": 3}


def test_the_third_hint_says_that_it_is_the_last_and_what_there_is_beyond(learner):
    said = []
    for _ in range(4):
        learner.types("hint", "double")
        said.append("That was the last hint; `course solution 1.1` shows the worked solution after three honest tries."
                    in " ".join(learner.says.split()))
    assert said == [False, False, True, True]
    for _ in range(3):
        learner.types("hint", "small", "challenge")
    assert "`course solution small volume` shows" in learner.says


def test_the_catalogues_advice_on_what_the_last_check_named_comes_first(learner):
    with changing(learner.root) as record:
        record.exercise("small", "area")["mistake"] = "sum-for-mean"
    learner.types("hint", "area")
    mistake = find("sum-for-mean")
    said = " ".join(learner.says.split())
    assert said.startswith(f"The last check named a mistake: {mistake.name}. {mistake.hint}") and "area, hint 1 of 3" in said


def test_under_a_number_with_several_answers_it_is_the_first_that_has_not_passed(learner):
    learner.types("hint", "1.2")
    assert learner.says.startswith("1.2 area, hint 1 of 3 (of the same number: girth)")
    with changing(learner.root) as record:
        record.exercise("small", "area")["passed"] = "2026-11-22T12:00:00"
    assert learner.types("hint", "1.2") == 1
    assert "1.2 girth of small has no hints yet" in learner.warns


@pytest.mark.parametrize(("content", "told"), [
    ("double = [", "is not TOML"), ('treble = ["a", "b", "c"]', "hints.toml:1: 'treble' is no exercise of small"),
    ('\ndouble = ["a"]', "hints.toml:2: 'double' needs a list of 3 texts")])
def test_a_file_that_is_wrong_is_one_line(learner, content, told):
    (learner.root / "source" / "small" / "hints.toml").write_text(content)
    assert learner.types("hint", "double") == 1
    assert told in learner.warns and len(learner.warns.splitlines()) == 1


def test_exercises_without_hints_are_listed(course):
    chapter = read_chapter(course, "small")
    assert without_hints(course, chapter) == ["girth", "why"]
    (course / "source" / "small" / "hints.toml").unlink()
    assert read_hints(course, chapter) == {}


@pytest.mark.parametrize("name", assignments(ROOT))
def test_every_exercise_of_the_real_chapters_has_its_three_hints(name):
    try:
        assert without_hints(ROOT, read_chapter(ROOT, name)) == []
    except CourseError as error:
        pytest.fail(str(error))


def test_paragraphs_are_refilled_and_code_is_not():
    text = "one two\nthree\n\n```python\nx = 1\n\ny = 2\n```\nafter " + "word " * 30 + "\n\n- a\n- b"
    lines = for_terminal(text).split("\n")
    assert lines[:6] == ["one two three", "", "    x = 1", "    ", "    y = 2", lines[5]] and lines[5].startswith("after word")
    assert max(map(len, lines)) <= 96 and lines[-2:] == ["- a", "- b"]
