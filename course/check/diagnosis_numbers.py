"""Which mistake, or which two together, the numbers show: the reference that ends where the learner's run ended."""

from __future__ import annotations

import itertools
from dataclasses import fields

import numpy as np

from course.check import diagnosis_trace
from course.check.diagnosis_cases import NAMED_WITHIN, Case
from course.check.float64_descent import Run, Switches, train
from course.check.reference_training import applicable
from course.check.training_mistakes import MEANINGS, Diagnosis, right, wrong
from course.check.training_observed import TrainingObserved

MOST_UPDATES_FOR_PAIRS = 25
LARGEST_LOSS = 1e30  # beyond, float32 runs and the float64 reference no longer go together


def by_numbers(observed: TrainingObserved, cases: list[Case]) -> Diagnosis | None:
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


def _refined(observed: TrainingObserved, name: str, case: Case) -> tuple[str, str | None]:
    counts = observed.counts
    if name == "parameters-never-change":
        return diagnosis_trace.why_unchanged(observed)
    if name in ("one-step-too-few", "gradients-never-zeroed") and diagnosis_trace.step_comes_first(observed):
        return diagnosis_trace.STEP_FIRST
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


def by_pairs(cases: list[Case]) -> Diagnosis | None:
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
    return wrong(
        named[0], "two mistakes together give these parameters: " + said + ("" if also else "; and one more"), also
    )


def _together(first: Switches, second: Switches) -> Switches | None:
    """Both settings at once; None where they set the same switch."""
    changed, default = {}, Switches()
    for entry in fields(Switches):
        values = [
            getattr(s, entry.name) for s in (first, second) if getattr(s, entry.name) != getattr(default, entry.name)
        ]
        if len(values) == 2:
            return None
        if values:
            changed[entry.name] = values[0]
    return Switches(**changed)


def diverged(observed: TrainingObserved, cases: list[Case]) -> Diagnosis:
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
        return wrong(
            names.pop(), "the numbers are no longer finite; until then they are those of a run with this mistake"
        )
    return wrong("diverged", f"the parameters are not finite after {observed.counts['backwards']} backward passes")


def _same_losses(seen: list[float], run: Run) -> bool:
    """Whether the losses agree as long as both are finite, for three steps at least."""
    both = [(a, b) for a, b in zip(seen, run.losses, strict=False)]
    both = list(itertools.takewhile(lambda pair: np.isfinite(pair).all() and max(map(abs, pair)) < LARGEST_LOSS, both))
    return len(both) >= 3 and all(abs(a - b) <= 1e-3 * abs(b) + 1e-9 for a, b in both)
