"""The verb for functions that evaluate a model: the right number, in eval mode, without a graph, nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from course.check import probers
from course.check.cells import expect
from course.check.comparison import Tolerance, kind_of
from course.check.judge import judge_attempt, judge_side_effects, judge_value, right, wrong
from course.check.observation import Observation, TensorSeen
from course.check.request import DEFAULT_ROWS, Request, draw_arguments
from course.check.verdict import Verdict, settle


def evaluates(
    subject: str, *, reference: Callable, inputs: Callable, rows: Iterable[int] = DEFAULT_ROWS,
    mistaken: dict[str, Callable] | None = None, eval_mode: bool = True, modes: Sequence[bool] = (True,),
    plain: bool = False, rtol: float = 1e-5, atol: float = 1e-6,
) -> None:
    """Compare an evaluation with `reference`, and require that it leaves the model, and no graph, behind.

    inputs, mistaken: as in `agrees`; the model, and what belongs to it, come from `check.together`. A model with dropout
    gives another number in training mode. eval_mode: whether the model must be in eval mode while it computes.
    modes: for each, the model is in training mode (True) or not before the call, and must be in that mode again after it;
    empty: the mode afterwards is not judged, and the model is in training mode before.
    plain: whether the result must be a Python number, and not a tensor that holds one.
    """
    for count in rows:
        for mode in modes or (True,):
            arguments, draw = draw_arguments(inputs, subject, count)
            request = Request(subject, arguments, watch=frozenset({"evaluation"}), seed=draw.seed, options={"mode": mode})
            observation = probers.observe(request)
            verdict = judge_attempt(observation) or _judge_model(observation, eval_mode)
            if verdict is None:
                expected = expect(request, reference, mistaken, Tolerance(rtol, atol), count)
                verdict = judge_value(observation, expected) or _judge_end(observation, mode if modes else None)
                verdict = verdict or (_judge_plain(observation) if plain else None)
                verdict = verdict or judge_side_effects(observation, expected)
            if verdict:
                settle(verdict, observation.stdout)
    settle(right(f"{subject} evaluates the model, and leaves it as it was."))


def _judge_model(observation: Observation, eval_mode: bool) -> Verdict | None:
    """What would spoil the number itself: training while evaluating, and layers in training mode."""
    seen = observation.details["evaluation"]
    if seen["changed"]:
        return wrong("side effects", f"{observation.call} changed the model's parameters.", mistake="evaluation-changes-model")
    if seen["gradients"] == "changed":
        came = f"{observation.call} called backward(), which leaves gradients in the model's parameters."
        return wrong("side effects", came, mistake="evaluation-changes-model")
    modes = seen["in_training_mode"]
    if eval_mode and any(modes):
        if not modes[0] and all(modes[1:]):
            came = f"{observation.call} called the model in eval mode for the first batch, and in training mode after it."
            return wrong("mode", came, mistake="train-inside-the-loop")
        came = f"{observation.call} called the model while it was in training mode."
        return wrong("mode", came, mistake="evaluation-in-training-mode")
    return None


def _judge_plain(observation: Observation) -> Verdict | None:
    if not isinstance(observation.result, TensorSeen):
        return None
    came = f"{observation.call} gave {kind_of(observation.result)}, not a Python number."
    return wrong("type", came, "item() gives the number that a tensor holds.")


def _judge_end(observation: Observation, mode: bool | None) -> Verdict | None:
    """What stays behind: a switch of autograd's, emptied gradients, a graph, the mode that the model was put into."""
    seen = observation.details["evaluation"]
    if seen["recording_off"]:
        came = f"After {observation.call} nothing in the notebook is recorded for backward() any more."
        return wrong("graph", came, mistake="recording-left-off")
    if seen["frozen"]:
        came = f"The model's parameters required gradients before {observation.call}, and do not after it."
        return wrong("side effects", came, mistake="parameters-frozen")
    if seen["gradients"] == "emptied":
        came = f"{observation.call} emptied the gradients that the model's parameters held."
        return wrong("side effects", came, mistake="evaluation-empties-gradients")
    if seen["recorded"]:
        came = f"{observation.call} recorded a graph while the model computed."
        return wrong("graph", came, mistake="evaluation-builds-graph")
    if mode is None or seen["mode"] == mode:
        return None
    if mode:
        came = f"The model was in training mode before {observation.call}, and in eval mode after it."
        return wrong("mode", came, mistake="eval-not-switched-back")
    came = f"The model was in eval mode before {observation.call}, and in training mode after it."
    return wrong("mode", came, mistake="mode-not-restored")
