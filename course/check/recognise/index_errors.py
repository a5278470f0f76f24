"""Rules for errors about indices, conditions, and operations that whole numbers or several numbers do not have."""

from __future__ import annotations

import ast

import torch

from course.check.observation import ModuleSeen
from course.check.recognise import Found
from course.check.recognise.reading import called, keyword, text_of
from course.check.recognise.scene import Scene
from course.check.recognise.shape_errors import WHOLE, dtype, shape


def rules():
    return (mean_of_integers, grad_of_integers, brackets_for_call, fraction_as_index, index_beyond, condition, several_numbers)


def mean_of_integers(scene: Scene) -> Found | None:
    call = scene.call("mean", "std", "var")
    tensor = _subject(scene, call)
    if tensor is None or not scene.is_a("RuntimeError") or tensor.dtype not in WHOLE or keyword(call, "dtype"):
        return None
    mistake = "mean-of-integers" if called(call) == "mean" else "integer-dtype"
    return Found(mistake, f"The tensor's dtype is {dtype(tensor)}.")


def grad_of_integers(scene: Scene) -> Found | None:
    """requires_grad asked of whole numbers: by method, by keyword, or by assignment."""
    if not scene.is_a("RuntimeError"):
        return None
    call, target = scene.call("requires_grad_", "tensor", "Parameter"), getattr(scene.statement, "targets", [None])[0]
    if call is not None and called(call) == "requires_grad_":
        tensor = scene.tensor(call.func.value)
    elif call is not None and (keyword(call, "requires_grad") or called(call) == "Parameter") and call.args:
        given = scene.value(call.args[0])
        tensor = given if isinstance(given, torch.Tensor) else _as_tensor(given)
        asked = keyword(call, "dtype")
        tensor = None if asked is not None else tensor
    elif isinstance(target, ast.Attribute) and target.attr == "requires_grad":
        tensor = scene.tensor(target.value)
    else:
        return None
    if tensor is None or tensor.dtype not in WHOLE:
        return None
    return Found("grad-of-integers", f"The numbers have dtype {dtype(tensor)}.")


def brackets_for_call(scene: Scene) -> Found | None:
    """`math.sin[x]`, `torch.cos[x]`."""
    if not scene.is_a("TypeError") or not isinstance(scene.node, ast.Subscript) or not _from_a_package(scene.node.value):
        return None
    return Found("brackets-for-call", f"`{text_of(scene.node.value)}` is a function.")


def _from_a_package(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and text_of(node.value) in ("math", "torch", "F", "np", "numpy")


def fraction_as_index(scene: Scene) -> Found | None:
    for index in _indices(scene, "IndexError", "TypeError"):
        for part in [index.lower, index.upper, index.step] if isinstance(index, ast.Slice) else [index]:
            value = scene.value(part)
            if isinstance(value, float):
                return Found("float-index", f"`{text_of(part)}` is a float, {value:g}.")
            if isinstance(value, torch.Tensor) and value.is_floating_point():
                return Found("float-index", f"`{text_of(part)}` holds {dtype(value)}.")
    return None


def index_beyond(scene: Scene) -> Found | None:
    """An index past the end of its dimension, more indices than dimensions, or a dim= that is not there."""
    if not scene.is_a("IndexError"):
        return None
    call = scene.call()
    dim = scene.value(keyword(call, "dim")) if call is not None else None
    tensor = _subject(scene, call)
    if isinstance(dim, int) and tensor is not None and not -tensor.dim() <= dim < max(tensor.dim(), 1):
        return Found("dim-out-of-range", f"dim={dim}, and the tensor's shape is {shape(tensor)}.")
    indices = _indices(scene, "IndexError")
    base = scene.tensor(scene.node.value) if indices and isinstance(scene.node, ast.Subscript) else None
    if base is None:
        return None
    if len(indices) > base.dim():
        return Found("too-many-indices", f"{len(indices)} indices, and the tensor's shape is {shape(base)}.")
    for size, index in zip(base.shape, indices, strict=False):
        value = scene.value(index) if not isinstance(index, ast.Slice) else None
        if isinstance(value, torch.Tensor) and value.dtype in WHOLE[1:] and value.numel():
            value = int(value.max()) if int(value.max()) >= size else int(value.min())
        if type(value) is int and not -size <= value < size:
            return Found("index-out-of-range", f"Index {value} of a dimension of size {size}.")
    return None


def condition(scene: Scene) -> Found | None:
    """A tensor of several numbers where True or False is wanted."""
    tests = [node.test for node in ast.walk(scene.statement or ast.Pass())
             if isinstance(node, (ast.If, ast.While, ast.Assert, ast.IfExp))]
    if not tests or not scene.is_a("RuntimeError"):
        return None
    tensor = scene.tensor(scene.node)
    if tensor is None or tensor.numel() < 2 or isinstance(scene.node, ast.Call):
        return None
    return Found("condition-on-tensor", f"`{text_of(scene.node)}` holds {tensor.numel()} values.")


def several_numbers(scene: Scene) -> Found | None:
    """item(), float() or int() of a tensor with several numbers."""
    call = scene.call("item", "float", "int")
    if call is None or not scene.is_a("RuntimeError", "TypeError", "ValueError"):
        return None
    is_item = called(call) == "item" and isinstance(call.func, ast.Attribute)
    tensor = scene.tensor(call.func.value) if is_item else scene.tensor(call.args[0]) if call.args else None
    if tensor is None or tensor.numel() == 1:
        return None
    return Found("number-of-many", f"The tensor's shape is {shape(tensor)}.")


def _subject(scene: Scene, call: ast.Call | None) -> torch.Tensor | None:
    """What a method, or a torch function, works on."""
    if call is None or not isinstance(call.func, ast.Attribute):
        return None
    owner = scene.tensor(call.func.value)
    if owner is None and isinstance(call.func.value, ast.Name) and call.func.value.id in ("torch", "F") and call.args:
        return scene.tensor(call.args[0])
    return owner


def _indices(scene: Scene, *errors: str) -> list[ast.expr]:
    """What stands between the brackets of the failing expression."""
    node = scene.node
    if isinstance(node, ast.AugAssign):
        node = node.target
    if not isinstance(node, ast.Subscript) or not scene.is_a(*errors) or _from_a_package(node.value):
        return []
    if isinstance(scene.seen(node.value), ModuleSeen):
        return []
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def _as_tensor(value) -> torch.Tensor | None:
    try:
        return torch.tensor(value)
    except (TypeError, ValueError, RuntimeError):
        return None
