"""Which cells of a notebook must run so that some of them come out as in the whole notebook; the others may be left out."""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .statements import INSIDE, JUDGED, LOCKED, SOLUTION, Cell, Statement

# Of these kinds a cell runs as a whole or not at all: the judge knows its cells by their names, and answers are answers.
WHOLE = (JUDGED, INSIDE, SOLUTION)
# What is made with these can be changed through something else: by a backward pass, or an optimiser's step.
LIVING = ("nn", "optim", "requires_grad", "requires_grad_")


# What is known of a statement alone is asked for again with every answer to a chapter.
_remembered = functools.lru_cache(maxsize=10_000)


@dataclass(frozen=True, eq=False)
class _Piece:
    """A statement of the cell at `place`. certain: names that it binds for sure. late: names that it may read when called.

    changes: names of whatever it may change in place, also through other names.
    """

    place: int
    node: ast.stmt
    binds: set[str]
    certain: set[str]
    reads: set[str]
    late: set[str]
    changes: set[str]
    seeds: bool


def cells_needed(cells: Mapping[int, Cell], kept: Collection[int]) -> dict[int, str]:
    """The sources of the cells to run, by place and in order, so that those at the places `kept` come out as they would.

    cells: a notebook's code cells by place. Cells before the last of `kept` run as far as others need them, without what
    only shows something. Numbers drawn at random are the same where a seed is set before they are drawn.
    """
    last = max(kept)
    pieces = list(_pieces({place: cell for place, cell in sorted(cells.items()) if place <= last}))
    whole = {place for place, cell in cells.items() if place in kept or cell.kind in WHOLE}
    needed, waiting = set(), [number for number, piece in enumerate(pieces) if piece.place in kept]
    running = set(kept)
    while waiting:
        number = waiting.pop()
        if number in needed:
            continue
        needed.add(number)
        waiting += _needed_by(number, pieces)
        place = pieces[number].place
        if place in whole and place not in running:
            running.add(place)
            waiting += [other for other, piece in enumerate(pieces) if piece.place == place]
    parts: dict[int, set[ast.stmt]] = {}
    for number in needed:
        parts.setdefault(pieces[number].place, set()).add(pieces[number].node)
    for number, piece in enumerate(pieces):
        if piece.seeds and cells[piece.place].kind not in WHOLE:
            parts.setdefault(piece.place, set()).add(pieces[number].node)
    for place, cell in cells.items():
        if place < last and cell.kind not in WHOLE and (imports := {s.node for s in cell.statements if s.is_import}):
            parts.setdefault(place, set()).update(imports)
    return {place: cells[place].text if place in running else _source_of(cells[place], parts[place])
            for place in sorted(running | set(parts))}


def cells_touched(cells: Mapping[int, Cell], place: int, names: Collection[str]) -> list[int]:
    """Places of the cells after `place` that use these names, or what was made with them, directly or through others."""
    touched = set(names)
    later = {other: cell for other, cell in cells.items() if other > place}
    pieces = list(_pieces(cells))
    while True:
        more = [piece for piece in pieces if piece.place in later and (piece.reads | piece.binds) & touched]
        known, touched = len(touched), touched.union(*(piece.binds | piece.changes for piece in more))
        if len(touched) == known:
            break
    places = {piece.place for piece in more}
    return [other for other in sorted(later) if other in places]


def _needed_by(number: int, pieces: list[_Piece]) -> Iterator[int]:
    """Numbers of the pieces that bind what a piece reads, or change it, as far as it can still see that."""
    piece = pieces[number]
    for name in piece.reads:
        first = max((other for other in range(number) if name in pieces[other].certain), default=0)
        end = len(pieces) if name in piece.late else number
        for other in range(first, end):
            if name in pieces[other].binds or name in pieces[other].changes:
                yield other


