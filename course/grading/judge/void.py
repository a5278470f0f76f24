"""Tells data on which comparisons say nothing: of no items at all, or not a number.

`torch.allclose(torch.empty(0), x)` holds for every x, so does whatever is asked of all items of an empty list, and of NaN
it is neither true that it is far from a number nor that it is near.
"""

from __future__ import annotations

import cmath
import decimal
from collections.abc import Iterator

import numpy as np
import torch

from .rehearsal import EMPTY, NAN

_TENSORS = (torch.Tensor, torch.nn.Parameter)
_GROUPS = (list, tuple, set, frozenset)


def void_kinds(value) -> set[str]:
    """Of EMPTY and NAN, what holds of a value that was read from the student's process, or of something in it.

    A container is empty only where it is the value itself: what a larger one holds may well be.
    """
    found = {kind for item in _leaves(value) for kind in _of_one(item)}
    if type(value) in (*_GROUPS, dict, str, bytes) and not value:
        found.add(EMPTY)
    return found


def _leaves(value) -> Iterator:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if type(one) in _GROUPS:
            waiting.extend(one)
        elif isinstance(one, dict) and type(one).__module__ in ("builtins", "collections"):
            waiting.extend(one.values())
        else:
            yield one


def _of_one(item) -> Iterator[str]:
    kind = type(item)
    if kind in _TENSORS:
        if not item.numel():
            yield EMPTY
        elif (item.is_floating_point() or item.is_complex()) and bool(item.detach().isnan().any()):
            yield NAN
    elif kind is np.ndarray or isinstance(item, np.generic) and kind.__module__ == "numpy":
        if not item.size:
            yield EMPTY
        elif item.dtype.kind == "f" and bool(np.isnan(item).any()):
            yield NAN
    elif kind in (float, complex) and cmath.isnan(item) or kind is decimal.Decimal and item.is_nan():
        yield NAN
