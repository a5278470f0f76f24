"""Recognises the mistake behind an exception, by its type and the state it was raised in."""

from __future__ import annotations

import re

from course.check.observation import Observation
from course.check.recognise import Found, gradient_errors, index_errors, model_errors, shape_errors
from course.check.recognise.scene import Scene

_SHAPE = re.compile(r"\((\d+)(?:, \d+)*,?\)")


def recognise(observation: Observation) -> Found | None:
    """The one mistake that explains an exception; None where none does, or where two would."""
    error = observation.error
    if error is None:
        return None
    if not error.line:  # not in the learner's code: before its first line, or in a gradient that a check takes
        return Found("in-place-on-saved") if error.overwritten else _used_up(observation) or _signature(observation)
    scene = Scene(error, rows_of(observation.call))
    if found := shape_errors.batch_of_one(scene):  # it explains whatever shape the next line trips over
        return found
    parts = (shape_errors, index_errors, gradient_errors, model_errors)
    rules = [rule for part in parts for rule in part.rules()]
    named = {found.mistake: found for rule in rules if (found := rule(scene))}
    return next(iter(named.values())) if len(named) == 1 else None


def _used_up(observation: Observation) -> Found | None:
    """A result came, and its graph was used up by a backward() that the function itself had called."""
    asked = observation.error.type == "RuntimeError" and observation.result is not None
    return Found("backward-inside") if asked and ".backward(" in observation.source else None


def _signature(observation: Observation) -> Found | None:
    """A function of the learner's that cannot be called with the arguments of the exercise."""
    if observation.error.type != "TypeError" or not observation.source:
        return None
    return Found("another-signature", "The error came before its first line ran.")


def rows_of(call: str) -> int | None:
    """The number of rows in the text of a call: the first size of its first tensor with dimensions."""
    match = _SHAPE.search(call)
    return int(match.group(1)) if match else None
