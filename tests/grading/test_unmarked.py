"""Cells that lost nbgrader's metadata are told by their text, by the names that they define, and by what stands around them."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import ClearHiddenTests

from course.grading.preprocessors.unmarked import recognised, without_hidden_tests

HIDDEN = "assert mean([2]) == 2\n### BEGIN HIDDEN TESTS\nassert mean([1, 3]) == 2\n### END HIDDEN TESTS"
VISIBLE = "assert mean([2]) == 2"
ANSWER = "def mean(values):\n    return sum(values) / len(values)"
SPREAD = "def spread(values):\n    return max(values) - min(values)"


def cell(source, cell_type="code", solution=False):
    return {"source": source, "marks": {"cell_type": cell_type, "solution": solution}}


KNOWN = {
    "imports": cell("import math"),
    "mean": cell("def mean(values):\n    ...", solution=True),
    "mean-values": cell(HIDDEN),
    "spread": cell("def spread(values):\n    ...", solution=True),
    "spread-values": cell("assert spread([1, 3]) == 2"),
    "why": cell("Because", "markdown", solution=True),
}


def told(*sources, marked=()):
    """The grade_id of each cell that has none, by its place; `marked` ones, {place: grade_id}, have theirs."""
    cells = [new_markdown_cell(source[2:]) if source.startswith("# ") else new_code_cell(source) for source in sources]
    for place, grade_id in dict(marked).items():
        cells[place].metadata["nbgrader"] = {"grade_id": grade_id}
    clear = ClearHiddenTests(enforce_metadata=False)
    return recognised(new_notebook(cells=cells), KNOWN, lambda source: without_hidden_tests(clear, source))


def test_a_notebook_without_any_marks_gets_them_all():
    assert told("import math", ANSWER, VISIBLE + "  \n", SPREAD, "assert spread([1, 3]) == 2", "# Because") == {
        0: "imports", 1: "mean", 2: "mean-values", 3: "spread", 4: "spread-values", 5: "why"}


def test_marks_that_are_there_stay_and_are_given_to_no_second_cell():
    assert told(ANSWER, VISIBLE, VISIBLE, marked={0: "mean", 2: "mean-values"}) == {}
    assert told(ANSWER, VISIBLE, VISIBLE, marked={0: "mean"}) == {1: "mean-values"}


def test_of_two_versions_of_an_answer_it_is_the_later_one_before_its_test():
    assert told("mean = None", ANSWER, VISIBLE, "mean = 3") == {1: "mean", 2: "mean-values"}


def test_an_answer_behind_another_exercises_test_is_not_taken():
    assert told(VISIBLE, ANSWER, SPREAD) == {0: "mean-values", 2: "spread"}


def test_a_changed_test_and_a_text_of_the_other_kind_are_left_for_what_stands_around_them():
    assert told(ANSWER, VISIBLE + "\nprint(1)", "# import math") == {0: "mean"}
