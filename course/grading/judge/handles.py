"""Handles: the judge's side of objects that stay in the student's process.

What a handle gives back when it is called, read or iterated is data or another handle. Comparisons, arithmetic with
test data, truth and `in` would be answered by the object's own methods, with the test's data in their hands: refused.
"""

from __future__ import annotations

import collections
import inspect
import sys
from dataclasses import dataclass

import numpy as np
import torch

from .errors import JudgeError
from .operations import READABLE

_KNOWN_MODULES = ("torch.", "collections.", "typing.", "abc.", "builtins.", "numpy.")
# Only classes written in Python: C code trusts isinstance, and would take the memory of a handle for what it claims to be.
_CLAIMABLE = (torch.nn.Module, torch.utils.data.Dataset, torch.utils.data.Sampler, torch.utils.data.DataLoader,
              torch.optim.Optimizer, collections.abc.Iterator)  # fmt: skip
_NEVER_CLAIMED = (torch.Tensor, torch._C.TensorBase, int, float, complex, str, bytes, list, tuple, dict, set, frozenset,
                  type, BaseException, np.ndarray, np.generic)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the student's process says that an object is. bases: names of its class and of that class's bases."""

    is_class: bool
    bases: tuple[str, ...]
    is_callable: bool = False
    is_generator: bool = False


def _refused(what: str, instead: str):
    def refuse(self, *_):
        raise JudgeError(f"{what} of a student's object is the student's own word: {instead}")

    return refuse


class Handle:
    """An object in the student's process. session: asks that process; number: the object's there."""

    __slots__ = ("__weakref__", "_number", "_session", "_told")

    def __init__(self, session, number: str, told: Told):
        for name, value in (("_session", session), ("_number", number), ("_told", told)):
            object.__setattr__(self, name, value)

    @property
    def __class__(self):
        return type if self._told.is_class else self._session.claimed_class(self._told)

    @property
    def __bases__(self):
        if not self._told.is_class:
            raise AttributeError("__bases__")
        return (self._session.claimed_class(self._told),)

    @property
    def __signature__(self):
        return inspect.Signature([
            inspect.Parameter(name, inspect._ParameterKind(kind), default=(plain if plain is not None or text == "None" else text)
                              if has_default else inspect.Parameter.empty)
            for name, kind, has_default, text, plain in self._session.do("signature", self)
        ])  # fmt: skip

    def __call__(self, *arguments, **named):
        return self._session.do("call", self, arguments, named)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__") and name not in READABLE:
            raise AttributeError(name)
        return self._session.do("attribute", self, name)

    def __setattr__(self, name, value):
        self._session.do("set_attribute", self, name, value)

    def __instancecheck__(self, value):
        return type(value) is Handle and self._session.do("operator", "isinstance", value, self) is True

    def __subclasscheck__(self, value):
        return type(value) is Handle and self._session.do("operator", "issubclass", value, self) is True

    def __len__(self):
        return self._session.do("operator", "len", self)

    def __iter__(self):
        return self._session.do("operator", "iter", self)

    def __next__(self):
        return self._session.do("operator", "next", self)

    def __getitem__(self, index):
        return self._session.do("operator", "getitem", self, index)

    def __setitem__(self, index, value):
        self._session.do("operator", "setitem", self, index, value)

    def __repr__(self):
        return self._session.text_of("repr", self)

    def __str__(self):
        return self._session.text_of("str", self)

    def __format__(self, form):
        return format(str(self), form)

    def __float__(self):
        return float(self._session.do("operator", "float", self))

    def __deepcopy__(self, memo):
        return self._session.do("operator", "deepcopy", self)

    def __copy__(self):
        return self._session.do("operator", "copy", self)

    def __reduce_ex__(self, protocol):
        raise JudgeError("an object of the student's cannot be pickled at the judge")

    def __eq__(self, other):
        if type(other) is not Handle:
            return False  # it equals no data, whatever its own __eq__ says
        if self._number == other._number:
            return True
        raise JudgeError('whether two student\'s objects are equal is the student\'s own word: compare their attributes, '
                         'or say judge.op("eq", a, b)')  # fmt: skip

    def __hash__(self):
        return hash(self._number)

    __lt__ = __le__ = __gt__ = __ge__ = _refused("the order", "compare float(x), or attributes")
    __contains__ = _refused("`in`", 'use list(x), or judge.op("contains", x, y)')
    __bool__ = _refused("the truth", 'use "is not None", or judge.op("truth", x)')


def _arithmetic(name: str):
    def operate(self, *others):
        if any(type(other) is not Handle for other in others):
            raise JudgeError(f'{name} of a student\'s object and test data would hand it the data, and the result is its own '
                             f'word: use float(x), attributes, or judge.op("{name}", x, y)')  # fmt: skip
        return self._session.do("operator", name, self, *others)

    return operate


for _name in ("add", "sub", "mul", "truediv", "matmul", "neg", "pow", "floordiv", "mod"):
    setattr(Handle, f"__{_name}__", _arithmetic(_name))


def claimed_class(told: Told, own_classes: dict[str, type], made: dict) -> type:
    """A class for isinstance alone, derived from the first of the claimed bases that a handle may stand for.

    own_classes: classes of the notebook's own cells, by name. made: classes made before.
    """
    if told.bases not in made:
        base = next(filter(None, (_claimable(name, own_classes) for name in told.bases)), object)
        try:
            made[told.bases] = type(told.bases[0].rsplit(".", 1)[-1], (base,), {})
        except TypeError:
            made[told.bases] = object
    return made[told.bases]


def _claimable(name: str, own_classes: dict[str, type]) -> type | None:
    module, _, short = name.rpartition(".")
    if module == "__main__":
        found = own_classes.get(short)
    else:
        found = getattr(sys.modules.get(module), short, None) if name.startswith(_KNOWN_MODULES) else None
    if not isinstance(found, type) or found is object or any(issubclass(found, one) for one in _NEVER_CLAIMED):
        return None
    return found if module == "__main__" or issubclass(found, _CLAIMABLE) else None


__all__ = ["Handle", "Told", "claimed_class"]
