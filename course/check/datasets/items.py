"""What the items of a data set should be, and what relates wrong items to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from course.check.comparison import Tolerance, compare
from course.check.observation import Observation, PlainSeen, Seen, SequenceSeen, TensorSeen


@dataclass(frozen=True)
class ItemsDue:
    """The right answer about a data set.

    length: how many items. indices: which of them are looked at. items: the right one at each of these. tolerance: of
    numbers. holds: in place of a comparison of numbers (see `datasets.dataset`). overall: the same of all items.
    mistaken: the items that known mistakes give, by mistake id.
    """

    length: int
    indices: tuple[int, ...]
    items: dict[int, Seen]
    tolerance: Tolerance = Tolerance()
    holds: Callable | None = None
    overall: Callable | None = None
    mistaken: dict[str, dict[int, Seen]] = field(default_factory=dict)


def label(method: str, *arguments: int) -> str:
    """Where a probe keeps the result of a method."""
    return f"{method}({', '.join(map(repr, arguments))})"


def items_seen(observation: Observation, indices: tuple[int, ...]) -> dict[int, Seen]:
    """The items that were looked at before anything failed."""
    labels = {index: label("__getitem__", index) for index in indices}
    return {index: observation.extras[name] for index, name in labels.items() if name in observation.extras}


def parts_of(item: Seen) -> tuple[Seen, ...]:
    """The parts of a pair; an item that is no pair is its own only part."""
    return item.items if isinstance(item, SequenceSeen) else (item,)


def live(seen: Seen):
    """What the author's `holds` is given: a tensor, a plain value, a tuple of these; a model as it was seen."""
    if isinstance(seen, TensorSeen):
        return seen.values
    if isinstance(seen, PlainSeen):
        return seen.value
    return tuple(map(live, seen.items)) if isinstance(seen, SequenceSeen) else seen


def same(first: Seen, second: Seen, tolerance: Tolerance) -> bool:
    return compare(first, second, tolerance) is None


def name_disorder(seen: dict[int, Seen], due: ItemsDue) -> str | None:
    """The mistake that puts right numbers in wrong places, or None.

    Only where every item was looked at can the whole be told: sorted rows of each part are compared.
    """
    ours = [due.items[index] for index in seen]
    theirs = list(seen.values())
    if len(theirs) > 1 and all(same(item, theirs[0], due.tolerance) for item in theirs[1:]):
        return "item-ignores-index"
    if all(same(_exchanged(a), b, due.tolerance) for a, b in zip(theirs, ours, strict=True)):
        return "pair-exchanged"
    for mistake, wrongs in due.mistaken.items():
        if all(same(item, wrongs[index], due.tolerance) for index, item in seen.items()):
            return mistake
    if _shifted(seen, due, 1) or _shifted(seen, due, -1):
        return "item-off-by-one"
    if _same_rows([parts_of(a) for a in theirs], [parts_of(b) for b in ours], due.tolerance):
        return "wrong-order"
    pairs = zip(zip(*map(parts_of, theirs), strict=True), zip(*map(parts_of, ours), strict=True), strict=True)
    columns = [_same_rows([(part,) for part in a], [(part,) for part in b], due.tolerance) for a, b in pairs]
    return "pairs-broken" if len(columns) > 1 and all(columns) else None


def name_broken_relation(seen: dict[int, Seen], due: ItemsDue) -> str | None:
    """The mistake by which items do not hold the author's relation, found by trying it on other arrangements."""
    theirs = list(seen.values())
    if len(theirs) > 1 and all(same(item, theirs[0], due.tolerance) for item in theirs[1:]):
        return "item-ignores-index"
    parts = {index: parts_of(item) for index, item in seen.items()}
    if all(len(p) == 2 for p in parts.values()):
        if _all_hold(due, {index: p[::-1] for index, p in parts.items()}):
            return "pair-exchanged"
        partners = all(any(_holds(due, index, (p[0], q[1])) for q in parts.values()) for index, p in parts.items())
        if partners and len(parts) > 2:
            return "pairs-broken"
    return None


def _all_hold(due: ItemsDue, parts: dict[int, tuple]) -> bool:
    return all(_holds(due, index, p) for index, p in parts.items())


def _holds(due: ItemsDue, index: int, parts: tuple) -> bool:
    """Whether the relation holds for parts put together anew, which the author's function may not have expected."""
    try:
        return due.holds(index, *map(live, parts)) is True
    except Exception:
        return False


def _exchanged(item: Seen) -> Seen:
    parts = parts_of(item)
    return SequenceSeen("tuple", parts[::-1], len(parts)) if len(parts) == 2 else item


def _shifted(seen: dict[int, Seen], due: ItemsDue, by: int) -> bool:
    inner = [index for index in seen if index + by in due.items and index >= 0]
    return len(inner) > 1 and all(same(seen[index], due.items[index + by], due.tolerance) for index in inner)


def _same_rows(theirs: list[tuple], ours: list[tuple], tolerance: Tolerance) -> bool:
    """Whether two lists hold the same rows of tensors and numbers in some order."""
    if len(theirs) != len(ours):
        return False
    flat = [[torch.cat([_numbers(part) for part in row]) for row in rows] for rows in (theirs, ours)]
    if len({len(row) for rows in flat for row in rows}) != 1:
        return False
    a, b = (torch.stack(sorted(rows, key=lambda row: row.tolist())) for rows in flat)
    return torch.allclose(a, b, tolerance.rtol, tolerance.atol)


def _numbers(part: Seen) -> torch.Tensor:
    if isinstance(part, TensorSeen):
        return part.values.to(torch.float64).flatten()
    is_number = isinstance(part, PlainSeen) and isinstance(part.value, (int, float))
    return torch.tensor([part.value], dtype=torch.float64) if is_number else torch.zeros(0, dtype=torch.float64)
