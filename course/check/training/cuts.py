"""Where tensors were cut off from the parameters: by detach, .data or no_grad, and what is computed from them."""

from __future__ import annotations

import weakref

import torch

from course.check.training.functions import tensors_in

MOST_CUTS = 50_000


class CutRecord:
    """Remembers for each living tensor the call that cut it, or something it was computed from, off the parameters."""

    def __init__(self):
        self._cuts: dict[int, tuple[weakref.ref, str]] = {}

    def of(self, tensor: torch.Tensor) -> str:
        """`detach`, `.data`, `no_grad`, or an empty string where nothing was cut."""
        known = self._cuts.get(id(tensor))
        return known[1] if known and known[0]() is tensor else ""

    def note(self, name: str, args: tuple, kwargs: dict, result) -> None:
        """Hear of one PyTorch call and its result."""
        if name in ("requires_grad_", ".requires_grad="):
            self._cuts.pop(id(args[0]), None)
        if not isinstance(result, torch.Tensor) or not result.is_floating_point() or name == ".grad":
            return
        inputs = list(tensors_in([*args, *kwargs.values()]))
        cause = next(filter(None, map(self.of, inputs)), "")
        if not cause and not result.requires_grad and any(tensor.requires_grad for tensor in inputs):
            cause = name if name in ("detach", ".data") else "" if torch.is_grad_enabled() else "no_grad"
        if cause:
            if len(self._cuts) > MOST_CUTS:
                self._cuts = {key: cut for key, cut in self._cuts.items() if cut[0]() is not None}
            self._cuts[id(result)] = weakref.ref(result), cause
