"""Which cells of a notebook must run so that some of them come out as in the whole notebook; the others may be left out."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from .statements import INSIDE, JUDGED, SOLUTION, Cell, needed_for

# Of these kinds a cell runs as a whole or not at all: the judge knows its cells by their names, and answers are answers.
WHOLE = (JUDGED, INSIDE, SOLUTION)


@dataclass(frozen=True, eq=False)
class _Piece:
    """A statement of the cell at `place`. changes: names of whatever it may change in place, also through other names."""

    place: int
    node: ast.stmt
    binds: set[str]
    reads: set[str]
    changes: set[str]
    seeds: bool


def cells_needed(cells: Mapping[int, Cell], kept: Collection[int]) -> dict[int, str]:
    """The sources of the cells to run, by place and in order, so that those at the places `kept` come out as they would.

    cells: a notebook's code cells by place. Cells before the last of `kept` run as far as others need them, without what
    only shows something. Numbers drawn at random are the same where a seed is set before they are drawn.
    """
    last = max(kept)
    before = {place: cell for place, cell in cells.items() if place < last and place not in kept}
    bound = _names_bound(cells)
    pieces = list(_pieces(before, bound))
    running = set(kept)
    while True:
        names = set().union(*(_names_used(cells[place], bound) for place in running))
        needed = needed_for(names, pieces)
        whole = {piece.place for piece in needed if before[piece.place].kind in WHOLE} - running
        if not whole:
            break
        running |= whole
    parts: dict[int, set[ast.stmt]] = {}
    for piece in needed:
        parts.setdefault(piece.place, set()).add(piece.node)
    for place, cell in before.items():
        imports = {statement.node for statement in cell.statements if statement.is_import and cell.kind != JUDGED}
        if imports:
            parts.setdefault(place, set()).update(imports)
    return {place: cells[place].text if place in running else _source_of(cells[place], parts[place])
            for place in sorted(running | set(parts))}


def _names_bound(cells: Mapping[int, Cell]) -> set[str]:
    """Names that the notebook binds otherwise than by importing them."""
    return {name for cell in cells.values() for statement in cell.statements if not statement.is_import for name in statement.binds}


def _names_used(cell: Cell, bound: set[str]) -> set[str]:
    """Names that a cell reads; tests read names that they give as text too."""
    names = set().union(*(statement.reads for statement in cell.statements))
    if cell.kind in (JUDGED, INSIDE):
        constants = (node for statement in cell.statements for node in ast.walk(statement.node) if isinstance(node, ast.Constant))
        names |= {constant.value for constant in constants if isinstance(constant.value, str)} & bound
    return names


def _pieces(cells: Mapping[int, Cell], bound: set[str]) -> Iterator[_Piece]:
    """The cells' statements; one that acts on objects may change all it reads, and what those were made of."""
    every = [(place, s) for place, cell in cells.items() for s in cell.statements if not s.is_import]
    made_of: dict[str, set[str]] = {}
    functions = set().union(*(s.binds for _, s in every if s.is_definition))
    for _, statement in every:
        if not statement.is_definition:
            for name in statement.binds:
                made_of.setdefault(name, set()).update((statement.reads_at_once & bound) - functions)
    for place, statement in every:
        changes = statement.changes & bound
        if not statement.is_definition and (changes or _calls(statement.node) & functions):
            changes = changes | _with_parts((statement.reads_at_once & bound) - functions, made_of)
        yield _Piece(place, statement.node, statement.binds, statement.reads, changes, statement.seeds)


def _calls(node: ast.stmt) -> set[str]:
    """Names of the functions that a statement calls."""
    return {inner.func.id for inner in ast.walk(node) if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)}


def _with_parts(names: set[str], made_of: Mapping[str, set[str]]) -> set[str]:
    """The names, those that their values were made of, and so on."""
    found, waiting = set(), set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= made_of.get(name, set()) - found
    return found


def _source_of(cell: Cell, nodes: Collection[ast.stmt]) -> str:
    """The cell as far as these of its statements go; its own text where that is all of them."""
    statements = [statement.node for statement in cell.statements]
    if len(nodes) == len(statements):
        return cell.text
    return "\n".join(ast.unparse(node) for node in statements if node in nodes)
