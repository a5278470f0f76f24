"""Rules for errors of modules, optimisers, loaders and losses."""

from __future__ import annotations

import ast

import torch

from course.check.comparison import a_module
from course.check.observation import ClassSeen, ModuleSeen, ObjectSeen, PlainSeen, SequenceSeen, TensorSeen
from course.check.recognise import Found
from course.check.recognise.reading import called, keyword, text_of
from course.check.recognise.scene import Scene
from course.check.recognise.shape_errors import WHOLE, devices, dtype, shape

OPTIMISERS = ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "NAdam", "RAdam", "Adamax", "LBFGS")
CROSS_ENTROPY = ("cross_entropy", "CrossEntropyLoss", "nll_loss", "NLLLoss")
BINARY = ("binary_cross_entropy", "BCELoss")
BINARY_WITH_LOGITS = ("binary_cross_entropy_with_logits", "BCEWithLogitsLoss")


def rules():
    return (missing_super, parameter_replaced, class_for_object, optimiser, sampler, nothing_from_forward, cross_entropy, binary_loss)


def missing_super(scene: Scene) -> Found | None:
    """A module used before, or without, super().__init__()."""
    own = scene.error.locals.get("self")
    if not scene.is_a("AttributeError") or not isinstance(own, ModuleSeen) or own.initialised:
        return None
    return Found("missing-super-init", f"`{own.class_name}` was not set up as a module when this line ran.")


def parameter_replaced(scene: Scene) -> Found | None:
    """`layer.weight = tensor`, or a number."""
    statement = scene.statement
    if not scene.is_a("TypeError") or not isinstance(statement, ast.Assign):
        return None
    target = scene.seen(statement.targets[0])
    given = scene.tensor(statement.value)
    plain = given is not None or isinstance(statement.value, ast.Call) and called(statement.value) != "Parameter"
    plain = plain or isinstance(statement.value, ast.Constant) or isinstance(scene.seen(statement.value), PlainSeen)
    if not isinstance(target, TensorSeen) or target.kind != "parameter" or not plain:
        return None
    return Found("parameter-assigned-tensor", f"`{text_of(statement.targets[0])}` is a Parameter.")


def class_for_object(scene: Scene) -> Found | None:
    """A method asked of the class: `Model.parameters()`, or `model = Model` and then `model.parameters()`."""
    node = scene.node
    if not scene.is_a("TypeError") or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    owner = scene.seen(node.func.value)
    if not isinstance(owner, ClassSeen) or "Module" not in owner.bases:
        return None
    return Found("class-for-object", f"`{text_of(node.func.value)}` is the class itself.")


def optimiser(scene: Scene) -> Found | None:
    """What an optimiser is given to hold."""
    call = scene.call(*OPTIMISERS)
    given = (call.args or [keyword(call, "params")])[0] if call is not None else None
    if given is None:
        return None
    seen = scene.seen(given)
    if scene.is_a("TypeError") and isinstance(seen, TensorSeen):
        return Found("optimiser-given-a-tensor", f"`{text_of(given)}` is one tensor of shape {seen.shape}.")
    if scene.is_a("TypeError") and isinstance(seen, ModuleSeen):
        return Found("optimiser-given-a-model", f"`{text_of(given)}` is {a_module(seen.class_name)}.")
    if scene.is_a("TypeError") and isinstance(given, ast.Attribute) and given.attr == "parameters":
        return Found("optimiser-given-a-method", f"`{text_of(given)}` is the method itself.")
    if not scene.is_a("ValueError") or _rate_is_negative(scene, call):
        return None
    items = [scene.seen(item) for item in given.elts] if isinstance(given, (ast.List, ast.Tuple)) else []
    computed = [text_of(node) for node, item in zip(getattr(given, "elts", []), items, strict=True)
                if isinstance(item, TensorSeen) and item.has_graph]
    if computed:
        return Found("not-a-leaf", f"`{computed[0]}` is the result of a computation.")
    if _holds_nothing(scene, given, seen):
        return Found("optimiser-without-parameters", f"`{text_of(given)}` gives no parameters here.")
    return None


def _holds_nothing(scene: Scene, given: ast.expr, seen) -> bool:
    if isinstance(given, ast.Call) and called(given) == "parameters":
        owner = scene.seen(given.func.value)
        return isinstance(owner, ModuleSeen) and not owner.parameters
    if isinstance(given, (ast.List, ast.Tuple)):
        return not given.elts
    if isinstance(seen, SequenceSeen):
        return seen.length == 0
    return isinstance(seen, ObjectSeen) and seen.type == "generator"


