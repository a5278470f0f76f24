"""Reads what the student's process tells: values made anew from JSON and numbers, handles for everything else.

Whatever is malformed raises BadAnswer; nothing is unpickled, and no class is looked up by a name from there.
"""

from __future__ import annotations

import builtins
import collections
import contextlib
import decimal
import fractions

import numpy as np
import torch

from . import arrivals
from .claims import clean, of_zeros_and_ones
from .errors import BadAnswer, StudentError
from .handles import Handle, Told

MOST_DEPTH = 50
MOST_ITEMS = 500_000
MOST_BITS = 4100
MOST_DIGITS = 100
MOST_OF_ONE_HASH = 100  # items of a set, or keys of a dict: more take time as their square
# Iterators written in C, whose only answer is their next item.
_ITERATORS = frozenset(f"builtins.{name}" for name in ("generator", "map", "zip", "filter", "enumerate", "reversed"))
_KINDS = "biuf"


class StudentsIterator:
    """An iterator of Python's own in the student's process, where data is due: it gives its items, and nothing else."""

    def __init__(self, session, number: str, told: Told):
        self._session, self._handle = session, session.handle(number, told)

    def __iter__(self):
        return self

    def __next__(self):
        return self._session.do("operator", "next", self._handle)

    def __reduce__(self):
        return arrivals.students_own, (self._handle._number,)


class PartOfGraph:
    """Stands for a tensor of the student's graph until all of an answer's are known. tensor: filled then."""

    def __init__(self):
        self.tensor: torch.Tensor | None = None


class Slot:
    """Stands for a tensor told beside the value."""

    def __init__(self, number: int):
        self.number = number


def blobs_of(body: bytes) -> dict[str, torch.Tensor]:
    from safetensors.torch import load

    if not body:
        return {}
    try:
        return load(body)
    except Exception as error:
        raise BadAnswer(f"numbers that cannot be read ({type(error).__name__})") from None


