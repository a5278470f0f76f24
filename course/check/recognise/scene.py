"""The scene of an exception: what each part of the failing expression was, worked out from what was seen there.

Names stand for the tensors that were seen; a few pure tensor operations are repeated on copies of them, so that in
`x.t().view(-1)` the thing that `view` was called on is known. Nothing of the learner's is called, and anything not
listed here is unknown.
"""

from __future__ import annotations

import ast
import operator
from functools import cached_property

import torch

from course.check.observation import ErrorSeen, ModuleSeen, ObjectSeen, PlainSeen, SequenceSeen, TensorSeen
from course.check.recognise.reading import Code, called, parse_expression, parse_statement

UNKNOWN = None
MAX_ELEMENTS = 1_000_000
_BINARY = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.MatMult: operator.matmul,
}
TENSOR_METHODS = {
    "t", "view", "reshape", "squeeze", "unsqueeze", "flatten", "sum", "mean", "float", "double", "long", "int", "bool",
    "detach", "clone", "transpose", "size", "abs", "exp", "log", "sigmoid", "square", "sqrt", "contiguous", "argmax",
    "numel", "dim", "ravel", "relu", "tanh", "permute",
}
_JOINS = {"cat", "stack"}
_ATTRIBUTES = {"T", "mT", "data", "shape"}


