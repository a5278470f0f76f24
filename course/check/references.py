"""Runs an author's reference through the same probe as the learner's object, and settles what the judge decided."""

from __future__ import annotations

from collections.abc import Callable

from .observation import RETURNED, Observation
from .request import Request


def observe_reference(request: Request, reference: Callable) -> Observation:
    """What the reference shows for this request; an `Instance` among the arguments becomes its `like` module.

    Raises RuntimeError when the reference itself fails: that is the author's mistake, never the learner's.
    """
    from .probe import observe

    observation = observe(request, {request.subject: reference})
    if observation.outcome != RETURNED:
        error = observation.error
        raise RuntimeError(f"the reference for {request.subject} failed: {error.type}: {error.message}")
    return observation
