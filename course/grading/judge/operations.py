"""What the judge may have done with the student's objects: read names and attributes, call, apply operators, differentiate."""

from __future__ import annotations

import builtins
import copy
import inspect
import operator

import torch

from .telling import Known

# Of the names with two underscores only these are read: the others are the machinery of the language.
READABLE = frozenset((
    "__name__", "__doc__", "__qualname__", "__module__", "__annotations__", "__dict__", "__code__", "__class__",
    "__bases__", "__mro__", "__defaults__",
))  # fmt: skip


class Operations:
    """Each public method is one thing that the judge may ask for."""

    def __init__(self, namespace: dict, known: Known):
        self.namespace, self.known = namespace, known

    def name(self, name: str):
        return self.namespace[name]

    def set_name(self, name: str, value) -> None:
        self.namespace[name] = value

    def delete_name(self, name: str) -> None:
        del self.namespace[name]

    def attribute(self, value, name: str):
        if name.startswith("__") and name.endswith("__") and name not in READABLE:
            raise AttributeError(name)
        return getattr(value, name)

    def set_attribute(self, value, name: str, to) -> None:
        setattr(value, name, to)

    def call(self, value, arguments: tuple, named: dict):
        return value(*arguments, **named)

    def operator(self, name: str, *values):
        """A function of `operator`, of the builtins or of `copy`, by its name."""
        for module in (operator, builtins, copy):
            if hasattr(module, name):
                return getattr(module, name)(*values)
        raise AttributeError(name)

    def signature(self, value) -> list[tuple]:
        """(name, kind, whether there is a default, the default as text, the default where it is a plain value)."""
        plain = (int, float, str, bool, type(None))
        return [
            (p.name, int(p.kind), p.default is not p.empty, repr(p.default)[:200], p.default if isinstance(p.default, plain) else None)
            for p in inspect.signature(value).parameters.values()
        ]

    def pull_back(self, graph: str, gradients: list, places: list[int]) -> list:
        """Gradients of the leaves at these places, from gradients of the outputs; other leaves take theirs in `.grad`."""
        outputs, leaves = self.known.graphs[graph]
        wanted = [leaves[place] for place in places]
        others = [leaf for place, leaf in enumerate(leaves) if place not in set(places)]
        pairs = [(output, gradient) for output, gradient in zip(outputs, gradients, strict=True) if gradient is not None]
        found = torch.autograd.grad(
            [output for output, _ in pairs], wanted + others, [gradient for _, gradient in pairs],
            retain_graph=True, allow_unused=True,
        )  # fmt: skip
        for leaf, gradient in zip(others, found[len(wanted) :], strict=True):
            if gradient is not None:
                leaf.grad = gradient.clone() if leaf.grad is None else leaf.grad + gradient
        return list(found[: len(wanted)])

    def gradient(self, function, arguments: tuple, of: tuple | None):
        """(result, gradients of its sum): of a module's parameters by name, or of the arguments at the places `of`."""
        parameters = dict(function.named_parameters()) if isinstance(function, torch.nn.Module) and of is None else None
        places = of or ()
        given = [a.detach().clone().requires_grad_(i in places) if isinstance(a, torch.Tensor) else a for i, a in enumerate(arguments)]
        result = function(*given)
        wanted = [given[place] for place in places] if parameters is None else list(parameters.values())
        found = torch.autograd.grad(result.sum(), wanted, allow_unused=True)
        return result.detach(), list(found) if parameters is None else dict(zip(parameters, found, strict=True))
