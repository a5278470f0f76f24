"""Rules for values of another type, dtype or device than was due."""

from __future__ import annotations

import ast

import torch

from course.check.comparison import name_of
from course.check.observation import ModuleSeen, ObjectSeen, PlainSeen, SequenceSeen, TensorSeen
from course.check.recognise import Found
from course.check.recognise.facts import Facts, same
from course.check.recognise.scene import TENSOR_METHODS

WHOLE = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)
METHODS = ("method", "builtin_function_or_method", "function")


def rules():
    return (nothing, number_for_tensor, array_for_tensor, pair, uncalled, wrong_object, dtypes, device)


def nothing(facts: Facts) -> Found | None:
    """None came back: told apart by what the function's return statements return."""
    seen = facts.seen
    if not facts.whole or not isinstance(seen, PlainSeen) or seen.value is not None:
        return None
    if "module" in facts.observation.extras:
        return Found("forward-returns-none")
    returned = facts.code.returned
    if not facts.code.text or any(_may_be_none(value) for value in returned):
        return None
    owners = [value.value for value in returned if isinstance(value, ast.Attribute) and value.attr == "grad"]
    if owners:
        return Found(_without_gradient(facts, owners), "The gradient that is returned is None.")
    return Found("no-return")


def _without_gradient(facts: Facts, owners: list[ast.expr]) -> str:
    """Why a returned .grad is None: a computed tensor warns of it; an argument that nothing was asked of is data."""
    if any(category == "UserWarning" for category, _ in facts.observation.warnings):
        return "grad-of-non-leaf"
    data = set(facts.code.arguments) - facts.code.set_to_require
    is_data = all(isinstance(owner, ast.Name) and owner.id in data for owner in owners)
    return "grad-of-data" if is_data and facts.code.uses("backward") else "grad-is-none"


def _may_be_none(value: ast.expr | None) -> bool:
    """Whether a returned expression could itself have been None: a name, or what some other function gave."""
    if isinstance(value, ast.Call):
        return not (isinstance(value.func, ast.Attribute) and value.func.attr in TENSOR_METHODS)
    return isinstance(value, ast.Name)


def number_for_tensor(facts: Facts) -> Found | None:
    if facts.aspect != "type" or not isinstance(facts.due, TensorSeen) or facts.due.kind == "array":
        return None
    seen = facts.seen
    is_number = isinstance(seen, PlainSeen) and seen.type in ("int", "float")
    if is_number or isinstance(seen, SequenceSeen) and seen.type == "list" and _holds_numbers(seen):
        return Found("python-number-for-tensor")
    return None


def _holds_numbers(seen: SequenceSeen) -> bool:
    inner = [item for item in seen.items]
    return bool(inner) and all(
        _holds_numbers(item) if isinstance(item, SequenceSeen) else
        isinstance(item, PlainSeen) and item.type in ("int", "float", "bool")
        or isinstance(item, TensorSeen) and item.kind != "array" and not item.shape
        for item in inner
    )


def array_for_tensor(facts: Facts) -> Found | None:
    if facts.aspect != "type" or not isinstance(facts.due, TensorSeen) or facts.due.kind == "array":
        return None
    seen = facts.seen
    if isinstance(seen, TensorSeen) and seen.kind == "array":
        return Found("array-for-tensor")
    if isinstance(seen, PlainSeen) and seen.type.startswith("numpy."):
        return Found("array-for-tensor", f"It gave a NumPy number, {seen.type}.")
    return None


def pair(facts: Facts) -> Found | None:
    """The named tuple of max or min along a dimension."""
    seen = facts.seen
    if facts.aspect == "type" and isinstance(seen, SequenceSeen) and seen.type in ("max", "min"):
        return Found("max-pair")
    return None


def uncalled(facts: Facts) -> Found | None:
    """`x.sum` for `x.sum()`."""
    seen = facts.seen
    if facts.aspect == "type" and isinstance(seen, ObjectSeen) and seen.is_callable and seen.type in METHODS:
        return Found("parentheses-missing", "It gave the method itself, not what the method computes.")
    return None


def wrong_object(facts: Facts) -> Found | None:
    if facts.aspect == "type" and isinstance(facts.due, ModuleSeen) and not isinstance(facts.seen, ModuleSeen):
        if not (isinstance(facts.seen, PlainSeen) and facts.seen.value is None):
            return Found("returns-wrong-object")
    return None


def dtypes(facts: Facts) -> Found | None:
    """The right kind of thing, holding another type of numbers."""
    if facts.aspect != "dtype" or facts.came is None or facts.wanted is None:
        return None
    came, due = facts.seen.dtype, facts.due.dtype
    if (came, due) == (torch.float64, torch.float32):
        return Found("double-for-float")
    if (came, due) == (torch.float32, torch.float64):
        return Found("float-for-double")
    if came == torch.uint8 and _wraps(facts):
        return Found("uint8-wraps", "The result is uint8, and its numbers are off by multiples of 256.")
    if came in WHOLE and due.is_floating_point:
        return _whole_numbers(facts)
    return None


def _wraps(facts: Facts) -> bool:
    fits = (facts.wanted >= 0) & (facts.wanted < 256)
    return not bool(fits.all()) and same(facts.came, torch.remainder(facts.wanted.floor(), 256))


def _whole_numbers(facts: Facts) -> Found | None:
    """Whole numbers for fractions: a count for a share, a quotient rounded down, or a tensor made of integers."""
    share = facts.wanted.numel() == 1 and facts.n > 1 and 0 <= float(facts.wanted) <= 1
    compares = facts.code.has(ast.Eq, ast.NotEq, ast.Gt, ast.Lt, ast.GtE, ast.LtE) or facts.code.uses("eq")
    if share and compares and facts.came.shape == facts.wanted.shape:
        if float(facts.came) > facts.n:
            return Found("accuracy-broadcast", f"It counted {int(facts.came)} right answers among {facts.n} rows.")
        if same(facts.came, facts.wanted * facts.n) and float(facts.came) > 1:
            return Found("accuracy-not-divided", f"It gave a count, as {name_of(facts.seen.dtype)}.")
    says = f"The result is {name_of(facts.seen.dtype)}."
    if facts.code.has(ast.FloorDiv) and same(facts.came, facts.wanted.floor()):
        return Found("floor-division", says)
    return None if facts.code.has(ast.FloorDiv) else Found("integer-dtype", says)


def device(facts: Facts) -> Found | None:
    if facts.aspect == "device":
        return Found("result-on-other-device")
    return None
