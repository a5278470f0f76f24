"""What the answer runner is to do with a chapter: its code cells, its exercises, and which cells judge which exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from . import Answer, AnswersError

MAY_RAISE = "raises-exception"  # the cell tag by which nbclient lets a cell of the chapter fail


@dataclass(frozen=True)
class Cell:
    """One code cell. place: its index in the notebook. points: what nbgrader gives for it, 0.0 when it is not graded."""

    place: int
    source: str
    grade_id: str
    graded: bool
    solution: bool
    points: float
    may_raise: bool


@dataclass(frozen=True)
class Exercise:
    """One solution cell and the autograded cells up to the next one.

    solution, graded: positions in `Chapter.cells`. The answers to it are judged by the graded cells alone.
    """

    name: str
    solution: int
    graded: tuple[int, ...]


@dataclass(frozen=True)
class Chapter:
    """The code cells of a chapter and its exercises, both in order.

    by_hand: grade_ids of the solution cells that a person grades; they are no exercises, and may have answers or not.
    folder: holds the files that its cells may read. notebook: the instructor's.
    """

    name: str
    cells: tuple[Cell, ...]
    exercises: tuple[Exercise, ...]
    by_hand: tuple[str, ...] = ()
    folder: Path | None = field(default=None, compare=False)
    notebook: NotebookNode | None = field(default=None, compare=False, repr=False)

    def exercise(self, name: str) -> Exercise:
        """Raises AnswersError, naming those there are, when the chapter has no such exercise."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        known = ", ".join(exercise.name for exercise in self.exercises) or "none"
        raise AnswersError(f"{self.name} has no exercise '{name}'; its exercises are: {known}")

    def graded_cells(self, exercise: Exercise) -> list[Cell]:
        return [self.cells[position] for position in exercise.graded]


def read_chapter(path: str | Path) -> Chapter:
    """The chapter in a source notebook. Raises AnswersError when there is no such file."""
    path = Path(path)
    if not path.is_file():
        raise AnswersError(f"{path} does not exist: build the chapter first")
    return chapter_of(nbformat.read(path, as_version=4), path.parent.name, path.parent)


def chapter_of(notebook: NotebookNode, name: str, folder: Path | None = None) -> Chapter:
    """The chapter in a notebook; `folder` holds the files that its cells may read."""
    cells = tuple(_code_cells(notebook))
    by_hand = tuple(cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells if _is_by_hand(cell))
    return Chapter(name, cells, tuple(_exercises(cells)), by_hand, folder, notebook)


def stubs(chapter: Chapter, release: NotebookNode) -> list[Answer]:
    """What learners start from: the released content of each exercise's solution cell, as answers of kind 'stub'."""
    released = {cell.grade_id: cell.source for cell in _code_cells(release) if cell.solution}
    missing = [exercise.name for exercise in chapter.exercises if exercise.name not in released]
    if missing:
        raise AnswersError(f"the release of {chapter.name} lacks {', '.join(missing)}: build the chapter again")
    return [
        Answer(chapter.name, exercise.name, "stub", "as released", None, None, released[exercise.name], 0)
        for exercise in chapter.exercises
    ]


def _code_cells(notebook: NotebookNode) -> Iterator[Cell]:
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        marks = cell.metadata.get("nbgrader", {})
        by_hand = _is_by_hand(cell)
        graded = bool(marks.get("grade", False) and not by_hand)
        yield Cell(
            place=place,
            source=cell.source,
            grade_id=marks.get("grade_id", ""),
            graded=graded,
            solution=bool(marks.get("solution", False) and not by_hand),
            points=float(marks.get("points", 0)) if graded else 0.0,
            may_raise=MAY_RAISE in cell.metadata.get("tags", []),
        )


def _is_by_hand(cell: NotebookNode) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("task") or (marks.get("solution") and (marks.get("grade") or cell.cell_type == "markdown")))


def _exercises(cells: tuple[Cell, ...]) -> Iterator[Exercise]:
    solutions = [position for position, cell in enumerate(cells) if cell.solution]
    for start, end in zip(solutions, [*solutions[1:], len(cells)], strict=True):
        graded = tuple(position for position in range(start + 1, end) if cells[position].graded)
        yield Exercise(cells[start].grade_id, start, graded)
