"""The gradebook as nbgrader's preprocessors see it in a grader: a picture of the source, and a place for the grades."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from nbgrader.api import MissingEntry

from .task import NotebookGrades, NotebookSource, SourceCell


class Picture:
    """Answers what preprocessors ask a `nbgrader.api.Gradebook` about one notebook of one student, without a database.

    What SaveAutoGrades writes stays here, and `grades()` hands it out. Points given by hand are unknown here: whether
    a score that has some needs another look is settled by whoever merges the grades.
    """

    def __init__(self, source: NotebookSource):
        self.db = SimpleNamespace(commit=lambda: None)
        self._grades: dict[str, SimpleNamespace] = {}
        self._comments: dict[str, SimpleNamespace] = {}
        self._cells = {cell.name: cell for cell in source.cells}
        graded = {**source.grade_points, **source.task_points}
        self._graded = {name: SimpleNamespace(name=name, max_score=points) for name, points in graded.items()}
        self._commented = {*source.solutions, *source.task_points}
        self._notebook = SimpleNamespace(
            name=source.name, kernelspec=source.kernelspec, text=source.text, source_cells=list(source.cells),
            grade_cells=[self._graded[name] for name in source.grade_points],
            task_cells=[self._graded[name] for name in source.task_points],
            solution_cells=[SimpleNamespace(name=name) for name in source.solutions],
        )

    def __enter__(self) -> Picture:
        return self

    def __exit__(self, *error) -> None:
        pass

    def find_notebook(self, notebook: str, assignment: str):
        if notebook != self._notebook.name:
            raise MissingEntry(f"no notebook {notebook} in this picture of the gradebook")
        return self._notebook

    def find_source_cell(self, cell: str, notebook: str, assignment: str):
        return self._found(self._cells, cell)

    def find_graded_cell(self, cell: str, notebook: str, assignment: str):
        return self._found(self._graded, cell)

    def find_grade(self, cell: str, notebook: str, assignment: str, student: str):
        self._found(self._graded, cell)
        return self._grades.setdefault(
            cell, SimpleNamespace(auto_score=None, manual_score=None, needs_manual_grade=False))

    def find_comment(self, cell: str, notebook: str, assignment: str, student: str):
        if cell not in self._commented:
            raise MissingEntry(cell)
        return self._comments.setdefault(cell, SimpleNamespace(auto_comment=None))

    def grades(self) -> NotebookGrades:
        """What was written so far."""
        scores = {name: (one.auto_score, bool(one.needs_manual_grade)) for name, one in self._grades.items()}
        comments = {name: one.auto_comment for name, one in self._comments.items()}
        return NotebookGrades(self._notebook.name, scores, comments)

    @staticmethod
    def _found(entries: dict, name: str):
        try:
            return entries[name]
        except KeyError:
            raise MissingEntry(name) from None


@contextlib.contextmanager
def shown_to(steps: Iterable, picture: Picture) -> Iterator[None]:
    """While the block runs, preprocessors that open the gradebook get the picture.

    nbgrader's steps open it by themselves, by the name `Gradebook` in the module that defines them; so do ours.
    """
    modules = {sys.modules[kind.__module__] for step in steps for kind in type(step).__mro__}
    opening = {module: module.Gradebook for module in modules if hasattr(module, "Gradebook")}
    for module in opening:
        module.Gradebook = lambda *url_and_course: picture
    try:
        yield
    finally:
        for module, original in opening.items():
            module.Gradebook = original


def picture_of(notebook) -> NotebookSource:
    """A NotebookSource from a notebook of an open gradebook (`nbgrader.api.Notebook`), without the instructor's text."""
    return NotebookSource(
        name=notebook.name,
        kernelspec=notebook.kernelspec,
        cells=tuple(SourceCell(one.name, one.cell_type, one.locked, one.source, one.checksum)
                    for one in notebook.source_cells),
        grade_points={one.name: one.max_score for one in notebook.grade_cells},
        task_points={one.name: one.max_score for one in notebook.task_cells},
        solutions=tuple(one.name for one in notebook.solution_cells),
    )
