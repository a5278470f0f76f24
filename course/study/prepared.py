"""A learner's notebook made ready for the full verdict: the source's graded cells in it, whatever was done to its own."""

import logging

from nbgrader.preprocessors import ClearOutput, OverwriteCells
from nbgrader.utils import compute_checksum

from course.grading.course_root import CourseError
from course.grading.engine.picture import Picture, shown_to
from course.grading.engine.task import NotebookSource, SourceCell
from course.grading.preprocessors.repair import ForgetDuplicates, RestoreCells, RestoreMetadata
from course.grading.reading import ASK_FOR_IT, read_notebook
from course.grading.submissions import NotGradable
from course.study.copies import own_copy
from course.study.exercises import marks_of

QUIET = logging.Logger("course.study", logging.CRITICAL + 1)
# nbgrader's own order; RestoreCells takes the place of a fault in OverwriteCells.
STEPS = (RestoreMetadata, ClearOutput, ForgetDuplicates, OverwriteCells, RestoreCells)


def learners_notebook(root, chapter):
    """The saved notebook of a learner, as it is. Raises CourseError, in one line, where there is none or it is broken."""
    path = own_copy(root, chapter)
    shown = path.relative_to(root)
    try:
        return read_notebook(path.name, path.read_bytes())
    except FileNotFoundError:
        raise CourseError(f"{shown} is not there: run `course start {chapter}`") from None
    except OSError as error:
        raise CourseError(f"{shown} cannot be read: {error.strerror}") from None
    except NotGradable as error:
        reason = str(error).replace(ASK_FOR_IT, "").rstrip(";: ")
        raise CourseError(f"{reason}; save it again in JupyterLab, or run `course start --reset {chapter}`, which puts a fresh "
                          "one there and keeps this one") from None


def prepared(notebook, chapter):
    """The notebook with every graded and locked cell as the source has it; answers and the learner's own cells stay.

    Changes the notebook given. chapter: as `exercises.read_chapter` gives it.
    """
    source = source_of(chapter)
    resources = {"nbgrader": {"notebook": chapter.name, "assignment": chapter.name, "db_url": "", "student": ""}}
    steps = [step(log=QUIET) for step in STEPS]
    with shown_to(steps, Picture(source)):
        for step in steps:
            notebook, resources = step(notebook, resources)
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)  # a tag might keep a check from being run
    return notebook


def source_of(chapter):
    """The chapter as a gradebook would have it: hidden tests in the graded cells, stubs in the answer cells."""
    stubs = {one.name: one.stub for one in chapter.exercises}
    cells, graded, tasks, solutions = [], {}, {}, []
    for cell in chapter.source.cells:
        marks = marks_of(cell)
        if not marks:
            continue
        name = marks["grade_id"]
        checksum = compute_checksum(cell) if marks.get("locked") else None
        cells.append(SourceCell(name, cell.cell_type, bool(marks.get("locked")), stubs.get(name, cell.source), checksum))
        if marks.get("task"):
            tasks[name] = marks["points"]
        elif marks.get("grade"):
            graded[name] = marks["points"]
        if marks.get("solution"):
            solutions.append(name)
    return NotebookSource(chapter.name, "python3", tuple(cells), graded, tasks, tuple(solutions))
