"""Notebooks whose cells were deleted, doubled, moved, edited or retyped."""

import copy

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from ..submissions import answer, broken, cell_of, insert


def retype(book, grade_id, make):
    """Turns a cell into one of another type, its source and metadata as they were."""
    old = cell_of(book, grade_id)
    book.cells[book.cells.index(old)] = make(old.source, metadata=old.metadata)


@broken(lost="double-values")
def solution_deleted(book):
    """The cell with an answer is gone."""
    book.cells.remove(cell_of(book, "double"))


@broken()
def tests_deleted(book):
    """Every graded cell is gone, and every answer is right."""
    book.cells = [cell for cell in book.cells if not cell.metadata.get("nbgrader", {}).get("grade")]


@broken()
def imports_deleted(book):
    """The locked cell with the imports is gone; no answer needs it."""
    book.cells.remove(cell_of(book, "imports"))


@broken(lost=("double-values", "shift-values", "loss-values", "loss-gradient", "loss-vectorised", "slope-value"))
def everything_deleted(book):
    """A notebook without cells."""
    book.cells = []


@broken()
def solution_twice(book):
    """A cell was copied: the same answer, the same grade_id, two cells."""
    twice = copy.deepcopy(cell_of(book, "double"))
    twice["id"] = "another"
    book.cells.insert(book.cells.index(cell_of(book, "double")), twice)


@broken()
def tests_twice(book):
    """Every graded cell is there twice."""
    for cell in [cell for cell in book.cells if cell.metadata.get("nbgrader", {}).get("grade")]:
        twice = copy.deepcopy(cell)
        twice["id"] = cell["id"] + "-2"
        book.cells.insert(book.cells.index(cell), twice)


@broken()
def whole_notebook_twice(book):
    """Everything was pasted again below: the same ids, the same grade_ids, right answers in both."""
    book.cells += copy.deepcopy(book.cells)


@broken()
def answers_moved_up(book):
    """Answers stand at the top, in reverse order, tests below."""
    answers = [cell_of(book, name) for name in ("slope", "loss", "shift", "double")]
    rest = [cell for cell in book.cells if cell not in answers]
    book.cells = [*rest[:2], *answers, *rest[2:]]


@broken(lost="double-values")
def test_moved_before_its_answer(book):
    """A graded cell was dragged above the answer that it tests."""
    test = cell_of(book, "double-values")
    book.cells.remove(test)
    book.cells.insert(1, test)


@broken()
def tests_edited(book):
    """Graded cells hold something else; the answers are right."""
    for name in ("double-values", "shift-values", "loss-values"):
        answer(book, name, "raise ValueError('I tried things here')")


@broken()
def locked_cell_edited(book):
    """The imports were changed to what does not exist."""
    answer(book, "imports", "import torhc")


@broken()
def answer_as_markdown(book):
    """A cell with a right answer became Markdown; what it is, is the source's to say."""
    retype(book, "double", new_markdown_cell)


@broken()
def answer_as_raw(book):
    """A cell with a right answer became raw."""
    retype(book, "shift", new_raw_cell)


@broken()
def test_as_markdown(book):
    """A graded cell became Markdown."""
    retype(book, "double-values", new_markdown_cell)


@broken()
def test_as_raw(book):
    """A graded cell became raw."""
    retype(book, "shift-values", new_raw_cell)


@broken()
def title_as_code(book):
    """The title became code, which is no Python."""
    book.cells[0] = new_code_cell(book.cells[0].source + "\nthis is not Python")


@broken()
def unknown_cell_type(book):
    """A cell of a type that no notebook knows."""
    book.cells.insert(1, {"cell_type": "heading", "id": "h", "level": 1, "metadata": {}, "source": "Hm"})


@broken()
def a_thousand_cells(book):
    """A thousand further cells."""
    book.cells[2:2] = [new_code_cell(f"step_{number} = {number}") for number in range(1000)]


@broken()
def a_cell_of_a_megabyte(book):
    """One cell with a megabyte of source."""
    insert(book, "letters = '" + "x" * 1_000_000 + "'")


@broken()
def syntax_error_in_own_cell(book):
    """An additional cell that cannot be parsed."""
    insert(book, "def (:")


@broken(lost="double-values")
def syntax_error_in_an_answer(book):
    """An answer that cannot be parsed."""
    answer(book, "double", "def double(number)\n    return 2 * number")


@broken()
def null_characters_in_own_cell(book):
    """A cell with characters that Python's parser refuses."""
    insert(book, "a = 1\x00\x01 \u2028")


@broken()
def lone_surrogates(book):
    """Half a character in a source and in what it prints."""
    cell = insert(book, "print('half \\ud83d')\nraise ValueError('half \\udc00')")
    cell.source += "  # \ud83d"


@broken()
def skipped_tests(book):
    """Every cell is tagged to be skipped, or to be expected to raise."""
    for cell in book.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception", "remove-cell", "hide-input"]


@broken()
def attachments(book):
    """A picture pasted into a text cell, broken."""
    book.cells[0]["attachments"] = {"image.png": {"image/png": "not base64 at all"}}
    book.cells[0].source += "\n![](attachment:image.png) ![](attachment:missing.png)"
