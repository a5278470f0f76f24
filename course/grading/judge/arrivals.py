"""What came from the judge, put together in the student's process: functions in its namespace, classes by their name."""

from __future__ import annotations

import builtins
import linecache
import marshal
import pickle
import types
from collections.abc import Callable

import torch

from course.check.surroundings import plain_defaults

from .calling_judge import JudgeObject, judge_function
from .telling import Known


class NotThere(Exception):
    """A class that the judge names is not in the student's namespace. name: the class's."""

    def __init__(self, name: str):
        super().__init__(f"there is no class {name}")
        self.name = name


class JudgesNames(dict):
    """The globals of the judge's functions here: their own names, then whatever the notebook has by that name now."""

    def __init__(self, namespace: dict):
        super().__init__(__name__="__main__", __builtins__=builtins)
        self.namespace = namespace

    def __missing__(self, name):
        return self.namespace[name]

    def __contains__(self, name) -> bool:  # asked when one of its functions is sent on to the pretend device
        return super().__contains__(name) or name in self.namespace


class _Place:
    """Where what arrives belongs: one notebook's namespace, the objects that have numbers, the way back to the judge."""

    namespace: dict = {}
    names: JudgesNames | None = None
    known: Known | None = None
    call_judge: Callable | None = None


def settle_in(namespace: dict, known: Known, call_judge: Callable) -> None:
    """Say where functions find the notebook's names, and how they call the judge. Once a process."""
    _Place.namespace, _Place.names, _Place.known, _Place.call_judge = namespace, JudgesNames(namespace), known, call_judge


def unpack(data: bytes):
    """What `Shipper.pack` packed. Raises NotThere, or whatever building a value raises."""
    with plain_defaults():
        return pickle.loads(data)


def class_named(name: str) -> type:
    found = _Place.namespace.get(name)
    if not isinstance(found, type):
        raise NotThere(name)
    return found


def tensor(numbers: bytes, dtype: str, shape: tuple, requires_grad: bool, is_parameter: bool) -> torch.Tensor:
    kind = getattr(torch, dtype)
    # a copy: what lies in a buffer cannot be resized
    made = torch.frombuffer(bytearray(numbers), dtype=kind).reshape(shape).clone() if numbers else torch.empty(shape, dtype=kind)
    return torch.nn.Parameter(made, requires_grad) if is_parameter else made.requires_grad_(requires_grad)


def new_function(code: bytes, name: str, qualname: str, cells: int, filename: str, text: str) -> types.FunctionType:
    if text:  # hidden lines are blank
        linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    closure = tuple(types.CellType() for _ in range(cells))
    function = types.FunctionType(marshal.loads(code), _Place.names, name, None, closure)
    function.__qualname__ = qualname
    return function


def fill_function(function: types.FunctionType, state: tuple) -> None:
    names, function.__defaults__, function.__kwdefaults__, bound, attributes, function.__doc__ = state
    function.__globals__.update(names)
    for cell, content in zip(function.__closure__ or (), bound, strict=True):
        if content:
            cell.cell_contents = content[0]
    function.__dict__.update(attributes)


def function_of_judge(number: str, name: str):
    """A function that stays at the judge, to be called from here; the same one each time it is mentioned."""
    if number not in _Place.known.of_judge:
        _Place.known.know_object(number, judge_function(_Place.call_judge, number, name))
    return _Place.known.of_judge[number]


def object_of_judge(number: str):
    """An object of a class of the test cell's own, which stays at the judge too."""
    if number not in _Place.known.of_judge:
        _Place.known.know_object(number, JudgeObject(_Place.call_judge, number))
    return _Place.known.of_judge[number]


def copy_of_judges(number: str):
    """A module or optimiser of the judge's that was sent before, with tensors that both sides share."""
    return _Place.known.of_judge[number]


def students_own(number: str):
    return _Place.known.handles[number]


def shared_tensor(number: str) -> torch.Tensor:
    _Place.known.used.add(number)
    return _Place.known.tensors[number]
