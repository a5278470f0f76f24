"""Ready-made wrong references: for a well-known quantity, what each well-known mistake gives in its place.

Each function returns a dict from mistake id to a function of the exercise's arguments, for `mistaken=` of the verbs:

    check.agrees("compute_loss", reference=loss, inputs=draw, mistaken=families.squared_error(predict))

`predict` takes the exercise's arguments and returns (predictions, targets), in the shapes that learners have them.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch.nn import functional

Wrong = dict[str, Callable[..., torch.Tensor]]


def squared_error(predict: Callable) -> Wrong:
    """Mean squared error. predict(*arguments) → predictions, targets of one shape (n, …), n ≥ 1.

    Sources: syllabus of any first course; each entry is one edit away from ((p − t)²).mean().
    """

    def of(formula: Callable) -> Callable:
        return lambda *arguments: formula(*predict(*arguments))

    wrong = {
        "sum-for-mean": lambda p, t: (p - t).square().sum(),
        "factor-half": lambda p, t: (p - t).square().mean() / 2,
        "factor-two": lambda p, t: (p - t).square().mean() * 2,
        "divided-by-n-minus-one": lambda p, t: (p - t).square().sum() / (p.numel() - 1),
        "absolute-error": lambda p, t: (p - t).abs().mean(),
        "root-of-loss": lambda p, t: (p - t).square().mean().sqrt(),
        "not-squared": lambda p, t: (p - t).mean(),
        "square-of-mean": lambda p, t: (p - t).mean().square(),
        "broadcast-n-by-n": lambda p, t: _all_pairs(p, t).square().mean(),
        "last-row-left-out": lambda p, t: (p[:-1] - t[:-1]).square().mean() if len(p) > 1 else (p - t).square().mean(),
        "only-first-row": lambda p, t: (p[0] - t[0]).square().mean(),
        "predictions-for-loss": lambda p, t: p.square().mean(),
    }
    return {mistake: of(formula) for mistake, formula in wrong.items()}


def _all_pairs(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """Every prediction minus every target; with several outputs a row, where this mistake cannot happen, p − t."""
    return p.reshape(-1, 1) - t.reshape(1, -1) if p.numel() == len(p) else p - t


def binary_cross_entropy(predict: Callable) -> Wrong:
    """Binary cross-entropy from logits. predict(*arguments) → logits, labels (0. or 1.) of one shape.

    Source: `torch.nn.functional.binary_cross_entropy_with_logits`, whose mean reduction is the right value.
    """
    entropy = functional.binary_cross_entropy_with_logits

    def with_column(z, y):
        n = z.numel()
        return entropy(z.reshape(-1, 1).expand(n, n), y.reshape(1, -1).expand(n, n))

    wrong = {
        "sigmoid-before-bce-with-logits": lambda z, y: entropy(z.sigmoid(), y),
        "sum-for-mean": lambda z, y: entropy(z, y, reduction="sum"),
        "sign-flipped": lambda z, y: -entropy(z, y),
        "labels-exchanged": lambda z, y: entropy(z, 1 - y),
        "term-of-zeros-missing": lambda z, y: -(y * functional.logsigmoid(z)).mean(),
        "term-of-ones-missing": lambda z, y: -((1 - y) * functional.logsigmoid(-z)).mean(),
        "probabilities-squared": lambda z, y: (z.sigmoid() - y).square().mean(),
        "other-logarithm": lambda z, y: entropy(z, y) / torch.log(torch.tensor(2.0)),
        "broadcast-n-by-n": with_column,
    }
    return {m: lambda *a, f=formula: f(*predict(*a)) for m, formula in wrong.items()}


def cross_entropy(predict: Callable) -> Wrong:
    """Cross-entropy from logits. predict(*arguments) → logits (n, K), labels (n,) int64.

    Source: `torch.nn.functional.cross_entropy`, whose mean reduction is the right value.
    """
    entropy = functional.cross_entropy

    def picked(values, y):
        return values[torch.arange(len(y), device=y.device), y]

    def over_rows(z, y):
        return -picked(z.log_softmax(0), y).mean()

    wrong = {
        "softmax-before-cross-entropy": lambda z, y: entropy(z.softmax(1), y),
        "softmax-wrong-dim": over_rows,
        "sum-for-mean": lambda z, y: entropy(z, y, reduction="sum"),
        "sign-flipped": lambda z, y: -entropy(z, y),
        "logarithm-missing": lambda z, y: -picked(z.softmax(1), y).mean(),
        "divided-by-classes": lambda z, y: entropy(z, y, reduction="sum") / z.numel(),
        "other-logarithm": lambda z, y: entropy(z, y) / torch.log(torch.tensor(2.0)),
        "normaliser-missing": lambda z, y: -picked(z, y).mean(),
        "whole-columns-picked": lambda z, y: (z.logsumexp(1) - z[:, y]).mean(),
    }
    return {m: lambda *a, f=formula: f(*predict(*a)) for m, formula in wrong.items()}


def softmax(logits: Callable = lambda z: z) -> Wrong:
    """Softmax over the rows of a table. logits(*arguments) → (n, K), K ≥ 2."""
    wrong = {
        "softmax-wrong-dim": lambda z: z.softmax(0),
        "softmax-over-table": lambda z: z.flatten().softmax(0).reshape(z.shape),
        "normaliser-missing": lambda z: z.exp(),
        "log-softmax-for-softmax": lambda z: z.log_softmax(1),
        "sigmoid-for-softmax": lambda z: z.sigmoid(),
        "exponential-missing": lambda z: z / z.sum(1, keepdim=True),
        "sign-flipped": lambda z: (-z).softmax(1),
    }
    return {m: lambda *a, f=formula: f(logits(*a)) for m, formula in wrong.items()}


def accuracy(predict: Callable) -> Wrong:
    """The share of right answers. predict(*arguments) → scores, labels.

    Scores are logits (n, K) with labels (n,), or logits of shape (n,) or (n, 1) with labels 0/1 of any such shape.
    """

    def answers(scores, labels):
        if scores.dim() == 2 and scores.shape[1] > 1:
            return scores.argmax(1), labels.reshape(-1)
        return (scores.reshape(-1) > 0).to(labels.dtype), labels.reshape(-1)

    def smallest(scores, labels):
        if scores.dim() == 2 and scores.shape[1] > 1:
            return scores.argmin(1), labels.reshape(-1)
        return answers(scores, labels)  # of two classes the other one: the same numbers as accuracy-inverted

    def decided(scores, labels, rule):
        """Answers by another rule than the right one, where there is one score a row."""
        if scores.dim() == 2 and scores.shape[1] > 1:
            return answers(scores, labels)
        return rule(scores.reshape(-1)).to(labels.dtype), labels.reshape(-1)

    def unjudged(scores, labels):
        single = scores.dim() == 1 or scores.shape[1] == 1
        return answers(scores, labels)[0].float() if single else hits(answers(scores, labels))

    def hits(pair):
        return (pair[0] == pair[1]).float()

    def pairs(pair):
        return (pair[0].reshape(-1, 1) == pair[1].reshape(1, -1)).float()

    wrong = {
        "accuracy-not-divided": lambda s, y: hits(answers(s, y)).sum(),
        "accuracy-inverted": lambda s, y: 1 - hits(answers(s, y)).mean(),
        "accuracy-in-percent": lambda s, y: 100 * hits(answers(s, y)).mean(),
        "accuracy-broadcast": lambda s, y: pairs(answers(s, y)).sum() / y.numel(),
        "accuracy-over-pairs": lambda s, y: pairs(answers(s, y)).mean(),
        "threshold-half-on-logits": lambda s, y: hits(decided(s, y, lambda z: z > 0.5)).mean(),
        "smallest-score-taken": lambda s, y: hits(smallest(s, y)).mean(),
        "threshold-included": lambda s, y: hits(decided(s, y, lambda z: z >= 0)).mean(),
        "zero-threshold-on-probabilities": lambda s, y: hits(decided(s, y, lambda z: torch.sigmoid(z) > 0)).mean(),
        "argmax-of-one-column": lambda s, y: hits(decided(s, y, torch.zeros_like)).mean(),
        "labels-left-out": lambda s, y: unjudged(s, y).mean(),
    }
    return {m: lambda *a, f=formula: f(*predict(*a)) for m, formula in wrong.items()}


def hinge(parts: Callable) -> Wrong:
    """The margin's loss ½‖w‖² + C·Σ max(0, 1 − t·z)². parts(*arguments) → w, scores z, labels t in {−1, +1}, C.

    z and t have one shape. Source: the squared hinge of a linear support vector machine.
    """

    def loss(w, z, t, c, *, power=2, half=0.5, reduce=torch.sum, margin=1.0):
        return half * w.square().sum() + c * reduce((margin - t * z).clamp(min=0) ** power)

    wrong = {
        "hinge-not-squared": lambda w, z, t, c: loss(w, z, t, c, power=1),
        "hinge-labels-zero-one": lambda w, z, t, c: loss(w, z, (t + 1) / 2, c),
        "margin-term-missing": lambda w, z, t, c: loss(w, z, t, c, half=0.0),
        "margin-term-doubled": lambda w, z, t, c: loss(w, z, t, c, half=1.0),
        "mean-for-sum": lambda w, z, t, c: loss(w, z, t, c, reduce=torch.mean),
        "hinge-without-maximum": lambda w, z, t, c: 0.5 * w.square().sum() + c * (1 - t * z).square().sum(),
        "hinge-without-one": lambda w, z, t, c: loss(w, z, t, c, margin=0.0),
        "hinge-weight-ignored": lambda w, z, t, c: loss(w, z, t, 1.0),
        "sign-flipped": lambda w, z, t, c: loss(w, -z, t, c),
    }
    return {m: lambda *a, f=formula: f(*parts(*a)) for m, formula in wrong.items()}


def mean_over_batches(batches: Callable) -> dict[str, Callable[..., float]]:
    """A mean over samples that come in batches, such as a loss. batches(*arguments) → [(mean of the batch, its rows), …].

    The right value is the sum of mean · rows over the sum of rows; each entry is one slip away. Numbers are floats.
    """

    def of(formula: Callable) -> Callable:
        def wrong_one(*arguments) -> float:
            means, rows = zip(*[(float(mean), count) for mean, count in batches(*arguments)], strict=True)
            return formula(means, rows)

        return wrong_one

    def total(means, rows) -> float:
        return sum(mean * count for mean, count in zip(means, rows, strict=True))

    return {
        "mean-of-batch-means": of(lambda means, rows: sum(means) / len(means)),
        "batches-taken-for-samples": of(lambda means, rows: total(means, rows) / len(means)),
        "samples-taken-for-batches": of(lambda means, rows: sum(means) / sum(rows)),
        "last-batch-for-epoch": of(lambda means, rows: means[-1]),
        "one-batch-only": of(lambda means, rows: means[0]),
        "sum-for-mean": of(total),
        "last-batch-lost": of(lambda means, rows: total(means[:-1], rows[:-1]) / max(sum(rows[:-1]), 1)),
    }
