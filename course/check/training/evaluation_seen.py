"""What an evaluation does with the model that it is given, seen through hooks on every layer."""

from __future__ import annotations

from collections.abc import Callable

import torch

from course.check.side_effects import contents, same
from course.check.training.functions import has_nonzero_gradient, tensors_in


def evaluated(function: Callable, arguments: list, mode: bool, details: dict):
    """The result of `function(*arguments)`, with what it did to the models among them, put into `mode` before, in details.

    Plain data under "evaluation": calls (of any layer), in_training_mode and recorded (how many of these in training mode,
    and with a graph at their output), changed (parameters or buffers), backwards (gradients left behind), mode (after).
    """
    models = [argument for argument in arguments if isinstance(argument, torch.nn.Module)]
    seen = details["evaluation"] = {"calls": 0, "in_training_mode": 0, "recorded": 0}

    def hook(layer, inputs, output):
        seen["calls"] += 1
        seen["in_training_mode"] += layer.training
        seen["recorded"] += any(tensor.requires_grad for tensor in tensors_in([output]))

    for model in models:
        model.train(mode)
    # a loss function has no parameters, and its mode is nobody's business
    judged = [model for model in models if next(model.parameters(), None) is not None] or models
    layers = {layer for model in judged for layer in model.modules()}
    handles = [layer.register_forward_hook(hook) for layer in layers]
    before = contents([list(model.state_dict().values()) for model in judged])
    try:
        return function(*arguments)
    finally:
        for handle in handles:
            handle.remove()
        after = contents([list(model.state_dict().values()) for model in judged])
        seen["changed"] = not same(before, after)
        seen["backwards"] = any(has_nonzero_gradient(model.parameters()) for model in judged)
        seen["mode"] = all(layer.training for layer in layers) if mode else any(layer.training for layer in layers)
