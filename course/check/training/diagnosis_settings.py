"""Where no switch fits: other tensors returned, other settings, another number of steps, new models."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from course.check.training import diagnosis_trace
from course.check.training.diagnosis_cases import NAMED_WITHIN, Case
from course.check.training.float64_descent import Switches, array, end_of
from course.check.training.named import Diagnosis, wrong
from course.check.training.observed import TrainingObserved
from course.check.training.reference import distance

USUAL_RATES = (0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.001)


def by_settings(observed: TrainingObserved, cases: list[Case]) -> Diagnosis | None:
    """The first of these that explains the run, each confirmed by a run of the reference where there are numbers."""
    if diagnosis_trace.step_comes_first(observed):
        return wrong(*diagnosis_trace.STEP_FIRST)
    return (
        _trained_elsewhere(observed, cases)
        or _by_optimiser(observed, cases)
        or _by_count(observed, cases)
        or _by_usual_rate(observed, cases)
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
    settings = dict(
        learning_rate=used["lr"], momentum=used["momentum"] or 0.0, weight_decay=used["weight_decay"] or 0.0
    )
    if not any(case.fits(end_of(replace(case.task, **settings), Switches())) for case in cases):
        return None
    (name, (value, due, what)), *others = differing.items()
    return wrong(
        name, f"the optimiser's {what} is {value:g} where {due:g} was due", tuple(other for other, _ in others)
    )


def _by_count(observed, cases) -> Diagnosis | None:
    """Right training with another number of steps, as many as there were backward passes."""
    made = observed.counts["backwards"]
    for case in cases:
        due = case.task.steps
        if not case.task.mini_batches and made != due and 0 < made < 100 * due:
            if case.fits(end_of(replace(case.task, steps=made), Switches())):
                return wrong("steps-hard-coded", f"{made} steps were made where {due} were due")
    return None


def _by_usual_rate(observed, cases) -> Diagnosis | None:
    """Steps by hand at one of the learning rates that people write into their code."""
    if diagnosis_trace.optimiser_settings(observed) is not None:
        return None
    for case in cases:
        due = case.task.learning_rate
        for rate in USUAL_RATES:
            if rate != due and case.fits(end_of(replace(case.task, learning_rate=rate), Switches())):
                says = f"the steps are those of a learning rate of {rate:g}, {due:g} was given"
                return wrong("learning-rate-hard-coded", says)
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
            if case.fits(end_of(replace(case.task, steps=1, **start), Switches())):
                count = len(observed.backwards)
                return wrong(
                    "model-made-each-step", f"{count} backward passes saw {count} different sets of parameters"
                )
    return None
