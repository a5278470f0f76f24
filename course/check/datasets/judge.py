"""Judges a data set by its class, its length, the kinds of its items, their numbers, and that they batch."""

from __future__ import annotations

import torch

from course.check.comparison import Difference, Tolerance, compare, kind_of
from course.check.datasets.items import (
    ItemsDue,
    items_seen,
    label,
    live,
    name_broken_relation,
    name_disorder,
    parts_of,
    same,
)
from course.check.judge import judge_attempt, wrong
from course.check.modules.judge_classes import judge_class
from course.check.observation import RAISED, RETURNED, Observation, PlainSeen, Seen, SequenceSeen, TensorSeen
from course.check.recognise import Found
from course.check.verdict import Verdict


def judge_dataset(observation: Observation, due: ItemsDue) -> Verdict | None:
    """The first thing wrong with a data set, or None. What was seen before an error is judged before the error."""
    if verdict := judge_class(observation, "Dataset", "not-a-dataset"):
        return verdict
    seen = items_seen(observation, due.indices)
    return (
        _judge_length(observation, due)
        or _judge_kinds(observation, seen, due)
        or judge_attempt(observation, _error_of_dataset(observation))
        or _judge_constancy(observation, due)
        or _judge_values(observation, seen, due)
    )


def judge_end(observation: Observation, length: int) -> Verdict | None:
    """Whether an index past the end is refused with an IndexError."""
    if observation.outcome == RAISED and observation.error.type == "IndexError":
        return None
    if observation.outcome != RETURNED:
        return judge_attempt(observation)
    says = f"{observation.call} gave an item, though a data set of {length} items has none at {length}."
    return wrong("items", says, mistake="no-end-of-items")


def _error_of_dataset(observation: Observation) -> Found | None:
    """A method that is not there, or items that a loader cannot stack: errors outside the learner's own lines."""
    if observation.outcome != RAISED or observation.error.function:
        return None
    methods, call = observation.extras["subject"].methods, observation.call
    if call.startswith("len(") and "__len__" not in methods:
        return Found("dataset-method-missing", f"`{observation.subject}` has no __len__.")
    if call.endswith("]") and "__getitem__" not in methods:
        return Found("dataset-method-missing", f"`{observation.subject}` has no __getitem__.")
    if call.startswith("DataLoader(") and observation.error.type == "RuntimeError":
        return Found("ragged-items")
    return None


def _judge_length(observation: Observation, due: ItemsDue) -> Verdict | None:
    seen = observation.extras.get(label("__len__"))
    if seen is None or isinstance(seen, PlainSeen) and seen.type == "int" and seen.value == due.length:
        return None
    call = f"len({observation.subject}(…))"
    if not isinstance(seen, PlainSeen) or seen.type != "int":
        return wrong("length", f"{call} is given {kind_of(seen)} by __len__.", mistake="length-not-whole")
    off = seen.value - due.length
    if abs(off) == 1:
        says = f"{call} is {seen.value}: one too {'many' if off > 0 else 'few'}."
        return wrong("length", says, mistake="length-off-by-one")
    return wrong("length", f"{call} is {seen.value}, and that is not the number of its items.",
                 "Print the shape of the data that it holds: which of those numbers counts the rows?")


def _judge_kinds(observation: Observation, seen: dict[int, Seen], due: ItemsDue) -> Verdict | None:
    """Whether each item is a pair of tensors of the right shapes and dtypes."""
    if _is_exchanged(seen, due):
        says = f"{_at(observation, next(iter(seen)))} gave its parts in another order than was due."
        return wrong("items", says, mistake="pair-exchanged")
    for index, item in seen.items():
        if verdict := _judge_kind(observation, index, item, seen, due):
            return verdict
    return None


def _judge_kind(observation: Observation, index: int, item: Seen, seen: dict, due: ItemsDue) -> Verdict | None:
    wanted, call = due.items[index], _at(observation, index)
    if isinstance(item, PlainSeen) and item.value is None:
        return wrong("type", f"{call} gave None.", mistake="no-return")
    if isinstance(wanted, SequenceSeen):
        if not isinstance(item, SequenceSeen):
            return wrong("type", f"{call} gave {kind_of(item)}, where a pair was due.", mistake="item-not-a-pair")
        if item.length != wanted.length:
            says = f"{call} gave {item.length} things, where {wanted.length} were due."
            return wrong("type", says, mistake="item-not-a-pair")
    for place, (part, ours) in enumerate(zip(parts_of(item), parts_of(wanted), strict=True)):
        difference = compare(part, ours, due.tolerance)
        if difference is None or difference.aspect == "values":
            continue
        where = f"{call}[{place}]" if isinstance(wanted, SequenceSeen) else call
        mistake = _name_kind(difference, place, seen, due)
        return wrong(difference.aspect, f"{where} is {_shown(difference)}.", mistake=mistake)
    return None


