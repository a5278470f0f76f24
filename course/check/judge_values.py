"""Judges a value that is read by name: what it is, never what it should have been."""

from __future__ import annotations

from dataclasses import replace

from .comparison import Difference, Tolerance, compare, kind_of
from .judge import Expected, judge_attempt, wrong
from .observation import MappingSeen, ObjectSeen, Observation, PlainSeen, Seen, SequenceSeen, TensorSeen
from .recognise import Found
from .verdict import Verdict

_METHODS = {"builtin_function_or_method", "method", "method-wrapper", "function", "_VariableFunctionsClass"}
_TRY = {
    "type": "Look at what the last line that sets it computes.",
    "shape": "Print the shape after each step, and find the first one that surprises you.",
    "dtype": "Print the dtype after each step: where does it change?",
    "device": "Move it with .to(device), and keep the result.",
    "values": "Work it out once more, in a second way if there is one, and compare.",
}


def judge_named_value(
    observation: Observation, due: Seen, tolerance: Tolerance, mistaken: dict[str, Seen]
) -> Verdict | None:
    """The first thing wrong with what a name stands for, or None."""
    if verdict := judge_attempt(observation):
        return verdict
    difference = compare(observation.result, due, tolerance)
    if difference is None:
        return None
    says = _says(observation.subject, observation.result, difference)
    found = _recognise(observation, difference, Expected(due, mistaken=mistaken, tolerance=tolerance))
    if found is None:
        return wrong(difference.aspect, says, _TRY[difference.aspect])
    return wrong(difference.aspect, says, found.evidence, mistake=found.mistake)


def like_in_all_but_values(due: Seen, seen: Seen | None) -> Seen:
    """`due` with the numbers and texts of `seen` wherever the two are of one kind, so that only kinds are compared."""
    if isinstance(due, TensorSeen) and isinstance(seen, TensorSeen) and due.shape == seen.shape:
        return replace(due, values=seen.values.to(due.dtype))
    if isinstance(due, PlainSeen) and isinstance(seen, TensorSeen) and seen.values.numel() == 1:
        return replace(due, value=seen.values.reshape(()).item()) if not isinstance(due.value, str) else due
    if isinstance(due, PlainSeen) and isinstance(seen, PlainSeen) and _family(due.value) is _family(seen.value):
        return replace(due, value=seen.value)
    if isinstance(due, SequenceSeen) and isinstance(seen, SequenceSeen) and due.length == seen.length:
        return replace(due, items=tuple(map(like_in_all_but_values, due.items, seen.items)))
    if isinstance(due, MappingSeen) and isinstance(seen, MappingSeen):
        return MappingSeen({key: like_in_all_but_values(item, seen.items.get(key)) for key, item in due.items.items()})
    return due


def _family(value) -> type:
    """bool, str and None each for itself; int and float are one, a number."""
    return float if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)


def _says(subject: str, result: Seen, difference: Difference) -> str:
    """What came, in a sentence about the name (and the place in it)."""
    name = f"`{subject}{difference.where}`"
    if difference.aspect != "values":
        verb = "has" if difference.aspect == "dtype" else "is"
        return f"{name} {verb} {difference.says}."
    seen = difference.seen
    if isinstance(seen, TensorSeen) and not seen.values.dim() or isinstance(seen, PlainSeen):
        number = seen.value if isinstance(seen, PlainSeen) else seen.values.item()
        shown = f"{number:.6g}" if isinstance(number, float) else f"{number!r}"[:40]
        return f"{name} is {shown}, and that is not right."
    return f"{name} has {difference.says}."


def _recognise(observation: Observation, difference: Difference, expected: Expected) -> Found | None:
    from course.check import recognise

    seen = observation.result
    if isinstance(seen, ObjectSeen) and seen.is_callable and seen.type in _METHODS:
        return Found("parentheses-missing", f"It is {kind_of(seen)}.")
    if isinstance(seen, PlainSeen) and seen.value is None:
        return Found("none-for-value")
    return recognise.value(observation, difference, expected)
