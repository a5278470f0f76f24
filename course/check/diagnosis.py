"""Which mistake explains a run of a training function: the nearest switched reference names it, the trace decides the rest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import torch

from course.check import diagnosis_trace
from course.check.diagnosis_batches import evaluation_mistake, sampling_mistake, trained_epochs
from course.check.diagnosis_errors import explain_error
from course.check.diagnosis_history import history_mistake
from course.check.float64_descent import Run, Switches, Task, array, train
from course.check.reference_training import CORRECT, applicable, distance, make_task
from course.check.training_mistakes import MEANINGS, Diagnosis, right, wrong
from course.check.training_observed import ONE_TENSOR, WITH_GRAPH, TrainingObserved

NAMED_WITHIN = 2e-4  # relative; float32 noise stays below, see separation() for how far apart mistakes lie
MOST_UPDATES_FOR_PAIRS = 25
_STEP_FIRST = ("step-before-backward", "the run begins with an update and ends with a backward pass")
LARGEST_LOSS = 1e30  # beyond, float32 runs and the float64 reference no longer go together


@dataclass(frozen=True)
class _Case:
    """One way to read the observed parameters: the task it makes, where right training ends, where the learner ended."""

    task: Task
    end: np.ndarray
    right: Run
    swapped: bool = False
    given_start: bool = False

    def off(self, run: Run) -> float:
        return distance(self.end, run.end)

    def fits(self, run: Run) -> bool:
        return self.off(run) <= NAMED_WITHIN


def diagnose(
    observed: TrainingObserved,
    data: tuple[torch.Tensor, torch.Tensor],
    learning_rate: float,
    steps: int,
    *,
    start: tuple[torch.Tensor, torch.Tensor] | None = None,
    loss: str = "mse",
    bias: bool = True,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
    batch_size: int | None = None,
    shuffled: bool | None = None,
    history: str | None = None,
) -> Diagnosis:
    """Name the mistake in a run of gradient descent for linear (loss "mse") or logistic ("bce", on logits) regression.

    data: x (n,) or (n, d), y (n,), (n, 1) or (n, k). steps: updates, or epochs where batch_size is given.
    start: (w, b) where the exercise fixes them; otherwise they are taken from the trace, and zeros if it has none.
    bias: whether the model has one. shuffled: whether epochs must differ in order; None: either way.
    history: None (not judged), "steps", "epochs" or "epoch-ends", see diagnosis_history.
    Never raises for what a learner returned; raises ValueError if x and y do not belong together.
    """
    settings = dict(loss=loss, bias=bias, momentum=momentum, weight_decay=weight_decay, batch_size=batch_size)
    make_task(data, learning_rate, steps, **settings)
    if observed.error is not None:
        return explain_error(observed)
    found = evaluation_mistake(observed)
    if found:
        return wrong(*found)
    cases = list(_cases(observed, data, learning_rate, steps, start, settings))
    if not cases:
        return _no_case(observed)
    fitting = next((case for case in cases if case.fits(case.right)), None)
    if fitting is not None:
        rows = len(data[0])
        return _right_numbers(observed, fitting, rows, steps, shuffled, history, start)
    if not all(np.isfinite(case.end).all() for case in cases):
        return _diverged(observed, cases)
    return _by_numbers(observed, cases) or _by_trace(observed, cases) or _by_pairs(cases) or _unknown(observed, cases)


# How the returned parameters can be read


def _cases(observed, data, learning_rate, steps, start, settings) -> Iterator[_Case]:
    for values, given in _starts(observed, start, data, settings["bias"]):
        for final, begin, swapped in _orders(observed, values, settings["bias"]):
            for batches in _batches(observed, settings):
                epochs = steps if batches is None else len(batches)
                try:
                    task = make_task(data, learning_rate, epochs, tuple(begin), batches=batches, **settings)
                except ValueError:
                    continue
                end = np.concatenate([array(tensor).reshape(-1) for tensor in final])
                run = train(task)
                if end.shape == run.end.shape:
                    yield _Case(task, end, run, swapped, given)


def _starts(observed, start, data, bias) -> Iterator[tuple[list[torch.Tensor], bool]]:
    """The parameters before the first update: captured, given, or zeros if nothing is known."""
    if start is not None:
        yield [torch.as_tensor(part) for part in start][: 2 if bias else 1], True
    for values in observed.starts:
        if start is None or not _same_values(values, start):
            yield values, False
    if start is None and not observed.starts:
        yield [torch.zeros_like(final) for final in observed.parameters], False


def _same_values(values, start) -> bool:
    pairs = [(a.reshape(-1).double(), torch.as_tensor(b).detach().reshape(-1).double()) for a, b in zip(values, start, strict=False)]
    return all(a.shape == b.shape and torch.equal(a, b) for a, b in pairs)


def _orders(observed, values, bias) -> Iterator[tuple[list, list, bool]]:
    """(weight, bias) as returned, and the other way round; without a bias a zero is put in its place."""
    final = observed.parameters
    if not bias and len(final) == len(values) == 1:
        outputs = 1 if final[0].ndim < 2 else final[0].shape[0]
        zero = torch.zeros(outputs)
        yield [final[0], zero], [values[0], zero], False
    if bias and len(final) == len(values) == 2:
        yield final, values, False
        yield final[::-1], values[::-1], observed.ordered


def _batches(observed, settings) -> list:
    """What to replay: the batches drawn, where they are known; else the data in order."""
    if settings["batch_size"] is None:
        return [None]
    drawn = trained_epochs(observed)
    return [None] if drawn is None else [drawn, None]


def _no_case(observed: TrainingObserved) -> Diagnosis:
    if not observed.parameters:
        if any(seen["remade"] for seen in observed.backwards):
            return wrong("rewrapped-result", "the backward passes ended at a loss made anew, no parameter was reached")
        return wrong(None, "no parameters came back, and no backward pass showed any")
    shapes = ", ".join(str(tuple(tensor.shape)) for tensor in observed.parameters)
    return wrong(None, f"the parameters have shapes {shapes}, which do not fit the data")


# Right parameters


def _right_numbers(observed, case: _Case, rows: int, steps: int, shuffled, history, start) -> Diagnosis:
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
    evidence = f"after {updates} updates the parameters are within {case.off(case.right):.0e} of the reference"
    return right(evidence, _notes(observed, judged=history is not None))


def _notes(observed: TrainingObserved, judged: bool) -> tuple[str, ...]:
    notes = ["graph-kept-over-steps"] if observed.has_graph else []
    if not judged:
        notes += {WITH_GRAPH: ["history-of-tensors"], ONE_TENSOR: ["history-not-cloned"]}.get(observed.history, [])
    return tuple(notes)


# Wrong parameters


def _by_numbers(observed: TrainingObserved, cases: list[_Case]) -> Diagnosis | None:
    """The nearest mistake within the tolerance, made exact by the trace."""
    scored = [
        (case.off(train(case.task, switches)), name, case)
        for case in cases
        for name, switches in applicable(case.task).items()
    ]
    off, name, case = min(scored, key=lambda entry: entry[0])
    if off > NAMED_WITHIN:
        return None
    mistake, evidence = _refined(observed, name, case)
    return wrong(mistake, evidence or f"the parameters are within {off:.0e} of a run with this mistake")


def _refined(observed: TrainingObserved, name: str, case: _Case) -> tuple[str, str | None]:
    counts = observed.counts
    if name == "parameters-never-change":
        return diagnosis_trace.why_unchanged(observed)
    if name in ("one-step-too-few", "gradients-never-zeroed") and diagnosis_trace.step_comes_first(observed):
        return _STEP_FIRST
    if name in ("one-step-too-few", "one-step-too-many", "only-one-step"):
        return name, f"{counts['backwards']} backward passes were made where {case.task.steps} were due"
    if name in ("weight-never-updated", "bias-never-updated"):
        return _never_updated(observed, name)
    if name == "gradients-never-zeroed":
        return name, f"{counts['zeroings']} zeroings in {counts['backwards']} backward passes"
    if name == "learning-rate-hard-coded" or name == "learning-rate-ignored":
        used = 0.01 if name == "learning-rate-hard-coded" else 1.0
        return name, f"the steps are those of a learning rate of {used:g}, {case.task.learning_rate:g} was given"
    return name, None


def _never_updated(observed: TrainingObserved, name: str) -> tuple[str, str | None]:
    """The loss can be cut from one parameter, or the optimiser can lack it."""
    cuts = {seen["cut"] for seen in observed.backwards if seen["reached"] < 2} - {""}
    if cuts:
        cut = min(cuts)
        mistake = "no-grad-around-forward" if cut == "no_grad" else "detached-result"
        return mistake, f"{cut} cuts the loss from this parameter: {name}"
    settings = diagnosis_trace.optimiser_settings(observed)
    if settings and settings["holds"] < 2:
        return name, f"the optimiser holds {settings['of']} tensor where 2 are trained"
    return name, "it has the value it began with"


def _by_trace(observed: TrainingObserved, cases: list[_Case]) -> Diagnosis | None:
    if diagnosis_trace.step_comes_first(observed):
        return wrong(*_STEP_FIRST)
    return (
        _trained_elsewhere(observed, cases)
        or _by_optimiser(observed, cases)
        or _by_count(observed, cases)
        or _made_each_step(observed, cases)
    )


def _trained_elsewhere(observed, cases) -> Diagnosis | None:
    """What was trained is right, what was returned is something else."""
    if observed.in_place or not observed.returned or len(observed.captured) != 2:
        return None
    for case in cases:
        for order in (observed.captured, observed.captured[::-1]):
            end = np.concatenate([array(tensor).reshape(-1) for tensor in order])
            if distance(end, case.right.end) <= NAMED_WITHIN:
                return wrong("trained-copy-not-returned", "the trained tensors are right, the returned ones are others")
    return None


def _by_optimiser(observed, cases) -> Diagnosis | None:
    """An optimiser whose type or settings are not the task's; settings of SGD are confirmed by a run with them."""
    used = diagnosis_trace.optimiser_settings(observed)
    if used is None:
        return None
    if used["type"] != "SGD":
        return wrong("uses-adam" if "Adam" in used["type"] else "other-optimiser", f"the optimiser is {used['type']}")
    task = cases[0].task
    differing = {
        "learning-rate-hard-coded": (used["lr"], task.learning_rate, "learning rate"),
        "uses-momentum": (used["momentum"] or 0.0, task.momentum, "momentum"),
        "weight-decay-added": (used["weight_decay"] or 0.0, task.weight_decay, "weight decay"),
    }
    differing = {name: entry for name, entry in differing.items() if entry[0] != entry[1]}
    if used["nesterov"] or not differing:
        return None
    settings = dict(learning_rate=used["lr"], momentum=used["momentum"] or 0.0, weight_decay=used["weight_decay"] or 0.0)
    if not any(case.fits(train(replace(case.task, **settings))) for case in cases):
        return None
    (name, (value, due, what)), *others = differing.items()
    return wrong(name, f"the optimiser's {what} is {value:g} where {due:g} was due", tuple(other for other, _ in others))


