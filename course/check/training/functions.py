"""What a PyTorch call means for training: its kind, the tensors it changes, and the parameters below a loss."""

from __future__ import annotations

from collections.abc import Iterable

import torch

T = torch.Tensor
_GETTERS = {T.data: ".data", T.grad: ".grad", T.requires_grad: ".requires_grad"}
_IN_PLACE_OPERATORS = {
    "__isub__", "__iadd__", "__imul__", "__itruediv__", "__ipow__", "__ifloordiv__", "__imod__", "__setitem__"
}  # fmt: skip
_CHANGE_NO_VALUE = {"requires_grad_", "detach_", "share_memory_", "rename_"}
_LEAVES_PYTORCH = {"item", "tolist", "numpy", "__float__", "__int__", "__array__"}
_BACKWARD = {torch.Tensor.backward: "backward", torch.autograd.backward: "backward", torch.autograd.grad: "grad"}
MOST_NODES = 20_000


def name_of(function) -> str:
    """The function's name; `.grad` for reading that attribute, `.grad=` for setting and `.grad del` for deleting it."""
    name = getattr(function, "__name__", "")
    if name in ("__get__", "__set__", "__delete__"):
        attribute = _GETTERS.get(getattr(function, "__self__", None), ".other")
        return attribute + {"__get__": "", "__set__": "=", "__delete__": " del"}[name]
    return name


def backward_kind(function) -> str | None:
    """`backward` or `grad` (torch.autograd.grad) where the call is a backward pass, else None."""
    try:
        return _BACKWARD.get(function)
    except TypeError:  # not hashable
        return None


def leaves_pytorch(name: str) -> bool:
    """Whether the call turns a tensor into a Python or NumPy value, which autograd cannot follow."""
    return name in _LEAVES_PYTORCH


def changed_by(name: str, args: tuple, kwargs: dict) -> list[torch.Tensor]:
    """The tensors whose values a call overwrites: in-place methods and operators, `out=`, `.data = …`, _foreach_…_."""
    out = kwargs.get("out")
    if out is not None:
        return list(tensors_in([out]))
    if name in _CHANGE_NO_VALUE or not args:
        return []
    in_place = name.endswith("_") and not name.endswith("__")
    if in_place or name in _IN_PLACE_OPERATORS or name == ".data=":
        return list(tensors_in(args[:1]))
    return []


def tensors_in(values: Iterable) -> Iterable[torch.Tensor]:
    """The tensors among the values and in the lists and tuples among them."""
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from tensors_in(value)


def leaves_below(tensors: Iterable[torch.Tensor]) -> list[torch.Tensor]:
    """The leaves that a backward pass from `tensors` reaches: those of the graph's AccumulateGrad nodes, in order."""
    leaves, seen, stack = [], set(), []
    for tensor in tensors:
        if tensor.grad_fn is not None:
            stack.append(tensor.grad_fn)
        elif tensor.requires_grad:
            leaves.append(tensor)
    while stack and len(seen) < MOST_NODES:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        variable = getattr(node, "variable", None)
        if variable is not None and not among(variable, leaves):
            leaves.append(variable)
        stack.extend(child for child, _ in reversed(node.next_functions) if child is not None)
    return [unwrapped(leaf) for leaf in leaves]


def unwrapped(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor itself, where torch.func.grad or vmap has wrapped it for the time of one call."""
    while torch._C._functorch.is_functorch_wrapped_tensor(tensor):
        tensor = torch._C._functorch.get_unwrapped(tensor)
    return tensor


def among(tensor: torch.Tensor, tensors: Iterable[torch.Tensor]) -> bool:
    """Whether the tensor itself, not one equal to it, is among the others."""
    return any(tensor is other for other in tensors)


def same_memory(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether two tensors are one or share their storage; False where a tensor has no storage to compare."""
    if a is b:
        return True
    try:
        first, second = a.untyped_storage().data_ptr(), b.untyped_storage().data_ptr()
    except (RuntimeError, NotImplementedError):
        return False
    return first == second != 0


def has_nonzero_gradient(tensors: Iterable[torch.Tensor]) -> bool:
    """Whether any of the leaves holds a gradient with an entry that is not zero."""
    return any(t.grad is not None and bool(t.grad.detach().any()) for t in tensors if t.is_leaf)
