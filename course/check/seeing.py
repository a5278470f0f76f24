"""Turns live objects into what an Observation may hold: copies of numbers, names of types, nothing that runs."""

from __future__ import annotations

import contextlib
import numbers

import torch

from .observation import ClassSeen, MappingSeen, ModuleSeen, ObjectSeen, PlainSeen, Seen, SequenceSeen, TensorSeen

MAX_ITEMS = 4096  # of a container
MAX_DEPTH = 6
MAX_TEXT = 10_000
MAX_UNREGISTERED = 16
MAX_METHODS = 64
_MODULES_OWN = frozenset(vars(torch.nn.Module()))  # the attributes that nn.Module itself keeps
MAX_ELEMENTS = 2**24  # of a tensor; an expanded one may claim far more than it stores


def see(value, depth: int = 0) -> Seen:
    """Describe any object as plain data. Never raises; never keeps the object.

    Tensors are copied to the CPU; containers are followed to MAX_DEPTH and MAX_ITEMS.
    """
    if isinstance(value, torch.Tensor):
        with contextlib.suppress(Exception):  # too large, nested, lazy: described by its type alone
            return see_tensor(value)
        return _see_object(value)
    if isinstance(value, torch.nn.Module):
        return see_module(value)
    if type(value).__module__ == "numpy":  # before plain numbers: numpy.float64 is a float, too
        return _see_numpy(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return _see_plain(value)
    if depth < MAX_DEPTH and isinstance(value, (list, tuple, set, frozenset)):
        # the order of a set is an accident
        items = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else list(value)
        kept = tuple(see(item, depth + 1) for item in items[:MAX_ITEMS])
        return SequenceSeen(type(value).__name__, kept, len(items))
    if depth < MAX_DEPTH and isinstance(value, dict):
        pairs = list(value.items())[:MAX_ITEMS]
        return MappingSeen({str(key)[:200]: see(item, depth + 1) for key, item in pairs})
    if isinstance(value, type):
        return _see_class(value)
    if isinstance(value, (torch.dtype, torch.device)):
        return PlainSeen(str(value), type(value).__name__)
    return _see_object(value)


def see_tensor(tensor: torch.Tensor) -> TensorSeen:
    """Copy a tensor's numbers to the CPU and note the facts about it that checks ask for.

    A tensor on the meta device has no numbers: zeros stand for them. Raises ValueError for more than MAX_ELEMENTS,
    and whatever PyTorch raises for a tensor that has no dense form.
    """
    if tensor.is_nested or tensor.numel() > MAX_ELEMENTS:
        raise ValueError("no dense form of a size that is kept")
    kind = "parameter" if isinstance(tensor, torch.nn.Parameter) else "tensor"
    storage, length, offset, strides = 0, 0, 0, ()
    with contextlib.suppress(RuntimeError, NotImplementedError):  # sparse and wrapper tensors have no storage to tell
        storage, length = tensor.untyped_storage().data_ptr(), tensor.untyped_storage().nbytes()
        offset, strides = tensor.storage_offset(), tuple(tensor.stride())
    return TensorSeen(
        values=_numbers(tensor),
        device=str(tensor.device),
        requires_grad=tensor.requires_grad,
        is_leaf=tensor.is_leaf,
        has_graph=tensor.grad_fn is not None,
        storage=storage,
        storage_bytes=length,
        offset=offset,
        strides=strides,
        kind=kind,
    )


def _numbers(tensor: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        values = tensor.detach()
        if values.is_meta:
            return torch.zeros(values.shape, dtype=values.dtype, device="cpu")
        if values.layout != torch.strided:
            values = values.to_dense()
        if values.is_quantized:
            values = values.dequantize()
        return values.to("cpu").clone(memory_format=torch.contiguous_format)


def see_module(module: torch.nn.Module) -> ModuleSeen:
    """Describe a module by its class's name, parameters, buffers and training flag.

    A module whose class forgot `super().__init__()` has none of these and is described as empty.
    """
    if "_parameters" not in vars(module):
        return ModuleSeen(type(module).__name__, {}, {}, True, False, _unregistered(module))
    parameters, buffers = (
        {name: seen for name, tensor in named if isinstance(seen := see(tensor), TensorSeen)}  # a lazy one has no shape
        for named in (module.named_parameters(), module.named_buffers())
    )
    return ModuleSeen(type(module).__name__, parameters, buffers, bool(module.training), True, _unregistered(module))


def _unregistered(module: torch.nn.Module) -> tuple[tuple[str, str], ...]:
    """Attributes of learners' modules that hold tensors or layers which PyTorch does not know."""
    found = []
    parts = module.named_modules() if "_modules" in vars(module) else [("", module)]
    for prefix, part in parts:
        classes = [c for c in type(part).__mro__ if not str(getattr(c, "__module__", "")).startswith("torch.") and c is not object]
        if not classes:
            continue
        own = {name: value for name, value in vars(part).items() if name not in _MODULES_OWN}
        of_class = {name: value for c in reversed(classes) for name, value in vars(c).items()}
        found += [(f"{prefix}.{name}" if prefix else name, where) for name, where in
                  [(name, _holder(value)) for name, value in own.items()]
                  + [(name, "class" if _holder(value) else "") for name, value in of_class.items()] if where]
    return tuple(found[:MAX_UNREGISTERED])


def _holder(value) -> str:
    """What keeps a tensor or layer from being known: it is "tensor", or in a "container"; "" where there is none."""
    if isinstance(value, (torch.Tensor, torch.nn.Module)):
        return "tensor"
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return "container" if any(isinstance(item, (torch.Tensor, torch.nn.Module)) for item in list(items)) else ""


def shared_parameter(first: torch.nn.Module, second: torch.nn.Module, given: tuple = ()) -> str:
    """The name of a parameter that two modules hold both, "" where there is none; what was `given` to both may be shared."""
    if any(isinstance(value, torch.nn.Module) for value in given) or "_parameters" not in vars(first):
        return ""
    others = {id(parameter) for parameter in second.parameters()}
    return next((name for name, parameter in first.named_parameters() if id(parameter) in others), "")


def _see_class(value: type) -> ClassSeen:
    own = [c for c in value.__mro__ if c is not object and not str(getattr(c, "__module__", "")).startswith("torch.")]
    methods = {name: None for c in own for name, member in vars(c).items() if callable(member)}
    return ClassSeen(value.__name__, tuple(base.__name__ for base in value.__mro__[1:-1]), tuple(methods)[:MAX_METHODS])


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
            owner = value
            while isinstance(owner.base, np.ndarray):
                owner = owner.base
            return TensorSeen(torch.from_numpy(np.array(value, order="C")), kind="array",
                              storage=owner.__array_interface__["data"][0], storage_bytes=owner.nbytes)
        except TypeError:  # arrays of objects or text
            return _see_object(value)
    return _see_object(value)


def _see_object(value) -> Seen:
    if isinstance(value, numbers.Number):
        with contextlib.suppress(Exception):
            return PlainSeen(float(value), type(value).__name__)
    bases = tuple(base.__name__ for base in type(value).__mro__[1:-1])
    return ObjectSeen(type(value).__name__, bases, callable(value))
