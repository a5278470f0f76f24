"""The worked solution comes when an exercise has passed, or after three honest tries; for a text, once one is written."""

import pytest
from learner import DOUBLE

from course.grading.course_root import CourseError
from course.study.checking import remember
from course.study.exercises import read_chapter
from course.study.record import read_record
from course.study.results import Check, Report, Result
from course.study.solutions import solution_of

WRONG = "def double(number):\n    return {}"


@pytest.fixture
def checked(course):
    """`checked(name, answer, outcome)`: a check that saw this answer with this outcome. Returns how many tries count then."""
    chapter = read_chapter(course, "small")
    (course / "work").mkdir()

    def check(name, answer, outcome):
        exercise = next(one for one in chapter.exercises if one.name == name)
        checks = tuple(Check(one, points, outcome, ("no",)) for one, points in exercise.checks.items())
        remember(course, Report(chapter, (Result(exercise, checks, answer),), None, 0))
        return len(read_record(course).exercise("small", name)["tries"])

    return check


def test_a_try_counts_once_and_neither_the_stub_nor_another_spelling_does(checked, course):
    stub = read_chapter(course, "small").exercises[0].stub
    assert checked("double", stub, "not attempted") == 0
    assert checked("double", stub, "raised") == 0  # something else kept its checks from running
    assert checked("double", WRONG.format(1), "wrong") == 1
    assert checked("double", WRONG.format(1) + "  # again", "wrong") == 1
    assert checked("double", WRONG.format(2), "wrong") == 2
    assert checked("double", WRONG.format(1), "wrong") == 2
    assert checked("double", None, "wrong") == 2
    assert checked("double", "raise NotImplementedError('soon')", "not attempted") == 2
    assert checked("double", WRONG.format(3), "raised") == 3


def told(course, name):
    chapter = read_chapter(course, "small")
    return solution_of(course, chapter, next(one for one in chapter.exercises if one.name == name))


def test_until_it_is_earned_it_says_what_is_missing(checked, course):
    for number, tries in ((1, "three tries"), (2, "two more tries"), (3, "one more try")):
        with pytest.raises(CourseError, match=f"1.1 double: the solution comes when it passes, or after {tries}; a try counts"):
            told(course, "double")
        checked("double", WRONG.format(number), "wrong")
    assert "2 * number" in told(course, "double")
    assert read_record(course).exercise("small", "double")["solution_shown"]


def test_it_is_earned_by_passing_and_stays_so(checked, course):
    checked("double", DOUBLE, "right")
    checked("double", WRONG.format(1), "wrong")
    assert "2 * number" in told(course, "double")


def test_a_text_is_compared_as_soon_as_one_is_written(checked, course):
    with pytest.raises(CourseError, match="write your own first"):
        told(course, "why")
    checked("why", read_chapter(course, "small").exercises[3].stub, "")
    with pytest.raises(CourseError, match="write your own first"):
        told(course, "why")
    checked("why", "Two lengths.", "")
    assert told(course, "why").startswith("Because an area has two lengths")


def test_on_the_command_line_from_three_tries_to_the_solution(learner):
    for number in (1, 2, 3):
        assert learner.types("solution", "1.1") == 1
        learner.writes({"double": WRONG.format(number)})
        assert learner.types("check", "--exercise", "1.1") == 1
    assert learner.types("solution", "1.1") == 0
    assert learner.says.startswith("1.1 double, as the course solves it") and "return 2 * number" in learner.says
