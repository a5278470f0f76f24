"""Cells that lost nbgrader's metadata are told by their text, by the names that they define, and by what stands around them."""

import copy
import shutil
from dataclasses import replace

import nbformat
import pytest
import tiny_class
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import ClearHiddenTests

from course.grading import gradebook
from course.grading.answers import with_answers
from course.grading.build import build, generate
from course.grading.grade import grade
from course.grading.preprocessors.unmarked import Released, recognised, without_hidden_tests

HIDDEN = "assert mean([2]) == 2\n### BEGIN HIDDEN TESTS\nassert mean([1, 3]) == 2\n### END HIDDEN TESTS"
VISIBLE = "assert mean([2]) == 2"
ANSWER = "def mean(values):\n    return sum(values) / len(values)"
SPREAD = "def spread(values):\n    return max(values) - min(values)"


STUB = "YOUR ANSWER HERE"
TEXT = "Because a mean is a sum."
RELEASE = [
    Released("imports", "code", "import math"),
    Released("mean", "code", "def mean(values):\n    ...", solution=True),
    Released("mean-values", "code", HIDDEN),
    Released("spread", "code", "def spread(values):\n    ...", solution=True),
    Released("spread-values", "code", "assert spread([1, 3]) == 2"),
    Released(None, "markdown", "Why?"),
    Released("why", "markdown", STUB, solution=True, by_hand=True),
    Released(None, "markdown", "And how?"),
    Released("how", "markdown", STUB, solution=True, by_hand=True),
    Released(None, "markdown", "Last, a sketch in code."),
    Released("sketch", "code", "# YOUR CODE HERE", solution=True, by_hand=True),
    Released(None, "markdown", "The end."),
]


def search(*sources, marked=()):
    """What `recognised` gives; `marked` cells, {place: grade_id}, have their marks, markdown begins with "# "."""
    cells = [new_markdown_cell(source[2:]) if source.startswith("# ") else new_code_cell(source) for source in sources]
    for place, grade_id in dict(marked).items():
        cells[place].metadata["nbgrader"] = {"grade_id": grade_id}
    clear = ClearHiddenTests(enforce_metadata=False)
    return recognised(new_notebook(cells=cells), [replace(one, source=without_hidden_tests(clear, one.source)) for one in RELEASE])


def told(*sources, marked=()):
    """The grade_id of each cell that has none, by its place."""
    return search(*sources, marked=marked)[0]


def written(why=(STUB,), how=(STUB,)):
    """What is told of the answers marked by hand where these texts stand in their places."""
    cells = ["# Why?", *(f"# {one}" for one in why), "# And how?", *(f"# {one}" for one in how), "# Last, a sketch in code."]
    found, doubtful = search(*cells)
    return ({name: cells[index][2:] for index, name in found.items()},
            {name: [cells[index][2:] for index in indices] for name, indices in doubtful.items()})


def test_a_notebook_without_any_marks_gets_them_all():
    assert told("import math", ANSWER, VISIBLE + "  \n", SPREAD, "assert spread([1, 3]) == 2", "# Why?", "# Because",
                "# And how?", "# So", "# Last, a sketch in code.", "a_loop = 1", "# The end.") == {
        0: "imports", 1: "mean", 2: "mean-values", 3: "spread", 4: "spread-values", 6: "why", 8: "how", 10: "sketch"}


def test_marks_that_are_there_stay_and_are_given_to_no_second_cell():
    assert told(ANSWER, VISIBLE, VISIBLE, marked={0: "mean", 2: "mean-values"}) == {}
    assert told(ANSWER, VISIBLE, VISIBLE, marked={0: "mean"}) == {1: "mean-values"}


def test_of_two_versions_of_an_answer_it_is_the_later_one_before_its_test():
    assert told("mean = None", ANSWER, VISIBLE, "mean = 3") == {1: "mean", 2: "mean-values"}


def test_an_answer_behind_another_exercises_test_is_not_taken():
    assert told(VISIBLE, ANSWER, SPREAD) == {0: "mean-values", 2: "spread"}


def test_a_changed_test_and_a_text_of_the_other_kind_are_left_for_what_stands_around_them():
    assert told(ANSWER, VISIBLE + "\nprint(1)", "# import math") == {0: "mean"}


@pytest.mark.parametrize("text", [TEXT, f"{STUB}\n\n{TEXT}", f"{STUB} {TEXT}"])
def test_an_answer_marked_by_hand_is_found_between_its_neighbours(text):
    assert written(why=(text,)) == ({"why": text, "how": STUB}, {})
    assert written(how=(text,)) == ({"why": STUB, "how": text}, {})


def test_stubs_that_were_left_are_each_found_in_their_own_place():
    assert written() == ({"why": STUB, "how": STUB}, {})


def test_a_stub_that_was_deleted_leaves_the_text_in_its_place_or_nothing():
    assert written(why=()) == ({"how": STUB}, {})
    assert written(why=("", "  ")) == ({"how": STUB}, {})


def test_of_two_cells_neither_is_taken_and_both_are_told():
    assert written(why=(TEXT, "And more.")) == ({"how": STUB}, {"why": [TEXT, "And more."]})


def test_a_text_beside_a_stub_that_was_left_is_told():
    assert written(how=(STUB, TEXT)) == ({"why": STUB, "how": STUB}, {"how": [TEXT]})