def _by_count(observed, cases) -> Diagnosis | None:
    """Right training with another number of steps, as many as there were backward passes."""
    made = observed.counts["backwards"]
    for case in cases:
        due = case.task.steps
        if not case.task.mini_batches and made != due and 0 < made < 100 * due:
            if case.fits(train(replace(case.task, steps=made))):
                return wrong("steps-hard-coded", f"{made} steps were made where {due} were due")
    return None


def _made_each_step(observed, cases) -> Diagnosis | None:
    """Each backward pass saw new parameters, and the result is one step from the last of them."""
    others = [seen for seen in observed.backwards[1:] if not seen["same_leaves"]]
    if not others or len(others) < len(observed.backwards) - 1 or not observed.path:
        return None
    for case in cases:
        last, size = observed.path[-1], case.task.w.numel()
        if case.task.mini_batches or last.numel() != size + case.task.b.numel():
            continue
        for w, b in ((last[:size], last[size:]), (last[-size:], last[:-size])):
            start = dict(w=w.reshape(case.task.w.shape), b=b.reshape(case.task.b.shape))
            if case.fits(train(replace(case.task, steps=1, **start))):
                count = len(observed.backwards)
                return wrong("model-made-each-step", f"{count} backward passes saw {count} different sets of parameters")
    return None


