"""The verb for training functions: what the loop did, and which known mistake explains where it ended."""

from __future__ import annotations

import torch

from course.check import probers, recognise
from course.check.comparison import a_module
from course.check.judge import Expected as _Nothing
from course.check.judge import judge_attempt, judge_side_effects, right, wrong
from course.check.observation import ModuleSeen, Observation, PlainSeen
from course.check.request import Draw, Request, Together
from course.check.training.freshness import judge_freshness
from course.check.verdict import NOT_ATTEMPTED, Verdict, settle

ANYTHING = "anything"
_COUNTED = {"one-update-an-epoch"}  # counts say all; where the loss happens to stand would lead away from them
BLIND = 0.02  # relative: a loss this near to the variance of the targets is that of a constant


def trains(
    subject: str,
    *,
    data: tuple,
    learning_rate: float,
    steps: int,
    arguments: tuple | Together | None = None,
    start: tuple | torch.Tensor | None = None,
    returns: str | None = ANYTHING,
    may_change: tuple[str, ...] = (),
    fresh: bool = False,
    **task,
) -> None:
    """Run a training function under a trace and compare where it ends with a float64 reference.

    data: inputs (n, d) and targets (n, k). steps: updates, or epochs where the task has a batch_size.
    arguments: what the function is called with, (inputs, targets, learning_rate, steps) if not given. A function that is
    given its model, optimiser and loader gets them from `check.together`, and has to use them.
    start: the (weight, bias) that training begins from, where the exercise gives them; otherwise any start is right. With
    bias=False, for a model that has none, it is the weight, or (weight, None).
    returns: the class of the module due, "module" for any, ANYTHING but None, or None where the result is not judged
    (but for the history, where the task has one).
    fresh: whether each call must begin with a model of its own; the function is then called twice.
    task: what else the exercise fixes: loss ("mse" or "bce"), bias, momentum, weight_decay, batch_size, shuffled,
    history ("steps", "epochs" or "epoch-ends"), autograd, other_data; see `diagnosis.diagnose`.
    """
    from course.check.training.diagnosis import diagnose
    from course.check.training.observed import TrainingObserved

    arguments = (*data, learning_rate, steps) if arguments is None else arguments
    request = Request(subject, arguments, watch=frozenset({"training"}), seed=Draw(subject, steps).seed,
                      options={"repeat": fresh})
    observation = probers.observe(request)
    settle_early(observation, returns, task.get("history"))
    observed = TrainingObserved(**observation.details["training"])
    found = diagnose(observed, data, learning_rate, steps, start=start, **task)
    verdict = _verdict(observation, found, _end_of(observed, data)) or (judge_freshness(observation) if fresh else None)
    verdict = verdict or judge_side_effects(observation, _Nothing(may_change=may_change))
    unit = "epochs" if task.get("batch_size") else "steps"
    losses = f"returns the loss of each of {steps} {unit}" if task.get("history") else None
    follows = f"follows gradient descent for {steps} {unit}, from its own start to its end"
    settle(verdict or right(f"{subject} {losses or follows}."), observation.stdout)


def settle_early(observation: Observation, returns: str | None, history: str | None = None) -> None:
    """Refuse what is not attempted, and a result of the wrong kind, before anything about training is said."""
    verdict = judge_attempt(observation)
    if verdict and verdict.outcome == NOT_ATTEMPTED:
        settle(verdict, observation.stdout)
    if verdict is None and (wrong_kind := _judge_kind(observation, returns, history)):
        settle(wrong_kind, observation.stdout)


def _judge_kind(observation: Observation, returns: str | None, history: str | None) -> Verdict | None:
    result = observation.result
    if returns is None and history is None:
        return None
    if isinstance(result, PlainSeen) and result.value is None:
        return wrong("type", f"{observation.call} gave None.", mistake="no-return")
    if returns in (ANYTHING, None):
        return None
    if not isinstance(result, ModuleSeen):
        came = f"{observation.call} did not give a model."
        return wrong("type", came, mistake="returns-wrong-object")
    if returns not in ("module", result.class_name):
        came = f"{observation.call} gave {a_module(result.class_name)}, where {a_module(returns)} was due."
        return wrong("type", came, mistake="returns-wrong-object")
    return None


def _verdict(observation: Observation, found, end: str) -> Verdict | None:
    """What a diagnosis amounts to; None where training was right. end: a sentence on the loss that training ended at."""
    if found.matched:
        return None
    if observation.outcome == "raised":
        return _raised(observation, found)
    came = f"{observation.call}: {found.evidence}."
    end = "" if found.mistake in _COUNTED else end
    return wrong("values", came, end, "" if found.mistake else _LOOK, mistake=found.mistake)


def _end_of(observed, data: tuple) -> str:
    """Where the loss stood at the end, and whether that is the variance of the targets: the sign of a model that is blind."""
    inputs, targets = (part.double().reshape(len(part), -1) for part in data)
    weight, bias = observed.parameters if len(observed.parameters) == 2 else (None, None)
    if weight is None or weight.numel() != inputs.shape[1] * targets.shape[1] or bias.numel() != targets.shape[1]:
        return ""
    predictions = inputs @ weight.double().reshape(targets.shape[1], -1).T + bias.double().reshape(-1)
    loss, variance = (predictions - targets).square().mean(), targets.var(0, correction=0).mean()
    if not loss.isfinite() or abs(loss / variance - 1) > BLIND:
        return ""
    return f"Training stopped improving at a loss of {loss:.1f}; the variance of the targets is {variance:.1f}."


def _raised(observation: Observation, found) -> Verdict:
    """The diagnosis names the mistake where it can: it knows what the loop had done before the error."""
    return judge_attempt(observation, recognise.Found(found.mistake) if found.mistake else None)


_LOOK = "Train for one step on two rows, and compare each number with one worked out on paper."
