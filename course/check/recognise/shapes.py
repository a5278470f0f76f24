"""Rules for values of another shape than was due: what shape, and whether the numbers are the right ones."""

from __future__ import annotations

import ast
import itertools

import torch

from course.check.observation import TensorSeen
from course.check.recognise import Found
from course.check.recognise.facts import Facts, same, telling

REDUCTIONS = ("sum", "mean", "max", "min", "amax", "amin", "norm", "prod", "std", "var", "median", "logsumexp", "argmax",
              "argmin", "any", "all", "vector_norm", "einsum", "cumsum")


def rules():
    return (batch_of_one, dimension_of_one, transposed, n_by_n, reduced_to_one, other_dimension, not_reduced,
            joined, sliced)


def _shapes(facts: Facts) -> tuple[torch.Tensor, torch.Tensor] | None:
    """The numbers that came and those due, where both are tensors and only their shapes are in question."""
    both = isinstance(facts.seen, TensorSeen) and isinstance(facts.due, TensorSeen)
    if facts.aspect != "shape" or not both or facts.came is None or facts.wanted is None:
        return None
    return facts.came, facts.wanted


def _of(values: torch.Tensor) -> str:
    return f"{tuple(values.shape)}"


def batch_of_one(facts: Facts) -> Found | None:
    """A bare squeeze() dropped a dimension that happened to be of size 1: a batch of one, most often."""
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    lost = due.dim() > 0 and came.shape == due.squeeze().shape != due.shape
    if not lost or not facts.code.squeezes_all or not same(came, due.squeeze()):
        return None
    return Found("squeeze-kills-batch", f"The result's shape is {_of(came)}, where {_of(due)} was due.")


def dimension_of_one(facts: Facts) -> Found | None:
    """The right numbers with a dimension of size 1 too few or too many."""
    if not (pair := _shapes(facts)) or batch_of_one(facts):
        return None
    came, due = pair
    if facts.n == 1 and due.dim() == 1:  # with one row, a reduction over everything looks the same
        return None
    if _without_one(due, came):
        if facts.code.tree.body and not facts.code.uses(*REDUCTIONS):
            is_flat = came.dim() == 1 and due.shape == (len(came), 1)
            return Found("flat-for-column", f"The numbers agree, but the shape is {_of(came)}.") if is_flat else None
        return Found("keepdim-missing", f"The numbers agree, but the shape is {_of(came)}.")
    if _without_one(came, due):
        return Found("keepdim-extra", f"The numbers agree, but the shape is {_of(came)}.")
    return None


def _without_one(larger: torch.Tensor, smaller: torch.Tensor) -> bool:
    ones = [d for d, size in enumerate(larger.shape) if size == 1]
    return any(same(larger.squeeze(d), smaller) for d in ones)


def transposed(facts: Facts) -> Found | None:
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    if due.dim() == 2 and came.shape == due.t().shape and same(came, due.t()):
        return Found("transposed", f"Rows and columns are exchanged: the shape is {_of(came)}.")
    return None


def n_by_n(facts: Facts) -> Found | None:
    """A column met a row: the right numbers are on the diagonal."""
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    n = due.numel()
    if n < 2 or came.shape != (n, n) or max(due.shape, default=0) != n or not same(came.diagonal(), due.flatten()):
        return None
    return Found("broadcast-n-by-n", f"{n} rows gave {n} × {n} numbers.")


def reduced_to_one(facts: Facts) -> Found | None:
    """One number where a reduction along a dimension was due."""
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    if came.dim() or due.numel() < 2:
        return None
    totals = (due.sum(), due.mean(), due.max(), due.min(), due.prod(), due.square().sum().sqrt())
    position = facts.seen.dtype == facts.due.dtype == torch.int64 and facts.code.uses("argmax", "argmin")
    if position or any(same(came, total) for total in totals):
        return Found("no-dim", f"One number came, where {due.numel()} were due.")
    return None


