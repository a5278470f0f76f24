"""Keeps a call from its surroundings: random state and switches stay as they were, what is printed or warned is kept aside."""

from __future__ import annotations

import contextlib
import io
import random
import sys
import warnings

import torch

MAX_PRINTED = 4000  # characters of a learner's output that are kept


@contextlib.contextmanager
def plain_defaults():
    """What a learner left switched for the whole notebook does not reach what runs inside; afterwards it is as before.

    Inside, tensors are of float32 and on the CPU where nothing else is said, and what is computed is recorded.
    """
    dtype = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32)
    # only where another one was set: the context is asked at each call of PyTorch's
    device = torch.device("cpu") if torch.get_default_device().type != "cpu" else contextlib.nullcontext()
    try:
        with device, torch.inference_mode(False), torch.enable_grad():
            yield
    finally:
        torch.set_default_dtype(dtype)


@contextlib.contextmanager
def random_state(seed: int):
    """Every generator seeded inside, and as it was outside: a check must not change what a learner's next cell draws."""
    kept_torch, kept_python = torch.get_rng_state(), random.getstate()
    numpy_random = sys.modules.get("numpy.random")
    kept_numpy = numpy_random.get_state() if numpy_random else None
    seed_all(seed)
    try:
        yield
    finally:
        torch.set_rng_state(kept_torch)
        random.setstate(kept_python)
        if numpy_random:
            numpy_random.set_state(kept_numpy)


def seed_all(seed: int) -> None:
    torch.random.default_generator.manual_seed(seed)
    random.seed(seed)
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed(seed % 2**32)


@contextlib.contextmanager
def captured():
    """Printed text, stderr and warnings, kept aside; yields a function that returns them as fields."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        yield lambda: {
            "stdout": out.getvalue()[:MAX_PRINTED],
            "stderr": err.getvalue()[:MAX_PRINTED],
            "warnings": tuple((w.category.__name__, str(w.message)[:200]) for w in caught[:20]),
        }
