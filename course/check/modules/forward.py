"""Judges what an nn.Module computes: that forward answers, agrees with the reference, and leaves its parameters alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import torch

from course.check.comparison import Difference, Tolerance, a_module, close, compare
from course.check.judge import Expected, judge_attempt, judge_side_effects, judge_value, wrong
from course.check.modules.structure import differs, makes_layers
from course.check.observation import RAISED, ModuleSeen, Observation, PlainSeen, TensorSeen
from course.check.recognise import Found
from course.check.verdict import Verdict

ENOUGH_ROWS = 4  # to tell a scaled or shifted result from any other
TELLING = Tolerance(2e-4, 2e-5)  # for telling one mistake from another

# What is put after a layer by habit, by the name a learner writes.
_AFTER = {
    "relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "exp": torch.exp, "abs": torch.abs,
    "square": torch.square, "round": torch.round, "softplus": torch.nn.functional.softplus,
    "leaky_relu": torch.nn.functional.leaky_relu, "gelu": torch.nn.functional.gelu,
    "silu": torch.nn.functional.silu, "elu": torch.nn.functional.elu,
    "softmax(dim=1)": lambda t: t.softmax(-1), "softmax(dim=0)": lambda t: t.softmax(0),
    "log_softmax": lambda t: t.log_softmax(-1), "mean": torch.mean, "sum": torch.sum,
    "mean(dim=0)": lambda t: t.mean(0), "mean(dim=1)": lambda t: t.mean(-1), "sum(dim=1)": lambda t: t.sum(-1),
}


def judge_forward(
    observation: Observation, expected: Expected, parameters: tuple[torch.Tensor, ...], reference_is_random: bool,
    reference_with: Callable[[tuple[torch.Tensor, ...]], TensorSeen | None],
) -> Verdict | None:
    """The first thing wrong with one call of a built module, or None.

    parameters: the values that were copied in, in the learner's order. reference_with: what the reference gives with
    other parameters (same order), None where it fails; asked only to find out why an answer is wrong.
    """
    if verdict := judge_attempt(observation, _error_in_forward(observation)):
        return verdict
    if verdict := _judge_kind(observation):
        return verdict
    if verdict := _judge_constancy(observation, parameters, reference_is_random):
        return verdict
    difference = compare(observation.result, expected.result, expected.tolerance, expected.device)
    found = _recognise(observation, difference, expected, parameters, reference_with) if difference else None
    if found is not None:
        says = f"{observation.call} gave {difference.says}."
        return wrong(difference.aspect, says, found.evidence, mistake=found.mistake)
    return judge_value(observation, expected) or judge_side_effects(observation, expected)


def _error_in_forward(observation: Observation) -> Found | None:
    if observation.outcome != RAISED:
        return None
    error = observation.error
    if error.type == "NotImplementedError" and not error.function:
        return Found("forward-missing")
    if error.type == "TypeError" and not error.line and observation.source:
        return Found("another-forward")
    module = error.locals.get("self")
    if error.type == "RuntimeError" and error.function == "forward" and isinstance(module, ModuleSeen):
        return _weight_as_in_by_out(module, error.locals)
    return None


def _weight_as_in_by_out(module: ModuleSeen, names: dict) -> Found | None:
    """A module's own (out, in) weight met an input of `in` columns, and the shapes did not fit."""
    columns = {seen.shape[-1] for seen in names.values() if isinstance(seen, TensorSeen) and seen.values.dim() == 2}
    for name, weight in module.parameters.items():
        own = "." not in name and weight.values.dim() == 2
        if own and weight.shape[1] in columns and weight.shape[0] != weight.shape[1]:
            return Found("weight-not-transposed", f"`{name}` has shape {weight.shape}: (out, in).")
    return None


def _judge_kind(observation: Observation) -> Verdict | None:
    result = observation.result
    if isinstance(result, PlainSeen) and result.value is None:
        return wrong("type", f"{observation.call} gave None.", mistake="forward-returns-none")
    if isinstance(result, ModuleSeen):
        says = f"{observation.call} gave {a_module(result.class_name)}, the layer itself, where a tensor was due."
        return wrong("type", says, mistake="layer-not-called")
    return None


