"""Tensors whose graph is in the student's process: their backward pass asks that process for the gradients."""

from __future__ import annotations

import weakref

import torch

from .errors import BadAnswer, JudgeError


def attach(session, told, parts: list) -> None:
    """Make the tensors of an answer the outputs of one node.

    told: [number of the graph, [[place of a leaf, its number], …]]. parts: (numbers, PartOfGraph) pairs, to be filled.
    """
    if type(told) is not list or len(told) != 2 or type(told[0]) is not str or type(told[1]) is not list:
        raise BadAnswer("a graph that cannot be read")
    graph, leaves = told
    known = []
    for leaf in leaves:
        if type(leaf) is not list or len(leaf) != 2 or type(leaf[0]) is not int or type(leaf[1]) is not str:
            raise BadAnswer("a graph that cannot be read")
        tensor = session.tensors.known(leaf[1])
        if tensor is not None and tensor.requires_grad:
            known.append((leaf[0], tensor))
    anchor = torch.zeros((), requires_grad=True)  # so that there is a graph even where no leaf is known here
    outputs = _Remote.apply(
        session, graph, [place for place, _ in known], len(parts), anchor,
        *(numbers for numbers, _ in parts), *(tensor for _, tensor in known),
    )  # fmt: skip
    for (_, part), output in zip(parts, outputs, strict=True):
        part.tensor = output
    weakref.finalize(outputs[0].grad_fn, session.forget.append, graph)


class _Remote(torch.autograd.Function):
    @staticmethod
    def forward(ctx, session, graph, places, count, anchor, *tensors):
        ctx.session, ctx.graph, ctx.places, ctx.count = session, graph, places, count
        ctx.leaves = tensors[count:]
        return tuple(tensor.clone() for tensor in tensors[:count])

    @staticmethod
    def backward(ctx, *gradients):
        if torch.is_grad_enabled():  # create_graph=True
            raise JudgeError("a second derivative cannot be taken through a student's function from outside")
        given = [None if gradient is None else gradient.detach() for gradient in gradients]
        found = ctx.session.do("pull_back", ctx.graph, given, ctx.places)
        if type(found) is not list or len(found) != len(ctx.places):
            raise BadAnswer("gradients that cannot be read")
        for gradient, leaf in zip(found, ctx.leaves, strict=True):
            if gradient is not None and (type(gradient) is not torch.Tensor or gradient.shape != leaf.shape):
                raise BadAnswer("gradients that cannot be read")
        return None, None, None, None, torch.zeros(()), *[None] * ctx.count, *found
