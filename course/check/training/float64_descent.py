"""Gradient descent in float64 with a switch for every known mistake.

NumPy, not torch: what a learner sets in torch (default dtype, default device, a function mode) cannot reach it.
The gradients are closed forms. Linear regression: mean squared error, d/dw = 2 X'(Xw + b - y) / N with N the number
of elements of y. Logistic regression: mean binary cross-entropy of logits, d/dw = X'(sigmoid(Xw + b) - y) / N.
Adam follows Kingma and Ba (2015), Algorithm 1, with PyTorch's defaults; momentum and weight decay follow
torch.optim.SGD.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch


@dataclass(frozen=True)
class Switches:
    """How one run departs from right training. The defaults depart in nothing."""

    error: str = "mean"  # mean, sum, n-1, absolute, root, residual, square-of-mean, squared-logits, sigmoid-twice
    factor: float = 1.0  # multiplies every gradient
    sign: float = -1.0
    accumulate: str = ""  # parameters whose gradient is never zeroed
    frozen: str = ""  # parameters that are never updated
    first: str = ""  # the parameter updated first; the other then sees its new value
    broadcast: bool = False  # (n, 1) meets (n,), which gives (n, n)
    adam: bool = False
    momentum: float | None = None  # None: as the task says
    weight_decay: float | None = None
    extra_steps: int = 0
    only_one_step: bool = False
    rate: str = "given"  # given, one, hundredth, squared, inverse
    rows: str = "all"  # all, but-last, first
    batches: str = "given"  # given, whole, row-by-row, drop-last, first


@dataclass(frozen=True)
class Task:
    """What right training is: data, start, learning rate, number of updates, and what else the exercise fixes.

    x (n, d) or (n,) and y (n,), (n, 1) or (n, k): tensors. w: the start, (d,), (d, 1), (k, d) like nn.Linear's weight,
    (d, k), or (1,) and () where d = 1. b: the start, k numbers. steps: updates, or epochs where batch_size or batches
    is given. batches: one list of epochs, each a list of row lists, to replay what was drawn.
    Raises ValueError where the shapes do not belong together, or steps is not at least 1.
    """

    x: torch.Tensor
    y: torch.Tensor
    w: torch.Tensor
    b: torch.Tensor
    learning_rate: float
    steps: int
    loss: str = "mse"  # or "bce", on logits
    momentum: float = 0.0
    weight_decay: float = 0.0
    bias: bool = True
    batch_size: int | None = None
    batches: Sequence[Sequence[Sequence[int]]] | None = None
    arrays: tuple[np.ndarray, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        if self.steps < 1:
            raise ValueError(f"steps is {self.steps}; right training needs one at least")
        object.__setattr__(self, "arrays", _arrays(self.x, self.y, self.w, self.b))

    @property
    def mini_batches(self) -> bool:
        return self.batch_size is not None or self.batches is not None


@dataclass(frozen=True)
class Run:
    """Where a run ends: w and b (float64, the start's shapes), the loss before each update, the loss at the end.

    path: flat (w, b) before each update, for runs that diverge. sizes: rows in each update's batch. epochs: number of
    updates in each epoch (one each where there are no mini-batches).
    """

    w: torch.Tensor
    b: torch.Tensor
    losses: tuple[float, ...]
    final_loss: float
    path: np.ndarray
    sizes: tuple[int, ...]
    epochs: tuple[int, ...]
    ends: tuple[float, ...]

    @property
    def end(self) -> np.ndarray:
        """w and b as one flat float64 array."""
        return np.concatenate([array(self.w).reshape(-1), array(self.b).reshape(-1)])


def array(tensor: torch.Tensor) -> np.ndarray:
    """The tensor's values as a float64 NumPy array of its own."""
    return np.array(tensor.detach().cpu().to(torch.float64).numpy())


def _arrays(x, y, w, b) -> tuple[np.ndarray, ...]:
    x, y, w, b = (array(tensor) for tensor in (x, y, w, b))
    n = len(x) if x.ndim else 0
    if n == 0 or y.ndim == 0 or len(y) != n:
        raise ValueError(f"x and y need the same number of rows, at least one: {x.shape} and {y.shape}")
    x, y = x.reshape(n, -1), y.reshape(n, -1)
    d, k = x.shape[1], y.shape[1]
    if w.size != d * k or b.size != k:
        raise ValueError(f"{d} inputs and {k} outputs need {d * k} weights and {k} biases, not {w.size} and {b.size}")
    return x, y, w.reshape(k, d).T if _outputs_first(w, d, k) else w.reshape(d, k), b.reshape(k)


def _outputs_first(w: np.ndarray, d: int, k: int) -> bool:
    """Square weights are read like nn.Linear's: (outputs, inputs)."""
    return w.shape == (k, d)


class _Descent:
    """One run of gradient descent under given switches."""

    def __init__(self, task: Task, switches: Switches):
        self.task, self.switches = task, switches
        self.x, self.y, w, b = task.arrays
        if switches.rows != "all":
            self.x, self.y = (a[:-1] if switches.rows == "but-last" else a[:1] for a in (self.x, self.y))
        self.w, self.b = w.copy(), b.copy()
        self.outputs_first = _outputs_first(np.empty(tuple(task.w.shape)), *w.shape)
        self.held = {"w": np.zeros_like(w), "b": np.zeros_like(b)}
        self.moments: dict[str, tuple] = {}
        self.updates = 0
        momentum, decay = switches.momentum, switches.weight_decay
        self.momentum = task.momentum if momentum is None else momentum
        self.decay = task.weight_decay if decay is None else decay
        rate = task.learning_rate
        self.rate = {"given": rate, "one": 1.0, "hundredth": 0.01, "squared": rate * rate}.get(switches.rate)
        if self.rate is None:
            self.rate = 1.0 / rate if rate else np.inf

    def run(self) -> Run:
        losses, path, sizes, epochs, ends = [], [], [], [], []
        for epoch in self._epochs():
            epochs.append(len(epoch))
            for rows in epoch:
                x, y = (self.x, self.y) if rows is None else (self.x[rows], self.y[rows])
                losses.append(self._loss(x, y))
                path.append(self._flat())
                sizes.append(len(x))
                self._update(x, y)
            ends.append(self._loss(self.x, self.y))
        w = self.w.T if self.outputs_first else self.w
        return Run(
            w=torch.tensor(w.reshape(tuple(self.task.w.shape)).tolist(), dtype=torch.float64, device="cpu"),
            b=torch.tensor(self.b.reshape(tuple(self.task.b.shape)).tolist(), dtype=torch.float64, device="cpu"),
            losses=tuple(losses),
            final_loss=self._loss(self.x, self.y),
            path=np.array(path),
            sizes=tuple(sizes),
            epochs=tuple(epochs),
            ends=tuple(ends),
        )

    def end(self, updates: int | None) -> np.ndarray:
        batches = itertools.chain.from_iterable(self._epochs())
        for rows in itertools.islice(batches, updates):
            self._update(*((self.x, self.y) if rows is None else (self.x[rows], self.y[rows])))
        return self._flat()

    def _flat(self) -> np.ndarray:
        return np.concatenate([(self.w.T if self.outputs_first else self.w).reshape(-1), self.b])

    def _epochs(self) -> list[list]:
        """For each epoch the row lists of its updates; None stands for all rows."""
        task, how, n = self.task, self.switches.batches, len(self.x)
        count = 1 if self.switches.only_one_step else max(task.steps + self.switches.extra_steps, 0)
        if how == "row-by-row":
            return [[[row] for row in range(n)]] * count
        if not task.mini_batches or how == "whole":
            return [[None]] * count
        if task.batches is not None:
            epochs = [[list(rows) for rows in epoch] for epoch in task.batches]
        else:
            starts = range(0, n, task.batch_size)
            epochs = [[list(range(s, min(s + task.batch_size, n))) for s in starts]] * task.steps
        epochs = _resized(epochs, count)
        if how == "drop-last":
            return [epoch[:-1] if len(epoch) > 1 and len(epoch[-1]) < len(epoch[0]) else epoch for epoch in epochs]
        return [[epoch[0]] * len(epoch) if epoch else epoch for epoch in epochs] if how == "first" else epochs

    def _loss(self, x, y) -> float:
        z = x @ self.w + self.b
        if self.task.loss == "bce" and self.switches.error not in ("squared-logits", "sigmoid-twice"):
            losses = np.logaddexp(0.0, z) - (y.T if self.switches.broadcast else y) * z
        elif self.switches.error == "sigmoid-twice":
            p = _sigmoid(z)
            losses = np.logaddexp(0.0, p) - y * p
        else:
            residual = z - y.T if self.switches.broadcast else z - y
            losses = {"absolute": np.abs, "residual": np.asarray}.get(self.switches.error, np.square)(residual)
        if self.switches.error == "square-of-mean":
            return float(np.square((z - y).mean()))
        if self.switches.error == "root":
            return float(self.switches.factor * np.sqrt(losses.mean()))
        divisor = {"sum": 1, "n-1": max(losses.size - losses.shape[1], 1)}.get(self.switches.error, losses.size)
        return float(self.switches.factor * losses.sum() / divisor)

    def _gradients(self, x, y) -> dict[str, np.ndarray]:
        z = x @ self.w + self.b
        slope = self._slope(z, y) * self.switches.factor
        return {"w": x.T @ slope, "b": slope.sum(axis=0)}

    def _slope(self, z, y) -> np.ndarray:
        """The derivative of the loss with respect to the model's outputs z, (n, k)."""
        error, n = self.switches.error, z.size
        divisor = {"sum": 1, "n-1": max(n - z.shape[1], 1)}.get(error, n)
        if error == "sigmoid-twice":
            p = _sigmoid(z)
            return (_sigmoid(p) - y) * p * (1 - p) / n
        if self.task.loss == "bce" and error != "squared-logits":
            return (_sigmoid(z) - (y.mean() if self.switches.broadcast else y)) / divisor
        if self.switches.broadcast:
            return 2 * (z - y.T).mean(axis=1, keepdims=True) / n
        residual = z - y
        if error == "square-of-mean":
            return np.full_like(residual, 2 * residual.mean() / n)
        if error == "absolute":
            return np.sign(residual) / n
        if error == "root":
            root = np.sqrt(np.square(residual).mean())
            return residual / n / root if root else residual
        return np.ones_like(residual) / n if error == "residual" else 2 * residual / divisor

    def _update(self, x, y) -> None:
        self.updates += 1
        fresh = self._gradients(x, y)
        for name in ("b", "w") if self.switches.first == "b" else ("w", "b"):
            if self.switches.first and name != self.switches.first:
                fresh = self._gradients(x, y)
            gradient = fresh[name]
            if name in self.switches.accumulate:
                gradient = self.held[name] = self.held[name] + gradient
            if name in self.switches.frozen or (name == "b" and not self.task.bias):
                continue
            now = getattr(self, name)
            setattr(self, name, now + self.switches.sign * self.rate * self._direction(name, gradient, now))

    def _direction(self, name, gradient, now) -> np.ndarray:
        if self.decay:
            gradient = gradient + self.decay * now
        if self.switches.adam:
            first, second = self.moments.get(name, (0.0, 0.0))
            first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * np.square(gradient)
            self.moments[name] = first, second
            scale = np.sqrt(second / (1 - 0.999**self.updates)) + 1e-8
            return first / (1 - 0.9**self.updates) / scale
        if self.momentum:
            before = self.moments.get(name)
            gradient = gradient if before is None else self.momentum * before[0] + gradient
            self.moments[name] = (gradient,)
        return gradient


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def _resized(epochs: list, count: int) -> list:
    """The first `count` epochs; where more are wanted than were seen, the last one is repeated."""
    return epochs[:count] + epochs[-1:] * (count - len(epochs))


def end_of(task: Task, switches: Switches, updates: int | None = None) -> np.ndarray:
    """Where a run ends (or is after so many updates) as one flat array: `train().end` without a record."""
    with np.errstate(all="ignore"):
        return _Descent(task, switches).end(updates)


def train(task: Task, switches: Switches | None = None) -> Run:
    """Run the task in float64 under the switches (none: right training). Never raises on divergence."""
    with np.errstate(all="ignore"):
        return _Descent(task, switches or Switches()).run()
