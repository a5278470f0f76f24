"""Observation: what was seen when a learner's object ran, as plain data that can cross a process boundary."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

MISSING = "missing"
NOT_ATTEMPTED = "not attempted"
RAISED = "raised"
RETURNED = "returned"


@dataclass(frozen=True)
class TensorSeen:
    """A tensor (or NumPy array) as it was when the learner's code returned it.

    values: its numbers, a detached copy on the CPU. storage, storage_bytes: where its memory
    starts and how long it is, comparable within one Observation only (see `shares_memory`).
    kind: "tensor", "parameter" or "array".
    """

    values: torch.Tensor
    device: str = "cpu"
    requires_grad: bool = False
    is_leaf: bool = True
    has_graph: bool = False
    storage: int = 0
    storage_bytes: int = 0
    offset: int = 0
    strides: tuple[int, ...] = ()
    kind: str = "tensor"

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.values.shape)

    @property
    def dtype(self) -> torch.dtype:
        return self.values.dtype

    def shares_memory(self, other: TensorSeen) -> bool:
        """Whether both lie in one piece of memory; both must come from one Observation. Empty tensors share nothing."""
        starts_first, starts_later = sorted((self, other), key=lambda seen: seen.storage)
        empty = not self.storage_bytes or not other.storage_bytes
        return not empty and starts_later.storage < starts_first.storage + starts_first.storage_bytes


@dataclass(frozen=True)
class PlainSeen:
    """None, a bool, an int, a float or a str. type: its Python type's name (NumPy scalars keep theirs)."""

    value: None | bool | int | float | str
    type: str


@dataclass(frozen=True)
class SequenceSeen:
    """A list, tuple, named tuple or set, item by item; `length` tells how many there were when not all are kept."""

    type: str
    items: tuple
    length: int


@dataclass(frozen=True)
class MappingSeen:
    """A dict with its keys as text, in order."""

    items: dict


@dataclass(frozen=True)
class ModuleSeen:
    """An nn.Module: the class's name, its parameters in order, its buffers, and its training flag.

    initialised: False where `super().__init__()` has not run, so that nothing can be registered.
    unregistered: (attribute, where) of tensors and layers that PyTorch does not know, where being "tensor" (a plain
    tensor), "container" (inside a list, tuple or dict) or "class" (an attribute of the class itself).
    """

    class_name: str
    parameters: dict[str, TensorSeen]
    buffers: dict[str, TensorSeen]
    training: bool
    initialised: bool = True
    unregistered: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ClassSeen:
    """A class: its name, the names of its bases, nearest first, and the methods that are the learner's own."""

    name: str
    bases: tuple[str, ...]
    methods: tuple[str, ...] = ()


@dataclass(frozen=True)
class ObjectSeen:
    """Anything else: only its type's name, the names of its bases, and whether it can be called."""

    type: str
    bases: tuple[str, ...]
    is_callable: bool


Seen = TensorSeen | PlainSeen | SequenceSeen | MappingSeen | ModuleSeen | ClassSeen | ObjectSeen


@dataclass(frozen=True)
class ErrorSeen:
    """An exception from the learner's code.

    type and bases: names of its class and of that class's bases. message: its text, cut at 400 characters.
    line: the learner's own line that raised, with line_number in their cell; function: the name of its function.
    expression: the part of that line (or of several lines) that was being computed; source: the text of the function.
    locals: the tensors, modules and short values that function could see, as Seen.
    grads_missing: names of leaves among them that require a gradient and have none ("model.weight" inside a module).
    innermost: the name of the function that raised, the learner's or a library's. overwritten: for an error of a backward
    pass, whether a value that it needed was changed in place (else its graph had been freed); None for other errors.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    line: str = ""
    line_number: int = 0
    function: str = ""
    locals: dict[str, Seen] = field(default_factory=dict)
    grads_missing: tuple[str, ...] = ()
    innermost: str = ""
    expression: str = ""
    source: str = ""
    overwritten: bool | None = None


@dataclass(frozen=True)
class Observation:
    """All that one probe saw. Every field is plain data; `encoding.py` turns it into bytes and back.

    outcome: MISSING (no such name), NOT_ATTEMPTED (the stub), RAISED or RETURNED.
    call: the call as text, such as "compute_loss(tasks (5, 1), questions (5, 1), model)".
    changed: names of arguments that the call changed in place.
    gradients: for each wanted tensor its gradient, or None where the result does not depend on it.
    gradient_error: why no gradient could be taken ("" when it could, or none was asked for).
    details: what the request's `watch` asked for, by name (JSON-like plain data).
    extras: further things seen, by name. source: the text of the learner's function (of a class: of its methods).
    """

    subject: str
    outcome: str
    call: str = ""
    result: Seen | None = None
    error: ErrorSeen | None = None
    changed: tuple[str, ...] = ()
    gradients: dict[str, TensorSeen | None] = field(default_factory=dict)
    gradient_error: str = ""
    details: dict = field(default_factory=dict)
    extras: dict[str, Seen] = field(default_factory=dict)
    stdout: str = ""
    stderr: str = ""
    warnings: tuple[tuple[str, str], ...] = ()
    source: str = ""
