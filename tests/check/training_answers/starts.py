"""Where the training functions of this folder begin: a start that the tests set, and a register of the functions."""

import torch

STARTS = {
    "zeros": lambda d: (torch.zeros(d), torch.zeros(1)),
    "normal": lambda d: (torch.randn(d, generator=_seeded(3)), torch.randn(1, generator=_seeded(4))),
    "far": lambda d: (torch.linspace(-2.0, 1.0, d) if d > 1 else torch.full((1,), -2.0), torch.full((1,), 5.0)),
    "linear": lambda d: (torch.rand(d, generator=_seeded(5)) - 0.5, torch.rand(1, generator=_seeded(6)) - 0.5),
}
current = {"start": "zeros"}


def _seeded(seed):
    return torch.Generator().manual_seed(seed)


def values(x):
    """The start's values, (d,) and (1,), fresh tensors."""
    return STARTS[current["start"]](x.shape[1])


def leaves(x):
    """A weight (d,) and a bias (1,) that require grad."""
    w, b = values(x)
    return w.requires_grad_(), b.requires_grad_()


def model(x):
    """nn.Linear(d, 1) with the start's values."""
    linear = torch.nn.Linear(x.shape[1], 1)
    w, b = values(x)
    with torch.no_grad():
        linear.weight.copy_(w.reshape(1, -1))
        linear.bias.copy_(b)
    return linear


def register(table):
    """A decorator that files a function in `table` under the mistake it makes; several may make the same one."""

    def named(mistake):
        def keep(function):
            table.append((mistake, function))
            return function

        return keep

    return named
