"""A notebook of another assignment is told from one that is damaged, and from one into which cells were copied."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.grading.preprocessors.another import require_own_cells
from course.grading.submissions import NotGradable

KNOWN = {"imports": {}, "mean": {}, "mean-values": {}}


def notebook(*ids, title="# 2 · Slopes"):
    marked = [new_code_cell("1", metadata={"nbgrader": {"grade_id": one}}) for one in ids]
    return new_notebook(cells=[new_code_cell("# no heading"), new_markdown_cell(title), *marked])


@pytest.mark.parametrize("ids", [("slope",), ("imports", *(f"slope-{n}" for n in range(6)))])
def test_anothers_cells_are_refused_and_the_heading_told(ids):
    with pytest.raises(NotGradable, match=r"^means\.ipynb holds another notebook \(“2 · Slopes”\): ask for the right one$"):
        require_own_cells(notebook(*ids), KNOWN, "means")


def test_without_a_heading_nothing_is_told_of_it():
    with pytest.raises(NotGradable, match="holds another notebook: ask"):
        require_own_cells(notebook("slope", title="plain"), KNOWN, "means")


@pytest.mark.parametrize("ids", [
    (), ("imports", "mean"), ("mean", *(f"copied-{n}" for n in range(5))), (None,), (["mean"],), ({"mean": 1},),
], ids=str)
def test_damaged_notebooks_and_copied_cells_are_left_to_be_graded(ids):
    require_own_cells(notebook(*ids), KNOWN, "means")


def test_marks_that_are_no_marks_are_left_too():
    require_own_cells(new_notebook(cells=[new_code_cell("1", metadata={"nbgrader": "slope"})]), KNOWN, "means")
