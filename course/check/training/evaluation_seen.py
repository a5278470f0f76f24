"""What an evaluation does with the model that it is given, seen through hooks on every layer."""

from __future__ import annotations

from collections.abc import Callable

import torch

from course.check.side_effects import contents, same
from course.check.training.functions import tensors_in


def evaluated(function: Callable, arguments: list, mode: bool, details: dict):
    """The result of `function(*arguments)`, with what it did to the models among them, put into `mode` before, in details.

    Every parameter is given a gradient before the call, so that emptying them is seen. Plain data under "evaluation":
    recorded (calls of any layer with a graph at the output), in_training_mode (for each call of a model, whether one of
    its layers was), changed (parameters or buffers), frozen (parameters no longer require a gradient), gradients ("",
    "emptied" or "changed"), recording_off (gradients no longer recorded anywhere), mode (after).
    """
    models = [argument for argument in arguments if isinstance(argument, torch.nn.Module)]
    for model in models:
        model.train(mode)
    # a loss function has no parameters, and its mode is nobody's business
    judged = [model for model in models if next(model.parameters(), None) is not None] or models
    seen = details["evaluation"] = {"in_training_mode": [], "recorded": 0}
    layers = {layer for model in judged for layer in model.modules()}
    handles = _watch(judged, layers, seen)
    parameters = [parameter for model in judged for parameter in model.parameters() if parameter.requires_grad]
    _give_gradients(parameters)
    before, gradients = contents(_state_of(judged)), contents([parameter.grad for parameter in parameters])
    with torch.enable_grad():  # as in a notebook, whatever an earlier call has left; put back afterwards
        try:
            return function(*arguments)
        finally:
            seen["recording_off"] = not torch.is_grad_enabled()
            for handle in handles:
                handle.remove()
            seen["changed"] = not same(before, contents(_state_of(judged)))
            seen["frozen"] = not all(parameter.requires_grad for parameter in parameters)
            seen["gradients"] = _what_became_of(gradients, [parameter.grad for parameter in parameters])
            seen["mode"] = all(layer.training for layer in layers) if mode else any(layer.training for layer in layers)


def _watch(models: list, layers: set, seen: dict) -> list:
    """Hooks that note each call of a model or layer; returns their handles."""

    def note_graph(layer, inputs, output):
        seen["recorded"] += any(tensor.requires_grad for tensor in tensors_in([output]))

    def note_mode(model, inputs, output):
        seen["in_training_mode"].append(any(layer.training for layer in model.modules()))

    return [layer.register_forward_hook(note_graph) for layer in layers] + [
        model.register_forward_hook(note_mode) for model in models]


def _give_gradients(parameters: list[torch.Tensor]) -> None:
    for parameter in parameters:
        parameter.grad = torch.full_like(parameter, 0.5)


def _state_of(models: list) -> list[list[torch.Tensor]]:
    return [list(model.state_dict().values()) for model in models]


def _what_became_of(before: list, gradients: list[torch.Tensor | None]) -> str:
    """What a call did to gradients of which none was zero: "" for nothing, "emptied", "changed"."""
    if any(gradient is None or not gradient.any() for gradient in gradients):
        return "emptied"
    return "" if same(before, contents(gradients)) else "changed"
