"""Judges two counts of what a call executed, at two sizes of its data."""

from __future__ import annotations

from . import recognise
from .counting import Counts, not_vectorised
from .judge import wrong
from .observation import Observation
from .request import Instance, Together
from .verdict import Verdict

_MISTAKES = {
    "lines": "loop-over-rows",
    "operations": "loop-over-rows",
    "backward": "loop-over-rows",
    "escaped": "values-leave-pytorch",
    "blow-up": "n-by-n-intermediate",
    "no-graph": None,
}


def judge_counts(
    subject: str, axis: str, sizes: tuple[int, int], observations: list[Observation], arguments: tuple | Together,
    want_gradient: bool,
) -> tuple[Verdict | None, tuple[int, int]]:
    """The verdict (None when vectorised) and the two numbers of operations."""
    small, large = (Counts(**o.details["operations"]) for o in observations)
    given = arguments.parts if isinstance(arguments, Together) else arguments
    elements = sum(a.numel() for a in given if hasattr(a, "numel"))
    elements += sum(p.numel() for a in given if isinstance(a, Instance) for p in a.parameters)
    problem = not_vectorised(small, large, *sizes, max(elements, 1), want_gradient)
    counts = (small.operations, large.operations)
    if problem is None:
        return None, counts
    says = {
        "lines": "Python ran {small} lines of your code for {m} {axis}, and {large} for {n}.",
        "operations": "PyTorch ran {small} operations for {m} {axis}, and {large} for {n}.",
        "backward": "The backward pass took {small} operations for {m} {axis}, and {large} for {n}.",
        "escaped": "{small} numbers left PyTorch for {m} {axis}, and {large} for {n} (through {through}).",
        "blow-up": f"An intermediate tensor holds {{large}} numbers, where the inputs hold {elements}.",
        "no-graph": "The result has no graph, so no gradient can flow through it.",
    }[problem.kind].format(small=problem.small, large=problem.large, m=sizes[0], n=sizes[1], axis=axis,
                           through=", ".join(problem.through))
    mistake = _MISTAKES[problem.kind]
    if problem.kind == "no-graph":  # the code tells how the graph was lost
        found = recognise.no_gradient(observations[-1])
        mistake = found.mistake if found else None
    return wrong("vectorised", f"{subject} is not vectorised. {says}", mistake=mistake), counts
