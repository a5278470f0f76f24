"""Turns live objects into what an Observation may hold: copies of numbers, names of types, nothing that runs."""

from __future__ import annotations

import contextlib
import numbers

import torch

from .observation import MappingSeen, ModuleSeen, ObjectSeen, PlainSeen, Seen, SequenceSeen, TensorSeen

MAX_ITEMS = 4096  # of a container
MAX_DEPTH = 6
MAX_TEXT = 10_000


def see(value, depth: int = 0) -> Seen:
    """Describe any object as plain data. Never raises; never keeps the object.

    Tensors are copied to the CPU; containers are followed to MAX_DEPTH and MAX_ITEMS.
    """
    if isinstance(value, torch.Tensor):
        return see_tensor(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return _see_plain(value)
    if isinstance(value, torch.nn.Module):
        return see_module(value)
    if type(value).__module__ == "numpy":
        return _see_numpy(value)
    if depth < MAX_DEPTH and isinstance(value, (list, tuple, set, frozenset)):
        items = list(value)
        kept = tuple(see(item, depth + 1) for item in items[:MAX_ITEMS])
        return SequenceSeen(type(value).__name__, kept, len(items))
    if depth < MAX_DEPTH and isinstance(value, dict):
        pairs = list(value.items())[:MAX_ITEMS]
        return MappingSeen({str(key)[:200]: see(item, depth + 1) for key, item in pairs})
    return _see_object(value)


def see_tensor(tensor: torch.Tensor) -> TensorSeen:
    """Copy a tensor's numbers to the CPU and note the facts about it that checks ask for."""
    kind = "parameter" if isinstance(tensor, torch.nn.Parameter) else "tensor"
    storage, offset, strides = 0, 0, ()
    with contextlib.suppress(RuntimeError, NotImplementedError):  # sparse and wrapper tensors have no storage to tell
        storage, offset, strides = tensor.untyped_storage().data_ptr(), tensor.storage_offset(), tuple(tensor.stride())
    with torch.no_grad():
        values = tensor.detach().to_dense() if tensor.layout != torch.strided else tensor.detach()
        values = values.to("cpu").clone(memory_format=torch.contiguous_format)
    return TensorSeen(
        values=values,
        device=str(tensor.device),
        requires_grad=tensor.requires_grad,
        is_leaf=tensor.is_leaf,
        has_graph=tensor.grad_fn is not None,
        storage=storage,
        offset=offset,
        strides=strides,
        kind=kind,
    )


def see_module(module: torch.nn.Module) -> ModuleSeen:
    """Describe a module by its class's name, parameters, buffers and training flag.

    A module whose class forgot `super().__init__()` has none of these and is described as empty.
    """
    if "_parameters" not in vars(module):
        return ModuleSeen(type(module).__name__, {}, {}, True)
    parameters = {name: see_tensor(p) for name, p in module.named_parameters() if p is not None}
    buffers = {name: see_tensor(b) for name, b in module.named_buffers() if b is not None}
    return ModuleSeen(type(module).__name__, parameters, buffers, bool(module.training))


def _see_plain(value) -> PlainSeen:
    if isinstance(value, str):
        return PlainSeen(str.__str__(value)[:MAX_TEXT], type(value).__name__)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 4096:
        return PlainSeen(float("inf"), type(value).__name__)
    return PlainSeen(value, type(value).__name__)


def _see_numpy(value) -> Seen:
    import numpy as np

    if isinstance(value, np.generic):
        plain = value.item()
        if isinstance(plain, (bool, int, float, str)):
            return PlainSeen(plain, f"numpy.{type(value).__name__}")
    if isinstance(value, np.ndarray):
        try:
            return TensorSeen(torch.from_numpy(np.array(value, order="C")), kind="array")
        except TypeError:  # arrays of objects or text
            return _see_object(value)
    return _see_object(value)


def _see_object(value) -> Seen:
    if isinstance(value, numbers.Number):
        with contextlib.suppress(Exception):
            return PlainSeen(float(value), type(value).__name__)
    bases = tuple(base.__name__ for base in type(value).__mro__[1:-1])
    return ObjectSeen(type(value).__name__, bases, callable(value))
