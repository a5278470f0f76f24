"""The backward passes of a run: which parameters each reached, what they held, and in which state they came."""

from __future__ import annotations

import weakref

import torch

from course.check.training.functions import among, has_nonzero_gradient, leaves_below, same_memory, unwrapped

MOST_PASSES = 50_000
MOST_SNAPSHOTS = 4_096
LARGEST_SNAPSHOT = 4_096


class BackwardRecord:
    """first: the leaves that the first pass reached, initial: what they held then, current: the latest pass's leaves.

    path: all parameters, flat, float64, at each pass. passes: for each a dict of plain values: kind (backward or
    grad), loss (None where it has several elements), elements, connected (it requires grad), cut (see CutRecord),
    same_loss (as the pass before), remade (the loss is itself a leaf), reached (leaves), same_leaves (as in the
    first pass), left_over (leaves that held a gradient already), moved (parameters changed since the pass before),
    training (mode last set), batch (number of the batch last drawn, -1 before any).
    """

    def __init__(self):
        self.first: list[torch.Tensor] = []
        self.initial: list[torch.Tensor] = []
        self.current: list[torch.Tensor] = []
        self.path: list[torch.Tensor] = []
        self.passes: list[dict] = []
        self._last_loss: weakref.ref | None = None
        self._leaves: list[torch.Tensor] = []

    def before(self, kind: str, outputs: list[torch.Tensor], cut: str, training: bool | None, batch: int) -> dict:
        """The state in which a pass from `outputs` begins."""
        loss = unwrapped(outputs[0]) if outputs else torch.zeros(())
        leaves = self._leaves = leaves_below(outputs)
        single = loss.numel() == 1 and not loss.is_complex()
        return {
            "kind": kind,
            "loss": float(loss.detach()) if single else None,
            "elements": loss.numel(),
            "connected": any(tensor.requires_grad for tensor in outputs),
            "cut": cut,
            "same_loss": self._last_loss is not None and self._last_loss() is loss,
            "remade": loss.requires_grad and loss.is_leaf,
            "reached": len(leaves),
            "same_leaves": len(leaves) == len(self.first) and all(among(leaf, self.first) for leaf in leaves),
            "left_over": sum(has_nonzero_gradient([leaf]) for leaf in leaves) if kind == "backward" else 0,
            "moved": False,
            "training": training,
            "batch": batch,
        }

    def after(self, outputs: list[torch.Tensor], seen: dict) -> None:
        """The pass that began in state `seen` went through."""
        if outputs:
            self._last_loss = weakref.ref(outputs[0])
        if self._leaves and not seen["remade"]:
            if not self.first:
                self.first, self.initial = self._leaves, [unwrapped(leaf.detach().clone()) for leaf in self._leaves]
            self.current = self._leaves
            seen["moved"] = self._snapshot()
        if len(self.passes) < MOST_PASSES:
            self.passes.append(seen)

    def role(self, tensor: torch.Tensor) -> str | None:
        """`parameter` or `gradient` if the tensor is one, or shares its memory; else None."""
        for leaf in [*self.current, *self.first]:
            if same_memory(tensor, leaf):
                return "parameter"
            if leaf.grad is not None and same_memory(tensor, leaf.grad):
                return "gradient"
        return None

    def trained(self) -> list[torch.Tensor]:
        """The leaves of the first pass and of the latest."""
        return [*self.first, *(leaf for leaf in self.current if not among(leaf, self.first))]

    def _snapshot(self) -> bool:
        """Keep the parameters as they are; whether they have changed since the last time."""
        if sum(leaf.numel() for leaf in self.current) > LARGEST_SNAPSHOT or len(self.path) >= MOST_SNAPSHOTS:
            return False
        now = unwrapped(torch.cat([leaf.detach().to("cpu", torch.float64).reshape(-1) for leaf in self.current]))
        before = self.path[-1] if self.path else now
        self.path.append(now)
        return now.shape != before.shape or not torch.equal(now, before)
