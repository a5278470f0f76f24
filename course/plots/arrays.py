"""What pictures are given, as arrays that can be drawn: tensors with or without a graph, lists and arrays alike."""

import numpy
import torch


def numbers_of(values):
    """A flat NumPy array of doubles from a tensor (with or without a graph, on any device), a list or an array."""
    if isinstance(values, torch.Tensor):
        values = values.detach().cpu().numpy()
    return numpy.asarray(values, dtype=float).reshape(-1)