def other_dimension(facts: Facts) -> Found | None:
    """A reduction along the other dimension: another length, the same total."""
    if not (pair := _shapes(facts)):
        return None
    came, due = (values.squeeze() for values in pair)
    if came.dim() != 1 or due.dim() != 1 or len(came) == len(due) or min(len(came), len(due)) < 2:
        return None
    if not (telling(came, 2) and telling(due, 2)):
        return None
    agree = [same(reduce(came), reduce(due)) for reduce in (torch.sum, torch.mean, torch.max, torch.min)]
    known = {(len(due), len(came)), (len(came), len(due))} & set(facts.argument_shapes)
    if known and any(agree) and not _is_slice(came, due):
        return Found("wrong-dim", f"The result has {len(came)} numbers, where {len(due)} were due.")
    return None


def not_reduced(facts: Facts) -> Found | None:
    """Summed or averaged over one more dimension, the numbers would be right."""
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    if came.dim() != due.dim() + 1 or 1 in came.shape or not came.numel():
        return None
    sums = [d for d in range(came.dim()) if same(came.sum(d), due)]
    means = [d for d in range(came.dim()) if same(came.mean(d), due)]
    if not sums and not means:
        return None
    if came.dim() == 1 and sums and len(came) != facts.n and any(s[-1:] == came.shape for s in facts.argument_shapes):
        return Found("builtin-sum", f"{len(came)} numbers came, one for each column.")
    if sums and _is_plain_product(facts):
        return Found("elementwise-for-matmul", f"The products were not added up: the shape is {_of(came)}.")
    return Found("not-reduced", f"The shape is {_of(came)}: one dimension more than was due.")


def _is_plain_product(facts: Facts) -> bool:
    """Whether the code multiplies with * and has nothing else that a missing sum would belong to."""
    simple = [n for n in ast.walk(facts.code.tree) if isinstance(n, ast.BinOp)]
    return bool(simple) and all(isinstance(n.op, (ast.Mult, ast.Add)) for n in simple) and any(
        isinstance(n.op, ast.Mult) and ast.dump(n.left) != ast.dump(n.right) for n in simple)


def joined(facts: Facts) -> Found | None:
    """cat and stack exchanged: the same numbers, one dimension less or more."""
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    if came.numel() != due.numel() or not telling(due) or 1 in due.shape or 1 in came.shape:
        return None
    alike = _same_numbers(came, due)
    if alike and came.dim() == due.dim() - 1 and facts.code.uses("cat", "concat", "hstack"):
        return Found("cat-for-stack", f"The shape is {_of(came)}: no new dimension was made.")
    if alike and came.dim() == due.dim() + 1 and facts.code.uses("stack"):
        return Found("stack-for-cat", f"The shape is {_of(came)}: a new dimension was made.")
    return None


def _same_numbers(came: torch.Tensor, due: torch.Tensor) -> bool:
    return same(came.flatten().sort().values, due.flatten().sort().values)


def sliced(facts: Facts) -> Found | None:
    """One row or column, or one of each, too few or too many, the rest in place."""
    if not (pair := _shapes(facts)):
        return None
    came, due = pair
    if not _is_slice(came, due) or not telling(came, 2) or facts.code.tree.body and not facts.code.slices:
        return None
    names = [("row", "column")[dim] if dim < 2 else "item" for dim in _apart(came, due)]
    too_many = came.numel() > due.numel()
    what = " and ".join(f"one {name}" for name in names)
    missing = "is missing" if len(names) == 1 else "are missing"
    return Found("off-by-one-slice", f"{what[:1].upper()}{what[1:]} {'too many' if too_many else missing}; the rest agrees.")


def _apart(came: torch.Tensor, due: torch.Tensor) -> list[int]:
    """The dimensions in which the sizes differ."""
    return [dim for dim in range(due.dim()) if came.shape[dim] != due.shape[dim]]


def _is_slice(came: torch.Tensor, due: torch.Tensor) -> bool:
    """Whether one of the two is the other without its first or last row, or column, or both."""
    if came.dim() != due.dim() or came.numel() == 0:
        return False
    apart = _apart(came, due)
    longer, shorter = (came, due) if came.numel() > due.numel() else (due, came)
    if not 1 <= len(apart) <= 2 or any(longer.shape[dim] - shorter.shape[dim] != 1 for dim in apart):
        return False
    for starts in itertools.product((0, 1), repeat=len(apart)):
        part = longer
        for dim, start in zip(apart, starts, strict=True):
            part = part.narrow(dim, start, shorter.shape[dim])
        if same(part, shorter):
            return True
    return False