class Reading:
    """One message from the student's process.

    session: knows the objects that have numbers, see `Session`. blobs: the message's tensors. wants_data: whether an
    object of a class derived from a plain one is read as what it holds, and an iterator of Python's as one.
    """

    def __init__(self, session, blobs: dict[str, torch.Tensor], wants_data: bool = False):
        self.session, self.blobs, self.wants_data = session, blobs, wants_data
        self.parts: list[tuple[torch.Tensor, PartOfGraph]] = []
        self.handles = 0
        self.changed_inputs: dict[str, torch.Tensor] = {}
        self._items = 0

    def value(self, told, depth: int = 0):
        """The value told. Tensors of a graph are PartOfGraph until `filled`."""
        try:
            return self._value(told, depth)
        except BadAnswer:
            raise
        except Exception as error:
            raise BadAnswer(f"a value that cannot be read ({type(error).__name__})") from None

    def _value(self, told, depth: int):
        self._items += 1
        _must(self._items <= MOST_ITEMS and depth <= MOST_DEPTH, "size")
        if told is None or type(told) in (bool, float, str):
            return told
        if type(told) is int:
            _must(told.bit_length() <= MOST_BITS, "number")
            return told
        _must(type(told) is dict and type(told.get("t")) is str, "form")
        reader = _READERS.get(told["t"])
        _must(reader is not None, "kind")
        return reader(self, told, told.get("v"), depth + 1)

    def _items_of(self, told, depth: int) -> list:
        _must(type(told) is list, "items")
        return _scattered([self._value(item, depth) for item in told])

    def _pairs(self, told, depth: int) -> list[tuple]:
        _must(type(told) is list and all(type(pair) is list and len(pair) == 2 for pair in told), "pairs")
        keys = _scattered([self._value(key, depth) for key, _ in told])
        return [(key, self._value(item, depth)) for key, (_, item) in zip(keys, told, strict=True)]

    def blob(self, name) -> torch.Tensor:
        _must(type(name) is str and name in self.blobs, "numbers")
        tensor = self.blobs[name]
        _must(tensor.dim() <= 64 and (tensor.numel() > 0 or sum(tensor.shape) <= MOST_ITEMS), "dimensions")
        tensor = of_zeros_and_ones(tensor)
        return torch.view_as_complex(tensor) if name.startswith("c") else tensor

    def _tensor(self, told, _, depth):
        number = told.get("id")
        if number is not None:
            _must(type(number) is str, "number of a tensor")
            if number in self.changed_inputs:
                return self.changed_inputs[number]
            known = self.session.tensors.known(number)
            if known is not None:
                return known
            _must(number.startswith("s") and "k" in told, "tensor")
        tensor = self.blob(told.get("k"))
        _must(all(type(told.get(flag)) is bool for flag in ("grad", "parameter")), "flags")
        differentiable = tensor.is_floating_point() or tensor.is_complex()
        if "output" in told:
            if not (torch.is_grad_enabled() and tensor.is_floating_point()):
                return tensor
            part = PartOfGraph()
            self.parts.append((tensor, part))
            return part
        if told["parameter"]:
            tensor = torch.nn.Parameter(tensor, told["grad"] and differentiable)
        elif told["grad"] and differentiable:
            tensor.requires_grad_()
        if told.get("gradient") is not None:
            tensor.grad = self.blob(told["gradient"])
        if number is not None:
            self.session.tensors.share(number, tensor)
        return tensor

    def _array(self, told, _, depth):
        kind = _numeric(told.get("dtype"))
        numbers = self.blob(told.get("k")).numpy()
        _must(numbers.dtype == kind.newbyteorder("="), "dtype")
        return numbers.reshape([int(size) for size in told["shape"]])

    def _scalar(self, told, value, depth):
        _must(type(value) in (bool, int, float), "number")
        return _numeric(told.get("dtype")).type(value)

    def _fraction(self, told, value, depth):
        _must(type(value) is list and len(value) == 2, "fraction")
        above, below = (self._value(one, depth) for one in value)
        _must(type(above) is int and type(below) is int and below > 0, "fraction")
        return fractions.Fraction(above, below)

    def _decimal(self, told, value, depth):
        _must(type(value) is str and len(value) <= MOST_DIGITS, "number")
        found = decimal.Decimal(value)
        _must(not found.is_finite() or abs(found.adjusted()) <= MOST_DIGITS, "number")  # as a whole number it would have as many digits
        return found

    def _dtype(self, told, value, depth):
        found = getattr(torch, value)
        _must(isinstance(found, torch.dtype), "dtype")
        return found

    def _range(self, told, value, depth):
        _must(len(value) == 3 and all(type(end) is int for end in value), "range")
        found = range(*value)
        _must(len(found) <= MOST_ITEMS, "range")  # a test that makes a list of it would fill the judge's memory
        return found

    def _slot(self, told, value, depth):
        _must(type(value) is int and 0 <= value < 1000, "slot")
        return Slot(value)

    def _judges(self, told, value, depth):
        found = self.session.ours(value)
        _must(found is not None, "object of the judge's")
        return found

    def _handle(self, told, value, depth):
        bases = told.get("bases")
        _must(type(value) is str and len(value) < 40 and type(bases) is list and 0 < len(bases) <= 50, "handle")
        _must(all(type(name) is str and len(name) <= 400 for name in bases), "bases")
        if self.wants_data and "plain" in told:
            return self._value(told["plain"], depth)
        about = Told(told.get("class") is True, tuple(clean(name, 400) for name in bases), told.get("call") is True,
                     told.get("generator") is True)  # fmt: skip
        if self.wants_data and not about.is_class and about.bases[0] in _ITERATORS:
            return StudentsIterator(self.session, value, about)
        self.handles += 1
        if about.is_class and "builtins.BaseException" in about.bases:
            return exception_class(self.session, about.bases, value)
        return self.session.handle(value, about)


