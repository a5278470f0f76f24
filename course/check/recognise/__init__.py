"""Which known mistake explains an Observation: one door to the recognisers of errors, values and gradients.

A name is a courtesy: where a recogniser itself fails, on something that nobody thought of, the verdict stands without
one. Tests call the recognisers directly, where a failure shows.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass

from course.check.comparison import Difference, compare
from course.check.observation import Observation


@dataclass(frozen=True)
class Found:
    """A recognised mistake: its id in the catalogue, and one sentence with the numbers that give it away."""

    mistake: str
    evidence: str = ""


def numbers_in(call: str) -> int:
    """How many numbers the tensors of a call hold together, read from its text."""
    from course.check.recognise.facts import shapes_in

    return sum(math.prod(shape) for shape in shapes_in(call))


def moved_leaf(observation: Observation, on_cpu: Observation) -> bool:
    """Whether an error that comes on another device only is that of a leaf which was moved there: a copy without .grad."""
    from course.check.recognise.reading import Code

    none_used = observation.error is not None and observation.error.type in ("TypeError", "AttributeError")
    return none_used and Code(on_cpu.source).moves_leaves


def dropped_move(on_cpu: Observation) -> bool:
    """Whether a loop moves what it is given, and loses what the move returned."""
    from course.check.recognise.reading import Code

    return Code(on_cpu.source).drops_moves


def error(observation: Observation) -> Found | None:
    """The mistake behind an exception, from its type and the state it was raised in, never its message."""
    from course.check.recognise import errors as recognise_errors

    with contextlib.suppress(Exception):
        return recognise_errors.recognise(observation)
    return None


def value(observation: Observation, difference: Difference, expected) -> Found | None:
    """The mistake behind a wrong value: an author's wrong reference first, then what relates it to the right one."""
    if agreeing := _agreeing(observation, expected):
        return _only(agreeing)
    return _by_relation(observation, difference, expected)


def gradient(observation: Observation, difference: Difference, expected) -> Found | None:
    """The mistake behind a wrong gradient: a wrong reference with the same gradients first, then how the two relate."""
    if agreeing := _agreeing_gradients(observation, expected):
        return _only(agreeing)
    return _by_relation(observation, difference, expected)


def no_gradient(observation: Observation, name: str = "", expected=None) -> Found | None:
    """Why no gradient flows, to `name` or at all: a wrong reference that lost the same one, else the kind of the result."""
    from course.check.recognise import values as recognise_values

    if name and expected and (agreeing := _agreeing_gradients(observation, expected)):
        return _only(agreeing)
    with contextlib.suppress(Exception):
        return recognise_values.recognise_no_gradient(observation, name)
    return None


def _by_relation(observation: Observation, difference: Difference, expected) -> Found | None:
    from course.check.recognise import values as recognise_values

    with contextlib.suppress(Exception):
        return recognise_values.recognise(observation, difference, expected)
    return None


def _only(agreeing: list[str]) -> Found | None:
    """With several wrong references that explain what came, nobody can tell which it was."""
    return Found(agreeing[0]) if len(agreeing) == 1 else None


def _agreeing(observation: Observation, expected) -> list[str]:
    """The wrong references that give what came, and not what was due."""
    return [
        mistake
        for mistake, mistaken in expected.mistaken.items()
        if compare(observation.result, mistaken, expected.tolerance, expected.device) is None
        and compare(mistaken, expected.result, expected.tolerance, expected.device) is not None
    ]


def _agreeing_gradients(observation: Observation, expected) -> list[str]:
    """The wrong references with the gradients that came, all of them, and not those that were due."""

    def agree(some, others) -> bool:
        return len(some) == len(others) and all(
            one is other if one is None or other is None
            else compare(one, other, expected.tolerance, expected.device) is None
            for one, other in zip(some, others, strict=True)
        )

    came = tuple(observation.gradients.values())
    return [
        mistake
        for mistake, gradients in expected.mistaken_gradients.items()
        if agree(came, gradients) and not agree(gradients, expected.gradients)
    ]
