"""Request: what a probe is to run, on which arguments, and what it is to watch. Inputs are drawn from a seed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import torch

from .surroundings import plain_defaults

DEFAULT_ROWS = (5, 12, 1)  # sizes that no common batch size divides, then a batch of one


@dataclass(frozen=True)
class Instance:
    """An argument that is built where the learner's code lives: their class, with given parameters copied in.

    class_name: the learner's class. arguments: what its constructor gets. parameters: tensors, in the order of
    `parameters()`; empty leaves the class's own initialisation. like: a module with the same parameters, used by the
    reference, and in place of the learner's class where that class is not usable, so that one mistake costs once.
    """

    class_name: str
    arguments: tuple = ()
    parameters: tuple[torch.Tensor, ...] = ()
    like: torch.nn.Module | None = None


@dataclass(frozen=True, eq=False)
class Shared:
    """An argument that shares memory with another one, said so that copying and pickling keep the sharing.

    base: a flat tensor of the whole storage, the same object in every `Shared` that looks at it.
    """

    base: torch.Tensor
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int


@dataclass(frozen=True)
class Together:
    """All arguments of a call, made by one function where the learner's code lives, because they belong to each other.

    make: a function of the realised parts (private copies, on the call's device) that returns the tuple of arguments,
    such as a model, an optimiser that holds its parameters, and a loader over the data. It is called anew for each call.
    """

    make: Callable
    parts: tuple = ()


@dataclass(frozen=True)
class Request:
    """One run of a learner's object.

    subject: its name in the learner's notebook. arguments: what it is called with (tensors, numbers, text, containers,
    `Instance`), or `Together`; None means that the name is read, not called. construct: where given, the subject is a class, built
    with these arguments, given `parameters`, and the object is what is called.
    gradients: positions of the arguments whose gradient is wanted; "parameters" means the built object's own.
    watch: what else to note: "operations" (see counting/), "training" (see training/trace.py), "evaluation" (of a model
    that is put into training mode first or not, as options["mode"] says).
    methods: (name, arguments) pairs called on the built object, results kept in `extras` under "name(arguments)", with
    " again" added for each repetition. also: further names that are read, kept in `extras` under the names themselves.
    options: "repeat": call twice, the second result in `extras` as "again", what was watched in `details` as "… again";
    "training": the built module's mode;
    "arguments": keep the arguments, as they are after the call, in `extras` as "argument 0", …; "batch_size": load the
    built data set in batches, the number of batches in `details`.
    device: where the arguments are put first. seed: what every random generator is set to before the call.
    """

    subject: str
    arguments: tuple | Together | None = ()
    construct: tuple | None = None
    parameters: tuple[torch.Tensor, ...] = ()
    gradients: tuple = ()
    watch: frozenset[str] = frozenset()
    methods: tuple = ()
    also: tuple[str, ...] = ()
    options: dict = field(default_factory=dict)
    device: str = "cpu"
    seed: int = 0

    def __post_init__(self):
        if not isinstance(self.arguments, Together):
            object.__setattr__(self, "arguments", keep_sharing(self.arguments))

    def names(self) -> set[str]:
        """Names of the learner's objects that this request needs."""
        given = self.arguments.parts if isinstance(self.arguments, Together) else self.arguments
        built = {a.class_name for a in (*(given or ()), *(self.construct or ())) if isinstance(a, Instance)}
        return {self.subject, *self.also} | built

    def on(self, device: str) -> Request:
        return replace(self, device=device)


class Draw:
    """Seeded inputs for one call. The same seed, subject and sizes give the same numbers on every machine.

    rows, features: the sizes that a verb varies; an inputs function uses them where its data has rows or features.
    """

    def __init__(self, subject: str, rows: int, features: int = 3, trial: int = 0, seed: int | None = None):
        self.rows, self.features = rows, features
        seed = course_seed() if seed is None else seed
        text = f"{seed}/{subject}/{rows}/{features}/{trial}"
        self.seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "little")
        self.generator = torch.Generator().manual_seed(self.seed)

    def normal(self, *shape: int, mean: float = 0.0, std: float = 1.0) -> torch.Tensor:
        """Normal float32 numbers of the given shape."""
        return torch.randn(shape, generator=self.generator) * std + mean

    def uniform(self, low: float, high: float, *shape: int) -> torch.Tensor:
        """Uniform float32 numbers in [low, high)."""
        return torch.rand(shape, generator=self.generator) * (high - low) + low

    def integers(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """Uniform int64 numbers in [low, high)."""
        return torch.randint(low, high, shape, generator=self.generator)

    def permutation(self, n: int) -> torch.Tensor:
        """The numbers 0 … n-1 in a random order."""
        return torch.randperm(n, generator=self.generator)


def course_seed() -> int:
    """The seed of this grading run: the environment's COURSE_SEED, 0 in a learner's notebook.

    Raises ValueError when COURSE_SEED is set to something that is not a whole number.
    """
    text = os.environ.get("COURSE_SEED", "0")
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"COURSE_SEED must be a whole number, not {text!r}") from None


def keep_sharing(arguments: tuple | None) -> tuple | None:
    """The arguments, with tensors that share storage with an earlier or later one replaced by `Shared`."""
    places = [_storage_of(argument) for argument in arguments or ()]
    if not any(place is not None and places.count(place) > 1 for place in places):
        return arguments
    bases: dict = {}
    kept = []
    for argument, place in zip(arguments, places, strict=True):
        if place is None or places.count(place) == 1:
            kept.append(argument)
            continue
        if place not in bases:
            bases[place] = torch.empty(0, dtype=argument.dtype).set_(argument.detach().untyped_storage())
        kept.append(Shared(bases[place], tuple(argument.shape), tuple(argument.stride()), argument.storage_offset()))
    return tuple(kept)


def _storage_of(argument) -> tuple | None:
    if not isinstance(argument, torch.Tensor) or argument.layout != torch.strided or not argument.numel():
        return None
    return argument.untyped_storage().data_ptr(), argument.dtype


def instance(class_name: str, *arguments, parameters=(), like=None) -> Instance:
    """An argument made from the learner's own class; see `Instance`."""
    return Instance(class_name, arguments, tuple(parameters), like)


def together(make: Callable, *parts) -> Together:
    """Arguments that belong to each other, as `inputs` may return and `trains` may be given; see `Together`."""
    return Together(make, parts)


def draw_arguments(
    inputs: Callable, subject: str, rows: int, features: int = 3, trial: int = 0
) -> tuple[tuple | Together, Draw]:
    """Call an author's `inputs` function; a single value that is not a tuple counts as one argument.

    In grading it runs far from the learner's notebook: here, too, it hears nothing of what they made the default.
    """
    draw = Draw(subject, rows, features, trial)
    with plain_defaults():
        arguments = inputs(draw)
    return (arguments if isinstance(arguments, (tuple, Together)) else (arguments,)), draw
