"""Plan: what the judge runs itself and what belongs to the student, decided from the instructor's notebook alone."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import CodeType

from IPython.core.inputtransformer2 import TransformerManager
from nbgrader import utils

RUN_INSIDE = "run-inside"
BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
# Setting a seed binds nothing, and yet what follows depends on it.
SEEDING = ("torch.manual_seed", "np.random.seed", "numpy.random.seed", "random.seed")


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
    that solution cells bind, or that are computed from those. pushed: names that judged cells bind and that cells of
    the student read. open_names: names that open cells of the notebook bind without any help of the student's: the judge
    has its own, and code that is shipped into the student's process means the one that it finds there, so that objects
    made there are of its class. hidden_lines: by file name, the lines that a release does not show.
    """

    judged: dict[str, str]
    inside: frozenset[str]
    student_names: frozenset[str]
    pushed: frozenset[str]
    open_names: frozenset[str]
    hidden_lines: dict[str, tuple[range, ...]]
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
        cells = [_Cell(position, cell) for position, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
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
            _chunks=chunks,
        )


JUDGED, INSIDE, SOLUTION, LOCKED, PLAIN = "judged", "inside", "solution", "locked", "plain"


def file_name(position: int, grade_id: str | None) -> str:
    """What tracebacks call a cell: by its grade_id where it has one, else by its place in the notebook, from 0."""
    return f"<grade cell {grade_id}>" if grade_id else f"<cell {position}>"


def is_judged(cell) -> bool:
    """Whether the judge decides over this cell's points by running it: graded code that is not itself an answer."""
    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


class _Statement:
    """A statement at the top level of a cell: which names it binds, reads and changes in place."""

    def __init__(self, node: ast.stmt, text: str):
        self.node = node
        self.is_import = isinstance(node, (ast.Import, ast.ImportFrom))
        self.is_definition = isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))
        self.binds = _bound_names(node)
        self.reads = free_names(text)
        self.changes = _changed_names(node)
        self.seeds = isinstance(node, ast.Expr) and any(ast.unparse(node).startswith(f"{seed}(") for seed in SEEDING)
        # what a class or a function needs while it is being made, other than what its body looks up when it is called
        self.reads_at_once = self.reads if not self.is_definition else free_names(_header(node))


class _Cell:
    """A code cell of the instructor's notebook, taken apart."""

    def __init__(self, position: int, cell):
        marks = cell.metadata.get("nbgrader", {})
        self.grade_id = marks.get("grade_id")
        self.text = cell.source
        self.file = file_name(position, self.grade_id)
        if is_judged(cell):
            self.kind = INSIDE if RUN_INSIDE in cell.metadata.get("tags", []) else JUDGED
        elif utils.is_solution(cell):
            self.kind = SOLUTION
        else:
            self.kind = LOCKED if utils.is_locked(cell) else PLAIN
        self.code_text = TransformerManager().transform_cell(cell.source)
        try:
            nodes = ast.parse(self.code_text).body
            self.statements = [_Statement(n, ast.get_source_segment(self.code_text, n, padded=True)) for n in nodes]
        except (SyntaxError, ValueError):
            self.statements = []
        self.imported = set().union(*(s.binds for s in self.statements if s.is_import and self.kind != JUDGED))
        self.hidden = tuple(_hidden_regions(cell.source))


def _names_bound(cells: Iterable[_Cell], *kinds: str) -> set[str]:
    return set().union(*(s.binds for cell in cells if cell.kind in kinds for s in cell.statements))


def _student_names(cells: Iterable[_Cell], imported: set[str]) -> set[str]:
    """Names bound by solutions, and names of the instructor's cells whose value depends on such a name."""
    student = _names_bound(cells, SOLUTION, INSIDE) - imported
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


