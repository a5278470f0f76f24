"""Makes the arguments of a call where the learner's code lives: private copies, on the wanted device."""

from __future__ import annotations

import copy

import torch

from .request import Instance, Request, Shared, Together
from .surroundings import plain_defaults

LARGEST_STORAGE = 2**26  # bytes that are copied for the sake of a slice of them


def realise_arguments(request: Request, namespace: dict) -> list:
    """The arguments of one call, as private copies; those that belong together are made by their own function."""
    given, bases = request.arguments or (), {}
    if isinstance(given, Together):
        parts = [realise(part, namespace, request.device, bases) for part in given.parts]
        with plain_defaults():
            return list(given.make(*parts))
    return [realise(argument, namespace, request.device, bases) for argument in given]


def realise(argument, namespace: dict, device: str, bases: dict | None = None):
    """A private copy of one argument, built and moved to where the call wants it.

    bases: the storages that `Shared` arguments of this call look at, filled on the way.
    """
    if isinstance(argument, Shared):
        base = bases.setdefault(id(argument.base), None)
        if base is None:
            base = bases[id(argument.base)] = argument.base.clone().to(device)
        return base.as_strided(argument.shape, argument.strides, argument.offset)
    if isinstance(argument, Instance):
        return _build_instance(argument, namespace).to(device)
    if isinstance(argument, torch.Tensor):
        return _copied(argument.detach(), device)
    if isinstance(argument, torch.nn.Module):
        return copy.deepcopy(argument).to(device)
    if isinstance(argument, (list, tuple)) and type(argument) in (list, tuple):
        return type(argument)(realise(item, namespace, device) for item in argument)
    if type(argument) is dict:
        return {key: realise(item, namespace, device) for key, item in argument.items()}
    return copy.deepcopy(argument)


def _copied(tensor: torch.Tensor, device: str) -> torch.Tensor:
    """A copy with the strides of the original, a slice or an expanded tensor remaining one."""
    if tensor.layout != torch.strided or tensor.is_conj() or tensor.is_neg() or _fills_its_storage(tensor):
        return tensor.clone().to(device)
    storage = torch.empty(0, dtype=tensor.dtype, device=tensor.device).set_(tensor.untyped_storage())
    return storage.clone().to(device).as_strided(tensor.shape, tensor.stride(), tensor.storage_offset())


def _fills_its_storage(tensor: torch.Tensor) -> bool:
    bytes_there = tensor.untyped_storage().nbytes()
    return bytes_there > LARGEST_STORAGE or tensor.is_contiguous() and bytes_there == tensor.numel() * tensor.element_size()


def _build_instance(wanted: Instance, namespace: dict) -> torch.nn.Module:
    """The learner's class with the wanted parameters; `like` where their class cannot hold them.

    A learner whose class is wrong has lost that exercise's points; the next exercise is judged on its own.
    """
    try:
        module = namespace[wanted.class_name](*wanted.arguments)
        if not wanted.parameters or set_parameters(module, wanted.parameters):
            return module
    except Exception:
        if wanted.like is None:
            raise
    module = copy.deepcopy(wanted.like)
    if wanted.parameters:
        set_parameters(module, wanted.parameters)
    return module


def set_parameters(module: torch.nn.Module, values: tuple[torch.Tensor, ...]) -> bool:
    """Copy values into a module's parameters, in order; False, and no change, where the shapes do not fit."""
    parameters = list(module.parameters())
    if [p.shape for p in parameters] != [v.shape for v in values]:
        return False
    with torch.no_grad():
        for parameter, value in zip(parameters, values, strict=True):
            parameter.copy_(value)
    return True
