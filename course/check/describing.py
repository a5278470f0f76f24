"""A call as text, such as `compute_loss(tasks (5, 1), questions (5, 1), model)`, for the first line of a message."""

from __future__ import annotations

import contextlib
import inspect

import torch

from .comparison import a_module


def argument_names(target, count: int) -> list[str]:
    """Names for the arguments of a call: the learner's own where they can be read, else the instructor's order."""
    function = target.forward if isinstance(target, torch.nn.Module) else target
    with contextlib.suppress(TypeError, ValueError):
        names = [p.name for p in inspect.signature(function).parameters.values() if p.kind <= p.POSITIONAL_OR_KEYWORD]
        if len(names) >= count:
            return names[:count]
    return [f"argument {position + 1}" for position in range(count)]


def describe_all(arguments, names: list[str] | None) -> str:
    texts = [describe(argument) for argument in arguments]
    if names is None:
        return ", ".join(texts)
    return ", ".join(f"{name} {text}" if text.startswith("(") else f"{name}={text}"
                     for name, text in zip(names, texts, strict=True))


def describe(argument) -> str:
    """An argument in a few characters: a tensor by its shape, a short value by itself, anything else by its type."""
    if isinstance(argument, torch.Tensor):
        if argument.dim() == 0:
            return f"tensor({argument.item():g})" if not argument.is_complex() else "tensor(…)"
        return f"{tuple(argument.shape)}"
    if isinstance(argument, (bool, int, float, str)) and len(repr(argument)) < 24:
        return repr(argument)
    if isinstance(argument, (list, tuple)) and len(repr(argument)) < 40:
        return repr(argument)
    if isinstance(argument, torch.nn.Module):
        return a_module(type(argument).__name__)
    if isinstance(argument, torch.optim.Optimizer):
        return f"an optim.{type(argument).__name__}"
    if type(argument).__module__ == "numpy" and hasattr(argument, "shape"):
        return f"an array {argument.shape}"
    return getattr(argument, "__name__", f"a {type(argument).__name__}")
