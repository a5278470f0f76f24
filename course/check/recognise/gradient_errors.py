"""Rules for errors of autograd: told by leaves, graphs and gradients at the failing line, and by the code around it."""

from __future__ import annotations

import ast

import torch

from course.check.observation import ModuleSeen, PlainSeen, TensorSeen
from course.check.recognise import Found
from course.check.recognise.reading import NOT_REALLY_IN_PLACE, called, text_of
from course.check.recognise.scene import Scene


def rules():
    return (backward, backward_of_number, gradient_is_none, gradient_set_to_number, in_place_on_leaf, numpy_with_graph)


def backward(scene: Scene) -> Found | None:
    """backward() that cannot start, or cannot finish."""
    call = scene.call("backward", "grad")
    if call is None or not scene.is_a("RuntimeError"):
        return None
    if called(call) == "grad" and text_of(call.func) not in ("torch.autograd.grad", "autograd.grad", "grad"):
        return None
    node = call.func.value if called(call) == "backward" else call.args[0] if call.args else None
    tensor = scene.tensor(node)
    if tensor is None:
        return None
    if not tensor.requires_grad:
        return _no_graph(scene, node)
    given = len(call.args) + len(call.keywords) - (called(call) == "grad")
    if tensor.numel() != 1:
        says = f"`{text_of(node)}` has shape {tuple(tensor.shape)}."
        return None if given else Found("backward-on-vector", says)
    return _cannot_finish(scene, tensor)


def _no_graph(scene: Scene, node: ast.AST) -> Found:
    """Why the tensor that backward was called on has no history."""
    code = scene.code
    lost = [name for name, inside in code.rebound.items() if inside and _needs_no_gradient(scene, name)]
    if lost:
        return Found("leaf-rebound-in-no-grad", f"`{lost[0]}` does not require a gradient any more.")
    name = node.id if isinstance(node, ast.Name) else ""
    made_inside = any(
        isinstance(statement, ast.Assign) and any(text_of(target) == name for target in statement.targets)
        for statement in code.statements_in_no_grad
    )
    causes = {
        "no-grad-around-forward": made_inside,
        "detached-result": _needs_a_gradient(scene) and ("detach" in code.calls or "data" in code.attributes),
        "number-in-graph": "item" in code.calls or code.calls_plain("float"),
    }
    named = [mistake for mistake, holds in causes.items() if holds]
    says = f"`{text_of(node)}` does not require a gradient."
    return Found(named[0] if len(named) == 1 else "backward-without-graph", says)


def _needs_a_gradient(scene: Scene) -> bool:
    """Whether there was anything to cut off: something in sight requires a gradient, or the code asks for it."""
    names, code = scene.error.locals.values(), scene.code
    seen = any(isinstance(one, ModuleSeen) or isinstance(one, TensorSeen) and one.requires_grad for one in names)
    return seen or code.uses("requires_grad_", "requires_grad") or code.sets("requires_grad")


def _needs_no_gradient(scene: Scene, name: str) -> bool:
    seen = scene.error.locals.get(name)
    return isinstance(seen, TensorSeen) and not seen.requires_grad


def _cannot_finish(scene: Scene, loss: torch.Tensor) -> Found | None:
    """The start is right: something on the way back was overwritten, freed already, or has another dtype."""
    overwrites, repeats = scene.code.writes_in_place, scene.code.repeats_backward()
    wide = {seen.dtype for seen in scene.error.locals.values() if isinstance(seen, TensorSeen) and seen.is_leaf}
    if loss.dtype == torch.float64 and {torch.float32, torch.float64} <= wide and not overwrites and not repeats:
        return Found("double-for-float", "The loss is float64, and a parameter float32.")
    if scene.error.overwritten:
        return Found("in-place-on-saved")
    return Found("backward-twice") if repeats else None


def backward_of_number(scene: Scene) -> Found | None:
    """`.backward` read from a Python number."""
    node = scene.node.func if isinstance(scene.node, ast.Call) else scene.node
    if not scene.is_a("AttributeError") or not isinstance(node, ast.Attribute) or node.attr != "backward":
        return None
    seen = scene.seen(node.value)
    if isinstance(seen, PlainSeen) and isinstance(seen.value, (int, float)):
        return Found("number-in-graph", f"`{text_of(node.value)}` is a Python {seen.type}.")
    return None


def gradient_is_none(scene: Scene) -> Found | None:
    """A .grad that is None, used in arithmetic or through one of its methods."""
    for gradient in _gradients_read(scene):
        seen, path = scene.seen(gradient.value), text_of(gradient.value)
        if isinstance(seen, TensorSeen) and (path in scene.error.grads_missing or not seen.requires_grad or seen.has_graph):
            return _why_none(scene, gradient, path, seen)
    return None