_READERS = {
    "list": lambda self, told, v, depth: self._items_of(v, depth),
    "tuple": lambda self, told, v, depth: tuple(self._items_of(v, depth)),
    "set": lambda self, told, v, depth: set(self._items_of(v, depth)),
    "frozenset": lambda self, told, v, depth: frozenset(self._items_of(v, depth)),
    "dict": lambda self, told, v, depth: dict(self._pairs(v, depth)),
    "ordered": lambda self, told, v, depth: collections.OrderedDict(self._pairs(v, depth)),
    "bytes": lambda self, told, v, depth: bytes.fromhex(v),
    "complex": lambda self, told, v, depth: complex(float(v[0]), float(v[1])),
    "range": Reading._range,
    "slice": lambda self, told, v, depth: slice(*self._items_of(v, depth)),
    "size": lambda self, told, v, depth: torch.Size([int(size) for size in v]),
    "fraction": Reading._fraction,
    "decimal": Reading._decimal,
    "dtype": Reading._dtype,
    "device": lambda self, told, v, depth: torch.device(v),
    "slot": Reading._slot,
    "judges": Reading._judges,
    "tensor": Reading._tensor,
    "array": Reading._array,
    "scalar": Reading._scalar,
    "handle": Reading._handle,
}


def filled(value):
    """The value with each PartOfGraph replaced by its tensor."""
    kind = type(value)
    if kind is PartOfGraph:
        return value.tensor
    if kind in (list, tuple, set, frozenset):
        return kind(filled(item) for item in value)
    if kind in (dict, collections.OrderedDict):
        return kind((key, filled(item)) for key, item in value.items())
    return value


def exception_class(session, bases: tuple[str, ...], number: str | None) -> type:
    """A class that stands for the student's exception class, or the builtin one that it is.

    Builtin bases are kept, so that `except ValueError` and pytest.raises work; number: of the student's class.
    """
    name = bases[0].rsplit(".", 1)[-1][:100]
    if bases[0] == f"builtins.{name}":
        found = getattr(builtins, name, None)
        if isinstance(found, type) and issubclass(found, Exception):
            return found
    key = (bases, number)
    if key not in session.exceptions:
        base = next((b for b in map(_builtin_error, bases) if b is not None), Exception)
        parents = (StudentError,) if base is Exception else (StudentError, base)
        made = type(name or "Exception", parents, {"__module__": "student", "__init__": _keep_text, "__str__": _text})
        made.students_number = number
        session.exceptions[key] = made
    return session.exceptions[key]


def _builtin_error(name: str) -> type | None:
    found = getattr(builtins, name.removeprefix("builtins."), None) if name.startswith("builtins.") else None
    return found if isinstance(found, type) and issubclass(found, Exception) else None


def _keep_text(self, *arguments):
    self.text = arguments[0] if arguments else ""


def _text(self) -> str:
    return str(self.text)


def _numeric(name) -> np.dtype:
    _must(type(name) is str and len(name) < 10, "dtype")
    kind = np.dtype(name)
    _must(kind.kind in _KINDS and kind.itemsize <= 8, "dtype")
    return kind


def _scattered(items: list) -> list:
    """The items, unless so many that differ are of one hash that a set of them would take for ever to make."""
    if len(items) > MOST_OF_ONE_HASH:
        alike = collections.defaultdict(list)
        for item in items:
            if type(item) in (int, float, complex, str, bytes, tuple, frozenset):
                with contextlib.suppress(TypeError):  # a tuple with lists in it
                    alike[hash(item)].append(item)
        for group in alike.values():
            _must(len(group) <= MOST_OF_ONE_HASH or len(set(map(repr, group))) <= MOST_OF_ONE_HASH, "items")
    return items


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise BadAnswer(f"a value that cannot be read (its {what})")


__all__ = ["Handle", "PartOfGraph", "Reading", "Slot", "blobs_of", "exception_class", "filled"]
