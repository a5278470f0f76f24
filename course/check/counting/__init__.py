"""Proves vectorisation by counting: what a call executes at a small and at a large size of its inputs.

Timing depends on the machine; counts do not. Vectorised code runs the same lines and the same operations whatever
the number of rows.
"""
import dataclasses
from collections.abc import Callable

import torch

from course.check.counting.lines import learners_lines
from course.check.counting.tensors import (
    EscapeCounter,
    OperationCounter,
    loading_is_free,
    scripts_watched,
    texts_shortened,
)
from course.check.graph_state import leaves_of


@dataclasses.dataclass(frozen=True)
class Counts:
    """What one call executed."""

    operations: int
    """Tensor operations of the call itself."""
    backward_operations: int
    """Tensor operations of the backward pass from its result; 0 if it has no graph."""
    lines: int
    """Python lines run in the learner's own code, in both passes."""
    escaped: int
    """Values that left tensors, in both passes."""
    escaped_through: list[str]
    """The tensor methods they left through, sorted."""
    largest: int
    """Elements of the largest tensor made, in both passes."""
    has_graph: bool
    """Whether some tensor of the result has a `grad_fn`."""


@dataclasses.dataclass(frozen=True)
class Problem:
    """Why a call is not vectorised."""

    kind: str
    """`lines`, `operations`, `backward`, `escaped`, `blow-up` or `no-graph`."""
    small: int
    """The count at the small size (for `no-graph` 0 or 1: whether there was a graph)."""
    large: int
    """The same at the large size."""
    through: list[str] = dataclasses.field(default_factory=list)
    """For `escaped`, the methods that the values left through."""


def count(call: Callable[[], object], want_gradient: bool = True) -> Counts:
    """Runs `call()`, and with `want_gradient` the backward pass from its result, and counts what they execute.

    Call the function once beforehand: first calls fill caches and import modules. The gradients of the learner's
    tensors are left as they were. Whatever `call` raises is raised.
    """
    lines, escapes = learners_lines(), EscapeCounter()
    operations, backward = OperationCounter(escapes), OperationCounter(escapes)
    with loading_is_free(lines, operations, escapes), scripts_watched(escapes), texts_shortened(), lines:
        with operations, escapes:
            result = call()
        ends = _ends_of_graph(result)
        if want_gradient and ends:
            _run_backward(ends, backward, escapes)
    return Counts(
        operations=operations.operations,
        backward_operations=backward.operations,
        lines=lines.lines,
        escaped=escapes.escaped,
        escaped_through=sorted(escapes.through),
        largest=max(operations.largest, backward.largest),
        has_graph=bool(ends),
    )


def _ends_of_graph(value: object) -> list[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        return [value] if value.grad_fn is not None else []
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return []
    return [end for item in value for end in _ends_of_graph(item)]


def _run_backward(ends, backward, escapes) -> None:
    leaves = leaves_of(ends)
    # one number to start from: given a start for each end, PyTorch would import sympy here, which takes two seconds
    total = sum((end.real if end.is_complex() else end).sum() for end in ends)
    with backward, escapes:
        torch.autograd.grad(total, leaves, allow_unused=True)


def not_vectorised(
    small: Counts,
    large: Counts,
    small_size: int,
    large_size: int,
    input_elements: int,
    want_gradient: bool = True,
    allowed_growth: int = 4,
    blow_up: float = 16,
) -> Problem | None:
    """The first reason why the counts of two calls, at `small_size` and `large_size`, do not show vectorised code.

    Lines, operations and escaped values may grow by `allowed_growth` in all: kernels choose their way by size.
    `input_elements` is the number of elements of the largest input at the large size; an intermediate with more than
    `blow_up` times as many is refused. So an (n, n) blow-up shows only if `large_size` exceeds `blow_up` times the
    number of columns. Work done in a number of chunks that does not depend on the size passes.

    Raises ValueError if the sizes are too close for a loop to be told.
    """
    if large_size - small_size <= allowed_growth:
        raise ValueError(f"sizes {small_size} and {large_size} are too close to tell a loop from a growth of "
                         f"{allowed_growth}")  # fmt: skip
    grown = (
        ("lines", small.lines, large.lines),
        ("operations", small.operations, large.operations),
        ("backward", small.backward_operations, large.backward_operations),
        ("escaped", small.escaped, large.escaped),
    )
    for kind, before, after in grown:
        if after > before + allowed_growth:
            return Problem(kind, before, after, large.escaped_through if kind == "escaped" else [])
    if large.largest > blow_up * input_elements:
        return Problem("blow-up", small.largest, large.largest)
    if want_gradient and not large.has_graph:
        return Problem("no-graph", int(small.has_graph), int(large.has_graph))
    return None
