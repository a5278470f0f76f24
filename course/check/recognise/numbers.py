"""Rules for wrong numbers of the right shape: factors, order, normalisation, roots."""

from __future__ import annotations

import ast
import math

import torch

from course.check.recognise import Found
from course.check.recognise.facts import Facts, same, telling


def rules():
    return (factor, root, exchanged, reading_order, order, shifted, inverted, share, rounded_down, softmax,
            one_logit, overflow, infinite_gradient)


def _numbers(facts: Facts) -> tuple[torch.Tensor, torch.Tensor] | None:
    both = facts.came is not None and facts.wanted is not None
    if facts.aspect != "values" or not both or facts.came.shape != facts.wanted.shape or not facts.wanted.numel():
        return None
    return facts.came, facts.wanted


def _finite(facts: Facts) -> tuple[torch.Tensor, torch.Tensor] | None:
    pair = _numbers(facts)
    return pair if pair and all(bool(torch.isfinite(values).all()) for values in pair) else None


def factor(facts: Facts) -> Found | None:
    """One factor between what came and what was due, where only one mistake gives that factor."""
    if not (pair := _finite(facts)) or _is_share(facts) or _is_count(facts):
        return None
    if facts.is_gradient and facts.code.uses("detach", "data", "item"):  # a factor may be a lost part of the graph
        return None
    came, due = pair
    at = int(due.abs().argmax())
    if abs(float(due.flatten()[at])) < 1e-6:
        return None
    ratio = float(came.flatten()[at] / due.flatten()[at])
    if not same(came, due * ratio) or math.isclose(ratio, 1, rel_tol=1e-4):
        return None
    if _sums_gradients(facts, ratio):
        return Found("gradients-accumulate", f"The gradient is {ratio:.0f} times what one backward pass gives.")
    named = {mistake for mistake, known in _factors(facts) if math.isclose(ratio, known, rel_tol=1e-4)}
    if len(named) != 1 or None in named:
        return None
    if ratio == -1 or math.isclose(ratio, -1, rel_tol=1e-4):
        return Found("sign-flipped", "Each number has the wrong sign." if came.dim() else "The number has the wrong sign.")
    subject = "The result is" if came.numel() == 1 else "Every number is"
    return Found(named.pop(), f"{subject} {_times(ratio)} what it should be.")


def _is_count(facts: Facts) -> bool:
    """A whole number that counts something: no factor of a loss or of a mean explains another."""
    return isinstance(getattr(facts.due, "value", None), int)


def _sums_gradients(facts: Facts, ratio: float) -> bool:
    """Whether a whole multiple came from code that reads .grad after several backward passes."""
    whole = 1.5 < ratio < 1000 and math.isclose(ratio, round(ratio), rel_tol=1e-4)
    return whole and "grad" in facts.code.attributes and facts.code.repeats_backward()


def _times(ratio: float) -> str:
    return f"{ratio:.4g} times"


def _factors(facts: Facts) -> list[tuple[str | None, float]]:
    """Known factors of this call, with the mistake each gives away; None for one that more than one mistake gives."""
    n = facts.n
    found: list[tuple[str | None, float]] = [("sign-flipped", -1), ("factor-two", 2), ("factor-half", 0.5)]
    spread = facts.code.uses("var", "std")
    sizes = {size for shape in facts.argument_shapes for size in shape} | {n} if spread else {n}
    for size in sizes:
        if size > 1:
            lost, kept = size / (size - 1), (size - 1) / size
            if spread:  # a deviation may stand in a denominator: the code tells which of the two it was, not the ratio
                divisor = "biased-variance" if facts.code.sets("correction", "unbiased") else "unbiased-variance"
                found += [(divisor, known) for known in (lost, kept, math.sqrt(lost), math.sqrt(kept))]
            else:
                found += [("divided-by-n-minus-one", lost), (None, kept)]
    totals = {n} | {math.prod(shape) for shape in facts.argument_shapes if shape[0] == n}
    for total in totals:
        if total > 1:
            found += [("sum-for-mean", total), ("mean-for-sum", 1 / total)]
    columns = {size for shape in facts.argument_shapes for size in shape[1:]} - totals
    found += [(None, ratio) for size in columns if size > 1 for ratio in (size, 1 / size)]
    return found


def root(facts: Facts) -> Found | None:
    """The square root of a single number that should have been left alone."""
    pair = _finite(facts)
    if not pair or pair[0].numel() != 1 or float(pair[1]) <= 0 or factor(facts):
        return None
    takes_root = facts.code.uses("sqrt", "norm") or facts.code.has(ast.Pow)
    if takes_root and same(pair[0], pair[1].sqrt()) and not same(*pair):
        return Found("root-of-loss", "Squared, the result would be right.")
    return None


def exchanged(facts: Facts) -> Found | None:
    """Rows and columns exchanged in a square table."""
    if not (pair := _finite(facts)):
        return None
    came, due = pair
    if due.dim() == 2 and came.shape == due.t().shape and same(came, due.t()) and telling(due):
        return Found("transposed", "Each number sits at [j, i] where [i, j] was due.")
    return None


def reading_order(facts: Facts) -> Found | None:
    """Numbers of a transpose that were only broken into other lines."""
    if not (pair := _finite(facts)) or exchanged(facts):
        return None
    came, due = pair
    if due.dim() == 2 and min(due.shape) > 1 and telling(due) and same(came.flatten(), due.t().flatten()):
        return Found("reshape-for-transpose", "The numbers stand in reading order, broken into other lines.")
    return None


