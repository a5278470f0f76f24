"""Plan: what the judge runs itself and what belongs to the student, decided from the instructor's notebook alone."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import CodeType

from .statements import INSIDE, JUDGED, LOCKED, PLAIN, RUN_INSIDE, SOLUTION, Cell, Statement, is_judged, needed_for

__all__ = ["RUN_INSIDE", "Chunk", "Plan", "is_judged"]

# What IPython, and the judge itself, put into every notebook's namespace.
GIVEN = frozenset({"In", "Out", "display", "exit", "quit", "open", "get_ipython", "judge"})


@dataclass(frozen=True)
class Chunk:
    """Statements of one of the instructor's cells that the judge runs itself.

    file: the name that tracebacks and `linecache` know the cell by. text: the whole cell. code: the statements, compiled.
    """

    file: str
    text: str
    code: CodeType


@dataclass(frozen=True)
class Plan:
    """Who runs what, and who owns which name, in one notebook.

    judged: sources of the grade cells that the judge runs, by grade_id, in the notebook's order. inside: grade_ids of
    cells that their author marked with the tag `run-inside`: they run in the student's process. student_names: names
    that solution cells bind, or that are computed from those, or that are read and that nothing of the notebook binds, as
    where a released notebook is all there is. pushed: names that judged cells bind and that cells of
    the student read. open_names: names that open cells of the notebook bind without any help of the student's: the judge
    has its own, and code that is shipped into the student's process means the one that it finds there, so that objects
    made there are of its class. hidden_lines: by file name, the lines that a release does not show. plain: grade_ids of
    judged cells that look at the student's objects themselves, and do not leave that to the checks' verbs.
    """

    judged: dict[str, str]
    inside: frozenset[str]
    student_names: frozenset[str]
    pushed: frozenset[str]
    open_names: frozenset[str]
    hidden_lines: dict[str, tuple[range, ...]]
    plain: frozenset[str]
    _chunks: dict[str, tuple[Chunk, ...]] = field(repr=False)

    def trusted_before(self, grade_id: str) -> tuple[Chunk, ...]:
        """The chunks that stand between the judged cell before this one and this one, in order."""
        return self._chunks[grade_id]

    def is_visible(self, code: CodeType) -> bool:
        """Whether the text that this code was compiled from can be read in the release; True for code of libraries."""
        hidden = self.hidden_lines.get(code.co_filename, ())
        lines = {line for _, _, line in code.co_lines() if line} or {code.co_firstlineno}
        return not any(line in region for region in hidden for line in lines)

    @classmethod
    def of(cls, notebook) -> Plan:
        """The plan of an instructor's notebook, with solutions and hidden tests in it.

        Cells that are not Python, or that no parser takes, belong to the student: the judge runs nothing of them.
        """
        cells = [Cell(position, cell) for position, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        imported = set().union(*(cell.imported for cell in cells))
        student = _student_names(cells, imported)
        needed = _needed(cells, student)
        judged = {cell.grade_id: cell.text for cell in cells if cell.kind == JUDGED}
        chunks: dict[str, tuple[Chunk, ...]] = {}
        waiting: list[Chunk] = []
        for cell in cells:
            if cell.kind == JUDGED:
                chunks[cell.grade_id], waiting = tuple(waiting), []
            elif kept := [s.node for s in cell.statements if s.is_import or s in needed]:
                code = compile(ast.Module(kept, []), cell.file, "exec")
                waiting.append(Chunk(cell.file, cell.code_text, code))
        bound_by_tests = _names_bound(cells, JUDGED)
        read_by_student = set().union(*(s.reads for cell in cells if cell.kind != JUDGED for s in cell.statements))
        return cls(
            judged=judged,
            inside=frozenset(cell.grade_id for cell in cells if cell.kind == INSIDE),
            student_names=frozenset(student),
            pushed=frozenset((bound_by_tests & read_by_student) - imported),
            open_names=frozenset(_names_bound(cells, PLAIN) - _names_bound(cells, LOCKED) - student - imported),
            hidden_lines={cell.file: cell.hidden for cell in cells if cell.hidden},
            plain=frozenset(_plain_cells(cells, student, needed)),
            _chunks=chunks,
        )


def _names_bound(cells: Iterable[Cell], *kinds: str) -> set[str]:
    return set().union(*(s.binds for cell in cells if cell.kind in kinds for s in cell.statements))


def _student_names(cells: Iterable[Cell], imported: set[str]) -> set[str]:
    """Names bound by solutions, and names of the instructor's cells whose value depends on such a name."""
    student = (_names_bound(cells, SOLUTION, INSIDE) | _bound_by_nobody(cells)) - imported
    locked = [s for cell in cells if cell.kind == LOCKED for s in cell.statements if not s.is_import]
    opened = [s for cell in cells if cell.kind == PLAIN for s in cell.statements if not s.is_import]
    while True:
        # A locked function may call the student's, and stays the judge's own; one of an open cell can have been edited.
        late = [s for s in locked if s.reads_at_once & student]
        fixed = set().union(*(s.binds for s in locked if s not in late)) - _names_bound(cells, SOLUTION, INSIDE)
        found = set().union(*(s.binds for s in [*late, *(s for s in opened if s.reads & student)]))
        grown = student | found - imported - fixed
        if grown == student:
            return student
        student = grown


def _bound_by_nobody(cells: Iterable[Cell]) -> set[str]:
    """Names that cells read and none of them binds. None after `from … import *`, which binds what cannot be told here."""
    if any(isinstance(s.node, ast.ImportFrom) and s.node.names[0].name == "*" for cell in cells for s in cell.statements):
        return set()
    read = set().union(*(s.reads for cell in cells for s in cell.statements))
    bound = set().union(*(s.binds for cell in cells for s in cell.statements), *(_assigned(cell) for cell in cells))
    return {name for name in read - bound - GIVEN if not name.startswith("_")}


def _assigned(cell: Cell) -> set[str]:
    """Names that a cell binds at its top level in whatever way, by a `match` too."""
    if not cell.statements:
        return set()
    table = symtable.symtable(cell.code_text, "<cell>", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def _plain_cells(cells: Iterable[Cell], student: set[str], needed: set[Statement]) -> Iterable[str]:
    """Grade_ids of judged cells that read a student's name, themselves or through what they call of the notebook's."""
    judged = [cell for cell in cells if cell.kind == JUDGED]
    everyones = [*needed, *(s for cell in judged for s in cell.statements)]
    for cell in judged:
        names = set().union(*(s.reads for s in cell.statements))
        used = needed_for(names, everyones)
        if (names | set().union(*(s.reads for s in used))) & student:
            yield cell.grade_id


def _needed(cells: list[Cell], student: set[str]) -> set[Statement]:
    """Statements of the instructor's cells that judged cells need: what binds their names, and what changes those."""
    ours = [
        s for cell in cells if cell.kind in (LOCKED, PLAIN) for s in cell.statements
        if not s.is_import and not s.binds & student and "get_ipython" not in s.reads
        and not (s.reads_at_once & student)
    ]
    names = set().union(*(s.reads for cell in cells if cell.kind == JUDGED for s in cell.statements))
    return needed_for(names, ours)
