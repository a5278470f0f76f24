"""Which known mistake explains an Observation: one door to the recognisers of errors, values and gradients."""

from __future__ import annotations

from dataclasses import dataclass

from .comparison import Difference, compare
from .observation import Observation


@dataclass(frozen=True)
class Found:
    """A recognised mistake: its id in the catalogue, and one sentence with the numbers that give it away."""

    mistake: str
    evidence: str = ""


def error(observation: Observation) -> Found | None:
    """The mistake behind an exception, from its type and the state it was raised in, never its message."""
    from . import recognise_errors

    return recognise_errors.recognise(observation)


def value(observation: Observation, difference: Difference, expected) -> Found | None:
    """The mistake behind a wrong value: an author's wrong reference first, then what relates it to the right one."""
    from . import recognise_values

    for mistake, mistaken in expected.mistaken.items():
        same = compare(observation.result, mistaken, expected.tolerance, expected.device) is None
        tells_apart = compare(mistaken, expected.result, expected.tolerance, expected.device) is not None
        if same and tells_apart and difference.where == "":
            return Found(mistake)
    return recognise_values.recognise(observation, difference, expected)


def no_gradient(observation: Observation, name: str = "") -> Found | None:
    """Why no gradient flows: from the kind of the result."""
    from . import recognise_values

    return recognise_values.recognise_no_gradient(observation, name)