def _gradients_read(scene: Scene) -> list[ast.Attribute]:
    """The `.grad` of the failing expression: as an operand (TypeError), or as the owner of an attribute."""
    node = scene.node.func if isinstance(scene.node, ast.Call) else scene.node
    if isinstance(node, ast.Attribute) and scene.is_a("AttributeError"):
        sides = [node.value]
    elif scene.operands() and scene.is_a("TypeError"):
        sides = list(scene.operands()[:2])
    else:
        return []
    sides = [side.operand if isinstance(side, ast.UnaryOp) else side for side in sides]
    sides = [side.value if isinstance(side, ast.Attribute) and side.attr == "data" else side for side in sides]
    return [side for side in sides if isinstance(side, ast.Attribute) and side.attr == "grad"]


def _why_none(scene: Scene, gradient: ast.Attribute, path: str, seen: TensorSeen) -> Found:
    code = scene.code
    if seen.has_graph:
        mistake = "leaf-rebound" if path in code.rebound else "not-a-leaf"
        return Found(mistake, f"`{path}` is the result of a computation, so `{path}.grad` is None.")
    if not seen.requires_grad:
        mistake = "leaf-rebound-in-no-grad" if code.rebound.get(path) else _without_need(scene)
        return Found(mistake, f"`{path}` does not require a gradient, so `{path}.grad` is None.")
    says = f"`{path}.grad` is None at this line."
    node = scene.node.func if isinstance(scene.node, ast.Call) else scene.node
    if isinstance(node, ast.Attribute) and node.attr == "zero_":
        return Found("zeroing-none", says)
    if _backward_comes_later(scene, text_of(scene.node)):
        return Found("step-before-backward", says)
    return Found("grad-is-none", says)


def _without_need(scene: Scene) -> str:
    """A gradient of a tensor that needs none: of the data, where another leaf has one; else nothing required any."""
    leaves = {name for name, seen in scene.error.locals.items()
              if isinstance(seen, TensorSeen) and seen.is_leaf and seen.requires_grad}
    return "grad-of-data" if leaves - set(scene.error.grads_missing) else "grad-is-none"


def _backward_comes_later(scene: Scene, expression: str) -> bool:
    """Whether every backward of the function stands below the failing expression, which is there once."""
    nodes = list(ast.walk(scene.code.tree))
    backwards = [n.lineno for n in nodes if isinstance(n, ast.Call) and called(n) == "backward"]
    here = [n.lineno for n in nodes if isinstance(n, (ast.expr, ast.stmt)) and text_of(n) == expression]
    return bool(backwards) and len(set(here)) == 1 and min(backwards) > here[0]


def gradient_set_to_number(scene: Scene) -> Found | None:
    """`w.grad = 0`."""
    statement = scene.statement
    if not scene.is_a("TypeError") or not isinstance(statement, ast.Assign):
        return None
    target = statement.targets[0]
    if not isinstance(target, ast.Attribute) or target.attr != "grad":
        return None
    value = scene.value(statement.value)
    if not isinstance(value, (int, float)) or scene.operands():
        return None
    return Found("grad-set-to-number", f"`{text_of(target)}` was given the number {value:g}.")


def in_place_on_leaf(scene: Scene) -> Found | None:
    """A leaf that requires a gradient, written to while autograd records."""
    if not scene.is_a("RuntimeError"):
        return None
    target = _written(scene)
    seen = scene.seen(target)
    if not isinstance(seen, TensorSeen) or not (seen.is_leaf and seen.requires_grad):
        return None
    line = scene.statement
    if line is not None and any(text_of(statement) == text_of(line) for statement in scene.code.statements_in_no_grad):
        return None
    other = scene.tensor(scene.node.value) if isinstance(scene.node, ast.AugAssign) else None
    if other is not None and _stretches_beyond(other, seen.values):
        return None
    return Found("in-place-on-leaf", f"`{text_of(target)}` is a leaf that requires a gradient.")


def _written(scene: Scene) -> ast.AST | None:
    """What the failing expression or statement writes into."""
    node = scene.node
    if isinstance(node, ast.AugAssign):
        node = node.target
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name = node.func.attr
        if not name.endswith("_") or name in NOT_REALLY_IN_PLACE:
            return None
        node = node.func.value
    elif not (isinstance(scene.statement, (ast.Assign, ast.AugAssign)) and isinstance(node, ast.Subscript)):
        return None
    while isinstance(node, ast.Subscript):
        node = node.value
    return node


def _stretches_beyond(other: torch.Tensor, target: torch.Tensor) -> bool:
    """Whether `target += other` could not keep target's shape."""
    try:
        return torch.broadcast_shapes(other.shape, target.shape) != target.shape
    except RuntimeError:
        return True


def numpy_with_graph(scene: Scene) -> Found | None:
    """NumPy asked for the numbers of a tensor with a history."""
    call = scene.call()
    if call is None or not scene.is_a("RuntimeError"):
        return None
    if called(call) == "numpy" and isinstance(call.func, ast.Attribute):
        node = call.func.value
    elif isinstance(call.func, ast.Attribute) and text_of(call.func.value) in ("np", "numpy") and call.args:
        node = call.args[0]
    else:
        return None
    tensor = scene.tensor(node)
    if tensor is None or not tensor.requires_grad:
        return None
    return Found("numpy-with-graph", f"`{text_of(node)}` requires a gradient.")
