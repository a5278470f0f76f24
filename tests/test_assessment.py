"""What docs/assessment.md says is true: points, outcomes and exercises of every chapter, and the page itself."""

import re
from pathlib import Path

import pytest

from course.grading.assessment import PAGE, assessed, differs, page, read_assessed
from course.grading.course_root import CourseError

ROOT = Path(__file__).parent.parent
CHAPTERS = assessed(ROOT)
EXERCISES = [(chapter, exercise) for chapter in CHAPTERS for exercise in chapter.exercises]
FINISHED = [chapter for chapter in CHAPTERS if not chapter.draft]
EXAMS = ("review",)
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.folder)
each_finished_chapter = pytest.mark.parametrize("chapter", FINISHED, ids=lambda chapter: chapter.folder)
each_exercise = pytest.mark.parametrize(("chapter", "exercise"), EXERCISES, ids=lambda one: getattr(one, "number", ""))


def test_the_page_in_docs_is_what_the_chapters_say():
    assert not differs(ROOT), f"{PAGE} is stale: run `make build`"


@each_chapter
def test_every_outcome_is_asked_for_by_an_exercise(chapter):
    asked = {number for exercise in chapter.exercises for number in exercise.outcomes}
    assert asked == set(range(1, len(chapter.outcomes) + 1))


@each_finished_chapter
def test_a_chapter_has_three_to_five_outcomes(chapter):
    assert 3 <= len(chapter.outcomes) <= 5


@each_finished_chapter
def test_a_chapter_has_ten_to_twenty_points(chapter):
    assert 10 <= chapter.points <= 20


@each_finished_chapter
def test_a_chapter_has_six_to_ten_exercises_and_the_review_more(chapter):
    count = len(chapter.exercises)
    assert 12 <= count <= 20 if chapter.folder in EXAMS else 6 <= count <= 10


@each_chapter
def test_the_text_announces_the_points_that_can_be_had(chapter):
    text = (ROOT / "source" / chapter.folder / f"{chapter.folder}.py").read_text(encoding="utf-8")
    said = re.search(r"\b(\d+) points", text[: text.index("# ## ")])
    assert said and int(said[1]) == chapter.points


@each_exercise
def test_a_heading_announces_the_points_of_its_cells(chapter, exercise):
    assert exercise.announced == exercise.points + exercise.by_hand


@each_exercise
def test_an_exercise_is_held_to_refuse_six_wrong_answers_or_read_by_a_person(chapter, exercise):
    assert exercise.refused >= 6 or exercise.by_hand


def test_exercises_are_numbered_in_order_without_gaps():
    for place, chapter in enumerate(CHAPTERS, 1):
        assert chapter.number == place
        assert [exercise.number for exercise in chapter.exercises] == [f"{place}.{n}" for n in range(1, len(chapter.exercises) + 1)]


TINY = """# A tiny chapter

# %% [markdown]
# # 3 · Tiny
#
# **You will be able to**
#
# 1. add;
# 2. add
#    twice.

# %% [markdown] outcomes=[2]
# ### Exercise 3.1 · sum · 2 points · ●○○ · 5 min

# %% nbgrader={"grade": false, "grade_id": "sum", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add(a, b): ...

# %% nbgrader={"grade": true, "grade_id": "sum-values", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
assert add(1, 2) == 3

# %% [markdown]
# ## Afterwards

# %% nbgrader={"grade": true, "grade_id": "other", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
assert True
"""


@pytest.fixture
def tiny(tmp_path):
    """A course of one chapter, whose heading says 2 points where its cells give 3."""
    for folder in ("source/tiny", "tests/answers/tiny"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "source/tiny/tiny.py").write_text(TINY)
    (tmp_path / "tests/answers/tiny/sum.py").write_text(
        '# Answers\n# %% right: plus\nx = 1\n# %% wrong: minus -> sign-flipped cell="sum-values"\ny = 1\n'
        '# %% wrong: other -> unnamed cell="sum-values"\nz = 1\n')
    return tmp_path


def test_points_outcomes_and_mistakes_are_read_from_text_and_answers(tiny):
    chapter = read_assessed(tiny, "tiny")
    assert chapter.outcomes == ("add", "add twice")
    (exercise,) = chapter.exercises
    assert (exercise.announced, exercise.points, exercise.outcomes) == (2, 3, (2,))
    assert (exercise.mistakes, exercise.refused) == (["sign-flipped"], 2)


def test_a_change_of_an_answer_makes_the_page_stale(tiny):
    (tiny / "docs").mkdir()
    (tiny / PAGE).write_text(page(assessed(tiny)), encoding="utf-8")
    assert not differs(tiny)
    answers = tiny / "tests/answers/tiny/sum.py"
    answers.write_text(answers.read_text().replace("sign-flipped", "factor-two"))
    assert differs(tiny)


def test_a_draft_says_so_in_its_head_and_nowhere_else(tiny):
    text = tiny / "source/tiny/tiny.py"
    assert not read_assessed(tiny, "tiny").draft
    text.write_text(TINY + "\n# %%\n# draft: true\n")
    assert not read_assessed(tiny, "tiny").draft
    text.write_text("# draft: true\n" + TINY)
    assert read_assessed(tiny, "tiny").draft and "a draft: 1 exercise, 3 points" in page(assessed(tiny))


def test_a_chapter_without_outcomes_is_named(tiny):
    text = tiny / "source/tiny/tiny.py"
    text.write_text(TINY.replace("You will be able to", "You will see"))
    with pytest.raises(CourseError, match="tiny"):
        read_assessed(tiny, "tiny")