def order(facts: Facts) -> Found | None:
    """All the right numbers, not where they belong."""
    if not (pair := _finite(facts)) or exchanged(facts) or reading_order(facts) or shifted(facts):
        return None
    came, due = pair
    if due.numel() < 3 or not telling(due) or same(came, due) or same(came, -due):
        return None
    if same(came.flatten().sort().values, due.flatten().sort().values):
        return Found("wrong-order", f"The same {due.numel()} numbers came, in another order.")
    return None


def shifted(facts: Facts) -> Found | None:
    """A slice that starts one too early or too late, so that one number is new."""
    if not (pair := _finite(facts)):
        return None
    came, due = pair
    if same(came.flatten().sort().values, due.flatten().sort().values):
        return None
    for dim, size in enumerate(due.shape):
        if size < 3:
            continue
        for one, other in ((came, due), (due, came)):
            if same(one.narrow(dim, 0, size - 1), other.narrow(dim, 1, size - 1)) and telling(due):
                return Found("off-by-one-slice", f"Everything sits one {('row', 'column', 'item')[min(dim, 2)]} off.")
    return None


def inverted(facts: Facts) -> Found | None:
    """True and False exchanged."""
    pair = _numbers(facts)
    is_mask = getattr(facts.due, "dtype", None) == torch.bool and pair and pair[1].numel() > 1
    if is_mask and telling(pair[1], 2) and torch.equal(pair[0], 1 - pair[1]):
        return Found("condition-inverted", "Every True is a False, and every False a True.")
    return None


def _is_share(facts: Facts) -> bool:
    """Whether the right value is a share of n rows, and the code compares: then factors are counts in disguise."""
    pair, n = _finite(facts), facts.n
    if not pair or pair[1].numel() != 1 or n < 2 or isinstance(getattr(facts.due, "value", None), bool):
        return False
    due = float(pair[1])
    compares = facts.code.has(ast.Eq, ast.NotEq) or facts.code.uses("eq", "ne")
    return compares and 0 <= due <= 1 and math.isclose(due * n, round(due * n), abs_tol=1e-4)


def share(facts: Facts) -> Found | None:
    """Accuracy and other shares of n rows: not divided, of the wrong answers, or counted over n × n pairs."""
    if not _is_share(facts):
        return None
    came, due, n = *(float(value) for value in _finite(facts)), facts.n
    divides = facts.code.has(ast.Div) or facts.code.uses("mean", "div")
    if not divides and came > 1 and math.isclose(came, due * n, rel_tol=1e-5):
        return Found("accuracy-not-divided", f"It gave {came:g}, the number of right answers.")
    if divides and came > 1 + 1e-6 and not math.isclose(came, due * n, rel_tol=1e-5):
        return Found("accuracy-broadcast", f"It gave {came:.4g}: more right answers than there are rows.")
    if math.isclose(came, 1 - due, abs_tol=1e-6) and not math.isclose(came, due, abs_tol=1e-6) \
            and facts.code.has(ast.NotEq):
        return Found("accuracy-inverted", "It gave the share of the other answers.")
    return None


def rounded_down(facts: Facts) -> Found | None:
    """Quotients without their fractions."""
    pair = _finite(facts)
    if pair and facts.code.has(ast.FloorDiv) and same(pair[0], pair[1].floor()):
        return Found("floor-division", "Each quotient came without its fraction.")
    return None


def softmax(facts: Facts) -> Found | None:
    """Probabilities that sum to 1 down the columns, or over everything, where rows were due."""
    if not (pair := _finite(facts)):
        return None
    came, due = pair
    if due.dim() != 2 or min(due.shape) < 2 or bool((due < 0).any()) or bool((came < 0).any()):
        return None
    one = torch.ones((), dtype=torch.float64)
    if not same(due.sum(1), one.expand(due.shape[0])) or same(came.sum(1), one.expand(due.shape[0])):
        return None
    if same(came.sum(0), one.expand(due.shape[1])):
        return Found("softmax-wrong-dim", "The columns of the result sum to 1, not its rows.")
    if same(came.sum(), one):
        return Found("no-dim", "The whole table sums to 1, not each row.")
    return None


def one_logit(facts: Facts) -> Found | None:
    """Cross-entropy over a single class."""
    pair = _finite(facts)
    uses = facts.code.uses("cross_entropy", "CrossEntropyLoss")
    if pair and uses and pair[0].numel() == 1 and float(pair[0]) == 0.0 and float(pair[1]) > 1e-3:
        return Found("one-logit-with-cross-entropy", "The loss is exactly 0.")
    return None


def overflow(facts: Facts) -> Found | None:
    """inf or nan from exp or log, where the right result is finite."""
    pair = _numbers(facts)
    if not pair or facts.is_gradient or not _lost_finiteness(*pair):
        return None
    safe = facts.code.uses("logsigmoid", "softplus", "logsumexp", "log_softmax", "cross_entropy")
    if facts.code.uses("exp", "log") and not safe and not facts.code.uses("std", "var", "sqrt"):
        return Found("naive-exponential", "The result is not finite (inf or nan).")
    return None


def infinite_gradient(facts: Facts) -> Found | None:
    """inf or nan in a gradient, where the right one is finite."""
    pair = _numbers(facts)
    if pair and facts.is_gradient and _lost_finiteness(*pair):
        return Found("infinite-gradient", "The gradient is not finite (inf or nan).")
    return None


def _lost_finiteness(came: torch.Tensor, due: torch.Tensor) -> bool:
    return not bool(torch.isfinite(came).all()) and bool(torch.isfinite(due).all())
