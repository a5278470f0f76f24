"""What each optimiser holds and does, recorded while a training function runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import torch
from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

from course.check.training.functions import among, has_nonzero_gradient, tensors_in
from course.check.training.loaders import replaced

SETTINGS = ("lr", "momentum", "weight_decay", "nesterov", "maximize")


class OptimiserRecord:
    """Every optimiser that zeroes or steps while watched. `stepping` is above 0 during a step; `known` holds each
    optimiser with its facts.

    heard(kind, target) is told of each zeroing and step; refused(error, state) of an optimiser that could not be made;
    silence() is entered around this record's own PyTorch calls and the optimiser's zeroing.
    """

    def __init__(self, heard: Callable, refused: Callable, silence: Callable):
        self.heard, self.refused, self.silence = heard, refused, silence
        self.stepping = 0
        self.known: list[tuple[Optimizer, dict]] = []
        self._live: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.known)

    @contextmanager
    def watching(self):
        """Watch every optimiser of this process."""
        with ExitStack() as stack:
            original_init = stack.enter_context(replaced(Optimizer, "__init__", lambda *a, **k: made(*a, **k)))
            original_zero = stack.enter_context(replaced(Optimizer, "zero_grad", lambda *a, **k: zeroed(*a, **k)))

            def made(optimiser, params, *args, **kwargs):
                params = list(params) if isinstance(params, Iterator) else params
                try:
                    return original_init(optimiser, params, *args, **kwargs)
                except (TypeError, ValueError) as error:
                    self.refused(error, _given(params))
                    raise

            def zeroed(optimiser, *args, **kwargs):
                facts = self._facts(optimiser)
                with self.silence():
                    result = original_zero(optimiser, *args, **kwargs)
                facts["zeroings"] += 1
                self.heard("zeroing", "gradient")
                return result

            stack.callback(register_optimizer_step_pre_hook(self._before_step).remove)
            stack.callback(register_optimizer_step_post_hook(self._after_step).remove)
            yield self

    def facts(self, trained: list[torch.Tensor]) -> list[dict]:
        """Each optimiser: type, settings, steps, how many of its tensors are among `trained` (`holds`, of `of`).

        modules: whether its tensors and the trained ones are all nn.Parameters.
        """
        found = []
        for optimiser, facts in self.known:
            held = _held(optimiser)
            modules = all(isinstance(tensor, torch.nn.Parameter) for tensor in [*held, *trained])
            holds = sum(among(tensor, trained) for tensor in held)
            found.append(facts | {"holds": holds, "of": len(held), "modules": modules})
        return found

    def _facts(self, optimiser: Optimizer) -> dict:
        for known, facts in self.known:
            if known is optimiser:
                return facts
        group = optimiser.param_groups[0] if optimiser.param_groups else {}
        facts = {"type": type(optimiser).__name__, "steps": 0, "empty_steps": 0, "zeroings": 0}
        facts |= {name: _plain(group.get(name)) for name in SETTINGS}
        self.known.append((optimiser, facts))
        return facts

    def _before_step(self, optimiser, args, kwargs) -> None:
        self.stepping += 1
        with self.silence():
            self._live[id(optimiser)] = has_nonzero_gradient(_held(optimiser))

    def _after_step(self, optimiser, args, kwargs) -> None:
        self.stepping = max(self.stepping - 1, 0)
        facts = self._facts(optimiser)
        with self.silence():  # with a closure the gradient comes during the step
            live = self._live.pop(id(optimiser), False) or has_nonzero_gradient(_held(optimiser))
        facts["steps"] += 1
        facts["empty_steps"] += not live
        self.heard("step", "with gradient" if live else "without gradient")


def _held(optimiser: Optimizer) -> list[torch.Tensor]:
    return [tensor for group in optimiser.param_groups for tensor in group["params"]]


def _given(params) -> dict:
    """What an optimiser was refused: a tensor, nothing, tensors that are not leaves, or something else."""
    if isinstance(params, torch.Tensor):
        return {"given": "tensor"}
    if isinstance(params, (list, tuple)) and not params:
        return {"given": "nothing"}
    return {"given": "non-leaf" if any(not tensor.is_leaf for tensor in tensors_in([params])) else "other"}


def _plain(value):
    return float(value) if isinstance(value, torch.Tensor) else value
