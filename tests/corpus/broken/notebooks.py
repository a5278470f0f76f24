"""Notebooks whose format or metadata is not what Jupyter writes."""

import copy
import json

from nbformat import v3, v4

from ..submissions import as_file, broken, cell_of, insert


@broken()
def as_from_colab(book):
    """No nbgrader metadata, no kernel, Colab's own keys: a notebook service returned it."""
    returned_by_colab(book)


@broken()
def as_from_colab_and_played_with(book):
    """The same, with a test changed, one deleted and, in a cell at the end, other values of the names that are asked for."""
    cell_of(book, "shift-values").source += "\nprint('passed')"
    book.cells.remove(cell_of(book, "loss-gradient"))
    returned_by_colab(book)
    book.cells.insert(0, v4.new_code_cell("before = 1"))
    book.cells.append(v4.new_code_cell("import numpy as torch\ndouble = shift = loss = slope = None"))


def returned_by_colab(book):
    for number, cell in enumerate(book.cells):
        cell["metadata"] = {"id": f"xYz{number}", "colab": {"base_uri": "https://localhost:8080/"}, "outputId": "0"}
        cell.pop("id")
    book["metadata"] = {
        "colab": {"provenance": [], "gpuType": "T4"}, "accelerator": "GPU",
        "kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"},
    }
    book["nbformat_minor"] = 0


@broken()
def another_kernel(book):
    """A kernel name of the student's own machine."""
    book.metadata["kernelspec"] = {"name": "pytorch-env-3", "display_name": "My env", "language": "python"}


@broken()
def another_language(book):
    """A notebook that says it is written in R."""
    book.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    book.metadata["language_info"] = {"name": "R", "file_extension": ".r"}


@broken()
def no_notebook_metadata(book):
    """No kernel, no language."""
    book["metadata"] = {}


@broken()
def notebook_metadata_missing(book):
    """The key itself is missing."""
    del book["metadata"]


@broken()
def format_3(book):
    """Saved in the format of 2011, which has worksheets."""
    old = v3.downgrade(copy.deepcopy(book))
    return json.dumps(old).encode()


@broken()
def format_4_0(book):
    """Saved in format 4.0, without ids of cells."""
    without_ids(book, 0)


@broken()
def format_4_4(book):
    """Saved in format 4.4, without ids of cells."""
    without_ids(book, 4)


@broken()
def format_4_5_without_ids(book):
    """Says 4.5, and has no ids of cells."""
    without_ids(book, 5)


@broken()
def format_4_4_with_ids(book):
    """Says 4.4, and has ids of cells."""
    book["nbformat_minor"] = 4


@broken()
def format_of_the_future(book):
    """A minor version that does not exist yet, with keys that nobody knows."""
    book["nbformat_minor"] = 99
    for cell in book.cells:
        cell["novelty"] = {"of": "the future"}


@broken(flagged=r"format|version")
def major_format_of_the_future(book):
    """A major version that does not exist yet."""
    book["nbformat"] = 7


@broken()
def format_missing(book):
    """Does not say which format it is in."""
    del book["nbformat"], book["nbformat_minor"]


@broken()
def one_id_for_all_cells(book):
    """Every cell has the same id."""
    for cell in book.cells:
        cell["id"] = "same"


@broken()
def ids_of_wrong_types(book):
    """Cell ids that are numbers, too long, or of forbidden characters."""
    book.cells[0]["id"], book.cells[1]["id"], book.cells[2]["id"] = 17, "x" * 300, "sp ace/é"


@broken()
def sources_as_lines(book):
    """Sources as lists of lines, as Jupyter itself writes them, with CRLF in some."""
    for cell in book.cells:
        cell["source"] = cell["source"].replace("\n", "\r\n").splitlines(keepends=True)


@broken()
def nbgrader_metadata_of_wrong_types(book):
    """nbgrader's marks are texts, lists, numbers; the flags are words."""
    for name in ("double", "shift", "loss", "slope"):
        cell_of(book, name).metadata["nbgrader"].update(solution="yes", grade="no", locked=1, points="many")
    for value in ("x", [1], 7, None, {"grade_id": ["double"]}, {"grade_id": None, "grade": True}):
        insert(book, "pass").metadata["nbgrader"] = value


@broken()
def cell_metadata_of_wrong_types(book):
    """Metadata and tags that are no objects and no lists."""
    book.cells[0]["metadata"] = []
    cell_of(book, "double-values").metadata["tags"] = "skip-execution"
    cell_of(book, "shift-values").metadata["collapsed"] = "perhaps"
    cell_of(book, "shift-values").metadata["execution"] = [1]


@broken()
def keys_missing_in_cells(book):
    """Code cells without outputs, execution count and metadata."""
    for cell in book.cells:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    book.cells[0].pop("metadata", None)


@broken()
def a_cell_that_is_no_object(book):
    """Among the cells are a text, a number and nothing."""
    book.cells[1:1] = ["text", 3, None]


@broken()
def schema_of_an_older_nbgrader(book):
    """Marks of nbgrader's first schema."""
    for cell in book.cells:
        marks = cell.metadata.get("nbgrader")
        if marks:
            marks["schema_version"] = 1
            marks.pop("cell_type", None)
            marks.pop("task", None)


@broken()
def marks_of_another_assignment(book):
    """A graded cell was pasted in from another assignment."""
    cell = v4.new_code_cell("assert True", metadata={"nbgrader": {
        "grade": True, "grade_id": "of-another-assignment", "points": 50, "locked": True, "schema_version": 3,
        "solution": False, "task": False,
    }})
    book.cells.append(cell)


@broken(flagged="holds another notebook \\(“8 · Boats”\\): ask for the right one")
def another_assignments_notebook(book):
    """The notebook of another chapter under this one's name; one cell is called alike in both."""
    shared = next(cell for cell in book.cells if "nbgrader" in cell.metadata)
    marks = {"grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False}
    others = [v4.new_code_cell(f"boat = {number}", metadata={"nbgrader": {**marks, "grade_id": f"boat-{number}"}}) for number in range(6)]
    book.cells = [v4.new_markdown_cell("Welcome\n\n# 8 · Boats"), shared, *others]


@broken()
def widget_state_broken(book):
    """Saved widgets whose state is nonsense."""
    book.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": "gone", "version_major": "two"}}


def without_ids(book, minor):
    book["nbformat_minor"] = minor
    for cell in book.cells:
        cell.pop("id")


@broken()
def numbers_that_json_does_not_have(book):
    """NaN and Infinity in the metadata, which Python writes and nobody else reads."""
    book.metadata["score"] = float("nan")
    book.cells[0].metadata["height"] = float("inf")
    return as_file(book)
