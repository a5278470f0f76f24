"""The mistakes that change the numbers: each a setting of the reference, where each ends, how far apart they lie."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import torch

from course.check.training.float64_descent import Run, Switches, Task, end_of, train

CORRECT = "correct"
SEPARATED = 1e-2

SWITCHES: dict[str, Switches] = {
    "gradients-never-zeroed": Switches(accumulate="wb"),
    "weight-gradient-never-zeroed": Switches(accumulate="w"),
    "bias-gradient-never-zeroed": Switches(accumulate="b"),
    "wrong-sign": Switches(sign=1.0),
    "sum-for-mean": Switches(error="sum"),
    "factor-half": Switches(factor=0.5),
    "factor-two": Switches(factor=2.0),
    "divided-by-n-minus-one": Switches(error="n-1"),
    "absolute-error": Switches(error="absolute"),
    "root-of-loss": Switches(error="root"),
    "not-squared": Switches(error="residual"),
    "square-of-mean": Switches(error="square-of-mean"),
    "squared-error-of-logits": Switches(error="squared-logits"),
    "sigmoid-before-bce-with-logits": Switches(error="sigmoid-twice"),
    "one-step-too-few": Switches(extra_steps=-1),
    "one-step-too-many": Switches(extra_steps=1),
    "only-one-step": Switches(only_one_step=True),
    "weight-never-updated": Switches(frozen="w"),
    "bias-never-updated": Switches(frozen="b"),
    "parameters-never-change": Switches(frozen="wb"),
    "gradient-after-update": Switches(first="w"),
    "weight-gradient-after-update": Switches(first="b"),
    "broadcast-n-by-n": Switches(broadcast=True),
    "uses-adam": Switches(adam=True),
    "uses-momentum": Switches(momentum=0.9),
    "momentum-left-out": Switches(momentum=0.0),
    "weight-decay-left-out": Switches(weight_decay=0.0),
    "last-row-left-out": Switches(rows="but-last"),
    "only-first-row": Switches(rows="first"),
    "learning-rate-ignored": Switches(rate="one"),
    "learning-rate-hard-coded": Switches(rate="hundredth"),
    "learning-rate-twice": Switches(rate="squared"),
    "divided-by-learning-rate": Switches(rate="inverse"),
    "one-update-per-row": Switches(batches="row-by-row"),
    "whole-set-each-step": Switches(batches="whole"),
    "last-batch-lost": Switches(batches="drop-last"),
    "always-first-batch": Switches(batches="first"),
}

_SQUARED_ERROR_ONLY = {"factor-half", "absolute-error", "root-of-loss", "not-squared", "square-of-mean"}
_LOGISTIC_ONLY = {"squared-error-of-logits", "sigmoid-before-bce-with-logits"}
_MINI_BATCH_ONLY = {"whole-set-each-step", "last-batch-lost", "always-first-batch"}
# With mini-batches the trace counts the epochs; how many there were needs no number of the reference.
_FULL_BATCH_ONLY = {
    "last-row-left-out", "only-first-row", "one-update-per-row",
    "one-step-too-few", "one-step-too-many", "only-one-step",
}  # fmt: skip
_TWO_PARAMETERS_ONLY = {
    "weight-gradient-never-zeroed", "bias-gradient-never-zeroed", "weight-never-updated", "bias-never-updated",
    "gradient-after-update", "weight-gradient-after-update",
}  # fmt: skip


def applicable(task: Task) -> dict[str, Switches]:
    """The mistakes that can be made in this task and change the numbers, by id."""
    x, y, _, _ = task.arrays
    left_out = set(_FULL_BATCH_ONLY if task.mini_batches else _MINI_BATCH_ONLY)
    left_out |= _LOGISTIC_ONLY if task.loss == "mse" else _SQUARED_ERROR_ONLY
    left_out |= {"uses-momentum"} if task.momentum else {"momentum-left-out"}
    if not task.weight_decay:
        left_out.add("weight-decay-left-out")
    if y.shape[1] != 1 or len(x) == 1 or task.batch_size == 1:
        left_out.add("broadcast-n-by-n")
    if not task.bias:
        left_out |= _TWO_PARAMETERS_ONLY
    if task.mini_batches and not _has_short_batch(task):
        left_out.add("last-batch-lost")
    return {name: switches for name, switches in SWITCHES.items() if name not in left_out}


def _has_short_batch(task: Task) -> bool:
    if task.batches is not None:
        return any(len(epoch) > 1 and len(epoch[-1]) < len(epoch[0]) for epoch in task.batches)
    return len(task.arrays[0]) > task.batch_size and len(task.arrays[0]) % task.batch_size != 0


def table(task: Task) -> dict[str, Run]:
    """Where right training ends, under the id `correct`, and where each applicable mistake ends."""
    return {CORRECT: train(task)} | {name: train(task, switches) for name, switches in applicable(task).items()}


def distance(end: np.ndarray, reference: np.ndarray) -> float:
    """How far `end` lies from `reference`, relative to the larger of the two norms; infinite where not finite."""
    if end.shape != reference.shape or not (np.isfinite(end).all() and np.isfinite(reference).all()):
        return float("inf")
    largest = max(np.abs(end).max(initial=0.0), np.abs(reference).max(initial=0.0))
    if not largest:
        return 0.0
    end, reference = end / largest, reference / largest  # the squares of what diverges would overflow
    return float(np.linalg.norm(end - reference) / max(np.linalg.norm(end), np.linalg.norm(reference)))


def nearest_pair(task: Task) -> tuple[float, str, str]:
    """The two ids (`correct` is one of them) whose ends lie nearest to each other, and how near, relative."""
    ends = {CORRECT: end_of(task, Switches())}
    ends |= {name: end_of(task, switches) for name, switches in applicable(task).items()}
    pairs = itertools.combinations(ends, 2)
    return min(((distance(ends[a], ends[b]), a, b) for a, b in pairs))


def separation(data, learning_rate: float, steps: int, start=None, **task) -> float:
    """The smallest relative distance between the ends of any two mistakes, right training among them.

    data: (x, y). start: (w, b), zeros if not given. task: further fields of Task. Assert that it is at least 1e-2
    for the data, rate and steps of an exercise: below, one mistake may be taken for another.
    """
    return nearest_pair(make_task(data, learning_rate, steps, start, **task))[0]


def make_task(data, learning_rate: float, steps: int, start=None, **fields) -> Task:
    """A Task from (x, y) and (w, b); without a start, w is zeros (k, d), or (d,) where y is (n,), and b zeros (k,)."""
    x, y = data
    if start is None:
        d, k = x.reshape(len(x), -1).shape[1], y.reshape(len(y), -1).shape[1]
        start = torch.zeros((d,) if y.ndim == 1 else (k, d)), torch.zeros(() if y.ndim == 1 else (k,))
    return Task(x, y, start[0], start[1], learning_rate, steps, **fields)


@dataclass(frozen=True)
class Problem:
    """Data and settings on which the mistakes lie apart: x (n, d), y (n,) or (n, k), learning rate, steps."""

    x: torch.Tensor
    y: torch.Tensor
    learning_rate: float = 0.04
    steps: int = 7

    @property
    def data(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self.x, self.y


def problem(rows: int = 23, inputs: int = 3, outputs: int | None = None, seed: int = 0) -> Problem:
    """Noisy linear data, y (rows,) or (rows, outputs), float32, on which every pair of mistakes is told apart.

    23 rows by default: no batch size but 23 divides it. The data are redrawn until the separation from a start at
    zero is at least 1e-2; the same seed gives the same data. Raises ValueError if a hundred draws do not do.
    """
    for draw in range(100):
        found = _draw(np.random.default_rng((seed, draw)), rows, inputs, outputs)
        if separation(found.data, found.learning_rate, found.steps) >= SEPARATED:
            return found
    raise ValueError(f"no data of {rows} rows and {inputs} inputs keep the mistakes apart")


def _draw(generator, rows: int, inputs: int, outputs: int | None) -> Problem:
    """Inputs differ in spread and centre, so that no parameter can stand for another."""
    spread, centre = 0.7 + 0.35 * (np.arange(inputs) % 3), 0.5 - 0.4 * (np.arange(inputs) % 4)
    x = generator.standard_normal((rows, inputs)) * spread + centre
    truth = np.linspace(1.5, -2.0, inputs * (outputs or 1)).reshape(inputs, -1)
    y = x @ truth + 3.0 + 0.3 * generator.standard_normal((rows, outputs or 1))
    return Problem(
        *(torch.tensor(a.tolist(), dtype=torch.float32, device="cpu") for a in (x, y if outputs else y[:, 0]))
    )
