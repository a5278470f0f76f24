"""Full-batch training functions that make two mistakes: any name given must be one of theirs."""

import torch

from training_answers.starts import leaves

PAIRS = []


def two(*mistakes):
    def keep(function):
        PAIRS.append((mistakes, function))
        return function

    return keep


def descend(x, y, learning_rate, steps, loss_of=None, zero=True, sign=-1.0, rebind=None):
    w, b = leaves(x)
    for _ in range(steps):
        loss = ((x @ w + b - y) ** 2).mean() if loss_of is None else loss_of(x @ w + b, y)
        loss.backward()
        with torch.no_grad():
            w += sign * learning_rate * w.grad
            if rebind != "freeze b":
                b += sign * learning_rate * b.grad
        if zero:
            w.grad, b.grad = None, None
    return w, b


@two("gradients-never-zeroed", "sum-for-mean")
def kept_and_summed(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps, lambda p, t: ((p - t) ** 2).sum(), zero=False)


@two("wrong-sign", "factor-half")
def up_by_half(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps, lambda p, t: ((p - t) ** 2).mean() / 2, sign=1.0)


@two("one-step-too-few", "absolute-error")
def short_and_absolute(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps - 1, lambda p, t: (p - t).abs().mean())


@two("gradients-never-zeroed", "one-step-too-many")
def kept_and_long(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps + 1, zero=False)


@two("bias-never-updated", "sum-for-mean")
def frozen_and_summed(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps, lambda p, t: ((p - t) ** 2).sum(), rebind="freeze b")


@two("last-row-left-out", "gradients-never-zeroed")
def short_rows_and_kept(x, y, learning_rate, steps):
    return descend(x[:-1], y[:-1], learning_rate, steps, zero=False)


@two("broadcast-n-by-n", "learning-rate-hard-coded")
def table_and_rate(x, y, learning_rate, steps):
    return descend(x, y, 0.01, steps, lambda p, t: ((p[:, None] - t) ** 2).mean())


@two("root-of-loss", "gradients-never-zeroed")
def root_and_kept(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps, lambda p, t: ((p - t) ** 2).mean().sqrt(), zero=False)


@two("sum-for-mean", "factor-half")
def half_of_the_sum(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps, lambda p, t: ((p - t) ** 2).sum() / 2)


@two("factor-half", "one-step-too-few")
def half_and_short(x, y, learning_rate, steps):
    return descend(x, y, learning_rate, steps - 1, lambda p, t: ((p - t) ** 2).mean() / 2)
