"""Whether two calls of a training function begin with a model each, or train one and the same model further."""

from __future__ import annotations

import torch

from course.check.judge import wrong
from course.check.observation import ModuleSeen, Observation, Seen, SequenceSeen, TensorSeen
from course.check.verdict import Verdict

_MISTAKE = "trains-a-global-model"


def judge_freshness(observation: Observation) -> Verdict | None:
    """A refusal where the second of two calls gave the first one's model, or began where the first one ended."""
    again = observation.extras.get("again")
    if again is None:  # the first call raised
        return None
    pairs = zip(_tensors(observation.result), _tensors(again), strict=False)
    if any(first.shares_memory(second) for first, second in pairs):
        return wrong("values", f"Two calls of {observation.call} gave one and the same model.", mistake=_MISTAKE)
    first, second = observation.details["training"], observation.details.get("training again", {})
    if any(_equal(first["parameters"], start) for start in second.get("starts", [])):
        came = f"The second of two calls of {observation.call} began where the first one ended."
        return wrong("values", came, mistake=_MISTAKE)
    return None


def _tensors(seen: Seen) -> list[TensorSeen]:
    """What a result holds: a model's parameters, or tensors, also inside a tuple."""
    if isinstance(seen, ModuleSeen):
        return list(seen.parameters.values())
    if isinstance(seen, SequenceSeen):
        return [tensor for item in seen.items for tensor in _tensors(item)]
    return [seen] if isinstance(seen, TensorSeen) else []


def _equal(parameters: list[torch.Tensor], start: list[torch.Tensor]) -> bool:
    return bool(start) and len(parameters) == len(start) and all(
        one.numel() == other.numel() and torch.equal(one.reshape(-1), other.reshape(-1))
        for one, other in zip(parameters, start, strict=True)
    )