def _pieces(cells: Mapping[int, Cell]) -> Iterator[_Piece]:
    """The cells' statements, in order, imports left out."""
    every = [(cell, place, s) for place, cell in cells.items() for s in cell.statements if not s.is_import]
    statements = [s for _, _, s in every]
    bound = set().union(*(s.binds for s in statements))
    functions = set().union(*(s.binds for s in statements if s.is_definition))
    data = _data(statements, bound, functions)
    made_of: dict[str, set[str]] = {}
    for statement in statements:
        if not statement.is_definition:
            for name in statement.binds:
                made_of.setdefault(name, set()).update((statement.reads_at_once & bound) - functions - data)
    for cell, place, s in every:
        reads = s.reads | (_named(s.node) & bound if cell.kind in (JUDGED, INSIDE, LOCKED) else set())
        changes = s.changes & bound
        if not s.is_definition:
            changes = changes | _with_parts(changes | (_given(s.node, functions) & bound - functions - data), made_of)
        deferred = s.reads - s.reads_at_once if s.is_definition else s.reads if _has_lambda(s.node) else set()
        yield _Piece(place, s.node, s.binds, _certain(s), reads, deferred, changes, s.seeds)


@_remembered
def _named(node: ast.stmt) -> set[str]:
    """Texts in a statement that may be names, as tests and their helpers write them; keys of dictionaries are none."""
    keys = {id(key) for inner in ast.walk(node) if isinstance(inner, ast.Dict) for key in inner.keys}
    constants = (inner for inner in ast.walk(node) if isinstance(inner, ast.Constant) and id(inner) not in keys)
    return {constant.value for constant in constants if isinstance(constant.value, str)}


@_remembered
def _certain(statement: Statement) -> set[str]:
    """Names that a statement binds to something new, whatever happens."""
    node = statement.node
    if statement.is_definition:
        return {node.name}
    if not isinstance(node, ast.Assign):
        return set()
    names = {inner.id for target in node.targets for inner in ast.walk(target)
             if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}
    return names - statement.reads


def _data(statements: Iterable[Statement], bound: set[str], functions: set[str]) -> set[str]:
    """Names of plain data: what libraries made, and what was made of that, without anything that a training step changes."""
    found = set(bound)
    while True:
        other = {name for s in statements if not _makes_data(s, bound, functions, found) for name in s.binds}
        if not found & other:
            return found
        found -= other


def _makes_data(statement: Statement, bound: set[str], functions: set[str], data: set[str]) -> bool:
    return (_by_a_library(statement.node) and not statement.reads & functions
            and not (statement.reads & bound) - data)


@_remembered
def _by_a_library(node: ast.stmt) -> bool:
    """Whether a statement takes what a call gives, and nothing that lives in it."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, (ast.Call, ast.Attribute, ast.Subscript)):
        return False
    words = {inner.id if isinstance(inner, ast.Name) else inner.attr if isinstance(inner, ast.Attribute) else inner.arg
             for inner in ast.walk(node.value) if isinstance(inner, (ast.Name, ast.Attribute, ast.keyword))}
    return not words & set(LIVING)


def _given(node: ast.stmt, functions: set[str]) -> set[str]:
    """Names in what a statement gives to the notebook's own functions and to those that work in place, or runs back from."""
    return set().union(*(given for name, given in _calls(node) if name in functions or name is None))


@_remembered
def _calls(node: ast.stmt) -> tuple[tuple[str | None, frozenset[str]], ...]:
    """(function's name, names in its arguments) of calls; None for methods that work in place, or run back."""
    found = []
    for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Name):
            found.append((call.func.id, _names_in(given)))
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "backward":
            found.append((None, _names_in([*given, call.func.value])))
        elif isinstance(call.func, ast.Attribute) and call.func.attr.endswith("_"):
            found.append((None, _names_in(given)))
    return tuple(found)


def _names_in(nodes: Iterable[ast.expr]) -> frozenset[str]:
    return frozenset(inner.id for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name))


@_remembered
def _has_lambda(node: ast.stmt) -> bool:
    return any(isinstance(inner, ast.Lambda) for inner in ast.walk(node))


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
