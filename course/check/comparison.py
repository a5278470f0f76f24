"""Compares what was seen with what was expected: type, shape, dtype, device, values; the first difference only."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from .observation import ClassSeen, MappingSeen, ModuleSeen, ObjectSeen, PlainSeen, Seen, SequenceSeen, TensorSeen

RTOL, ATOL = 1e-5, 1e-6  # one expression in float32, over threads, SIMD paths and row order
ALL_WRONG = "numbers that are all wrong"
EXACT = (torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


@dataclass(frozen=True)
class Tolerance:
    """How far floating point numbers may lie apart: |seen − expected| ≤ atol + rtol·|expected|."""

    rtol: float = RTOL
    atol: float = ATOL


@dataclass(frozen=True)
class Difference:
    """The first way in which two values differ.

    aspect: "type", "shape", "dtype", "device" or "values". where: a path such as "[1]" ("" for the value itself).
    says: what came, without the expected numbers. seen, expected: the two, for the recognisers.
    """

    aspect: str
    says: str
    where: str = ""
    seen: Seen | None = field(default=None, repr=False)
    expected: Seen | None = field(default=None, repr=False)


def compare(seen: Seen, expected: Seen, tolerance: Tolerance = Tolerance(), device: str = "cpu", where: str = ""):
    """The first Difference between two values, or None. Containers are compared item by item.

    A Python number where a number is expected may come as a 0-d tensor; a tensor may not come as a Python number.
    """
    if isinstance(expected, TensorSeen):
        return _compare_tensors(seen, expected, tolerance, device, where)
    if isinstance(expected, PlainSeen):
        return _compare_plain(seen, expected, tolerance, where)
    if isinstance(expected, SequenceSeen):
        return _compare_sequences(seen, expected, tolerance, device, where)
    if isinstance(expected, MappingSeen):
        return _compare_mappings(seen, expected, tolerance, device, where)
    if isinstance(expected, ModuleSeen) and isinstance(seen, ModuleSeen):
        ours = SequenceSeen("tuple", tuple(expected.parameters.values()), len(expected.parameters))
        theirs = SequenceSeen("tuple", tuple(seen.parameters.values()), len(seen.parameters))
        return compare(theirs, ours, tolerance, device, where + ".parameters()")
    if type(seen) is type(expected) and getattr(seen, "type", 0) == getattr(expected, "type", 0):
        return None
    return Difference("type", f"{kind_of(seen)} where {kind_of(expected)} was due", where, seen, expected)


def _compare_tensors(seen, expected: TensorSeen, tolerance, device, where):
    def differ(aspect, says):
        return Difference(aspect, says, where, seen, expected)

    if not isinstance(seen, TensorSeen) or (seen.kind == "array") != (expected.kind == "array"):
        return differ("type", f"{kind_of(seen)}, not {kind_of(expected)}")
    if seen.shape != expected.shape:
        return differ("shape", f"a tensor of shape {seen.shape}, where {expected.shape} was due")
    if seen.dtype != expected.dtype:
        return differ("dtype", f"numbers of type {name_of(seen.dtype)}, where {name_of(expected.dtype)} was due")
    if seen.device.split(":")[0] != device.split(":")[0] and expected.kind != "array":  # torch cannot parse "sim" here
        return differ("device", f"a tensor on {seen.device}, where the inputs were on {device}")
    if not close(seen.values, expected.values, tolerance):
        return differ("values", _how_many(seen.values, expected.values, tolerance))
    return None


def _compare_plain(seen, expected: PlainSeen, tolerance, where):
    def differ(aspect, says):
        return Difference(aspect, says, where, seen, expected)

    if isinstance(seen, TensorSeen) and not isinstance(expected.value, (str, type(None))):
        if seen.values.numel() != 1:
            return differ("shape", f"a tensor of shape {seen.shape}, where a single number was due")
        seen = PlainSeen(seen.values.reshape(()).item(), "number")
    if not isinstance(seen, PlainSeen) or _family(seen) != _family(expected):
        return differ("type", f"{kind_of(seen)}, not {kind_of(expected)}")
    if isinstance(expected.value, (str, type(None))):
        return None if seen.value == expected.value else differ("values", "another text than was due")
    ours, theirs = (torch.tensor(x.value, dtype=torch.float64) for x in (expected, seen))
    number = repr(seen.value) if isinstance(seen.value, bool) else f"the number {seen.value:.6g}"
    return None if close(theirs, ours, tolerance) else differ("values", number)


def _family(seen: PlainSeen) -> str:
    if seen.value is None or isinstance(seen.value, str):
        return type(seen.value).__name__
    return "bool" if isinstance(seen.value, bool) else "number"


def _compare_sequences(seen, expected: SequenceSeen, tolerance, device, where):
    if not isinstance(seen, SequenceSeen):
        return Difference("type", f"{kind_of(seen)}, not {kind_of(expected)}", where, seen, expected)
    if seen.length != expected.length:
        says = f"a {seen.type} of {seen.length} items, where {expected.length} were due"
        return Difference("shape", says, where, seen, expected)
    for position, (theirs, ours) in enumerate(zip(seen.items, expected.items, strict=True)):
        if difference := compare(theirs, ours, tolerance, device, f"{where}[{position}]"):
            return difference
    return None


def _compare_mappings(seen, expected: MappingSeen, tolerance, device, where):
    if not isinstance(seen, MappingSeen):
        return Difference("type", f"{kind_of(seen)}, not {kind_of(expected)}", where, seen, expected)
    if missing := [key for key in expected.items if key not in seen.items]:
        return Difference("shape", f"a dict without the key {missing[0]!r}", where, seen, expected)
    for key, ours in expected.items.items():
        if difference := compare(seen.items[key], ours, tolerance, device, f"{where}[{key!r}]"):
            return difference
    return None


def close(seen: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance) -> bool:
    """Whether two tensors of one shape agree; whole numbers exactly, nan with nan."""
    if expected.dtype in EXACT and seen.dtype in EXACT:
        return torch.equal(seen, expected)
    wide = torch.complex128 if expected.is_complex() else torch.float64
    return torch.allclose(seen.to(wide), expected.to(wide), tolerance.rtol, tolerance.atol, equal_nan=True)


def _how_many(seen: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance) -> str:
    if not torch.isfinite(seen.to(torch.float64)).all() and torch.isfinite(expected.to(torch.float64)).all():
        return "numbers that are not finite (inf or nan)"
    if seen.dim() == 0:
        return f"the value {seen.item():.6g}"
    wide = torch.complex128 if expected.is_complex() else torch.float64
    agrees = torch.isclose(seen.to(wide), expected.to(wide), tolerance.rtol, tolerance.atol, equal_nan=True)
    wrong = int((~agrees).sum())
    return f"{wrong} of {seen.numel()} numbers wrong" if wrong < seen.numel() else ALL_WRONG


def kind_of(seen: Seen | None) -> str:
    """What a value is, in words a learner uses."""
    if isinstance(seen, TensorSeen):
        return {"array": "a NumPy array", "parameter": "a Parameter"}.get(seen.kind, "a tensor")
    if isinstance(seen, PlainSeen):
        names = {"NoneType": "None", "str": "text", "bool": "True or False", "int": "a Python int",
                 "dtype": "a dtype", "device": "a device"}
        return names.get(seen.type, f"a Python {seen.type}")
    if isinstance(seen, SequenceSeen):
        return "a pair (values, indices)" if seen.type in ("max", "min") else f"a {seen.type}"
    if isinstance(seen, MappingSeen):
        return "a dict"
    if isinstance(seen, ModuleSeen):
        return a_module(seen.class_name)
    if isinstance(seen, ClassSeen):
        return "a class"
    if isinstance(seen, ObjectSeen):
        return "a function" if seen.type == "function" else f"a {seen.type}"
    return "nothing"


def a_module(class_name: str) -> str:
    """A module by its class, PyTorch's own as a learner writes it: "an nn.Linear", "a LineModel"."""
    if hasattr(torch.nn, class_name):
        return f"an nn.{class_name}"
    return f"{'an' if class_name[:1] in 'AEIOaeio' else 'a'} {class_name}"


def name_of(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
