"""Finds the cells of an assignment in a notebook that came back without nbgrader's metadata, as Colab returns it."""

from __future__ import annotations

from nbformat import NotebookNode

from course.grading.cell_python import defined_names


def recognised(nb, known, released):
    """{index of a cell without marks: grade_id} for what nobody's marks name, as far as it can be told.

    known: as `repair.source_marks` gives it. released: a function of a cell's source that gives what students got of it.
    What stands there word for word is that cell; of what was written in, the last cell between the neighbours of a stub that
    defines the stub's names. A cell that is only somewhere else would run there, on what is defined by then.
    """
    there = {marks["grade_id"]: index for index, marks in _marks(nb)}
    found: dict[int, str] = {}
    for grade_id, source in known.items():
        if grade_id not in there:
            index = _same_text(nb, source["marks"]["cell_type"], _plain(released(source["source"])), there)
            if index is not None:
                there[grade_id], found[index] = index, grade_id
    order = list(known)
    for place, grade_id in enumerate(order):
        if grade_id not in there and known[grade_id]["marks"]["solution"]:
            between = range(*_gap(order, place, there, len(nb.cells)))
            index = _with_names(nb, defined_names(known[grade_id]["source"], imports=False), between, there)
            if index is not None:
                there[grade_id], found[index] = index, grade_id
    return found


def without_hidden_tests(clear, source) -> str:
    """The text of a cell as `clear`, a ClearHiddenTests, releases it."""
    cell, _ = clear.preprocess_cell(NotebookNode(source=source, metadata=NotebookNode()), {}, 0)
    return cell.source


def _marks(nb):
    return ((index, cell.metadata["nbgrader"]) for index, cell in enumerate(nb.cells) if "nbgrader" in cell.metadata)


def _plain(text):
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _same_text(nb, cell_type, text, there):
    taken = set(there.values())
    return next((index for index, cell in enumerate(nb.cells)
                 if text and index not in taken and cell.cell_type == cell_type and _plain(cell.source) == text), None)


def _gap(order, place, there, cells):
    """From where to where a cell may stand: behind its nearest neighbour before it, before the nearest behind it."""
    before = next((there[one] + 1 for one in reversed(order[:place]) if one in there), 0)
    behind = next((there[one] for one in order[place + 1:] if one in there), cells)
    return before, behind


def _with_names(nb, names, between, there):
    taken = set(there.values())
    return next((index for index in reversed(between) if names and index not in taken and nb.cells[index].cell_type == "code"
                 and names <= defined_names(nb.cells[index].source)), None)
