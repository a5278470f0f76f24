"""TrainingObserved: what a training function returned and did, as plain data that a judge elsewhere can read."""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass, field

import numpy as np
import torch

from course.check.training.functions import same_memory
from course.check.training.given import Given
from course.check.training.trace import TrainingTrace

LARGEST_PARAMETER = 1_000_000

# How the entries of a loss history are kept.
NO_HISTORY, NUMBERS, TENSORS, WITH_GRAPH, ONE_TENSOR = "none", "numbers", "tensors", "with graph", "one tensor"


@dataclass(frozen=True)
class TrainingObserved:
    """One run of a training function. Everything is a str, int, float, bool, None, list or dict of these, or a tensor.

    parameters: their values at the end, in the order returned (weight, bias), or in the graph's order where none
    were returned; `returned` says which, `ordered` whether the function itself put them in this order (not a module
    or a dict).
    starts: for each way to pair them with the captured parameters, the values before the first update; empty if
    nothing was captured. in_place: the returned ones are the captured ones, not copies. captured: the captured
    parameters' values at the end. has_graph: a returned parameter still has a history.
    path: all captured parameters, flat, at each backward pass. losses: the loss history returned, None without one;
    history: how its entries were kept.
    error: None, or type, attribute, of (which type lacked the attribute), failure (call and state where it was
    raised), grad_read (the state of the last .grad that was read).
    events, counts, optimisers, backwards, iterations, batches: see trace, optimisers,
    backward, loaders. training: the mode last set by train() or eval(), None if neither was
    called. given: what of its arguments the function used, see `given.Given.facts`; empty where nobody looked.
    """

    parameters: list[torch.Tensor] = field(default_factory=list)
    returned: bool = False
    ordered: bool = False
    starts: list[list[torch.Tensor]] = field(default_factory=list)
    in_place: bool = False
    captured: list[torch.Tensor] = field(default_factory=list)
    has_graph: bool = False
    path: list[torch.Tensor] = field(default_factory=list)
    losses: list[float] | None = None
    history: str = NO_HISTORY
    error: dict | None = None
    events: list[tuple[str, str, bool]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    optimisers: list[dict] = field(default_factory=list)
    backwards: list[dict] = field(default_factory=list)
    iterations: list[dict] = field(default_factory=list)
    batches: list[dict] = field(default_factory=list)
    training: bool | None = None
    given: dict = field(default_factory=dict)

    def to_data(self) -> dict:
        """A dict of plain values and tensors; `TrainingObserved(**data)` makes it an object again."""
        return asdict(self)


def training_observed(
    trace: TrainingTrace, result=None, error: BaseException | None = None, given: Given | None = None
) -> TrainingObserved:
    """What a finished trace, and the function's result or exception, amount to.

    result: (weight, bias), (weight, bias, losses), a module, (module, losses), a dict of these, losses alone, or None.
    given: the arguments; where a model is among them and none in the result, its parameters are those returned.
    Never raises, whatever the learner returned.
    """
    with torch.no_grad():
        model = given.model if given is not None and not _has_module(_parts(result)) else None
        returned, entries = _split(result) if model is None else (list(model.parameters()), _history_in(result))
        parameters = returned or list(trace.backward.first)
        return TrainingObserved(
            parameters=[_values(p) for p in parameters],
            returned=bool(returned),
            ordered=bool(returned) and model is None and isinstance(result, (tuple, list)) and not _has_module(result),
            starts=_starts(parameters, trace),
            in_place=bool(returned)
            and all(any(same_memory(p, leaf) for leaf in trace.backward.first) for p in returned),
            captured=[_values(leaf) for leaf in trace.backward.first],
            has_graph=any(p.grad_fn is not None for p in returned),
            path=list(trace.backward.path),
            losses=None if entries is None else [_number(entry) for entry in entries],
            history=_kept_as(entries),
            error=None if error is None else _error_facts(trace, error),
            events=trace.events(),
            counts=trace.counts(),
            optimisers=trace.optimisers.facts(trace.backward.trained()),
            backwards=list(trace.backward.passes),
            iterations=list(trace.loaders.iterations),
            batches=list(trace.loaders.batches),
            training=trace.training,
            given=given.facts() if given is not None else {},
        )


def _split(result) -> tuple[list[torch.Tensor], list | None]:
    """The parameters and the history in a result: tensors and numbers at the top, and a sequence of numbers."""
    if isinstance(result, torch.nn.Module):
        return list(result.parameters()), None
    if isinstance(result, dict):
        result = tuple(result.values())
    if isinstance(result, list) and result and all(_is_number(entry) for entry in result):
        return [], result
    parameters, history = [], None
    for part in map(_as_tensor, result if isinstance(result, (tuple, list)) else (result,)):
        full = len(parameters) == 2 and history is None
        if isinstance(part, torch.nn.Module):
            parameters += list(part.parameters())
        elif isinstance(part, (list, tuple)):
            history = list(part) if history is None else history
        elif isinstance(part, torch.Tensor) and full and part.ndim < 2:
            history = list(part) if part.ndim else [part]
        elif isinstance(part, torch.Tensor) and part.numel() <= LARGEST_PARAMETER:
            parameters.append(part)
    return parameters, history


def _parts(result) -> tuple:
    """What a result consists of, whether it is one thing or several."""
    if isinstance(result, dict):
        return tuple(result.values())
    return tuple(result) if isinstance(result, (tuple, list)) else (result,)


def _history_in(result) -> list | None:
    """The first sequence of numbers of a function that trains the model it was given: the result, or a part of it."""
    for part in (result, *_parts(result)):
        if isinstance(part, (list, tuple, np.ndarray, torch.Tensor)) and getattr(part, "ndim", 1) == 1:
            if len(part) and all(_is_number(entry) for entry in part):
                return list(part)
    return None


def _as_tensor(part):
    """Numbers and NumPy arrays of numbers as tensors, anything else as it is."""
    if isinstance(part, (int, float)) and not isinstance(part, bool):
        return torch.tensor(float(part), dtype=torch.float64, device="cpu")
    if isinstance(part, (np.ndarray, np.generic)) and part.dtype.kind in "fiu":
        return torch.tensor(part.tolist(), dtype=torch.float64, device="cpu")
    return part


def _has_module(parts) -> bool:
    return any(isinstance(part, torch.nn.Module) for part in parts)


def _is_number(value) -> bool:
    if isinstance(value, torch.Tensor):
        return value.numel() == 1
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


def _values(tensor: torch.Tensor) -> torch.Tensor:
    """A detached dense copy on the CPU, floating point; an empty tensor where there are no values to copy (meta)."""
    try:
        copy = tensor.detach().to_dense().to("cpu").resolve_conj().clone()
        return copy if copy.is_floating_point() else copy.to(torch.float64)
    except (RuntimeError, NotImplementedError, TypeError):
        return torch.empty(0)


def _number(entry) -> float:
    """A history entry as a float; nan where it is not one number."""
    try:
        return float(entry.detach()) if isinstance(entry, torch.Tensor) else float(entry)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return float("nan")


def _kept_as(entries: list | None) -> str:
    if entries is None:
        return NO_HISTORY
    tensors = [entry for entry in entries if isinstance(entry, torch.Tensor)]
    if not tensors:
        return NUMBERS
    if len(tensors) > 1 and all(entry is tensors[0] for entry in tensors):
        return ONE_TENSOR
    if len(tensors) > 1 and len({(t.data_ptr(), t.storage_offset()) for t in tensors}) == 1:
        return ONE_TENSOR
    return WITH_GRAPH if any(t.grad_fn is not None for t in tensors) else TENSORS


def _starts(parameters: list[torch.Tensor], trace: TrainingTrace) -> list[list[torch.Tensor]]:
    """Each way to give every parameter the initial values of a captured one: by identity, then by shape.

    A parameter that no backward pass reached is taken to have been what it is; without any sign of autograd (gradients
    by hand) nothing is known.
    """
    if not trace.backward.first and not trace.backward.passes and not len(trace.optimisers):
        return []
    known = [next((k for k, leaf in enumerate(trace.backward.first) if same_memory(p, leaf)), None) for p in parameters]
    free = [k for k in range(len(trace.backward.first)) if k not in known]
    open_ones = [i for i, k in enumerate(known) if k is None]
    ways = []
    for order in itertools.permutations(free[:4], min(len(free[:4]), len(open_ones))):
        pairing = list(known)
        for i, k in zip(open_ones, order, strict=False):
            pairing[i] = k
        if all(
            k is None or trace.backward.initial[k].numel() == p.numel()
            for p, k in zip(parameters, pairing, strict=True)
        ):
            ways.append([_start(p, k, trace) for p, k in zip(parameters, pairing, strict=True)])
    return ways


def _start(parameter: torch.Tensor, k: int | None, trace: TrainingTrace) -> torch.Tensor:
    if k is None:
        return _values(parameter)
    initial = _values(trace.backward.initial[k])
    return initial.reshape(parameter.shape) if initial.numel() == parameter.numel() else initial


def _error_facts(trace: TrainingTrace, error: BaseException) -> dict:
    """Type and state, never the message: what was being called, on what, and which gradient was read last."""
    where = trace.failure if trace.failed_with is error else None
    return {
        "type": type(error).__name__,
        "attribute": getattr(error, "name", None) if isinstance(error, AttributeError) else None,
        "of": type(error.obj).__name__ if isinstance(error, AttributeError) else None,
        "failure": where,
        "grad_read": trace.grad_read,
    }