def _name_kind(difference: Difference, place: int, seen: dict[int, Seen], due: ItemsDue) -> str | None:
    theirs, ours = difference.seen, difference.expected
    if isinstance(theirs, PlainSeen) and isinstance(ours, TensorSeen):
        return "item-dtype"
    if not isinstance(theirs, TensorSeen) or not isinstance(ours, TensorSeen):
        return None
    if difference.aspect == "type":
        return "item-dtype" if theirs.dtype == torch.float64 else "array-for-tensor"
    if difference.aspect == "dtype":
        labels = theirs.values.is_floating_point() and not ours.values.is_floating_point()
        return "labels-as-floats" if labels else "item-dtype"
    if difference.aspect != "shape":
        return None
    return _name_shape(theirs.shape, ours.shape, [parts_of(item)[place] for item in seen.values()], due.length)


def _name_shape(theirs: tuple, ours: tuple, others: list[Seen], length: int) -> str | None:
    if len({other.shape for other in others if isinstance(other, TensorSeen)}) > 1:
        return "ragged-items"
    if theirs == (1, *ours):
        return "item-keeps-dimension"
    if theirs == (length,) and ours == (1,) and _differ(others):
        return "broadcast-n-by-n"  # x (n, 1) and noise (n,) gave a table, of which each item is another row
    if theirs == (length, *ours):
        return "item-ignores-index"
    return "item-drops-dimension" if len(theirs) == len(ours) - 1 and ours == (*theirs, 1) else None


def _differ(items: list[Seen]) -> bool:
    return any(not same(item, items[0], Tolerance()) for item in items[1:])


def _judge_constancy(observation: Observation, due: ItemsDue) -> Verdict | None:
    """Whether the first and the last item are the same at a second look."""
    for index in (*due.indices[:1], *due.indices[-1:]):
        name = label("__getitem__", index)
        first, again = observation.extras[name], observation.extras.get(f"{name} again")
        if again is not None and not same(again, first, due.tolerance):
            says = f"{_at(observation, index)} gave other numbers when it was asked for again."
            return wrong("items", says, mistake="noise-drawn-per-item")
    return None


def _judge_values(observation: Observation, seen: dict[int, Seen], due: ItemsDue) -> Verdict | None:
    if due.holds is not None:
        return _judge_relation(observation, seen, due) or _judge_overall(observation, seen, due)
    odd = [index for index, item in seen.items() if not same(item, due.items[index], due.tolerance)]
    if odd:
        difference = compare(seen[odd[0]], due.items[odd[0]], due.tolerance)
        says = f"{_at(observation, odd[0])}{difference.where} holds other numbers than the exercise asks for"
        count = f"; so do {len(odd)} of the {len(seen)} items." if len(odd) > 1 else "."
        mistake = name_disorder(seen, due)
        advice = "" if mistake else "Print this item, and the row of the data that it should be."
        return wrong("values", says + count, advice, mistake=mistake)
    return _judge_overall(observation, seen, due)


def _judge_relation(observation: Observation, seen: dict[int, Seen], due: ItemsDue) -> Verdict | None:
    """Whether the author's relation holds for each item."""
    for index, item in seen.items():
        answer = due.holds(index, *map(live, parts_of(item)))
        if answer is True or isinstance(answer, torch.Tensor) and bool(answer):
            continue
        mistake = name_broken_relation(seen, due)
        says = answer if isinstance(answer, str) else "its parts do not belong together as the exercise says."
        return wrong("values", f"{_at(observation, index)} is not right: {says}", mistake=mistake)
    return None


def _judge_overall(observation: Observation, seen: dict[int, Seen], due: ItemsDue) -> Verdict | None:
    if due.overall is None or not seen:
        return None
    columns = zip(*(map(live, parts_of(seen[index])) for index in due.indices if index >= 0), strict=True)
    answer = due.overall(*(torch.stack([torch.as_tensor(part) for part in column]) for column in columns))
    if answer is True or isinstance(answer, torch.Tensor) and bool(answer):
        return None
    says = answer if isinstance(answer, str) else "taken together they are not what the exercise says."
    return wrong("values", f"The items of {observation.subject}(…) are not right: {says}")


def _is_exchanged(seen: dict[int, Seen], due: ItemsDue) -> bool:
    """Whether every pair is right, shapes and dtypes included, once its parts change places, and is not as it stands."""
    def kinds(parts):
        return [(p.shape, p.dtype) if isinstance(p, TensorSeen) else kind_of(p) for p in parts]

    pairs = [(kinds(parts_of(item)), kinds(parts_of(due.items[index]))) for index, item in seen.items()]
    return bool(pairs) and all(len(a) == 2 and a != b and a[::-1] == b for a, b in pairs)


def _at(observation: Observation, index: int) -> str:
    return f"{observation.subject}(…)[{index}]"


def _shown(difference: Difference) -> str:
    return f"made of {difference.says}" if difference.aspect == "dtype" else difference.says
