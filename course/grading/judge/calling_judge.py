"""Functions and objects of the judge in the student's process: their code stays at the judge, which is asked."""

from __future__ import annotations

import torch
from torch.autograd.forward_ad import unpack_dual
from torch.utils import _pytree

from .telling import Slot


def judge_function(call, number: str, name: str):
    """A function here that asks the judge to call its function `number`; gradients and torch.func go through it.

    call: `call(number, what, value)`, see `Agent.call_judge`.
    """

    def function(*args, **kwargs):
        leaves, structure = _pytree.tree_flatten((args, kwargs))
        places = [place for place, leaf in enumerate(leaves) if isinstance(leaf, torch.Tensor)]
        if not any(_wants_gradient(leaves[place]) for place in places):
            return call(number, "call", (args, kwargs))
        rest = list(leaves)
        for order, place in enumerate(places):
            rest[place] = Slot(order)
        asked = _Differentiable(call, number, _pytree.tree_unflatten(rest, structure))
        try:
            found = _JudgeCall.apply(asked, (len(places),), *(leaves[place] for place in places))
        except _NoTensors as plain:
            return plain.value
        return found if asked.as_tuple else found[0]

    function.__name__ = function.__qualname__ = name
    function.__module__ = "__main__"
    return function


def _wants_gradient(tensor: torch.Tensor) -> bool:
    # inside torch.func.grad or vmap a tensor is wrapped, and may not be looked into
    wrapped = torch._C._functorch.is_functorch_wrapped_tensor(tensor)
    return wrapped or torch.is_grad_enabled() and tensor.requires_grad or unpack_dual(tensor).tangent is not None


class _NoTensors(Exception):
    """What the judge's function gave holds no tensor, and so no gradient flows through it."""

    def __init__(self, value):
        super().__init__("no tensors")
        self.value = value


class _Differentiable:
    """One call of a judge's function with tensors taken out of its arguments. as_tuple: whether it gave several."""

    def __init__(self, call, number: str, arguments):
        self.call, self.number, self.arguments, self.as_tuple = call, number, arguments, False

    def __call__(self, counts: tuple[int, ...], tensors) -> tuple:
        told = (self.arguments, list(counts), [tensor.detach() for tensor in tensors])
        with torch.no_grad():
            value = self.call(self.number, "derive", told)
        if len(counts) == 1:
            self.as_tuple = isinstance(value, (tuple, list))
        found = tuple(value) if isinstance(value, (tuple, list)) else (value,)
        if not found or not all(isinstance(one, torch.Tensor) for one in found):
            raise _NoTensors(value)
        return found


class _JudgeCall(torch.autograd.Function):
    """A call of a function at the judge, or a derivative of it.

    counts: how many tensors the function takes, then how many its pull-back does (its inputs and a gradient for each of
    its results), and so on: their number less one is the order of the derivative.
    """

    @staticmethod
    def forward(asked, counts, *tensors):
        return asked(counts, tensors)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.asked, ctx.counts = inputs[:2]
        ctx.save_for_backward(*inputs[2:])
        ctx.save_for_forward(*inputs[2:], *output)

    @staticmethod
    def backward(ctx, *gradients):
        inputs = ctx.saved_tensors
        found = iter(_JudgeCall.apply(ctx.asked, (*ctx.counts, len(inputs) + len(gradients)), *inputs, *gradients))
        return None, None, *(next(found) if tensor.is_floating_point() else None for tensor in inputs)

    @staticmethod
    def jvp(ctx, asked, counts, *tangents):
        # The pull-back is linear in the gradients that it takes, so its own pull-back by them is the way forward.
        inputs, results = ctx.saved_tensors[: len(tangents)], ctx.saved_tensors[len(tangents) :]
        moved = [torch.zeros_like(tensor) if tangent is None else tangent
                 for tensor, tangent in zip(inputs, tangents, strict=True) if tensor.is_floating_point()]
        taken = len(inputs) + len(results)
        given = *inputs, *(torch.zeros_like(result) for result in results), *moved
        return _JudgeCall.apply(ctx.asked, (*ctx.counts, taken, taken + len(moved)), *given)[-len(results) :]

    @staticmethod
    def vmap(info, in_dims, asked, counts, *tensors):
        rows = [
            _JudgeCall.apply(asked, counts, *(t if dim is None else t.select(dim, row) for t, dim in zip(tensors, in_dims[2:], strict=True)))
            for row in range(info.batch_size)
        ]
        return tuple(torch.stack(parts) for parts in zip(*rows, strict=True)), (0,) * len(rows[0])


class JudgeObject:
    """An object of a class that a test cell defines: items, length, attributes and calls come from the judge."""

    def __init__(self, call, number: str):
        self._call, self._number = call, number

    def __call__(self, *args, **kwargs):
        return self._call(self._number, "call", (args, kwargs))

    def __len__(self):
        return self._call(self._number, "length", ())

    def __getitem__(self, index):
        return self._call(self._number, "item", (index,))

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self._call(self._number, "attribute", (name,))