class Scene:
    """One exception, with questions that rules ask about it."""

    def __init__(self, error: ErrorSeen, rows: int | None = None):
        self.error, self.rows = error, rows
        self.code = Code(error.source)
        self._cache: dict[int, object] = {}

    @cached_property
    def statement(self) -> ast.stmt | None:
        return parse_statement(self.error.line)

    @cached_property
    def node(self) -> ast.AST | None:
        """The failing expression (an augmented assignment is one, too); the whole line's where columns are missing."""
        text = self.error.expression
        if not text:
            return getattr(self.statement, "value", None)
        statement = parse_statement(text)
        return statement if isinstance(statement, ast.AugAssign) else parse_expression(text)

    def is_a(self, *types: str) -> bool:
        return self.error.type in types or any(t in self.error.bases for t in types)

    def call(self, *names: str) -> ast.Call | None:
        """The failing expression, where it is a call of one of these names (of anything when none is given)."""
        if isinstance(self.node, ast.Call) and (not names or called(self.node) in names):
            return self.node
        return None

    def operands(self) -> tuple[ast.expr, ast.expr, type] | None:
        """Left side, right side and operator of a failing `a + b`, `a @ b`, `a -= b` or `a == b`."""
        node = self.node
        if isinstance(node, ast.BinOp):
            return node.left, node.right, type(node.op)
        if isinstance(node, ast.AugAssign):
            return node.target, node.value, type(node.op)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return node.left, node.comparators[0], type(node.ops[0])
        return None

    def seen(self, node: ast.AST | None):
        """What a name, or a path such as `self.linear.weight`, was: its Seen, or None when unknown."""
        if isinstance(node, ast.Name):
            return self.error.locals.get(node.id)
        if isinstance(node, ast.Attribute):
            owner, path = node.value, [node.attr]
            while isinstance(owner, ast.Attribute):
                path.insert(0, owner.attr)
                owner = owner.value
            module = self.error.locals.get(owner.id) if isinstance(owner, ast.Name) else None
            if isinstance(module, ModuleSeen):
                return module.parameters.get(".".join(path), module.buffers.get(".".join(path)))
        return None

    def layer(self, node: ast.AST) -> dict[str, TensorSeen]:
        """Parameters of the module that a name or path stands for, by their names inside it."""
        path = ast.unparse(node).split(".")
        module = self.error.locals.get(path[0])
        if not isinstance(module, ModuleSeen):
            return {}
        prefix = "".join(f"{part}." for part in path[1:])
        return {name[len(prefix):]: p for name, p in module.parameters.items() if name.startswith(prefix)}

    def value(self, node: ast.AST | None):
        """A live tensor, number, tuple or None-like stand-in for an expression; UNKNOWN where it cannot be told."""
        if node is None:
            return UNKNOWN
        if id(node) not in self._cache:
            try:
                with torch.enable_grad():
                    self._cache[id(node)] = self._work_out(node)
            except Exception:  # the failing operation itself fails here as well
                self._cache[id(node)] = UNKNOWN
        return self._cache[id(node)]

    def tensor(self, node: ast.AST | None) -> torch.Tensor | None:
        value = self.value(node)
        return value if isinstance(value, torch.Tensor) else None

    def names(self, node: ast.AST | None) -> list[str]:
        """The names in an expression that stand for tensors."""
        found = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)] if node is not None else []
        return [name for name in dict.fromkeys(found) if isinstance(self.error.locals.get(name), TensorSeen)]

    def _work_out(self, node: ast.AST):
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, (ast.Tuple, ast.List)):
            return tuple(self.value(item) for item in node.elts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -self.value(node.operand)
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._fits(self.value(node.left), self.value(node.comparators[0])) and (
                self.value(node.left) == self.value(node.comparators[0]))
        if isinstance(node, ast.Call):
            return self._called(node)
        if isinstance(node, ast.Subscript):
            return self.value(node.value)[self._index(node.slice)]
        known = _revive(self.seen(node))
        if known is UNKNOWN and isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES:
            return getattr(self.tensor(node.value), node.attr)
        return known

    def _binary(self, node: ast.BinOp):
        left, right = self.value(node.left), self.value(node.right)
        self._fits(left, right)
        return _BINARY[type(node.op)](left, right)

    def _fits(self, left, right) -> bool:
        """Refuses stand-ins whose combination could be large."""
        sizes = [value.numel() if isinstance(value, torch.Tensor) else 1 for value in (left, right)]
        if sizes[0] * sizes[1] > MAX_ELEMENTS:
            raise ValueError("too large to repeat")
        return True

    def _called(self, node: ast.Call):
        arguments = [self.value(argument) for argument in node.args]
        options = {item.arg: self.value(item.value) for item in node.keywords}
        if any(a is UNKNOWN for a in (*arguments, *options.values())):
            return UNKNOWN
        layer = self.seen(node.func)
        if isinstance(layer, ModuleSeen) and layer.class_name == "Linear" and len(arguments) == 1:
            return torch.nn.functional.linear(arguments[0], *(p.values for p in layer.parameters.values()))
        if not isinstance(node.func, ast.Attribute):
            return UNKNOWN
        if node.func.attr in _JOINS and called(node.func.value) == "torch":
            return getattr(torch, node.func.attr)(*arguments, **options)
        if node.func.attr not in TENSOR_METHODS:
            return UNKNOWN
        owner = self.tensor(node.func.value)
        if owner is None and called(node.func.value) in ("torch", "F") and arguments:
            owner = arguments.pop(0) if isinstance(arguments[0], torch.Tensor) else None
        return getattr(owner, node.func.attr)(*arguments, **options)

    def _index(self, node: ast.AST):
        if isinstance(node, ast.Slice):
            return slice(*(None if part is None else self.value(part) for part in (node.lower, node.upper, node.step)))
        if isinstance(node, ast.Tuple):
            return tuple(self._index(item) for item in node.elts)
        return self.value(node)


def _revive(seen):
    """A stand-in for what was seen, with its numbers, strides and need of a gradient."""
    if isinstance(seen, PlainSeen):
        return seen.value
    if isinstance(seen, (ModuleSeen, ObjectSeen, SequenceSeen)) or seen is None:
        return UNKNOWN
    values = seen.values
    if seen.strides and 0 not in seen.strides and values.numel():
        values = torch.empty_strided(values.shape, seen.strides, dtype=values.dtype).copy_(values)
    wants = seen.requires_grad and (values.is_floating_point() or values.is_complex())
    values = values.detach().clone(memory_format=torch.preserve_format)
    return values.requires_grad_() if wants else values
