"""The verbs for a learner's nn.Module: what it registers, what it computes, and whether gradients reach all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import torch
from torch import nn

from course.check.comparison import Tolerance
from course.check.judge import right
from course.check.modules.structure import Structure
from course.check.modules.task import ModuleTask, due_parameters
from course.check.request import DEFAULT_ROWS
from course.check.verdict import settle

RTOL, ATOL = 1e-4, 1e-5  # a layer sums over its inputs


def module(
    subject: str, *, inputs: Callable, reference: nn.Module | Callable, parameters: Mapping | Sequence | None = None,
    arguments: tuple = (), buffers: Mapping | None = None, rows: Iterable[int] = DEFAULT_ROWS, training: bool = True,
    rtol: float = RTOL, atol: float = ATOL,
) -> None:
    """All that is asked of a module in one check: `module_parameters`, `module_forward` and `module_gradients`."""
    task = ModuleTask(subject, arguments, due_parameters(parameters, reference, buffers), reference, inputs, training,
                 Tolerance(rtol, atol))
    counts = tuple(rows)
    task.settle_unless_right(task.structure())
    for count in counts:
        task.settle_unless_right(task.forward(count))
        task.settle_unless_right(task.gradients(count))
    settle(right(f"{subject} registers its parameters ({task.listed()}), computes what it should for batches of "
                 f"{_in_words(counts)}, and gradients reach every parameter."))


def module_parameters(
    subject: str, *, parameters: Mapping | Sequence, arguments: tuple = (), buffers: Mapping | None = None,
    inputs: Callable | None = None, dtype: torch.dtype = torch.float32,
) -> None:
    """Require that the class is an nn.Module that registers these parameters, whatever it computes.

    parameters: their shapes, in the order of `parameters()` (another order is forgiven where no two shapes are the
    same), or a dict of shapes by state_dict key where the keys matter. arguments: what the constructor is given.
    buffers: shapes by name. inputs: a function of a `Draw`; where given, a layer made in forward is told from one that
    is nowhere.
    """
    task = ModuleTask(subject, arguments, Structure.of(parameters, buffers, dtype), None, inputs)
    task.settle_unless_right(task.structure())
    settle(right(f"{subject} registers its parameters: {task.listed()}."))


def module_forward(
    subject: str, *, inputs: Callable, reference: nn.Module | Callable, parameters: Mapping | Sequence | None = None,
    arguments: tuple = (), rows: Iterable[int] = DEFAULT_ROWS, training: bool = True, rtol: float = RTOL,
    atol: float = ATOL,
) -> None:
    """Compare what the module computes with `reference`, both with the same freshly drawn parameters.

    reference: a module with the same parameters, or a function of the inputs and then the parameters, in the order of
    `parameters` (`torch.nn.functional.linear` is one for nn.Linear). parameters: as in `module_parameters`; may be left
    out where the reference is a module. training: the mode the module is called in.
    Refuses, too, a forward that makes layers, changes parameters or inputs, or gives other numbers the second time.
    """
    task = ModuleTask(subject, arguments, due_parameters(parameters, reference), reference, inputs, training, Tolerance(rtol, atol))
    counts = tuple(rows)
    task.settle_unless_right(task.structure())
    for count in counts:
        task.settle_unless_right(task.forward(count))
    settle(right(f"{subject} computes what it should for batches of {_in_words(counts)}."))


def module_gradients(
    subject: str, *, inputs: Callable, reference: nn.Module | Callable, parameters: Mapping | Sequence | None = None,
    arguments: tuple = (), rows: Iterable[int] = DEFAULT_ROWS, training: bool = True, rtol: float = RTOL,
    atol: float = ATOL,
) -> None:
    """Require that gradients of the module's result reach every parameter, and are the reference's."""
    task = ModuleTask(subject, arguments, due_parameters(parameters, reference), reference, inputs, training, Tolerance(rtol, atol))
    task.settle_unless_right(task.structure())
    for count in rows:
        task.settle_unless_right(task.gradients(count))
    settle(right(f"Gradients reach every parameter of {subject}, and agree with the definition's."))


def _in_words(counts: Sequence[int]) -> str:
    texts = [str(count) for count in counts]
    return (f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else texts[0]) + " rows"
