"""What the student's process tells the judge: values as JSON and numbers, everything else as handles on its objects.

Exact types only: an object of a subclass is a handle, so that no method of the student's decides what is told.
"""

from __future__ import annotations

import collections
import decimal
import fractions
import hashlib
import types

import numpy as np
import torch
from safetensors.torch import save

from course.check.graph_state import leaves_of

MOST_BYTES = 60 * 1024 * 1024
MOST_ITEMS = 400_000
MOST_TEXT = 1_000_000  # characters, digits and hexadecimal digits together
MOST_DEPTH = 40
MOST_DIGITS = 100  # of a decimal number
MOST_NAME = 400  # characters of a class's
FEW_ELEMENTS = 250_000  # of a tensor whose identity is kept across calls
_MODULE, _QUALNAME, _MRO = (type.__dict__[name].__get__ for name in ("__module__", "__qualname__", "__mro__"))
_ATOMS = (type(None), bool, int, str, float)
_CONTAINERS = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}


class TooMuch(Exception):
    """A value is too large, or nested too deeply, to be told."""


def fingerprint(tensor: torch.Tensor) -> tuple:
    """Equal for a tensor whose shape, numbers and gradient have not changed."""
    return _contents(tensor), _contents(tensor.grad) if tensor.is_leaf else None


def _contents(tensor: torch.Tensor | None):
    if tensor is None:
        return None
    try:
        numbers = tensor.detach().resolve_conj().resolve_neg().contiguous().reshape(-1)
        data = numbers.view(torch.uint8).numpy().tobytes() if numbers.numel() else b""
        return tuple(tensor.shape), str(tensor.dtype), hashlib.blake2b(data, digest_size=16).digest()
    except (RuntimeError, TypeError, NotImplementedError):  # nested, sparse, quantised: no message can hold one anyway
        return None


def full_name(kind: type) -> str:
    """Module and qualified name of a class, text whatever the class or its metaclass says of itself, cut where it is long."""
    try:
        module = _MODULE(kind)
    except AttributeError:  # made where no module was
        module = None
    return f"{str.__str__(module) if isinstance(module, str) else '__main__'}.{str.__str__(_QUALNAME(kind))}"[:MOST_NAME]


def bases_of(kind: type) -> list[str]:
    """Full names of a class and of its bases, nearest first, at most fifty."""
    return [full_name(one) for one in _MRO(kind)[:50]]


def _is_short(numbers: range) -> bool:
    most = max(abs(numbers.start), abs(numbers.stop), abs(numbers.step))
    return most >> 62 == 0 and len(numbers) <= MOST_ITEMS


def _as_tensor(value) -> torch.Tensor:
    with torch._C.DisableTorchFunctionSubclass():
        return value.as_subclass(torch.Tensor) if type(value).__torch_dispatch__ is torch.Tensor.__torch_dispatch__ else None


# What an object holds as one of a plain class, by that class's own methods.
_HELD = (
    (torch.Tensor, _as_tensor), (int, int.__int__), (float, float.__float__), (str, str.__str__),
    (tuple, lambda value: tuple(tuple.__iter__(value))), (list, lambda value: list(list.__iter__(value))),
    (dict, lambda value: dict(dict.items(value))), (set, lambda value: set(set.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))), (collections.deque, lambda value: list(collections.deque.__iter__(value))),
    (type({}.keys()), list), (type({}.values()), list), (type({}.items()), list),
)  # fmt: skip


class Slot:
    """Stands for a tensor that is told beside the value that it is part of."""

    def __init__(self, number: int):
        self.number = number


