"""Recognises the mistake behind a wrong value, by what relates it to the right one, and behind a missing gradient."""

from __future__ import annotations

from course.check.comparison import Difference
from course.check.observation import Observation, PlainSeen, TensorSeen
from course.check.recognise import Found, kinds, numbers, shapes
from course.check.recognise.facts import Facts
from course.check.recognise.reading import Code


def recognise(observation: Observation, difference: Difference, expected) -> Found | None:
    """The one mistake that explains a difference; None where none does, or where two would.

    The evidence names shapes, factors and what came, never a number that was due.
    """
    facts = Facts(observation, difference, expected)
    rules = (*kinds.rules(), *shapes.rules(), *numbers.rules())
    named = {found.mistake: found for rule in rules if (found := rule(facts))}
    return next(iter(named.values())) if len(named) == 1 else None


def recognise_no_gradient(observation: Observation, name: str = "") -> Found | None:
    """Why no gradient flows, to `name` or at all: from the result, and from what the code does to tensors."""
    result = observation.result
    if not isinstance(result, TensorSeen):
        return _not_a_tensor(observation)
    fresh = result.requires_grad and result.is_leaf and not result.has_graph and result.kind == "tensor"
    if fresh and all(gradient is None for gradient in observation.gradients.values()):
        return Found("rewrapped-result", "The result is a new leaf: it requires a gradient, and nothing is behind it.")
    code = Code(observation.source)
    causes = {
        "number-in-graph": code.uses("item", "tolist") or code.calls_plain("float"),
        "detached-result": code.uses("detach", "data"),
        "no-grad-around-forward": code.uses_no_grad,
        "numpy-in-graph": code.uses("numpy", "from_numpy"),
    }
    named = [mistake for mistake, holds in causes.items() if holds]
    if not {"number-in-graph", "numpy-in-graph"} & set(named) and code.returns_new_tensor:
        return Found("rewrapped-result")  # a detach() beside it may be meant
    if named == ["detached-result", "numpy-in-graph"]:  # detach() is what it takes to call numpy()
        return Found("numpy-in-graph")
    if len(named) > 1:
        return None
    if named == ["no-grad-around-forward"] and name:
        return Found("gradient-disconnected")  # other gradients flow: it need not be the no_grad
    return Found(named[0] if named else "gradient-disconnected")


def _not_a_tensor(observation: Observation) -> Found | None:
    seen = observation.result
    if isinstance(seen, PlainSeen) and seen.type in ("int", "float"):
        return Found("python-number-for-tensor")
    if isinstance(seen, PlainSeen) and seen.type.startswith("numpy."):
        return Found("array-for-tensor", f"It gave a NumPy number, {seen.type}.")
    if isinstance(seen, PlainSeen) and seen.value is None and Code(observation.source).returned == []:
        return Found("no-return")
    return None
