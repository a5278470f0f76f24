"""Tells where an operation writes values into memory that arrays and buffers of Python's can read without another operation."""
from collections.abc import Iterator

import torch


def written(func, args: tuple, kwargs: dict) -> Iterator[torch.Tensor]:
    """The tensors that an operation, called with these arguments, changes, by what it declares of itself."""
    schema = getattr(func, "_schema", None)
    if schema is None or not schema.is_mutable:
        return
    for place, argument in enumerate(schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            given = args[place] if place < len(args) else kwargs.get(argument.name)
            yield from (one for one in (given if isinstance(given, (tuple, list)) else [given]) if isinstance(one, torch.Tensor))


def is_shared(tensor: torch.Tensor) -> bool:
    """Whether a tensor's memory is an array's, a buffer's or a file's too: PyTorch marks it as one that cannot be resized."""
    try:
        with torch._C.DisableTorchFunction():
            return not tensor.untyped_storage().resizable()
    except (RuntimeError, NotImplementedError):  # sparse, or of a class that has no memory of its own
        return False
