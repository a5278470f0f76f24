"""Rules for errors about shapes, dtypes and devices, told by the operands and never by the message."""

from __future__ import annotations

import ast

import torch

from course.check.observation import SequenceSeen, TensorSeen
from course.check.recognise import Found
from course.check.recognise.reading import text_of
from course.check.recognise.scene import Scene

PRODUCTS = ("matmul", "mm", "mv", "dot", "bmm", "inner")
ELEMENTWISE = ("add", "sub", "mul", "div", "eq", "mse_loss", "l1_loss", "maximum", "minimum", "where")
WHOLE = (torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


def rules():
    return (devices, product, broadcast, layer, view, stack, sizes)


def shape(tensor) -> str:
    return f"{tuple(tensor.shape)}"


def dtype(tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def batch_of_one(scene: Scene) -> Found | None:
    """With one row only: a bare squeeze() dropped the row's dimension, and the next line misses it."""
    if scene.rows != 1 or not scene.code.squeezes_all or not scene.is_a("RuntimeError", "IndexError", "ValueError"):
        return None
    lost = [name for name in scene.names(scene.node) if not scene.error.locals[name].shape]
    direct = isinstance(scene.node, ast.AST) and "squeeze()" in text_of(scene.node)
    if not lost and not direct:
        return None
    return Found("squeeze-kills-batch", "It works with several rows; this call had one row, and squeeze() dropped it.")


def devices(scene: Scene) -> Found | None:
    """Tensors of the failing expression on two kinds of device; numbers without dimensions may cross."""
    if not scene.is_a("RuntimeError"):
        return None
    places = {}
    for name in scene.names(scene.node):
        seen = scene.error.locals[name]
        if seen.shape:
            places.setdefault(torch.device(seen.device).type, name)
    if len(places) < 2:
        return None
    (one, first), (other, second) = list(places.items())[:2]
    return Found("device-mismatch", f"`{first}` is on {one}, and `{second}` on {other}.")


def product(scene: Scene) -> Found | None:
    """`a @ b` and its functions: shapes, then dtypes, that do not meet."""
    if not scene.is_a("RuntimeError") or devices(scene):
        return None
    pair = _pair(scene, PRODUCTS, (ast.MatMult,))
    if pair is None:
        return None
    (left, a), (right, b) = pair
    if not a.dim() or not b.dim():
        return None
    inner = b.shape[-2] if b.dim() > 1 else b.shape[0]
    shapes_meet, dtypes_meet = a.shape[-1] == inner, a.dtype == b.dtype
    if shapes_meet == dtypes_meet:
        return None
    if not dtypes_meet:
        return _dtypes((left, a), (right, b))
    seen = scene.seen(right)
    if isinstance(seen, TensorSeen) and seen.kind == "parameter" and a.shape[-1] == b.shape[-1]:
        return Found("weight-not-transposed", f"`{text_of(right)}` has shape {shape(b)}, the inputs have {shape(a)}.")
    return Found("matrix-product-shapes", f"{shape(a)} @ {shape(b)}: {a.shape[-1]} on the left meets {inner} on the right.")


def broadcast(scene: Scene) -> Found | None:
    """An elementwise operation whose shapes cannot be stretched to fit."""
    if not scene.is_a("RuntimeError") or devices(scene):
        return None
    pair = _pair(scene, ELEMENTWISE, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.Eq, ast.NotEq, ast.Gt, ast.Lt,
                                      ast.GtE, ast.LtE, ast.FloorDiv))
    if pair is None:
        return None
    a, b = pair[0][1], pair[1][1]
    sizes = zip(reversed(a.shape), reversed(b.shape), strict=False)
    clash = next(((m, n) for m, n in sizes if m != n and 1 not in (m, n)), None)
    if clash is None:
        return None
    return Found("shapes-do-not-broadcast", f"{shape(a)} and {shape(b)}: {clash[0]} meets {clash[1]}.")


def layer(scene: Scene) -> Found | None:
    """A layer whose weight has other columns, or another dtype, than its input."""
    call = scene.call()
    if call is None or not scene.is_a("RuntimeError") or len(call.args) != 1:
        return None
    parameters = scene.layer(call.func)
    weight = next((p for name, p in parameters.items() if name.endswith("weight") and len(p.shape) == 2), None)
    x = scene.tensor(call.args[0])
    if weight is None or x is None or devices(scene):
        return None
    sizes_meet, dtypes_meet = x.dim() > 0 and x.shape[-1] == weight.shape[1], x.dtype == weight.dtype
    if sizes_meet and not dtypes_meet:
        return _dtypes((call.args[0], x), (ast.Name("the layer's weight"), weight.values))
    if dtypes_meet and not sizes_meet and x.dim() > 1:
        says = f"The layer is made for rows of {weight.shape[1]}; the input has shape {shape(x)}."
        return Found("wrong-layer-size", says)
    return None


def view(scene: Scene) -> Found | None:
    """view where the numbers do not lie row by row, though reshape would do."""
    call = scene.call("view")
    if call is None or not scene.is_a("RuntimeError") or not isinstance(call.func, ast.Attribute):
        return None
    tensor = scene.tensor(call.func.value)
    sizes = [scene.value(argument) for argument in call.args]
    if tensor is None or tensor.is_contiguous() or any(size is None for size in sizes):
        return None
    try:
        tensor.reshape(*sizes)
    except (RuntimeError, TypeError):
        return None
    return Found("view-of-non-contiguous", f"Its strides are {tuple(tensor.stride())} for the shape {shape(tensor)}.")


def sizes(scene: Scene) -> Found | None:
    """view or reshape to another number of elements."""
    call = scene.call("view", "reshape")
    if call is None or not scene.is_a("RuntimeError") or not isinstance(call.func, ast.Attribute):
        return None
    tensor = scene.tensor(call.func.value)
    wanted = [scene.value(argument) for argument in call.args]
    wanted = list(wanted[0]) if len(wanted) == 1 and isinstance(wanted[0], tuple) else wanted
    if tensor is None or not wanted or not all(isinstance(size, int) for size in wanted):
        return None
    known = [size for size in wanted if size != -1]
    total = torch.Size(known).numel()
    fits = total == tensor.numel() if len(known) == len(wanted) else total and tensor.numel() % total == 0
    if fits:
        return None
    return Found("sizes-do-not-fit", f"The tensor holds {tensor.numel()} numbers; the new shape asks for {tuple(wanted)}.")


def stack(scene: Scene) -> Found | None:
    """Items of several shapes made into one tensor."""
    if not scene.is_a("RuntimeError"):
        return None
    if scene.error.innermost == "collate_tensor_fn":  # a DataLoader making a batch
        return Found("ragged-items", "Items of one batch have different shapes.")
    call = scene.call("stack", "vstack", "hstack")
    items = scene.seen(call.args[0]) if call is not None and call.args else None
    shapes = {i.shape for i in items.items if isinstance(i, TensorSeen)} if isinstance(items, SequenceSeen) else set()
    if len(shapes) < 2:
        return None
    return Found("ragged-items", f"Two of the shapes are {' and '.join(str(s) for s in sorted(shapes)[:2])}.")


def _pair(scene: Scene, functions: tuple, operators: tuple):
    """The two operands of the failing operation as (node, tensor) pairs, where both are known."""
    nodes = scene.operands()
    call = scene.call(*functions)
    if nodes is not None and nodes[2] in operators:
        pair = nodes[:2]
    elif call is not None:
        method = isinstance(call.func, ast.Attribute) and text_of(call.func.value) not in ("torch", "F", "functional",
                                                                                           "nn.functional")
        pair = [call.func.value, *call.args][:2] if method else call.args[:2]
    else:
        return None
    tensors = [scene.tensor(node) for node in pair]
    if len(pair) < 2 or any(tensor is None for tensor in tensors):
        return None
    return tuple(zip(pair, tensors, strict=True))


def _dtypes(one, other) -> Found | None:
    """float64 meeting float32, or whole numbers meeting fractions."""
    (a, left), (b, right) = one, other
    kinds = {left.dtype, right.dtype}
    says = f"`{text_of(a)}` holds {dtype(left)}, and {text_of(b) if ' ' in text_of(b) else f'`{text_of(b)}`'} {dtype(right)}."
    if kinds == {torch.float32, torch.float64}:
        return Found("double-for-float", says)
    if kinds & set(WHOLE) and any(kind.is_floating_point for kind in kinds):
        return Found("integer-dtype", says)
    return None
