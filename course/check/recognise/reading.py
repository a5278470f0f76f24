"""Reads a learner's code as a syntax tree: which methods it calls, and where. The code is never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

NO_GRAD = {"no_grad", "inference_mode"}
NOT_REALLY_IN_PLACE = {"requires_grad_", "retain_grad_", "zero_grad_"}


class Code:
    """A function's text. Text that does not parse is an empty function: every question is answered with "no"."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def tree(self) -> ast.AST:
        return parse(self.text) or ast.Module(body=[], type_ignores=[])

    @cached_property
    def calls(self) -> list[str]:
        """Names of everything called, methods without their object: `x.mean()` and `torch.mean(x)` are both "mean"."""
        return [called(node) for node in ast.walk(self.tree) if isinstance(node, ast.Call)]

    @cached_property
    def attributes(self) -> set[str]:
        return {node.attr for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}

    def uses(self, *names: str) -> bool:
        """Whether any of these is called, or read as an attribute."""
        return any(name in self.calls or name in self.attributes for name in names)

    def has(self, *kinds: type) -> bool:
        """Whether a node of one of these kinds is in the code, such as `ast.FloorDiv`."""
        return any(isinstance(node, kinds) for node in ast.walk(self.tree))

    def sets(self, *keywords: str) -> bool:
        """Whether a call is given one of these keyword arguments."""
        return any(isinstance(node, ast.keyword) and node.arg in keywords for node in ast.walk(self.tree))

    def calls_plain(self, name: str) -> bool:
        """Whether a function of this name is called, not a method: `float(x)`, and not `x.float()`."""
        calls = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return any(isinstance(call.func, ast.Name) and call.func.id == name for call in calls)

    @cached_property
    def slices(self) -> bool:
        """Whether rows may be left out: a slice, a range, or a selection by numbers is in the code."""
        return self.has(ast.Slice) or self.uses("range", "narrow", "arange", "drop_last", "as_strided", "unfold", "split")

    @cached_property
    def squeezes_all(self) -> bool:
        """Whether a squeeze() without a dimension is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and called(node) == "squeeze" and not node.keywords:
                is_method = isinstance(node.func, ast.Attribute) and text_of(node.func.value) != "torch"
                if len(node.args) == (0 if is_method else 1):
                    return True
        return False

    @cached_property
    def moves_leaves(self) -> bool:
        """Whether what a call made with requires_grad=True is moved at once: `tensor(…, requires_grad=True).to(device)`."""
        moves = [n for n in ast.walk(self.tree) if isinstance(n, ast.Call) and called(n) in ("to", "cuda", "mps")]
        made = [call.func.value for call in moves if isinstance(call.func, ast.Attribute)]
        return any(_requires_grad(node) for node in made)

    @cached_property
    def drops_moves(self) -> bool:
        """Whether a line of its own says `name.to(…)`, the result of which is lost, of a name that a loop goes over."""
        nodes = list(ast.walk(self.tree))
        targets = [node.target for node in nodes if isinstance(node, ast.For)]
        names = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
        lines = [node.value for node in nodes if isinstance(node, ast.Expr)]
        lost = [part for line in lines for part in (line.elts if isinstance(line, ast.Tuple) else [line])]
        called_on = [part.func for part in lost if isinstance(part, ast.Call)]
        methods = [func for func in called_on if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)]
        return any(func.attr == "to" and func.value.id in names for func in methods)

    @cached_property
    def uses_no_grad(self) -> bool:
        return any(name in self.calls or name in self.attributes for name in NO_GRAD)

    @cached_property
    def statements_in_no_grad(self) -> list[ast.stmt]:
        """Every statement inside a `with torch.no_grad():`."""
        return [
            inner
            for node in ast.walk(self.tree)
            if isinstance(node, ast.With) and any(called(item.context_expr) in NO_GRAD for item in node.items)
            for statement in node.body
            for inner in ast.walk(statement)
            if isinstance(inner, ast.stmt)
        ]

    @cached_property
    def rebound(self) -> dict[str, bool]:
        """Names given a new value made from their own gradient, as in `w = w - 0.1 * w.grad`; True inside no_grad."""
        found = {}
        inside = {id(statement) for statement in self.statements_in_no_grad}
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Assign):
                continue
            for name, value in _pairs(node):
                reads = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
                takes_step = isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Sub, ast.Add))
                if takes_step and name in reads:
                    found[name] = id(node) in inside
        return found

    @cached_property
    def returned(self) -> list[ast.expr | None]:
        """What each return of the outermost function returns."""
        body = self.tree.body[0] if getattr(self.tree, "body", None) else self.tree
        return [node.value for node in _own_nodes(body) if isinstance(node, ast.Return)]

    @cached_property
    def arguments(self) -> list[str]:
        """Names of the outermost function's arguments."""
        function = self.tree.body[0] if getattr(self.tree, "body", None) else None
        return [argument.arg for argument in function.args.args] if isinstance(function, ast.FunctionDef) else []

    @cached_property
    def set_to_require(self) -> set[str]:
        """Names that are given a value, or whose requires_grad is set: what they were before says nothing of them."""
        nodes = list(ast.walk(self.tree))
        named = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        asked = {node.value.id for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                 and node.attr in ("requires_grad", "requires_grad_")}
        return named | asked

    @cached_property
    def returns_new_tensor(self) -> bool:
        """Whether everything that is returned is wrapped in torch.tensor there, or under the name that is returned."""
        wrapped = {
            text_of(target) for node in ast.walk(self.tree) if isinstance(node, ast.Assign) and _wraps(node.value)
            for target in node.targets
        }
        returned = self.returned
        return bool(returned) and all(_wraps(value) or isinstance(value, ast.Name) and value.id in wrapped for value in returned)

    @cached_property
    def writes_in_place(self) -> bool:
        """Whether a tensor may be changed in place outside no_grad: `x += …`, `x[…] = …`, or a method ending in _."""
        allowed = {id(statement) for statement in self.statements_in_no_grad}
        for statement in ast.walk(self.tree):
            if not isinstance(statement, ast.stmt) or id(statement) in allowed:
                continue
            if isinstance(statement, ast.AugAssign):
                return True
            if isinstance(statement, ast.Assign) and any(isinstance(t, ast.Subscript) for t in statement.targets):
                return True
            if isinstance(statement, (ast.Expr, ast.Assign, ast.Return)) and any(
                isinstance(node, ast.Call) and _is_in_place(called(node)) for node in ast.walk(statement)
            ):
                return True
        return False

    def repeats_backward(self) -> bool:
        """Whether backward is written twice, or inside a loop."""
        loops = [node for node in ast.walk(self.tree) if isinstance(node, (ast.For, ast.While))]
        inside = any(called(n) == "backward" for loop in loops for n in ast.walk(loop) if isinstance(n, ast.Call))
        return inside or self.calls.count("backward") > 1


def parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def parse_expression(text: str) -> ast.expr | None:
    """The expression that a piece of text is, or the one inside parentheses that span lines; None where it is neither."""
    tree = parse(text) or parse(f"({text})")
    if tree and len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        return tree.body[0].value
    return None


def parse_statement(line: str) -> ast.stmt | None:
    """The statement on one line; the head of a block, such as `if x:`, is completed first."""
    tree = parse(line) or parse(f"{line}\n    pass") or parse(f"if 0: pass\n{line}\n    pass")
    return tree.body[-1] if tree and tree.body else None


def called(node: ast.AST) -> str:
    """The last name of what a call calls: "mean" in `x.mean()`; "" where it has no name."""
    function = node.func if isinstance(node, ast.Call) else node
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def text_of(node: ast.AST) -> str:
    return ast.unparse(node)


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((item.value for item in call.keywords if item.arg == name), None)


def _is_in_place(name: str) -> bool:
    return name.endswith("_") and not name.endswith("__") and name not in NOT_REALLY_IN_PLACE


def _wraps(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Call) and text_of(node.func) == "torch.tensor"


def _requires_grad(node: ast.AST) -> bool:
    """Whether this is a call with requires_grad=True."""
    asked = keyword(node, "requires_grad") if isinstance(node, ast.Call) else None
    return isinstance(asked, ast.Constant) and asked.value is True


def _pairs(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Each (name, value) of an assignment, tuples taken apart."""
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for name, value in zip(target.elts, node.value.elts, strict=False):
                if isinstance(name, ast.Name):
                    yield name.id, value


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Nodes of a function, without those of functions and classes defined inside it."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        yield child
        yield from _own_nodes(child)