# Two mistakes at once


def _by_pairs(cases: list[_Case]) -> Diagnosis | None:
    """Two mistakes together; if several pairs fit, only what they have in common is named."""
    case = cases[0]
    if len(case.right.losses) > MOST_UPDATES_FOR_PAIRS:
        return None
    fitting = []
    for (one, first), (two, second) in itertools.combinations(applicable(case.task).items(), 2):
        both = _together(first, second)
        if both is not None and case.fits(train(case.task, both)):
            fitting.append((one, two))
    if not fitting:
        return None
    common = set(fitting[0]).intersection(*fitting)
    named = [name for name in fitting[0] if name in common]
    if not named:
        return None
    also = tuple(named[1:])
    said = "; ".join(MEANINGS[name] for name in named)
    return wrong(named[0], "two mistakes together give these parameters: " + said + ("" if also else "; and one more"), also)


def _together(first: Switches, second: Switches) -> Switches | None:
    """Both settings at once; None where they set the same switch."""
    changed, default = {}, Switches()
    for entry in fields(Switches):
        values = [getattr(s, entry.name) for s in (first, second) if getattr(s, entry.name) != getattr(default, entry.name)]
        if len(values) == 2:
            return None
        if values:
            changed[entry.name] = values[0]
    return Switches(**changed)


