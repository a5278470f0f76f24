"""Which mistake, or which two together, the numbers show: the reference that ends where the learner's run ended."""

from __future__ import annotations

import itertools
from dataclasses import fields

import numpy as np

from course.check.training import diagnosis_trace
from course.check.training.diagnosis_cases import NAMED_WITHIN, Case
from course.check.training.float64_descent import Run, Switches, Task, end_of, train
from course.check.training.named import BY_NUMBERS, Diagnosis, right, wrong
from course.check.training.observed import TrainingObserved
from course.check.training.reference import SWITCHES, applicable, distance

MOST_UPDATES_FOR_PAIRS = 50
MOST_UPDATES_FOR_UNSEEN_PAIRS = 10  # where the first update was not seen, and every pair must be run to its end
FLOAT32_NOISE = 5e-6  # relative; right float32 runs of up to some hundred steps stay below
CLEARLY_NEARER = 20  # how many times nearer the better of two explanations has to be
LARGEST_LOSS = 1e30  # beyond, float32 runs and the float64 reference no longer go together

_STEP_COUNTS = ("one-step-too-few", "one-step-too-many", "only-one-step")


def better_explained(case: Case) -> bool:
    """Whether a run within the tolerance of right training is, beyond float32 noise, a run with some mistake.

    Asked only where the run is further from the reference than float32 noise is: data on which mistakes lie close.
    """
    off = case.off(case.right.end)
    return off > FLOAT32_NOISE and scored([case])[0][0] < off / CLEARLY_NEARER


def scored(cases: list[Case]) -> list[tuple[float, str, Case]]:
    """Each mistake with its distance from where the learner ended, in the nearest case; the nearest first."""
    found = {}
    for case in cases:
        for name, switches in applicable(case.task).items():
            off = case.off(end_of(case.task, switches))
            if name not in found or off < found[name][0]:
                found[name] = off, name, case
    return sorted(found.values(), key=lambda entry: entry[0])


def by_numbers(observed: TrainingObserved, cases: list[Case]) -> Diagnosis | None:
    """The nearest mistake within the tolerance, made exact by the trace; no name where several are as near."""
    nearest = scored(cases)
    best = nearest[0][0]
    if best > NAMED_WITHIN:
        return None
    near = [entry for entry in nearest if entry[0] <= min(NAMED_WITHIN, CLEARLY_NEARER * best + FLOAT32_NOISE)]
    if len(near) > 1:
        near = _told_apart(observed, near)
    if len(near) > 1:
        return wrong(
            None, "either of these gives the same numbers: " + "; or ".join(BY_NUMBERS[name] for _, name, _ in near)
        )
    off, name, case = near[0]
    mistake, evidence = _refined(observed, name, case)
    return wrong(mistake, evidence or f"the parameters are, to {off:.0e}, those that the following mistake gives")


def _told_apart(observed: TrainingObserved, near: list[tuple[float, str, Case]]) -> list[tuple[float, str, Case]]:
    """Of mistakes with equal ends, those that also have the losses, the learning rate and the number of steps seen."""
    seen = [step["loss"] for step in observed.backwards if step["loss"] is not None]
    used = diagnosis_trace.optimiser_settings(observed)

    def agrees(name: str, case: Case) -> bool:
        run = train(case.task, SWITCHES[name])
        if used and (used["lr"] != case.task.learning_rate) != name.startswith("learning-rate"):
            return False
        if name in _STEP_COUNTS and len(run.losses) != observed.counts["backwards"]:
            return False
        return not seen or _same_losses(seen, run, least=1)

    return [entry for entry in near if agrees(*entry[1:])] or near


def _refined(observed: TrainingObserved, name: str, case: Case) -> tuple[str, str | None]:
    counts = observed.counts
    if name == "parameters-never-change":
        return diagnosis_trace.why_unchanged(observed)
    if name in ("one-step-too-few", "gradients-never-zeroed") and diagnosis_trace.step_comes_first(observed):
        return diagnosis_trace.STEP_FIRST
    if name == "only-one-step" and diagnosis_trace.at_one_place(observed):
        return "start-set-each-step", diagnosis_trace.said_of_one_place(observed)
    if name in _STEP_COUNTS:
        made = counts["backwards"]
        return name, f"{made} backward {'pass was' if made == 1 else 'passes were'} made where {case.task.steps} were due"
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


def by_pairs(observed: TrainingObserved, cases: list[Case]) -> Diagnosis | None:
    """Two mistakes together; if several pairs fit, only what they have in common is named."""
    case = cases[0]
    first_update = _first_update(observed, case)
    limit = MOST_UPDATES_FOR_UNSEEN_PAIRS if first_update is None else MOST_UPDATES_FOR_PAIRS
    if len(case.right.losses) > limit:
        return None
    fitting = []
    for (one, first), (two, second) in itertools.combinations(applicable(case.task).items(), 2):
        both = _together(first, second)
        if both is not None and _begins_alike(case.task, both, first_update) and case.fits(end_of(case.task, both)):
            fitting.append((one, two))
    common = set.intersection(*map(set, fitting)) if fitting else set()
    named = [name for name in fitting[0] if name in common] if fitting else []
    if not named:
        return None
    also = tuple(named[1:])
    said = "; ".join(BY_NUMBERS[name] for name in named)
    more = "" if also else "; and one more"
    return wrong(named[0], f"two mistakes together give these parameters: {said}{more}", also)


def _first_update(observed: TrainingObserved, case: Case) -> list[np.ndarray] | None:
    """The parameters after the first update, in both orders, if the trace saw them at the second backward pass."""
    if len(observed.path) < 2 or not observed.backwards[1]["moved"] or observed.path[1].numel() != len(case.end):
        return None
    after, size = observed.path[1].numpy(), case.task.b.numel()
    return [after, np.concatenate([after[size:], after[:size]])]


def _begins_alike(task: Task, switches: Switches, first_update: list[np.ndarray] | None) -> bool:
    if first_update is None:
        return True
    reference = end_of(task, switches, updates=1)
    return any(distance(after, reference) <= NAMED_WITHIN for after in first_update)


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
            names.pop(), "the numbers are no longer finite; until then they are those that the following mistake gives"
        )
    return wrong("diverged", f"the parameters are not finite after {observed.counts['backwards']} backward passes")


def _same_losses(seen: list[float], run: Run, least: int = 3) -> bool:
    """Whether the losses agree as long as both are finite, for so many steps at least."""
    both = [(a, b) for a, b in zip(seen, run.losses, strict=False)]
    both = list(itertools.takewhile(lambda pair: np.isfinite(pair).all() and max(map(abs, pair)) < LARGEST_LOSS, both))
    return len(both) >= least and all(abs(a - b) <= 1e-3 * abs(b) + 1e-9 for a, b in both)