def _rate_is_negative(scene: Scene, call: ast.Call) -> bool:
    rate = scene.value(keyword(call, "lr")) if keyword(call, "lr") else scene.value(call.args[1]) if call.args[1:] else 0
    return not isinstance(rate, (int, float)) or rate < 0


def sampler(scene: Scene) -> Found | None:
    call = scene.call("DataLoader")
    if call is None or not scene.is_a("ValueError") or not keyword(call, "shuffle"):
        return None
    own_order = keyword(call, "sampler") or keyword(call, "batch_sampler")
    if own_order is None or scene.value(keyword(call, "shuffle")) is not True:
        return None
    return Found("shuffle-with-sampler", f"shuffle=True, and `{text_of(own_order)}` as sampler.")


def nothing_from_forward(scene: Scene) -> Found | None:
    """None where a model's output was due."""
    node = scene.node.func if isinstance(scene.node, ast.Call) else scene.node
    if scene.is_a("AttributeError") and isinstance(node, ast.Attribute):
        sides = [node.value]
    elif scene.is_a("TypeError") and scene.operands():
        sides = list(scene.operands()[:2])
    else:
        return None
    for side in sides:
        seen = scene.seen(side)
        if isinstance(side, ast.Name) and isinstance(seen, PlainSeen) and seen.value is None:
            maker = _made_by(scene, side.id)
            if maker and isinstance(scene.error.locals.get(maker), ModuleSeen):
                return Found("forward-returns-none", f"`{maker}(…)` gave None.")
    return None


def _made_by(scene: Scene, name: str) -> str:
    """The name that was called to make a local: "model" in `out = model(x)`; "" when made in several ways."""
    makers = {
        called(node.value) if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name) else ""
        for node in ast.walk(scene.code.tree)
        if isinstance(node, ast.Assign) and any(text_of(target) == name for target in node.targets)
    }
    return makers.pop() if len(makers) == 1 else ""


def cross_entropy(scene: Scene) -> Found | None:
    """Class labels that cross-entropy cannot take."""
    logits, labels = _loss_arguments(scene, CROSS_ENTROPY)
    if labels is None or devices(scene):
        return None
    classes = logits.shape[1] if logits is not None and logits.dim() == 2 else None
    if scene.is_a("IndexError") and labels.dtype == torch.int64 and classes and labels.numel():
        low, high = int(labels.min()), int(labels.max())
        if low < 0 or high >= classes:
            return Found("label-out-of-range", f"Labels run from {low} to {high}, and there are {classes} columns.")
    if not scene.is_a("RuntimeError", "ValueError") or classes is None:
        return None
    rows = logits.shape[0]
    if labels.dtype == torch.int64 and tuple(labels.shape) == (rows, 1):
        return Found("labels-as-column", f"The labels' shape is {shape(labels)}.")
    if labels.dtype not in (torch.int64, torch.uint8) and tuple(labels.shape) == (rows,):
        return Found("labels-as-floats", f"The labels' dtype is {dtype(labels)}.")
    return None


def binary_loss(scene: Scene) -> Found | None:
    """The binary losses: probabilities outside 0 … 1, labels of another shape or dtype."""
    given, labels = _loss_arguments(scene, BINARY + BINARY_WITH_LOGITS)
    if given is None or labels is None or given.is_complex() or devices(scene):
        return None
    if given.shape != labels.shape:
        if not scene.is_a("ValueError"):
            return None
        return Found("bce-shapes-differ", f"The prediction's shape is {shape(given)}, the labels' {shape(labels)}.")
    if not scene.is_a("RuntimeError"):
        return None
    outside = _loss_name(scene) in BINARY and bool(((given < 0) | (given > 1)).any())
    whole = labels.dtype in WHOLE
    if outside and not whole:
        return Found("bce-on-logits", f"They run from {given.min().item():.3g} to {given.max().item():.3g}.")
    if whole and not outside:
        return Found("labels-as-integers", f"The labels' dtype is {dtype(labels)}.")
    return None


def _loss_name(scene: Scene) -> str:
    """Which loss the failing call computes: by function, by class called at once, or by an object's class."""
    call = scene.call()
    if call is None:
        return ""
    if isinstance(call.func, ast.Call):
        return called(call.func)
    seen = scene.seen(call.func)
    return seen.class_name if isinstance(seen, ModuleSeen) else called(call)


def _loss_arguments(scene: Scene, losses: tuple[str, ...]) -> tuple[torch.Tensor | None, torch.Tensor | None]:
    call = scene.call()
    if call is None or _loss_name(scene) not in losses or len(call.args) < 2:
        return None, None
    return scene.tensor(call.args[0]), scene.tensor(call.args[1])
