"""Notices in the student's process what was put in place of the checks' own functions, of torch's or of Python's."""

from __future__ import annotations

import builtins
import importlib
import json
import pickle
import sys
import types

import safetensors.torch
import torch
import torch._dynamo  # which puts functions of its own into torch when it is first used
import torch.overrides
import torch.utils._python_dispatch

from ..shell import frames, interrupts
from . import arrivals, observing, operations, pretend_host, recorded_operations, telling, witness

# Loaded with this module, before any student's code runs, so that what is compared is what was shipped.
WATCHED_MODULES = (
    "comparison", "counting", "counting.lines", "counting.tensors", "counting.writes", "describing", "devices", "devices.pretend",
    "devices.pretend_kernels", "devices.pretend_tensor", "encoding", "frames", "graph_state", "helpers", "observation",
    "probe", "realise", "request", "seeing", "side_effects", "surroundings", "watching", "training.backward",
    "training.cuts", "training.evaluation_seen", "training.given", "training.loaders", "training.named",
    "training.observed", "training.optimisers", "training.trace",
)  # fmt: skip
# Front ends put their own in place of the others.
WATCHED_BUILTINS = (
    "abs", "all", "any", "bool", "callable", "compile", "dict", "dir", "enumerate", "eval", "exec", "float", "frozenset",
    "getattr", "globals", "hasattr", "hash", "id", "int", "isinstance", "issubclass", "iter", "len", "list", "locals",
    "map", "max", "min", "next", "object", "property", "range", "repr", "reversed", "round", "set", "setattr", "sorted",
    "str", "sum", "super", "tuple", "type", "vars", "zip", "__build_class__", "__import__",
)  # fmt: skip
_TENSOR_METHODS = ("backward", "detach", "clone", "item", "tolist", "numpy", "requires_grad_", "data_ptr", "untyped_storage",
                   "__torch_function__", "grad", "grad_fn", "is_leaf", "requires_grad", "shape", "data")  # fmt: skip
# What an answer passes on its way out could be rewritten there.
_ON_THE_WAY = (arrivals, observing, operations, pretend_host, telling, frames, interrupts, recorded_operations, witness)
_MODULES = [*(importlib.import_module(f"course.check.{name}") for name in WATCHED_MODULES), *_ON_THE_WAY]
_ENCODERS = (
    (json, ("dumps", "loads", "JSONEncoder", "_default_encoder")), (json.JSONEncoder, ("encode", "iterencode")),
    (safetensors.torch, ("save", "_flatten", "_tobytes", "serialize")), (pickle, ("loads", "dumps")),
)  # fmt: skip


class Watch:
    """Remembers functions as they are when it is made, and of `more` modules, and tells which were changed since."""

    def __init__(self, *more: types.ModuleType):
        self._seen: list[tuple] = []
        for module in (*_MODULES, *more, sys.modules[__name__]):
            self._module(module)
        for owner, names in _ENCODERS:
            for name in names:
                self._add(owner, name, f"{owner.__name__}.{name}")
        for owner in (torch.utils._python_dispatch.TorchDispatchMode, torch.overrides.TorchFunctionMode):
            self._members(owner, owner.__name__)
        for name in WATCHED_BUILTINS:
            self._add(builtins, name, name)
        for name in _TENSOR_METHODS:
            self._add(torch.Tensor, name, f"torch.Tensor.{name}")
        for name in ("settrace", "gettrace", "setprofile", "_getframe"):
            self._add(sys, name, f"sys.{name}")
        for owner, names in (
            (torch, ("equal", "allclose", "get_rng_state", "set_rng_state", "no_grad", "enable_grad")),
            (torch.autograd, ("grad", "backward")),
            (torch.nn.Module, ("parameters", "named_parameters", "__call__", "_call_impl", "train", "eval", "to")),
        ):
            for name in names:
                self._add(owner, name, f"{owner.__name__}.{name}")
        # Not an attribute that could be emptied.
        self.changed = _compared(tuple(self._seen))
        del self._seen

    def _module(self, module: types.ModuleType) -> None:
        for name, value in vars(module).items():
            if isinstance(value, types.FunctionType):
                self._add(module, name, f"{module.__name__}.{name}")
            elif isinstance(value, type) and value.__module__ == module.__name__:
                self._add(module, name, f"{module.__name__}.{name}")
                self._members(value, f"{module.__name__}.{name}")

    def _members(self, owner: type, label: str) -> None:
        for name, value in list(vars(owner).items()):
            if isinstance(value, (types.FunctionType, property, classmethod, staticmethod)):
                self._add(owner, name, f"{label}.{name}")

    def _add(self, owner, name: str, label: str) -> None:
        value = owner.__dict__.get(name)
        self._seen.append((owner, name, label, value, getattr(value, "__code__", None)))


def _compared(seen: tuple[tuple, ...]):
    """A function that gives the names of what is not what it was, at most ten."""

    def changed() -> list[str]:
        found = []
        for owner, name, label, value, code in seen:
            now = owner.__dict__.get(name)
            if now is not value or code is not None and getattr(value, "__code__", None) is not code:
                found.append(label)
        return found[:10]

    return changed
