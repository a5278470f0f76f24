"""The notebook that the engine runs for one answer: the answer, the cells that judge it, and what these need."""

from __future__ import annotations

import ast
import copy
import re
from functools import cached_property

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from ..judge.needed import cells_needed, cells_touched
from ..judge.statements import Cell
from . import Answer
from .plan import Chapter

# An answer with one of these may change more than the names that it binds, as may one that calls something at once.
FAR_REACHING = re.compile(r"\b(set_\w+|manual_seed|global|environ|setattr|seed)\b")
PLACE = "place"  # a cell's metadata: where it stands in the chapter's notebook
# The instructor's own run draws every picture. Nothing judged can change by leaving them out after an answer: drawing
# binds no name, draws no random number, and its picture goes nowhere.
UNDRAWN = '''get_ipython().display_formatter.ipython_display_formatter.for_type_by_name(
    "matplotlib.figure", "Figure", lambda figure: None)'''


class AnswerNotebooks:
    """Makes the notebooks for the answers to one chapter, whose cells it takes apart once."""

    def __init__(self, chapter: Chapter):
        self.chapter = chapter

    @cached_property
    def cells(self) -> dict[int, Cell]:
        return {cell.place: Cell(cell.place, self._cell_at(cell.place)) for cell in self.chapter.cells}

    def own(self) -> NotebookNode:
        """The chapter as it is, with the instructor's solutions."""
        return _notebook({cell.place: self._cell_at(cell.place) for cell in self.chapter.cells})

    def of(self, answer: Answer) -> NotebookNode:
        """The chapter reduced to what decides over the answer; a right one is followed by all that uses what it made."""
        place = self.chapter.cells[self.chapter.exercise(answer.exercise).solution].place
        source = copy.deepcopy(self._cell_at(place))
        source.source = answer.source
        cells = {**self.cells, place: Cell(place, source)}
        sources = cells_needed(cells, self._kept(answer, cells[place]))
        return _notebook({one: self._cell_at(one, text) for one, text in sources.items()}, UNDRAWN)

    def _kept(self, answer: Answer, cell: Cell) -> list[int]:
        """Places of the cells that judge the answer, and of those that it might break."""
        exercise = self.chapter.exercise(answer.exercise)
        judging = [self.chapter.cells[position].place for position in (exercise.solution, *exercise.graded)]
        if answer.kind != "right":
            return judging
        place = judging[0]
        if FAR_REACHING.search(cell.text) or any(isinstance(s.node, ast.Expr) for s in cell.statements) or not cell.statements:
            return [one for one in self.cells if one >= place]
        bound = set().union(*(s.binds for s in (*self.cells[place].statements, *cell.statements)))
        return sorted({*judging, *cells_touched(self.cells, place, bound)})

    def _cell_at(self, place: int, source: str | None = None) -> NotebookNode:
        cell = self.chapter.notebook.cells[place]
        return cell if source is None else NotebookNode({**cell, "source": source})


def _notebook(cells: dict[int, NotebookNode], *first: str) -> NotebookNode:
    """A notebook of these cells, with their places in their metadata, after cells with these sources."""
    placed = [_code_cell(cell.source, f"at-{place}", {**cell.metadata, PLACE: place}) for place, cell in cells.items()]
    return new_notebook(cells=[*(_code_cell(source, f"first-{n}", {}) for n, source in enumerate(first)), *placed])


def _code_cell(source: str, name: str, metadata: dict) -> NotebookNode:
    # Not by nbformat's new_code_cell, which takes a millisecond to validate it.
    return NotebookNode(id=name, cell_type="code", metadata=nbformat.from_dict(metadata), execution_count=None, source=source, outputs=[])

