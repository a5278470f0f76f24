"""What holds for each chapter alike: points are those that its cells give, cells are small, every exercise has hidden tests."""

import re

import pytest
from chapter import ROOT, Chapter, joined

from course.grading.course_root import chapters
from course.headings import begins_section, headings

# A chapter's exercises, lines of its longest cell that nobody grades, and how many of those may have more than ten;
# for one that is not listed (yet), what goes for all.
SIZES = {
    "tensors": (10, 12, None), "autograd": (10, 15, None), "gradient_descent": (10, 12, None), "linear_model": (9, 12, None),
    "dataloader": (10, 13, 2), "classification": (9, 16, 4), "review": (15, 12, None),
}
ANY = (None, 16, None)
CHAPTERS = chapters(ROOT)
each_chapter = pytest.mark.parametrize("chapter", [Chapter(name) for name in CHAPTERS], ids=CHAPTERS)


def test_every_size_is_of_a_chapter_that_exists():
    assert set(SIZES) <= set(CHAPTERS)


@each_chapter
def test_the_points_on_the_front_page_are_those_of_the_graded_cells(chapter):
    total = sum(marks["points"] for marks in chapter.graded())
    assert re.search(rf"\b{total} points[.,]", joined(chapter.prose()))


@each_chapter
def test_each_exercise_announces_the_points_that_its_cells_give(chapter):
    announced, given, current = {}, {}, None
    for cell in chapter.cells():
        marks = cell.metadata.get("nbgrader", {})
        begun = headings(cell.source) if cell.cell_type == "markdown" and not marks else []
        announced |= {heading.number: heading.points for heading in begun}
        if begun:
            current = begun[-1].number
        elif cell.cell_type == "markdown" and begins_section(cell.source):
            current = None
        if marks.get("grade"):
            given[current] = given.get(current, 0) + marks["points"]
    assert given.pop(None, 0) == 0 and re.search(r"^## Challenge · .* · 0 points · [●○]{3} · \d+ min$", chapter.prose(), re.M)
    assert announced == given
    number = next(iter(announced)).partition(".")[0]
    count = SIZES.get(chapter.name, ANY)[0] or len(announced)
    assert list(announced) == [f"{number}.{place}" for place in range(1, count + 1)]


@each_chapter
def test_cells_are_small(chapter):
    lengths = {cell.source: len(cell.source.splitlines()) for cell in chapter.cells()
               if cell.cell_type == "code" and not cell.metadata.get("nbgrader")}
    _, longest, long = SIZES.get(chapter.name, ANY)
    assert max(lengths.values()) <= longest, max(lengths, key=lengths.get)
    assert long is None or sum(length > 10 for length in lengths.values()) <= long


@each_chapter
def test_every_exercise_with_checks_has_hidden_tests(chapter):
    hidden, exercise = {}, None
    for cell in chapter.cells():
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("solution"):
            exercise = marks["grade_id"]
            hidden[exercise] = False
        elif cell.cell_type == "code" and marks.get("grade"):
            hidden[exercise] |= "### BEGIN HIDDEN TESTS" in cell.source
    assert hidden and all(hidden.values()), hidden
