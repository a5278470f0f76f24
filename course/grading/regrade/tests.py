"""What an assignment's graded cells are judged on, as plain data: remembered beside the records, compared when it changes."""

import ast
import hashlib
import json
import re

import nbformat
from nbgrader import utils

from course.grading.judge.needed import cells_needed
from course.grading.judge.statements import INSIDE, JUDGED, Cell, free_names, needed_for

TEST, TEXT, CODE, BUILDS_ON, FILES, NEW = (
    "test changed", "task changed", "the notebook's own code changed", "a test that it builds on changed",
    "a file beside the notebook changed", "new")
WORD = re.compile(r"[^\W\d]\w*")


def tests_of(notebooks, files):
    """The tests of an assignment, for `digest_of` and `changes`; JSON.

    notebooks: its NotebookSources. files: {relative path: content} that lie beside them.
    """
    return {
        "notebooks": {one.name: {"cells": kept_cells(one), "points": {**one.grade_points, **one.task_points}}
                      for one in notebooks},
        "files": {path: hashlib.sha256(content).hexdigest()[:16] for path, content in sorted(files.items())},
    }


def kept_cells(source):
    """The notebook's code cells, and what else of it gives points, each as {cell_type, source, metadata}."""
    cells = source.instructors_notebook().cells
    return [
        {"cell_type": cell.cell_type, "source": cell.source,
         "metadata": {name: cell.metadata[name] for name in ("nbgrader", "tags") if name in cell.metadata}}
        for cell in cells if cell.cell_type == "code" or utils.is_grade(cell) or utils.is_task(cell)
    ]


def digest_of(tests):
    """A hash of all that a grade can depend on: graded cells, their points, the instructor's code, files beside it.

    Solutions and prose are no part of it, nor is what an open cell only shows.
    """
    told = [(name, graded_texts(one), sorted(one["points"].items()), own_code(one))
            for name, one in sorted(tests["notebooks"].items())]
    return hashlib.sha256(json.dumps([told, tests["files"]], sort_keys=True).encode()).hexdigest()[:16]


def changes(old, new):
    """{notebook: ({grade_id: why it is to be judged again}, {grade_id: (points then, points now)})}."""
    files = old["files"] != new["files"]
    found = {}
    for name, after in new["notebooks"].items():
        before = old["notebooks"].get(name, {"cells": [], "points": {}})
        points = {cell: (before["points"].get(cell, now), now) for cell, now in after["points"].items()
                  if before["points"].get(cell, now) != now}
        found[name] = judged_again(before, after, files), points
    return found


def judged_again(before, after, files_changed):
    """{grade_id: why} of one notebook's graded cells for which something has changed that can decide over them."""
    then, now = graded_texts(before), graded_texts(after)
    based_then, based_now = what_each_builds_on(before), what_each_builds_on(after)
    names = names_looked_up(before) | names_looked_up(after)  # a test that now uses more is not all tests' concern
    code_changed = own_code(before, names) != own_code(after, names)
    found = {}
    for cell, text in now.items():
        if cell not in then:
            found[cell] = NEW
        elif then[cell] != text:
            found[cell] = TEST if cell in based_now else TEXT
        elif cell in based_now and code_changed:
            found[cell] = CODE
        elif cell in based_now and files_changed:
            found[cell] = FILES
        elif cell in based_now and based_then.get(cell) != based_now[cell]:
            found[cell] = BUILDS_ON
    return found


def graded_texts(notebook):
    """{grade_id: text} of the cells that give points, and whether one runs in the student's process."""
    found = {}
    for cell in nodes(notebook):
        if utils.is_grade(cell) or utils.is_task(cell):
            inside = "run-inside" in cell.metadata.get("tags", [])
            found[cell.metadata.nbgrader.grade_id] = cell.source + ("\n# run-inside" if inside else "")
    return found


def own_code(notebook, names=None):
    """The instructor's code that is no test and no solution: locked cells, and of open ones what tests use, and imports.

    names: that tests look up, default those that this notebook's tests do.
    """
    code = [cell for cell in nodes(notebook) if cell.cell_type == "code" and not utils.is_solution(cell)]
    fixed = [cell.source for cell in code if utils.is_locked(cell) and not utils.is_grade(cell)]
    # A cell is taken apart only where it must be: whoever grades waits for this.
    statements = [s for place, cell in enumerate(code) if not utils.is_locked(cell) for s in Cell(place, cell).statements]
    used = needed_for(names_looked_up(notebook) if names is None else names, [s for s in statements if not s.is_import])
    return [*fixed, *(ast.unparse(s.node) for s in statements if s.is_import or s in used)]


def names_looked_up(notebook):
    """Names that the notebook's tests and locked cells look up."""
    return set().union(*(names_in(cell.source) for cell in nodes(notebook) if cell.cell_type == "code" and utils.is_locked(cell)))


def names_in(text):
    """Names that a cell's code looks up in the notebook; where it is not plain Python, every word in it."""
    try:
        return free_names(text)
    except (SyntaxError, ValueError):
        return set(WORD.findall(text))


def what_each_builds_on(notebook):
    """{grade_id: texts of the tests that must have run before it, its own among them} of the cells that code decides."""
    cells = {place: Cell(place, cell) for place, cell in enumerate(nodes(notebook)) if cell.cell_type == "code"}
    tests = {place: cell for place, cell in cells.items() if cell.kind in (JUDGED, INSIDE)}
    return {cell.grade_id: [tests[other].text for other in cells_needed(cells, [place]) if other in tests]
            for place, cell in tests.items()}


def nodes(notebook):
    """The cells as nbformat has them."""
    return [nbformat.from_dict(cell) for cell in notebook["cells"]]