def _needed(cells: list[_Cell], student: set[str]) -> set[_Statement]:
    """Statements of the instructor's cells that judged cells need: what binds their names, and what changes those."""
    ours = [
        s for cell in cells if cell.kind in (LOCKED, PLAIN) for s in cell.statements
        if not s.is_import and not s.binds & student and "get_ipython" not in s.reads
        and not (s.reads_at_once & student)
    ]
    bound_by_us = set().union(*(s.binds for s in ours))
    names = set().union(*(s.reads for cell in cells if cell.kind == JUDGED for s in cell.statements))
    kept: set[_Statement] = set()
    while True:
        more = {s for s in ours if s not in kept and (s.binds & names or s.changes & names & bound_by_us)}
        if not more:
            break
        kept |= more
        names |= set().union(*(s.reads for s in more))
    draws = any(s.reads & {"torch", "np", "numpy", "random"} for s in kept)
    return kept | {s for s in ours if s.seeds and draws}


def free_names(text: str) -> set[str]:
    """Names that this code looks up in the notebook's namespace, in its functions too, builtins left out."""

    def walk(table: symtable.SymbolTable) -> set[str]:
        at_top = table.get_type() == "module"
        names = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (s.is_global() or at_top)}
        return names.union(*(walk(child) for child in table.get_children()))

    return {name for name in walk(symtable.symtable(text, "<cell>", "exec")) if not hasattr(builtins, name)}


def _header(node: ast.stmt) -> str:
    """A definition's decorators, defaults, annotations and bases, as expressions; for a class its whole body too."""
    if isinstance(node, ast.ClassDef):
        body = [s for s in node.body if not isinstance(s, (ast.FunctionDef, ast.AsyncFunctionDef))]
        inner = [_header(s) for s in node.body if isinstance(s, (ast.FunctionDef, ast.AsyncFunctionDef))]
        parts = [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords), *body]
        return "\n".join([*(ast.unparse(part) for part in parts), *inner])
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *filter(None, [arguments.vararg, arguments.kwarg])]
    parts = [*node.decorator_list, *arguments.defaults, *filter(None, arguments.kw_defaults),
             *filter(None, (one.annotation for one in every)), *filter(None, [node.returns])]
    return "\n".join(ast.unparse(part) for part in parts)


def _bound_names(node: ast.stmt) -> set[str]:
    """Names that a statement binds in the notebook's namespace; those inside functions and classes are their own."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
        return {node.name} | _declared_global(node)
    names = set()
    for inner in _outside_functions(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, (ast.Store, ast.Del)):
            names.add(inner.id)
        elif isinstance(inner, ast.alias):
            names.add((inner.asname or inner.name).split(".")[0])
        elif isinstance(inner, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            names.add(inner.name)
        elif isinstance(inner, ast.ExceptHandler) and inner.name:
            names.add(inner.name)
    return names | _declared_global(node)


def _declared_global(node: ast.stmt) -> set[str]:
    return {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}


def _outside_functions(node: ast.AST) -> Iterable[ast.AST]:
    """The node and what it holds, without the bodies of functions, classes and comprehensions."""
    yield node
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.Lambda,
                         ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)


def _changed_names(node: ast.stmt) -> set[str]:
    """Names of objects that a statement changes in place: x[0] = …, x.y = …, x += …, x.method(…) as a statement."""
    changed = set()
    for inner in _outside_functions(node):
        if isinstance(inner, (ast.Attribute, ast.Subscript)) and isinstance(inner.ctx, (ast.Store, ast.Del)):
            changed |= _root(inner)
        elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call) and isinstance(inner.value.func, ast.Attribute):
            changed |= _root(inner.value.func)
        elif isinstance(inner, ast.AugAssign):
            changed |= _root(inner.target)
    return changed


def _root(node: ast.AST) -> set[str]:
    """The name at the bottom of a.b[c].d; nothing where that is no name."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _hidden_regions(text: str) -> Iterable[range]:
    """Line numbers, from 1, between the marks of hidden tests; a region that is not closed goes to the end."""
    start = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if BEGIN_HIDDEN in line and start is None:
            start = number
        elif END_HIDDEN in line and start is not None:
            yield range(start, number + 1)
            start = None
    if start is not None:
        yield range(start, len(lines) + 1)