class Known:
    """Objects that both sides have a number for: the student's handles, shared tensors, and objects of the judge's."""

    def __init__(self):
        self.handles: dict[str, object] = {}
        self.tensors: dict[str, torch.Tensor] = {}
        self.of_judge: dict[str, object] = {}
        self.graphs: dict[str, tuple[list, list]] = {}
        self.used: set[str] = set()  # tensors of the judge's that the present call works on
        self._numbers: dict[int, str] = {}  # by id(); every object with a number is kept alive by it
        self._seen: dict[str, tuple] = {}
        self._last = 0

    def number(self, kind: str) -> str:
        self._last += 1
        return f"{kind}{self._last}"

    def number_of(self, value) -> str | None:
        return self._numbers.get(id(value))

    def handle(self, value) -> str:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = self.number("h")
            self.handles[number] = value
        return number

    def share(self, number: str, tensor: torch.Tensor) -> None:
        self.tensors[number], self._numbers[id(tensor)] = tensor, number
        self._seen[number] = fingerprint(tensor)

    def know_object(self, number: str, value) -> None:
        self.of_judge[number], self._numbers[id(value)] = value, number

    def forget(self, number: str) -> None:
        for table in (self.handles, self.tensors):
            if number in table:
                self._numbers.pop(id(table.pop(number)), None)
        self._seen.pop(number, None)
        self.graphs.pop(number, None)

    def in_step(self, number: str) -> None:
        """The tensor is now what the judge knows it to be."""
        self._seen[number] = fingerprint(self.tensors[number])

    def changed_tensors(self):
        """(number, tensor, whether its numbers changed, whether its gradient did); in step afterwards."""
        for number, tensor in list(self.tensors.items()):
            if number.startswith("j") and number not in self.used and not tensor.requires_grad:
                continue  # plain inputs of earlier calls
            now, before = fingerprint(tensor), self._seen[number]
            if now != before:
                self._seen[number] = now
                yield number, tensor, now[0] != before[0], now[1] != before[1]


