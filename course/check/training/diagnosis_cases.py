"""Every way to read what a training function returned: which is the weight, where it began, which batches it saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from course.check.training.diagnosis_batches import trained_epochs
from course.check.training.float64_descent import Run, Task, array, train
from course.check.training.observed import TrainingObserved
from course.check.training.reference import distance, make_task

NAMED_WITHIN = 2e-4  # relative; float32 noise stays below, see separation() for how far apart mistakes lie


@dataclass(frozen=True)
class Case:
    """One way to read the observed parameters: the task, where right training ends, where the learner ended."""

    task: Task
    end: np.ndarray
    right: Run
    swapped: bool = False
    given_start: bool = False

    def off(self, end: np.ndarray) -> float:
        return distance(self.end, end)

    def fits(self, end: np.ndarray) -> bool:
        return self.off(end) <= NAMED_WITHIN


def cases_of(
    observed: TrainingObserved, data, learning_rate: float, steps: int, start, settings: dict
) -> Iterator[Case]:
    """The readings whose shapes fit the data, the likeliest first. settings: further fields of Task."""
    for values, given in _starts(observed, start, data, settings["bias"]):
        for final, begin, swapped in _orders(observed, values, given, settings["bias"], data[1]):
            for batches in _batches(observed, settings):
                epochs = steps if batches is None else len(batches)
                try:
                    task = make_task(data, learning_rate, epochs, tuple(begin), batches=batches, **settings)
                except ValueError:
                    continue
                end = np.concatenate([array(tensor).reshape(-1) for tensor in final])
                run = train(task)
                if end.shape == run.end.shape:
                    yield Case(task, end, run, swapped, given)


def _starts(observed, start, data, bias) -> Iterator[tuple[list[torch.Tensor], bool]]:
    """The parameters before the first update: captured, given, or zeros if nothing is known."""
    if start is not None:
        start = start_given(start, bias)
        yield start, True
    for values in observed.starts:
        if start is None or not _same_values(values, start):
            yield values, False
    if start is None and not observed.starts:
        yield [torch.zeros_like(final) for final in observed.parameters], False


def start_given(start, bias: bool) -> list[torch.Tensor]:
    """The start as tensors: weight and bias, or the weight alone where the model has no bias.

    Without a bias `start` may be the weight, (weight,) or (weight, None). Raises ValueError where one of the two is missing.
    """
    parts = (start,) if isinstance(start, torch.Tensor) and not bias else tuple(start)
    if not bias:
        parts = parts[:1]
    if len(parts) != 1 + bias or any(part is None for part in parts):
        raise ValueError("start is (weight, bias), and the weight alone, or (weight, None), where bias=False says that the model has none")
    return [torch.as_tensor(part) for part in parts]


def _same_values(values, start) -> bool:
    pairs = [
        (a.reshape(-1).double(), torch.as_tensor(b).detach().reshape(-1).double())
        for a, b in zip(values, start, strict=False)
    ]
    return all(a.shape == b.shape and torch.equal(a, b) for a, b in pairs)


def _orders(observed, values, given, bias, targets) -> Iterator[tuple[list, list, bool]]:
    """(weight, bias) as returned, and the other way round; without a bias a zero is put in its place.

    Captured values go with the parameters they belong to. A given start is (weight, bias) whatever was returned.
    """
    final = observed.parameters
    if not bias and len(final) == len(values) == 1:
        zero = torch.zeros(targets.reshape(len(targets), -1).shape[1])
        yield [final[0], zero], [values[0], zero], False
    if bias and len(final) == len(values) == 2:
        yield final, values, False
        yield final[::-1], values if given else values[::-1], observed.ordered


def _batches(observed, settings) -> list:
    """What to replay: the batches drawn, where they are known; else the data in order."""
    if settings["batch_size"] is None:
        return [None]
    drawn = trained_epochs(observed)
    return [None] if drawn is None else [drawn, None]