# No name


def _diverged(observed: TrainingObserved, cases: list[_Case]) -> Diagnosis:
    """Not finite: the losses seen at the backward passes, while they were finite, name the mistake."""
    seen = [step["loss"] for step in observed.backwards if step["loss"] is not None]
    for case in cases:
        if not np.isfinite(case.right.end).all() or np.abs(case.right.end).max() > np.finfo(np.float32).max:
            if _same_losses(seen, case.right):
                return right("it diverges with this learning rate, as the reference does")
    names = {
        name
        for case in cases
        for name, switches in applicable(case.task).items()
        if _same_losses(seen, train(case.task, switches))
    }
    if len(names) == 1:
        return wrong(names.pop(), "the numbers are no longer finite; until then they are those of a run with this mistake")
    return wrong("diverged", f"the parameters are not finite after {observed.counts['backwards']} backward passes")


def _same_losses(seen: list[float], run: Run) -> bool:
    """Whether the losses agree as long as both are finite, for three steps at least."""
    both = [(a, b) for a, b in zip(seen, run.losses, strict=False)]
    both = list(itertools.takewhile(lambda pair: np.isfinite(pair).all() and max(map(abs, pair)) < LARGEST_LOSS, both))
    return len(both) >= 3 and all(abs(a - b) <= 1e-3 * abs(b) + 1e-9 for a, b in both)


def _unknown(observed: TrainingObserved, cases: list[_Case]) -> Diagnosis:
    """No single mistake and no pair fits: what the trace is sure of, else how far off the result is."""
    left = diagnosis_trace.gradients_left_over(observed)
    if left:
        count = observed.counts["backwards"]
        return wrong("gradients-never-zeroed", f"{left} of {count} backward passes began with gradients left from before")
    off = min(case.off(case.right) for case in cases)
    return wrong(None, f"the parameters are {off:.1%} off, and no known mistake gives these numbers")


__all__ = ["CORRECT", "Diagnosis", "NAMED_WITHIN", "diagnose"]