class Telling:
    """One message to the judge. blobs: tensors for its body, by name. plain: whether the judge wants data where it can be had."""

    def __init__(self, known: Known, plain: bool = False):
        self.known, self.blobs, self.outputs, self.plain = known, {}, [], plain
        self._items = self._bytes = self._text = 0

    def body(self) -> bytes:
        return save(self.blobs) if self.blobs else b""

    def value(self, value, depth: int = 0, result: bool = False):
        """The value as JSON. result: it is what a call returned, and not one of the notebook's own names."""
        self._items += 1
        if self._items > MOST_ITEMS:
            raise TooMuch("too many items")
        if depth > MOST_DEPTH:
            raise TooMuch("nested too deeply")
        kind = type(value)
        if kind in _ATOMS:
            if kind is int and value.bit_length() > 4096:
                raise TooMuch("a number of too many digits")
            self._count(len(value) if kind is str else value.bit_length() // 3 if kind is int and abs(value) >> 64 else 0)
            return value
        number = self.known.number_of(value)
        if number is not None and number in self.known.of_judge:
            return {"t": "judges", "v": number}
        if kind in _CONTAINERS:
            return {"t": _CONTAINERS[kind], "v": [self.value(item, depth + 1, result) for item in value]}
        if kind is dict or kind is collections.OrderedDict:
            pairs = [[self.value(k, depth + 1, result), self.value(v, depth + 1, result)] for k, v in value.items()]
            return {"t": "dict" if kind is dict else "ordered", "v": pairs}
        if kind is torch.Tensor or kind is torch.nn.Parameter:
            return self._tensor(value, number, result)
        return self._small(value, kind, depth) or self._numpy(value, kind) or self._handle(value, kind, depth)

    def _count(self, characters: int) -> None:
        self._text += characters
        if self._text > MOST_TEXT:
            raise TooMuch("too long a text")

    def _small(self, value, kind: type, depth: int):
        if kind is bytes:
            self._count(2 * len(value))
            return {"t": "bytes", "v": value.hex()}
        if kind is complex:
            return {"t": "complex", "v": [value.real, value.imag]}
        if kind is range and _is_short(value):  # a longer one stays here
            return {"t": "range", "v": [value.start, value.stop, value.step]}
        if kind is slice:
            return {"t": "slice", "v": [self.value(end, depth + 1) for end in (value.start, value.stop, value.step)]}
        if kind is torch.Size:
            return {"t": "size", "v": list(value)}
        if kind is torch.dtype:
            return {"t": "dtype", "v": str(value)[6:]}
        if kind is torch.device:
            return {"t": "device", "v": str(value)}
        if kind is fractions.Fraction:
            return {"t": "fraction", "v": [self.value(value.numerator, depth + 1), self.value(value.denominator, depth + 1)]}
        if kind is decimal.Decimal and len(str(value)) <= MOST_DIGITS and not (value.is_finite() and abs(value.adjusted()) > MOST_DIGITS):
            return {"t": "decimal", "v": str(value)}
        if kind is Slot:
            return {"t": "slot", "v": value.number}
        return None

    def _tensor(self, tensor: torch.Tensor, number: str | None, result: bool):
        if number is not None and number in self.known.tensors:
            return {"t": "tensor", "id": number}
        told = {"t": "tensor", "k": self.blob(tensor), "grad": tensor.requires_grad, "parameter": type(tensor) is torch.nn.Parameter}
        if tensor.requires_grad and not tensor.is_leaf:
            told["output"] = len(self.outputs)
            self.outputs.append(tensor)
        elif tensor.is_leaf and (tensor.requires_grad or not result and tensor.numel() < FEW_ELEMENTS):
            told["id"] = self.known.number("s")
            self.known.share(told["id"], tensor)
            if tensor.grad is not None:
                told["gradient"] = self.blob(tensor.grad)
        return told

    def _numpy(self, value, kind: type):
        if not full_name(kind).startswith("numpy."):
            return None
        if kind is np.ndarray and value.dtype.kind in "biuf" and value.dtype.itemsize <= 8:
            numbers = torch.from_numpy(np.ascontiguousarray(value))
            return {"t": "array", "k": self.blob(numbers), "dtype": value.dtype.str, "shape": list(value.shape)}
        if isinstance(value, np.generic) and value.dtype.kind in "biuf" and value.dtype.itemsize <= 8:
            return {"t": "scalar", "v": value.item(), "dtype": value.dtype.str}
        return None

    def _handle(self, value, kind: type, depth: int):
        of = value if isinstance(value, type) else kind
        told = {"t": "handle", "v": self.known.handle(value), "class": isinstance(value, type), "call": callable(value), "bases": bases_of(of)}
        if isinstance(value, type):
            return told
        plain = self._plain(value, kind, depth) if self.plain else None
        return {**told, "generator": kind is types.GeneratorType, **({"plain": plain} if plain is not None else {})}

    def _plain(self, value, kind: type, depth: int):
        """What an object of a class derived from a plain one holds, told as that; none of its own methods is asked."""
        held = next((hold for base, hold in _HELD if base in _MRO(kind)), None)
        if held is None:
            return None
        before, blobs, outputs = (self._items, self._bytes, self._text), len(self.blobs), len(self.outputs)
        try:
            return self.value(held(value), depth, result=True)
        except Exception:  # too much of it, or a tensor that is none
            self._items, self._bytes, self._text = before
            self.blobs = dict(list(self.blobs.items())[:blobs])
            del self.outputs[outputs:]
            return None

    def blob(self, tensor: torch.Tensor) -> str:
        name, tensor = str(len(self.blobs)), tensor.detach()
        self._bytes += tensor.numel() * tensor.element_size()
        if self._bytes > MOST_BYTES or not tensor.numel() and sum(tensor.shape) > MOST_ITEMS:  # a sum of such a one fills a memory
            raise TooMuch(f"more than {MOST_BYTES >> 20} MiB")
        if tensor.dtype.is_complex:
            name, tensor = f"c{name}", torch.view_as_real(tensor.resolve_conj())
        self.blobs[name] = tensor.cpu().contiguous().clone()
        return name

    def changes(self) -> list[dict]:
        """What calls did to shared tensors since the judge last heard."""
        told = []
        for number, tensor, numbers, gradient in self.known.changed_tensors():
            change = {"id": number}
            if numbers:
                change["k"] = self.blob(tensor)
            if gradient:
                change["gradient"] = None if tensor.grad is None else self.blob(tensor.grad)
            told.append(change)
        return told

    def graph(self) -> list | None:
        """The number of the graph behind the tensors told, and its shared leaves as (place, number); None without one."""
        if not self.outputs:
            return None
        number, leaves = self.known.number("g"), leaves_of(self.outputs)
        self.known.graphs[number] = (self.outputs, leaves)
        known = [(place, self.known.number_of(leaf)) for place, leaf in enumerate(leaves)]
        return [number, [[place, one] for place, one in known if one in self.known.tensors]]
