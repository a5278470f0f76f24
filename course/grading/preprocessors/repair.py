"""Mends a submission's cells before it is graded: what is graded, and for how much, is the source notebook's to say."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, DeduplicateIds, NbGraderPreprocessor

from course.grading import elsewhere
from course.grading.preprocessors.another import grade_id_of, require_own_cells
from course.grading.preprocessors.saying import said_first
from course.grading.preprocessors.unmarked import Released, recognised, without_hidden_tests


class RestoreMetadata(NbGraderPreprocessor):
    """Resets each cell's nbgrader metadata to the source's, and drops it from cells that the source does not know.

    A submission with a changed flag, an old schema or a foreign cell makes stock nbgrader stop, for everyone. One that is
    another assignment's is not graded. Cells that lost their metadata get it back where they can be told: see `unmarked`. Of an
    answer that may be one of several, or have moved, the stub stands before them, and a person is told.
    """

    def preprocess(self, nb, resources):
        known = source_marks(resources)
        with said_first(self.log):
            require_own_cells(nb, known, resources["nbgrader"]["notebook"])
        for cell in nb.cells:
            grade_id = grade_id_of(cell)
            cell.metadata.pop("nbgrader", None)
            elsewhere.forget(cell)
            if grade_id in known:
                cell.metadata["nbgrader"] = dict(known[grade_id]["marks"])
        if known.keys() <= positions(nb).keys():  # as mostly: the instructor's notebook takes time to read
            return nb, resources
        found, doubtful = recognised(nb, self._release(known, resources))
        for index, grade_id in found.items():
            nb.cells[index].metadata["nbgrader"] = dict(known[grade_id]["marks"])
        note_doubts(nb, known, doubtful)
        return nb, resources

    def _release(self, known, resources):
        """List of Released: the whole notebook where the instructor's has these cells, else those that the gradebook knows."""
        clear = ClearHiddenTests(config=self.config, enforce_metadata=False)
        graded = {name: released_cell(one["marks"], without_hidden_tests(clear, one["source"])) for name, one in known.items()}
        cells = instructors_cells(resources, self.config)
        if [name for name in map(grade_id_of, cells) if name] != [*known]:
            return [*graded.values()]
        return [graded.get(grade_id_of(cell)) or Released(None, cell.cell_type, cell.source) for cell in cells]


class ForgetDuplicates(DeduplicateIds):
    """Of cells with one id the last counts, as in DeduplicateIds; the others become ordinary cells.

    The empty metadata that DeduplicateIds leaves on them is taken for an old schema, and stops the run.
    """

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        for cell in nb.cells:
            if "nbgrader" in cell.metadata and not cell.metadata["nbgrader"]:
                del cell.metadata["nbgrader"]
        return nb, resources


class RestoreCells(NbGraderPreprocessor):
    """Puts deleted graded cells back, each where the source has it among the cells that are left.

    Stock nbgrader's add_missing_cells fails when the cell before the missing one is missing too.
    """

    def preprocess(self, nb, resources):
        known = source_marks(resources)
        order, there = list(known), positions(nb)
        for place, grade_id in enumerate(order):
            if known[grade_id]["marks"]["grade"] and grade_id not in there:
                nb.cells.insert(place_among(nb, order, place), missing_cell(known[grade_id]))
        return nb, resources


def source_marks(resources):
    """{grade_id: {"marks": nbgrader metadata, "source": text}} of the source notebook, in its order."""
    about = resources["nbgrader"]
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
        graded = {cell.name for cell in notebook.grade_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name for cell in notebook.task_cells}
        found = {}
        for cell in notebook.source_cells:
            marks = {
                "cell_type": cell.cell_type, "checksum": cell.checksum, "grade": cell.name in graded,
                "grade_id": cell.name, "locked": cell.locked, "schema_version": 3,
                "solution": cell.name in solutions, "task": cell.name in tasks,
            }
            if cell.name in points:
                marks["points"] = points[cell.name]
            found[cell.name] = {"marks": marks, "source": cell.source}
    return found


def instructors_cells(resources, config):
    """Cells of the instructor's notebook, as the grader was given it or as the source folder has it; none where neither has."""
    about = resources["nbgrader"]
    with Gradebook(about["db_url"]) as gradebook:
        text = getattr(gradebook.find_notebook(about["notebook"], about["assignment"]), "text", "")
    directory = CourseDirectory(config=config)
    path = Path(directory.format_path(directory.source_directory, ".", about["assignment"])) / f"{about['notebook']}.ipynb"
    try:
        return nbformat.reads(text or path.read_text(encoding="utf-8"), as_version=4).cells
    except (OSError, ValueError):
        return []


def released_cell(marks, source):
    """The Released of a cell with these nbgrader metadata."""
    return Released(marks["grade_id"], marks["cell_type"], source, marks["solution"], marks["solution"] and marks["grade"])


def note_doubts(notebook, known, doubtful):
    """Notes on the cells of answers which others they may be; a stub that is gone comes back before the first of those."""
    for grade_id, places in {name: [notebook.cells[index] for index in indices] for name, indices in doubtful.items()}.items():
        there = positions(notebook)
        if grade_id not in there:
            first = next(index for index, cell in enumerate(notebook.cells) if cell is places[0])
            notebook.cells.insert(first, missing_cell(known[grade_id]))
        elsewhere.note(notebook.cells[positions(notebook)[grade_id]], places)


def positions(notebook):
    """{grade_id: index} of the cells that carry nbgrader metadata."""
    marked = ((index, cell.metadata.get("nbgrader", {})) for index, cell in enumerate(notebook.cells))
    return {marks["grade_id"]: index for index, marks in marked if "grade_id" in marks}


def place_among(notebook, order, place):
    """Index at which the cell `order[place]` belongs: after its nearest predecessor, or before what follows it."""
    there = positions(notebook)
    for grade_id in reversed(order[:place]):
        if grade_id in there:
            return there[grade_id] + 1
    return min((there[grade_id] for grade_id in order[place + 1:] if grade_id in there), default=len(notebook.cells))


def missing_cell(source):
    """A copy of a source cell, for a submission that lacks it."""
    make = new_code_cell if source["marks"]["cell_type"] == "code" else new_markdown_cell
    return make(source["source"], metadata={"nbgrader": dict(source["marks"]), "deletable": False})
