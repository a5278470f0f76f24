"""The verb for a learner's Dataset: its length, its items, and that a DataLoader can batch them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from course.check import probers
from course.check.comparison import ATOL, RTOL, Tolerance
from course.check.datasets.items import ItemsDue, label
from course.check.datasets.judge import judge_dataset, judge_end
from course.check.judge import right
from course.check.observation import Observation, Seen
from course.check.references import observe_reference
from course.check.request import DEFAULT_ROWS, Request, draw_arguments
from course.check.seeing import see
from course.check.verdict import settle

ALL_ITEMS = 256  # so many items are all looked at; of more, the first ones, some on the way, and the last


def dataset(
    subject: str, *, items=None, length: int | None = None, arguments: tuple = (), reference: Callable | None = None,
    inputs: Callable | None = None, rows: Iterable[int] = DEFAULT_ROWS, like: tuple | None = None,
    holds: Callable | None = None, overall: Callable | None = None, mistaken: Mapping[str, Callable] | None = None,
    also: Sequence[int] = (), ends: bool = False, rtol: float = RTOL, atol: float = ATOL,
) -> None:
    """Require that the class is a Dataset of `length` items, that they are the right ones, and that they batch.

    What the items should be is given in one of three ways. items: a function of the index, or anything that is indexed.
    reference: a class that, given the same constructor arguments, is such a thing with a length. like: one item whose
    kinds, shapes and dtypes all items share; then `holds` says which numbers are right.
    arguments: what the constructor is given; or inputs: a function of a `Draw` that returns them, for each of `rows`
    (then give `reference`, or `like` with `length` a function of the rows).
    holds: a function of the index and the parts of the item, in place of a comparison of numbers, for noise that may be
    drawn in any order; returns True, or False, or a text that says what is wrong. overall: the same of all items
    together, each part stacked, such as for a mean. mistaken: wrong items by mistake id, as functions of the index.
    also: further indices, such as -1. ends: whether `dataset[length]` must raise an IndexError.
    Raises ValueError, the author's, where nothing says what the items or their number should be.
    """
    if sum(given is not None for given in (items, reference, like)) != 1:
        raise ValueError("give one of items=, reference= and like=")
    if like is not None and holds is None:
        raise ValueError("like= says nothing about numbers: give holds=, too")
    total = 0
    for count in rows if inputs else (1,):
        given, seed = (arguments, 0) if inputs is None else _drawn(inputs, subject, count)
        total = length(count) if callable(length) else length
        made = (lambda *_: _Given(items, like)) if reference is None else reference
        request = Request(subject, None, construct=given, seed=seed)
        if total is None:
            total = _length_of(request, made if reference else (lambda *_: items))
        _judge_one(request, made, total, holds, overall, mistaken or {}, tuple(also), ends, Tolerance(rtol, atol))
    settle(right(f"{subject} holds {total} items, each one as it should be, and a DataLoader can batch them."))


def _judge_one(request: Request, made: Callable, total: int, holds, overall, mistaken, also, ends, tolerance) -> None:
    """Settle one data set unless it is right."""
    indices = (*_indices(total), *also)
    looks = tuple(("__getitem__", (index,)) for index in indices)
    due = _items(observe_reference(replace(request, methods=looks), made), indices)
    wrongs = {mistake: {index: see(wrong(index)) for index in indices} for mistake, wrong in mistaken.items()}
    twice = tuple(("__getitem__", (index,)) for index in dict.fromkeys(indices[:1] + indices[-1:]))
    full = replace(request, methods=(("__len__", ()), *looks, *twice),
                   options={"batch_size": _batch_size(total)} if total else {})
    observation = probers.observe(full)
    expected = ItemsDue(total, indices, due, tolerance, holds, overall, wrongs)
    if verdict := judge_dataset(observation, expected):
        settle(verdict, observation.stdout)
    if ends:
        observation = probers.observe(replace(request, methods=(("__getitem__", (total,)),)))
        if verdict := judge_end(observation, total):
            settle(verdict, observation.stdout)


class _Given:
    """Items that the author gives by a function, a container, or an example, as something that is indexed."""

    def __init__(self, items, like):
        self.items, self.like = items, like

    def __getitem__(self, index):
        if self.like is not None:
            return self.like
        return self.items[index] if hasattr(self.items, "__getitem__") else self.items(index)


def _drawn(inputs: Callable, subject: str, count: int) -> tuple[tuple, int]:
    arguments, draw = draw_arguments(inputs, subject, count)
    return arguments, draw.seed


def _length_of(request: Request, made: Callable) -> int:
    try:
        seen = observe_reference(replace(request, methods=(("__len__", ()),)), made)
    except RuntimeError:
        raise ValueError(f"give length=, the number of items of {request.subject}") from None
    return seen.extras[label("__len__")].value


def _items(observation: Observation, indices: tuple[int, ...]) -> dict[int, Seen]:
    return {index: observation.extras[label("__getitem__", index)] for index in indices}


def _indices(total: int) -> tuple[int, ...]:
    """Every index of a small data set; of a large one the first hundred, some on the way, and the last."""
    if total <= ALL_ITEMS:
        return tuple(range(total))
    return (*range(100), *range(100, total - 1, max(1, total // 100)), total - 1)


def _batch_size(total: int) -> int:
    """The smallest size from 4 that leaves a smaller batch at the end."""
    return next(size for size in range(4, 4 + total + 1) if total % size)
