"""What a rule about a wrong value may look at: the value that came, the value that was due, and the code behind it."""

from __future__ import annotations

import re
from functools import cached_property

import torch

from course.check.comparison import Difference, Tolerance
from course.check.observation import Observation, PlainSeen, Seen, TensorSeen
from course.check.recognise.reading import Code

_SHAPE = re.compile(r"\((\d+(?:, \d+)*),?\)")
TELLING_APART = Tolerance(rtol=2e-4, atol=1e-6)  # wide enough for rounding, narrow enough for mistakes


class Facts:
    """One wrong value beside the right one."""

    def __init__(self, observation: Observation, difference: Difference, expected):
        self.observation, self.aspect, self.whole = observation, difference.aspect, difference.where == ""
        self.seen, self.due = difference.seen, difference.expected
        self.code = Code(observation.source)
        self.rows = expected.rows
        self.is_gradient = bool(observation.gradients)

    @cached_property
    def came(self) -> torch.Tensor | None:
        """The numbers that came, as float64."""
        return _numbers(self.seen)

    @cached_property
    def wanted(self) -> torch.Tensor | None:
        return _numbers(self.due)

    @cached_property
    def argument_shapes(self) -> list[tuple[int, ...]]:
        """Shapes of the call's arguments, read from its description."""
        return shapes_in(self.observation.call)

    @cached_property
    def n(self) -> int:
        """The number of rows: the check's, where an argument has that many, else the first argument's; 0 if unknown."""
        leading = [shape[0] for shape in self.argument_shapes]
        if self.rows and (self.rows in leading or not leading):
            return self.rows
        return leading[0] if leading else 0


def shapes_in(call: str) -> list[tuple[int, ...]]:
    """The shapes in the text of a call, such as "loss(x (5, 3), y (5,))"."""
    return [tuple(int(size) for size in text.split(", ")) for text in _SHAPE.findall(call)]


def same(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors have one shape and agree closely enough to be the same numbers."""
    if one.shape != other.shape:
        return False
    scale = max(1e-3, float(other.abs().max())) if other.numel() and torch.isfinite(other).all() else 1.0
    return torch.allclose(one, other, TELLING_APART.rtol, TELLING_APART.atol * scale, equal_nan=True)


def telling(values: torch.Tensor, least: int = 3) -> bool:
    """Whether there are enough different numbers for an agreement not to be chance."""
    return len(torch.unique((values * 1e6).round())) >= least


def _numbers(seen: Seen | None) -> torch.Tensor | None:
    if isinstance(seen, TensorSeen) and not seen.values.is_complex():
        return seen.values.to(torch.float64)
    if isinstance(seen, PlainSeen) and isinstance(seen.value, (bool, int, float)):
        return torch.tensor(float(seen.value), dtype=torch.float64)
    return None
