"""Reads a chapter's text (jupytext percent format) and gives its master notebook, the same bytes every time."""

import hashlib
import json
import re
from collections import Counter

import jupytext
import nbformat
from nbgrader.nbgraderformat import MetadataValidator, SchemaTooNewError, SchemaTooOldError, ValidationError

from course.grading.course_root import CourseError

CELL_MARKER = re.compile(r"^# %%", re.MULTILINE)
DRAFT = re.compile(r"^# draft: true$", re.MULTILINE)
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def master_notebook(text, name):
    """The notebook written in `text`; `name` is the chapter's, for messages.

    Whatever stands before the first `# %%` (jupytext's header, a line on what the file is for) is not part of the
    notebook. Cell ids follow from the nbgrader id or the content, so that a change in one cell changes one id.
    Raises CourseError when there are no cells, or when nbgrader metadata is broken or repeated.
    """
    first = CELL_MARKER.search(text)
    if first is None:
        raise CourseError(f"{name}: no cell found, a cell starts with a line '# %%'")
    check_markers(text, name)
    notebook = jupytext.reads(text[first.start():], fmt="py:percent")
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    seen = Counter()
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: value for key, value in cell.metadata.items() if key != "id"})
        cell.metadata.pop("lines_to_next_cell", None)
        cell.id = cell_id(cell, seen)
    check_metadata(notebook, name)
    return notebook


def check_markers(text, name):
    """Raises CourseError where what stands behind `nbgrader=` is not JSON: jupytext would take it for the cell's title."""
    for number, line in enumerate(text.splitlines(), 1):
        _, found, marks = line.partition("nbgrader=")
        if found and CELL_MARKER.match(line):
            try:
                json.JSONDecoder().raw_decode(marks)
            except json.JSONDecodeError as error:
                column = len(line) - len(marks) + error.colno
                raise CourseError(f"{name}.py:{number}: what stands behind nbgrader= is not JSON, from column {column} on: "
                                  f"{error.msg[0].lower()}{error.msg[1:]}") from None


def is_draft(text):
    """Whether the head of a chapter's text says that it is not finished: what holds of its length is not asked yet."""
    first = CELL_MARKER.search(text)
    return bool(DRAFT.search(text, 0, first.start() if first else len(text)))


def cell_id(cell, seen):
    """A stable id: the cell's grade_id, or a hash of type, text and how often the same cell came before."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    if grade_id and len(grade_id) <= 64:
        return grade_id
    content = f"{cell.cell_type}\n{grade_id}\n{cell.source}"
    seen[content] += 1
    return "cell-" + hashlib.sha256(f"{seen[content]}\n{content}".encode()).hexdigest()[:12]


def check_metadata(notebook, name):
    """Raises CourseError with one line when nbgrader would refuse the notebook's metadata."""
    ids = Counter(cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells)
    repeated = sorted(grade_id for grade_id, count in ids.items() if grade_id and count > 1)
    if repeated:
        raise CourseError(f"{name}: grade_id used more than once: {', '.join(repeated)}")
    for cell in notebook.cells:
        try:
            MetadataValidator().validate_cell(cell)
        except (ValidationError, SchemaTooOldError, SchemaTooNewError) as error:
            grade_id = cell.metadata["nbgrader"].get("grade_id", "without grade_id")
            what = str(error).split("\n")[0]
            raise CourseError(f"{name}: nbgrader metadata of cell '{grade_id}': {what}") from error


def notebook_bytes(notebook):
    """The notebook as nbgrader's own writer puts it on disk: UTF-8, one-space indent, one newline at the end."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()
