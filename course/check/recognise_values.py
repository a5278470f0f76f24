"""Recognises the mistake behind a wrong value, by what relates it to the right one."""

from __future__ import annotations

from .comparison import Difference
from .observation import Observation, PlainSeen


def recognise(observation: Observation, difference: Difference, expected):
    from .recognise import Found

    if isinstance(observation.result, PlainSeen) and observation.result.value is None:
        return Found("no-return")
    return None


def recognise_no_gradient(observation: Observation, name: str = ""):
    from .recognise import Found

    return Found("detached-result") if observation.gradient_error == "no graph" else None
