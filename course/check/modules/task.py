"""The steps that the verbs for modules are made of: what is observed of one module, and who judges it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import torch
from torch import nn

from course.check import probers
from course.check.comparison import Tolerance
from course.check.judge import Expected, judge_gradient
from course.check.modules.forward import in_learners_order, judge_forward
from course.check.modules.structure import Structure, arrange, differs, judge_structure
from course.check.observation import Observation, TensorSeen
from course.check.references import observe_reference
from course.check.request import DEFAULT_ROWS, Request, draw_arguments
from course.check.verdict import Verdict, settle


class ModuleTask:
    """One module's checks: each step observes what it needs, once, and gives a verdict or None."""

    def __init__(self, subject: str, arguments: tuple, due: Structure, reference, inputs: Callable | None,
                 training: bool = True, tolerance: Tolerance | None = None):
        self.subject, self.arguments, self.due = subject, arguments, due
        self.reference, self.inputs, self.training = reference, inputs, training
        self.tolerance = tolerance or Tolerance()
        self._calls: dict[int, tuple[Observation, Observation, Request]] = {}
        self.seen: Observation | None = None
        self.order: tuple[int, ...] = ()

    def settle_unless_right(self, verdict: Verdict | None) -> None:
        if verdict is not None:
            settle(verdict, self.seen.stdout)

    def listed(self) -> str:
        return ", ".join(f"{name} {p.shape}" for name, p in self.seen.extras["module"].parameters.items())

    def structure(self) -> Verdict | None:
        self.seen = probers.observe(Request(self.subject, None, construct=self.arguments, options={"twice": True}))
        verdict = judge_structure(self.seen, self.due, self._untouched if self.inputs else None)
        if verdict is None:
            self.order = arrange(self.seen.extras["module"], self.due)
        return verdict

    def forward(self, rows: int) -> Verdict | None:
        self.seen, reference, request = self._call(rows)
        is_random = differs(reference.result, reference.extras["again"])

        def reference_with(parameters: tuple) -> TensorSeen | None:
            other = self._reference(request, parameters)
            return other.result if isinstance(other.result, TensorSeen) else None

        return judge_forward(self.seen, self._expected(reference, rows), request.parameters, is_random, reference_with)

    def gradients(self, rows: int) -> Verdict | None:
        self.seen, reference, _ = self._call(rows)
        return judge_gradient(self.seen, in_learners_order(self._expected(reference, rows), self.order))

    def _expected(self, reference: Observation, rows: int) -> Expected:
        return Expected(reference.result, tuple(reference.gradients.values()), tolerance=self.tolerance, rows=rows)

    def _call(self, rows: int) -> tuple[Observation, Observation, Request]:
        if rows not in self._calls:
            arguments, draw = draw_arguments(self.inputs, self.subject, rows)
            drawn = [torch.randn(shape, generator=draw.generator, dtype=self.due.dtype) for shape in self.due.shapes]
            request = Request(
                self.subject, arguments, construct=self.arguments, seed=draw.seed, gradients=("parameters",),
                parameters=tuple(drawn[place] for place in self.order),
                options={"repeat": True, "training": self.training})
            self._calls[rows] = probers.observe(request), self._reference(request, request.parameters), request
        return self._calls[rows]

    def _reference(self, request: Request, parameters: tuple[torch.Tensor, ...]) -> Observation:
        """What the reference shows with parameters in the learner's order."""
        ours = [parameters[self.order.index(place)] for place in range(len(parameters))]
        return observe_reference(replace(request, construct=(), parameters=tuple(ours)), self._made_reference)

    def _made_reference(self) -> nn.Module:
        if isinstance(self.reference, nn.Module):
            return copy.deepcopy(self.reference)
        return _Written(self.reference, self.due.shapes, self.due.dtype)

    def _untouched(self) -> Observation:
        """One call of the module with the parameters it starts with."""
        arguments, draw = draw_arguments(self.inputs, self.subject, DEFAULT_ROWS[0])
        return probers.observe(Request(self.subject, arguments, construct=self.arguments, seed=draw.seed,
                                       gradients=("parameters",), options={"repeat": True}))


class _Written(nn.Module):
    """A reference that was given as a function of the inputs and then the parameters."""

    def __init__(self, function: Callable, shapes: Sequence[tuple[int, ...]], dtype: torch.dtype):
        super().__init__()
        self.function = function
        self.values = nn.ParameterList(torch.zeros(shape, dtype=dtype) for shape in shapes)

    def forward(self, *inputs):
        return self.function(*inputs, *self.values)


def due_parameters(parameters: Mapping | Sequence | None, reference, buffers: Mapping | None = None) -> Structure:
    """What is due, from the author's shapes or the reference's own. Raises ValueError where the two disagree."""
    if not isinstance(reference, nn.Module):
        if parameters is None:
            raise ValueError("give parameters=, the shapes: this reference is a function and has none")
        return Structure.of(parameters, buffers)
    own = list(reference.parameters())
    dtype = own[0].dtype if own else torch.float32
    due = Structure.of([p.shape for p in own] if parameters is None else parameters, buffers, dtype)
    if list(due.shapes) != [tuple(p.shape) for p in own]:
        raise ValueError(f"the reference has parameters {[tuple(p.shape) for p in own]}, not {list(due.shapes)}")
    return due