def _judge_constancy(
    observation: Observation, parameters: tuple[torch.Tensor, ...], reference_is_random: bool
) -> Verdict | None:
    """Whether a call leaves the parameters as they are, and a second call on the same inputs gives the same."""
    if makes_layers(observation) and not reference_is_random:
        says = f"{observation.call} does not work with the parameters that the model registers."
        return wrong("side effects", says, mistake="layer-made-in-forward")
    after = observation.extras["module after"]
    for (name, seen), value in zip(after.parameters.items(), parameters, strict=True):
        if not torch.equal(seen.values, value):
            says = f"{observation.call} changed the model's own `{name}`."
            return wrong("side effects", says, mistake="forward-changes-parameters")
    if not reference_is_random and differs(observation.result, observation.extras.get("again")):
        says = f"Two calls of {observation.call} on the same inputs gave different numbers."
        return wrong("values", says, mistake="forward-is-random")
    return None


def _recognise(
    observation: Observation, difference: Difference, expected: Expected, parameters, reference_with
) -> Found | None:
    seen, due = observation.result, expected.result
    if not isinstance(seen, TensorSeen) or not isinstance(due, TensorSeen):
        return None
    if difference.aspect == "shape" and seen.values.numel() == due.values.numel() and seen.dtype == due.dtype:
        if _equal(seen.values.flatten(), due.values.flatten()):
            flat = seen.shape == due.shape[:1] and due.shape[1:] == (1,)
            mistake = "column-made-flat" if flat else "forward-applies-extra"
            return Found(mistake, f"The numbers are the layer's own, in the shape {seen.shape}.")
    names = list(observation.extras["module after"].parameters)
    return (_unlike_parameters(seen, due, dict(zip(names, parameters, strict=True)), reference_with)
            or _applied_after(seen.values, due.values) or _scaled_or_shifted(seen.values, due.values))


def _unlike_parameters(
    seen: TensorSeen, due: TensorSeen, parameters: dict[str, torch.Tensor], reference_with
) -> Found | None:
    """Whether the result is the reference's without one parameter, or with a square weight transposed."""
    does = {"gradient-disconnected": "is not used at all", "weight-not-transposed": "is used the other way round"}
    for name, parameter in parameters.items():
        variants = [("gradient-disconnected", torch.zeros_like(parameter))]
        if parameter.dim() == 2 and parameter.shape[0] == parameter.shape[1] > 1:
            variants.append(("weight-not-transposed", parameter.t().contiguous()))
        for mistake, value in variants:
            other = reference_with(tuple({**parameters, name: value}.values()))
            tells_apart = other is not None and not _equal(other.values, due.values)
            if tells_apart and _equal(seen.values, other.values):
                return Found(mistake, f"`{name}` {does[mistake]}.")
    return None


def _applied_after(seen: torch.Tensor, due: torch.Tensor) -> Found | None:
    if not due.is_floating_point() or not due.dim():
        return None
    for name, function in _AFTER.items():
        after = function(due)
        unchanged = after.shape == due.shape and _equal(after, due)
        if not unchanged and _equal(seen, after):
            return Found("forward-applies-extra", f"The numbers are the layer's own after {name}.")
    return None


def _scaled_or_shifted(seen: torch.Tensor, due: torch.Tensor) -> Found | None:
    if seen.shape != due.shape or not due.is_floating_point() or due.dim() != 2 or len(due) < ENOUGH_ROWS:
        return None
    shift = (seen - due).mean(0)
    if _equal(seen - shift, due):
        return Found("forward-applies-extra", "The numbers are the layer's own with a constant added.")
    factor = (seen * due).sum() / due.square().sum()
    if factor.abs() > 1e-6 and _equal(seen, due * factor):
        return Found("forward-applies-extra", f"The numbers are the layer's own times {factor:.4g}.")
    return None


def _equal(first: torch.Tensor, second: torch.Tensor) -> bool:
    return first.shape == second.shape and close(first, second, TELLING)


def in_learners_order(expected: Expected, order: tuple[int, ...]) -> Expected:
    """The reference's gradients, moved to where the learner's parameters are."""
    return replace(expected, gradients=tuple(expected.gradients[place] for place in order))
