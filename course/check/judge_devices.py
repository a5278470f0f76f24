"""Judges a call on another device than the CPU: what failed there, what came back elsewhere, what was moved away."""

from __future__ import annotations

from . import recognise
from .judge import wrong
from .observation import RETURNED, ModuleSeen, Observation, Seen, SequenceSeen, TensorSeen
from .verdict import Verdict


def judge_device(
    observation: Observation, on_cpu: Observation, device: str, *, result_on_device: bool = True, by_model: bool = False
) -> Verdict | None:
    """The first thing wrong with a call on `device` of code that works on the CPU, or None.

    by_model: the model among the arguments is on the device, and data that belong together with it stay on the CPU.
    """
    call = observation.call or observation.subject
    if observation.outcome != RETURNED:
        return _failed(observation, on_cpu, device, call, by_model)
    if by_model and any(isinstance(seen, ModuleSeen) and off_device(seen, device) for seen in observation.extras.values()):
        came = f"The model that {call} was given was on an accelerator, and is on the CPU after it."
        return wrong("device", came, mistake="model-moved-to-data")
    stray = off_device(observation.result, device) if result_on_device else None
    if stray is None:
        return None
    came = f"The inputs of {call} were on an accelerator; its result came back on {stray}."
    return wrong("device", came, mistake="result-on-other-device")


def off_device(seen: Seen | None, device: str) -> str | None:
    """The device of the first tensor in a value that is not where it belongs."""
    tensors = [seen]
    if isinstance(seen, SequenceSeen):
        tensors = list(seen.items)
    if hasattr(seen, "parameters"):
        tensors = list(seen.parameters.values())
    for tensor in tensors:
        place = getattr(tensor, "device", None)
        if place is not None and not place.startswith(device):
            return place
    return None


def _failed(observation: Observation, on_cpu: Observation, device: str, call: str, by_model: bool) -> Verdict:
    """A failure on the device, of code that works on the CPU, is the device's."""
    error = observation.error
    line = f"  line {error.line_number}:  {error.line}" if error and error.line and error.line_number else ""
    if by_model:
        left = _left_behind(observation, device)
        where = f": there `{left[0]}` is still on the CPU." if left else ", and its batches on the CPU."
        came = f"{call} works on the CPU, and fails when its model is on an accelerator{where}"
        mistake = "to-result-dropped" if recognise.dropped_move(on_cpu) else "batch-not-moved"
        return wrong("device", came, line, mistake=mistake)
    came = f"{call} works on the CPU, and fails when its inputs are on an accelerator."
    return wrong("device", came, line, mistake="not-a-leaf" if recognise.moved_leaf(observation, on_cpu) else "device-mismatch")


def _left_behind(observation: Observation, device: str) -> list[str]:
    """Names of the learner's tables that were not on the device when the error came."""
    names = observation.error.locals if observation.error else {}
    return [name for name, seen in names.items()
            if isinstance(seen, TensorSeen) and seen.shape and off_device(seen, device)]
