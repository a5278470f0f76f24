"""Calls of the judge's own functions by the student's code: with gradients of any order through them."""

from __future__ import annotations

import torch
from torch.utils import _pytree

from .reading import Slot


def answer_derivative(function, arguments, counts: list[int], tensors: list[torch.Tensor]):
    """The function's result, or that of a derivative of it, as `calling_judge._JudgeCall` asks for it.

    arguments: (positional, named) with a Slot for each of the function's own tensors. counts: how many tensors the
    function takes, then how many its pull-back does, and so on.
    """
    def called(*own):
        given = _pytree.tree_map_only(Slot, lambda slot: own[slot.number], arguments)
        return function(*given[0], **given[1])

    if len(counts) == 1:
        with torch.no_grad():
            return called(*tensors)
    leaves = [tensor.detach().requires_grad_(tensor.is_floating_point()) for tensor in tensors]
    with torch.enable_grad():
        found = _derivative(called, counts)(*leaves)
    return tuple(one.detach() for one in found)


def _derivative(function, counts: list[int]):
    if len(counts) == 1:
        def values(*tensors):
            found = function(*tensors)
            return tuple(found) if isinstance(found, (tuple, list)) else (found,)

        return values
    inner = _derivative(function, counts[:-1])

    def pull_back(*tensors):
        inputs, gradients = tensors[: counts[-2]], tensors[counts[-2] :]
        wanted = [tensor for tensor in inputs if tensor.is_floating_point()]
        pairs = [(one, g) for one, g in zip(inner(*inputs), gradients, strict=True) if one.requires_grad]
        if not pairs:
            return tuple(torch.zeros_like(tensor) for tensor in wanted)
        found = torch.autograd.grad([one for one, _ in pairs], wanted, [g for _, g in pairs], create_graph=True, allow_unused=True)
        return tuple(torch.zeros_like(t) if g is None else g for t, g in zip(wanted, found, strict=True))

    return pull_back
