"""What a call may not change: the contents of its arguments, kept before it and compared after it."""

from __future__ import annotations

import torch


def contents(arguments: list) -> list:
    """What may not change during a call: tensors and arrays, and a module's parameters."""

    def content(value):
        if isinstance(value, torch.Tensor):
            return value.detach().to("cpu").clone()
        if isinstance(value, torch.nn.Module):
            return [p.detach().to("cpu").clone() for p in value.parameters()]
        if isinstance(value, (list, tuple)):
            return [content(item) for item in value]
        return value.copy() if type(value).__module__ == "numpy" and hasattr(value, "copy") else None

    return [content(argument) for argument in arguments]


def same(old, new) -> bool:
    """Whether contents are what they were; nan counts as itself."""
    if isinstance(old, torch.Tensor):
        return old.shape == new.shape and old.dtype == new.dtype and torch.equal(old.nan_to_num(), new.nan_to_num())
    if isinstance(old, list):
        return len(old) == len(new) and all(same(a, b) for a, b in zip(old, new, strict=True))
    return old is None or bool((old == new).all())
