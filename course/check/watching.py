"""Makes a call while watching it: the operations it executes, or what a training function does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import torch

from .request import Request


def watched(call: Callable, request: Request, arguments: list, details: dict):
    """The result of `call()`; what `request.watch` asks for is put into `details`, by its name.

    arguments: what the call is made with, for the row numbers of batches that are cut out of its first tensor.
    """
    if "operations" in request.watch:
        return _counted(call, request, details)
    if "training" in request.watch:
        return _traced(call, arguments, details)
    return call()


def _counted(call: Callable, request: Request, details: dict):
    from .counting import count

    kept = []

    def once():
        kept.append(call())
        return kept[-1]

    counts = count(once, want_gradient=request.options.get("want_gradient", True))
    details["operations"] = dataclasses.asdict(counts)
    return kept[-1]


def _traced(call: Callable, arguments: list, details: dict):
    """Run a training function under the event trace; what it saw is kept even when the function raises."""
    from course.check.training.observed import training_observed
    from course.check.training.trace import TrainingTrace

    trace = TrainingTrace(rows_of=next((a for a in arguments if isinstance(a, torch.Tensor)), None))
    result = raised = None
    try:
        with trace:
            result = call()
        return result
    except Exception as error:
        raised = error
        raise
    finally:
        details["training"] = training_observed(trace, result, raised).to_data()
