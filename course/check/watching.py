"""Makes a call while watching it: the operations it executes, or what a training function does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import torch

from .request import Request


def watched(function: Callable, arguments: list, request: Request, namespace: dict, details: dict):
    """The result of `function(*arguments)`; what `request.watch` asks for is put into `details`, by its name.

    namespace: the learner's notebook, in which a training function may find a model that it was not given.
    """
    if "operations" in request.watch:
        return _counted(lambda: function(*arguments), request, details)
    if "training" in request.watch:
        return _traced(function, arguments, namespace, details)
    if "evaluation" in request.watch:
        from .training.evaluation_seen import evaluated

        return evaluated(function, arguments, request.options["mode"], details)
    return function(*arguments)


def _counted(call: Callable, request: Request, details: dict):
    from .counting import count

    kept = []

    def once():
        kept.append(call())
        return kept[-1]

    counts = count(once, want_gradient=request.options.get("want_gradient", True))
    details["operations"] = dataclasses.asdict(counts)
    return kept[-1]


def _traced(function: Callable, arguments: list, namespace: dict, details: dict):
    """Run a training function under the event trace; what it saw is kept even when the function raises."""
    from course.check.training.given import Given
    from course.check.training.observed import training_observed
    from course.check.training.trace import TrainingTrace

    trace = TrainingTrace(rows_of=next((a for a in arguments if isinstance(a, torch.Tensor)), None))
    given = Given(arguments, namespace, trace)
    result = raised = None
    try:
        with trace:
            result = function(*given.arguments)
        return result
    except Exception as error:
        raised = error
        raise
    finally:
        details["training"] = training_observed(trace, result, raised, given).to_data()
