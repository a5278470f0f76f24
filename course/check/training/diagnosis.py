"""Which mistake explains a run of a training function: the nearest reference names it, the trace decides the rest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from course.check.training import diagnosis_trace
from course.check.training.diagnosis_batches import evaluation_mistake, sampling_mistake
from course.check.training.diagnosis_cases import Case, cases_of, start_given
from course.check.training.diagnosis_errors import explain_error
from course.check.training.diagnosis_given import in_terms_of_arguments, not_used
from course.check.training.diagnosis_history import history_mistake
from course.check.training.diagnosis_numbers import better_explained, by_numbers, by_pairs, diverged
from course.check.training.diagnosis_settings import by_settings
from course.check.training.named import Diagnosis, right, wrong
from course.check.training.observed import ONE_TENSOR, WITH_GRAPH, TrainingObserved
from course.check.training.reference import make_task


def diagnose(
    observed: TrainingObserved,
    data: tuple[torch.Tensor, torch.Tensor],
    learning_rate: float,
    steps: int,
    *,
    start: tuple | torch.Tensor | None = None,
    loss: str = "mse",
    bias: bool = True,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
    batch_size: int | None = None,
    shuffled: bool | None = None,
    history: str | None = None,
    autograd: bool = False,
    other_data: Mapping[str, tuple[torch.Tensor, torch.Tensor]] | None = None,
) -> Diagnosis:
    """Name the mistake in a run of gradient descent for linear (loss "mse") or logistic ("bce", on logits) regression.

    data: x (n,) or (n, d), y (n,), (n, 1) or (n, k). steps: updates, or epochs where batch_size is given.
    start: (w, b) where the exercise fixes them; otherwise they are taken from the trace, and zeros if it has none.
    bias: whether the model has one; without, start is w, or (w, None). shuffled: whether epochs must differ in order; None:
    either way.
    autograd: whether backward passes are due: right numbers from gradients by hand are then refused.
    other_data: by mistake id, data on which right training would show that mistake, such as the notebook's own.
    history: None (not judged), "steps", "epochs" or "epoch-ends", see diagnosis_history.
    Never raises for what a learner returned; raises ValueError if x and y do not belong together, or start lacks a part.
    """
    settings = dict(loss=loss, bias=bias, momentum=momentum, weight_decay=weight_decay, batch_size=batch_size)
    make_task(data, learning_rate, steps, **settings)
    if start is not None:
        start_given(start, bias)
    if observed.error is not None:
        return explain_error(observed)
    if found := not_used(observed):
        return found
    found = evaluation_mistake(observed, len(data[0]))
    if found:
        return wrong(*found)
    found = _by_where_it_ends(observed, data, learning_rate, steps, start, settings, shuffled, history)
    if found.matched and autograd and not observed.backwards:
        return wrong("by-hand-for-autograd", "0 backward passes were made")
    for mistake, others in (other_data or {}).items():
        cases = [] if found.matched else cases_of(observed, others, learning_rate, steps, start, settings)
        if any(case.fits(case.right.end) for case in cases):
            return wrong(mistake, "the parameters are those of training on other data than those that were given")
    return in_terms_of_arguments(found, observed)


def _by_where_it_ends(observed, data, learning_rate, steps, start, settings, shuffled, history) -> Diagnosis:
    cases = list(cases_of(observed, data, learning_rate, steps, start, settings))
    if not cases:
        return _no_case(observed, settings["bias"])
    fitting = next((case for case in cases if case.fits(case.right.end)), None)
    if fitting is not None and not better_explained(fitting):
        rows = len(data[0])
        return _right_numbers(observed, fitting, rows, steps, shuffled, history, start)
    if misplaced := diagnosis_trace.misplaced_in_loop(observed, len(cases[0].right.losses)):
        return wrong(*misplaced)
    if emptied := diagnosis_trace.parameter_emptied(observed):
        return wrong(*emptied)
    if not all(np.isfinite(case.end).all() for case in cases):
        return diverged(observed, cases)
    return (
        by_numbers(observed, cases)
        or by_settings(observed, cases)
        or by_pairs(observed, cases)
        or _unknown(observed, cases)
    )


def _no_case(observed: TrainingObserved, bias: bool) -> Diagnosis:
    if not observed.parameters:
        if any(seen["remade"] for seen in observed.backwards):
            return wrong("rewrapped-result", "the backward passes ended at a loss made anew, no parameter was reached")
        return wrong(None, "no parameters came back, and no backward pass showed any")
    shapes = ", ".join(str(tuple(tensor.shape)) for tensor in observed.parameters)
    if bias and len(observed.parameters) == 1:
        return wrong(None, f"one parameter came, of shape {shapes}, where a weight and a bias were due")
    return wrong(None, f"the parameters have shapes {shapes}, which do not fit the data")


def _right_numbers(observed, case: Case, rows: int, steps: int, shuffled, history, start) -> Diagnosis:
    if case.swapped:
        return wrong("returned-in-wrong-order", "the first parameter returned is the bias")
    if start is not None and not case.given_start:
        return wrong("start-ignored", "training began from other parameters than those given")
    if case.task.batch_size is not None:
        found = sampling_mistake(observed, rows, case.task.batch_size, steps, shuffled)
        if found:
            return wrong(*found)
    if history is not None:
        found = history_mistake(observed, case.right, history)
        if found:
            return wrong(*found)
    updates = len(case.right.losses)
    evidence = f"after {updates} updates the parameters are within {case.off(case.right.end):.0e} of the reference"
    return right(evidence, _notes(observed, judged=history is not None))


def _notes(observed: TrainingObserved, judged: bool) -> tuple[str, ...]:
    notes = ["graph-kept-over-steps"] if observed.has_graph else []
    if not judged:
        notes += {WITH_GRAPH: ["history-of-tensors"], ONE_TENSOR: ["history-not-cloned"]}.get(observed.history, [])
    return tuple(notes)


def _unknown(observed: TrainingObserved, cases: list[Case]) -> Diagnosis:
    """No single mistake and no pair fits: what the trace is sure of, else how far off the result is."""
    if seldom := diagnosis_trace.updated_once_an_epoch(observed, cases[0]):
        return wrong(*seldom)
    if idle := diagnosis_trace.idle_optimiser(observed):
        return wrong(*idle)
    left = diagnosis_trace.gradients_left_over(observed)
    if left:
        count = observed.counts["backwards"]
        return wrong(
            "gradients-never-zeroed", f"{left} of {count} backward passes began with gradients left from before"
        )
    off = min(case.off(case.right.end) for case in cases)
    return wrong(None, f"the parameters are {off:.1%} off, and no known mistake gives these numbers")
