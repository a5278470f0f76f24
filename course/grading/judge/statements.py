"""A notebook's code cells taken apart: which names each statement binds, reads and changes, and which others it needs."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable

from IPython.core.inputtransformer2 import TransformerManager
from nbgrader import utils

RUN_INSIDE = "run-inside"
BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
# Setting a seed binds nothing, and yet what follows depends on it.
SEEDING = ("torch.manual_seed", "np.random.seed", "numpy.random.seed", "random.seed")
JUDGED, INSIDE, SOLUTION, LOCKED, PLAIN = "judged", "inside", "solution", "locked", "plain"


def file_name(position: int, grade_id: str | None) -> str:
    """What tracebacks call a cell: by its grade_id where it has one, else by its place in the notebook, from 0."""
    return f"<grade cell {grade_id}>" if grade_id else f"<cell {position}>"


def is_judged(cell) -> bool:
    """Whether the judge decides over this cell's points by running it: graded code that is not itself an answer."""
    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


class Statement:
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


class Cell:
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
            self.statements = [Statement(n, ast.get_source_segment(self.code_text, n, padded=True)) for n in nodes]
        except (SyntaxError, ValueError):
            self.statements = []
        self.imported = set().union(*(s.binds for s in self.statements if s.is_import and self.kind != JUDGED))
        self.hidden = tuple(_hidden_regions(cell.source))


def needed_for(names: Iterable[str], among: Iterable[Statement]) -> set[Statement]:
    """Those statements that bind these names or change what they stand for, those that they need in turn, and seeds."""
    among = list(among)
    bound = set().union(*(s.binds for s in among))
    names, kept = set(names), set()
    while more := {s for s in among if s not in kept and (s.binds & names or s.changes & names & bound)}:
        kept |= more
        names |= set().union(*(s.reads for s in more))
    draws = any(s.reads & {"torch", "np", "numpy", "random"} for s in kept)
    return kept | {s for s in among if s.seeds and draws}


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
