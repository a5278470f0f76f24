"""Runs a training function under a trace, without a request or a probe."""

import torch

from course.check.training.observed import TrainingObserved, training_observed
from course.check.training.trace import TrainingTrace


def observe_training(function, arguments: tuple, rows_of: torch.Tensor | None = None, **keywords) -> TrainingObserved:
    """Run a training function once under a trace. Its exceptions are recorded, not raised."""
    trace, result, error = TrainingTrace(rows_of=rows_of), None, None
    try:
        with trace:
            result = function(*arguments, **keywords)
    except Exception as raised:
        error = raised
    return training_observed(trace, result, error)