def test_where_two_answers_lost_what_stands_between_them_neither_is_taken():
    found, doubtful = search("# Why?", f"# {TEXT}", "# My own heading", "# Last, a sketch in code.")
    assert found == {} and doubtful == {"why": [1, 2], "how": [1, 2]}
    found, doubtful = search("# Why?", f"# {TEXT}", "# Last, a sketch in code.")
    assert found == {} and doubtful == {"why": [1], "how": [1]}


def test_a_stub_is_not_given_to_another_answer_with_the_same_stub():
    found, doubtful = search("# Why?", f"# {TEXT}", f"# {STUB}", "# Last, a sketch in code.")
    assert found == {} and doubtful == {"why": [1], "how": [1]}


def test_a_text_that_moved_to_another_place_is_told_and_not_taken():
    found, doubtful = search("# Why?", "# And how?", f"# {STUB}", "# Last, a sketch in code.", "# The end.", f"# {TEXT}")
    assert found == {2: "how"} and doubtful == {"why": [5]}


def test_code_marked_by_hand_is_found_by_its_place_among_code_alone():
    assert told("# Last, a sketch in code.", "# a text", "x = 1", "# The end.") == {2: "sketch"}
    assert search("# Last, a sketch in code.", "x = 1", "y = 2", "# The end.") == ({}, {"sketch": [1, 2]})


@pytest.mark.parametrize("source", [ANSWER.replace("mean", "maen"), ANSWER.replace(":", "", 1)], ids=["misspelt", "no Python"])
def test_code_that_defines_none_of_its_names_is_found_where_nothing_else_stands_in_its_place(source):
    assert told("import math", source, VISIBLE) == {0: "imports", 1: "mean", 2: "mean-values"}
    assert told("import math", "scratch = 1", source, VISIBLE) == {0: "imports", 3: "mean-values"}


def test_a_notebook_with_all_its_marks_is_left_alone():
    sources = ["import math", ANSWER, VISIBLE, SPREAD, "assert 1", "# Why?", "# a", "# b", "# And how?", "# c", "pass"]
    marked = {0: "imports", 1: "mean", 2: "mean-values", 3: "spread", 4: "spread-values", 6: "why", 9: "how", 10: "sketch"}
    assert search(*sources, marked=marked) == ({}, {})


BY_HAND = '''
# %% [markdown]
# Why is that so?

# %% [markdown] nbgrader={"grade": true, "grade_id": "why", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Because it is doubled.
# ### END SOLUTION

# %% [markdown]
# The end of the chapter.
'''


@pytest.fixture(scope="module")
def handed_in(templates, tmp_path_factory):
    """{student: (gradebook's grade and comment of "why", texts of the autograded notebook, Result)}, all without metadata."""
    root = shutil.copytree(templates[0], tmp_path_factory.mktemp("unmarked") / "course")
    text = root / "source" / "tiny" / "tiny.py"
    text.write_text(text.read_text(encoding="utf-8") + BY_HAND, encoding="utf-8")
    build(root)
    generate(root, "tiny")
    empty = tiny_class.without_metadata(with_answers(tiny_class.released(root), tiny_class.RIGHT))
    place = next(index for index, cell in enumerate(empty.cells) if cell.source == STUB)
    for student, texts in {"one": [TEXT], "two": [TEXT, "And more."], "none": [STUB], "added": [f"{STUB}\n{TEXT}"]}.items():
        notebook = copy.deepcopy(empty)
        notebook.cells[place : place + 1] = [new_markdown_cell(one) for one in texts]
        tiny_class.submit(root, student, notebook)
    results = {one.student: one for one in grade(root, "tiny")}
    return {student: (*in_book(root, student), texts_of(root, student), results[student]) for student in results}


def in_book(root, student):
    with gradebook.opened(root) as book:
        names = "why", "tiny", "tiny", student
        grade, comment = book.find_grade(*names), book.find_comment(*names)
        return (grade.auto_score, grade.needs_manual_grade), comment.comment


def texts_of(root, student):
    """[(grade_id or None, text)] of the autograded notebook's markdown."""
    notebook = nbformat.read(root / "autograded" / student / "tiny" / "tiny.ipynb", as_version=4)
    return [(tiny_class.marks(cell).get("grade_id"), cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize(("student", "text"), [("one", TEXT), ("added", f"{STUB}\n{TEXT}")])
def test_an_answer_found_by_its_place_waits_for_a_person_and_nothing_is_said_of_it(handed_in, student, text):
    grade, comment, texts, result = handed_in[student]
    assert grade == (None, True) and comment is None and ("why", text) in texts and result.reason == ""


def test_a_stub_that_was_left_needs_no_person(handed_in):
    grade, comment, texts, result = handed_in["none"]
    assert grade == (0, False) and comment == "No response." and ("why", STUB) in texts and result.reason == ""


def test_where_there_is_doubt_a_person_is_told_and_no_text_is_lost(handed_in):
    grade, comment, texts, result = handed_in["two"]
    assert grade == (None, True) and [(None, TEXT), (None, "And more.")] == [one for one in texts if one[1] in (TEXT, "And more.")]
    assert texts.index(("why", STUB)) == texts.index((None, TEXT)) - 1
    assert "begins “Because a mean is a sum” or “And more”." in comment and result.incidents == (f"why: {comment}",)
