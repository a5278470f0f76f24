"""What is read off a chapter: exercises with their numbers, checks, stubs and solutions; and whom a learner's words name."""

from pathlib import Path

import pytest

from course.grading.course_root import CourseError, assignments
from course.study.digests import digest
from course.study.exercises import CODE, TEXT, read_chapter, read_chapters
from course.study.naming import chapter_meant, exercises_meant

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def chapter(course):
    return read_chapter(course, "small")


def test_exercises_have_the_numbers_titles_and_sections_of_their_headings(chapter):
    assert [(one.number, one.name, one.title, one.section) for one in chapter.exercises] == [
        ("1.1", "double", "doubling", "Numbers"), ("1.2", "area", "circles", "Numbers"), ("1.2", "girth", "circles", "Numbers"),
        ("1.3", "why", "say why", "Reasons"), ("challenge", "volume", "balls", "")]
    assert (chapter.number, chapter.title, chapter.points) == (1, "Small things", 7)


def test_checks_belong_to_the_answer_before_them_and_texts_have_none(chapter):
    double, area, girth, why, volume = chapter.exercises
    assert double.checks == {"double-values": 2, "double-type": 1} and double.kind == CODE
    assert why.checks == {} and why.by_hand == 2 and why.kind == TEXT
    assert volume.points == 0


def test_solutions_are_without_nbgraders_marks_and_stubs_are_as_released(chapter):
    double, why = chapter.exercises[0], chapter.exercises[3]
    assert double.solution.endswith("    return 2 * number  # master text") and "###" not in double.solution
    assert "raise NotImplementedError()" in double.stub and "master" not in double.stub
    assert why.solution == "Because an area has two lengths in it.\n**How a person marks it**\n\nTwo points for the two lengths."


@pytest.mark.parametrize("name", assignments(ROOT))
def test_every_point_of_the_real_chapters_belongs_to_a_numbered_exercise(name):
    chapter = read_chapter(ROOT, name)
    assert chapter.points == sum(one.points for one in chapter.exercises if one.number[:1].isdigit()) > 0
    assert all(one.stub.strip() and one.solution.strip() and one.stub != one.solution for one in chapter.exercises)
    assert not [one.name for one in chapter.exercises if "### " in one.solution]


def test_chapters_come_in_the_order_of_their_numbers():
    chapters = read_chapters(ROOT)
    assert [one.number for one in chapters] == list(range(1, len(chapters) + 1))


def named(root, *words):
    chapter, found = exercises_meant(root, *words)
    return [f"{chapter.name}/{one.name}" for one in found]


def test_an_exercise_is_meant_by_name_or_number_with_a_chapter_or_without():
    assert named(ROOT, "tensors", "1.2") == named(ROOT, None, "1.2") == named(ROOT, None, "brighten") == ["tensors/brighten"]
    assert named(ROOT, "1", "1.5") == ["tensors/top-right", "tensors/multiples-of-four"]
    assert named(ROOT, "review", "challenge") == ["review/newton"]


@pytest.mark.parametrize(("words", "told"), [
    ((None, "no-such"), "no exercise 'no-such'"), (("tensors", "2.1"), "tensors has no exercise '2.1': there are 1.1 column"),
    (("tensor", "1.1"), "unknown chapter 'tensor': did you mean tensors.* there are 1 tensors, 2 autograd, 3 gradient_descent"),
    ((None, "brigthen"), "no exercise 'brigthen': did you mean brighten"), (("tensors", "collumn"), "did you mean column. there are 1.1"),
    ((None, "tenosrs"), "no exercise 'tenosrs': did you mean the chapter tensors. name an exercise of it, too"),
    ((None, "9.1"), "unknown chapter '9'"),
])
def test_what_names_no_exercise_is_told_in_one_line(words, told):
    with pytest.raises(CourseError, match=told) as refused:
        exercises_meant(ROOT, *words)
    assert "\n" not in str(refused.value)


def test_without_a_name_and_nothing_begun_it_says_what_to_type(course):
    with pytest.raises(CourseError, match="run `course start`"):
        chapter_meant(course, None)


def test_without_source_it_says_for_whom_this_is(course):
    (course / "source").rename(course / "kept")
    with pytest.raises(CourseError, match="for learners who have the whole course"):
        read_chapter(course, "small")


@pytest.mark.parametrize(("one", "other", "equal"), [
    ("x = 1", "x  =  1  # one", True), ("def f():\n    return 1", 'def f():\n    """One."""\n\n    return 1', True),
    ("x = 1", "x = 2", False), ("x = (", "x = ( ", True), ("x = (", "x = ((", False), ("%time x", "%time y", False),
])
def test_answers_are_the_same_when_they_differ_in_spelling_alone(one, other, equal):
    assert (digest(one) == digest(other)) is equal
    assert digest("two words", "text") == digest("two\n words", "text") != digest("two # words", "text")
