"""The judge's conversation about the student's objects: operations asked for, answers read, calls of its own functions answered."""

from __future__ import annotations

import random
import sys
import types
import weakref

import numpy as np
import torch

from . import arrivals
from .asking import Asking
from .calls import answer_derivative
from .claims import clean
from .errors import BadAnswer, JudgeError, NoAnswer, Undecided
from .handles import Handle, Told, claimed_class
from .reading import Reading, blobs_of, exception_class, filled
from .rehearsal import CHANGED, DATA, EMPTY, FAILED, HANDLE, STOP, FailedMeanwhile
from .remote_gradient import attach
from .shared_tensors import SharedTensors
from .shipping import Shipper, _Pickler, pack_message
from .void import void_kinds

MOST_PRINTED = 100_000  # characters of one call


class Session:
    """One notebook's. Made before its shipper, which needs `keep`, and given it afterwards.

    asking: the line to the student's process. pushed: names whose values student's functions read from a test cell.
    noted: called with the kind (of `rehearsal`) of whatever arrives, may refuse it. wants_data: whether only data is due now.
    """

    def __init__(self, asking: Asking, namespace: dict, pushed: frozenset[str], noted, wants_data=lambda: False):
        self.asking, self.namespace, self.pushed, self.noted, self.wants_data = asking, namespace, pushed, noted, wants_data
        self.shipper: Shipper | None = None
        self.exceptions: dict[tuple, type] = {}
        self.inout: dict[int, object] = {}  # by id(): what a call may change in place
        self.mutated: set[int] = set()
        self._names: dict[str, tuple[object, list[str]]] = {}
        self._kinds = [DATA]  # of what arrived last
        self.forget_all()

    def forget_all(self) -> None:
        """Begin anew with another student's process, which knows nothing of what the last one was told."""
        self.forget: list[str] = []
        self.tensors = SharedTensors(self.forget)
        self._ours: dict[str, object] = {}
        self._numbers: dict[int, str] = {}
        self._sent: dict[str, bytes] = {}
        self._objects: list[tuple[str, bytes]] = []
        self._handles: weakref.WeakValueDictionary = weakref.WeakValueDictionary()
        self._classes: dict = {}
        self._giving: set[str] = set()  # numbers of the iterators that gave an item
        self._pushed: dict[str, object] = {}
        self._names.clear()
        self._last = self._last if hasattr(self, "_last") else 0
        self._random = _random_states()

    # What handles and readings need of it.

    def handle(self, number: str, told: Told) -> Handle:
        known = self._handles.get(number)
        if known is None:
            known = self._handles[number] = Handle(self, number, told)
            weakref.finalize(known, self.forget.append, number)
        return known

    def claimed_class(self, told: Told) -> type:
        own = {name: one for name, one in self.shipper.of_trusted.items() if isinstance(one, type)}
        return claimed_class(told, own, self._classes)

    def ours(self, number):
        """The judge's object with this number, as the student's process mentions it."""
        return self._ours.get(number) if type(number) is str else None

    def keep(self, value, kind: str = "c") -> str:
        """The number of an object of the judge's that the student's process may mention."""
        number = self._numbers.get(id(value))
        if number is None:
            self._last += 1
            number = self._numbers[id(value)] = f"{kind}{self._last}"
            self._ours[number] = value
        return number

    def text_of(self, how: str, handle: Handle) -> str:
        text = self.do("operator", how, handle)
        return clean(text) if type(text) is str else "<student's object>"

    def look_up(self, name: str):
        """The value of a student's name. Raises KeyError."""
        if name in self._names:
            value, kinds = self._names[name]
            self._note(kinds)
            return value
        value = self.do("name", name)
        self._names[name] = value, self._kinds  # until anything else is asked for
        return value

    # Questions.

    def do(self, operation: str, *arguments):
        """Have one of `operations.Operations` done. Returns data or handles; raises what the student's code raised."""
        self._names.clear()
        plain, steps = self.wants_data(), (operation, *arguments[:1]) == ("operator", "next")
        blob = self._message((operation, arguments), plain)
        answer, body = self.asking.ask("do", {}, blob, on_callback=self.answer)
        try:
            found = self._taken(answer, body, plain, arguments[1] if operation == "call" else ())
        except StopIteration:
            if not steps:
                self.noted(STOP)
            elif _number_of(arguments[1]) not in self._giving:
                self.noted(EMPTY)
            raise
        if steps:
            self._giving.add(_number_of(arguments[1]))
        if type(found) is int and found == 0 and (operation, *arguments[:1]) == ("operator", "len"):
            self.noted(EMPTY)  # a loop over its places would look at none
        return found

    def _note(self, kinds: list[str]) -> None:
        for kind in kinds:
            self.noted(kind)

    def push(self) -> None:
        """Give the student's process what test cells bound and its cells read."""
        if self.asking.student is not None and any(self._to_push()):
            self.do("operator", "truth", True)

    def _to_push(self):
        for name in self.pushed:
            if dict.__contains__(self.namespace, name) and self._pushed.get(name, self) is not self.namespace[name]:
                yield name

    def _message(self, work, plain: bool = False) -> bytes:
        tensors = self.tensors
        tensors.new, tensors.alive, self._objects, push = [], [], [], []
        tensors.used.clear()
        for name in list(self._to_push()):
            value = self._pushed[name] = self.namespace[name]
            push.append((name, self._pack(value)))
        packed = self._pack(work)
        forget, self.forget[:] = self.forget[:], []
        states = _random_states()
        changed = [now if differ(now, before) else None for differ, now, before in zip(_DIFFER, states, self._random, strict=True)]
        self._random = states
        return pack_message({
            "new": tensors.new, "changed": tensors.changed(), "objects": self._objects, "forget": forget,
            "random": changed, "push": push, "work": packed, "plain": plain,
        })  # fmt: skip

    def _pack(self, value, top=None, inside: bool = False) -> bytes:
        return self.shipper.pack_with(value, lambda stream, shipper: _SharingPickler(stream, shipper, self, top, inside))

    def object_number(self, value) -> str:
        """The number of a module or optimiser of the judge's; its present state goes with the message."""
        number = self.keep(value, "o")
        data = self._pack(value, top=value, inside=True)
        if self._sent.get(number) != data:
            self._sent[number] = data
            self._objects.append((number, data))
        return number

    # Answers.

    def _taken(self, answer: dict, body: bytes, plain: bool, inputs=()):
        if "failed" in answer:
            raise NoAnswer(f"the student's process could not answer: {clean(str(answer['failed']), 300)}")
        printed = answer.get("printed", "")
        if type(printed) is str and printed:
            sys.stdout.write(clean(printed, MOST_PRINTED))
        reading = Reading(self, blobs_of(body), plain)
        self._take_changes(answer.get("changed", []), reading)
        if "error" in answer:
            raise self._error(answer["error"], reading)
        value = self._value(answer, reading)
        self._take_inputs(answer.get("arguments", []), reading, inputs)
        self._kinds = [HANDLE if reading.handles else DATA, *sorted(void_kinds(value))]
        self._note(self._kinds)
        return value

    def _value(self, answer: dict, reading: Reading):
        value = reading.value(answer.get("value"))
        if not reading.parts:
            return value
        attach(self, answer.get("graph"), reading.parts)
        return filled(value)

    def _take_changes(self, changes, reading: Reading) -> None:
        _must(type(changes) is list and all(type(c) is dict and type(c.get("id")) is str for c in changes))
        for change in changes:
            number = change["id"]
            numbers = reading.blob(change["k"]) if "k" in change else None
            gradient = None if change.get("gradient") is None else reading.blob(change["gradient"])
            tensor = self.tensors.known(number)
            if numbers is not None and tensor is not None and self.tensors.is_input(number) and id(tensor) not in self.inout:
                self.mutated.add(id(tensor))
                self.tensors.part_with(number)
                reading.changed_inputs[number] = numbers
                continue
            if tensor is not None and number.startswith("j"):
                self._note_change(tensor, numbers, gradient)
            self.tensors.take(number, numbers, gradient, "gradient" in change)

    def _note_change(self, tensor: torch.Tensor, numbers: torch.Tensor | None, gradient: torch.Tensor | None) -> None:
        """What the test goes on to compare with may be changed by what changes it in the solution, and not to nonsense."""
        if numbers is not None and id(tensor) not in self.inout:
            self.noted(CHANGED)
        for one in (numbers, gradient):
            if one is not None:
                self._note(sorted(void_kinds(one)))

    def _take_inputs(self, told, reading: Reading, inputs) -> None:
        """Containers that the call changed in place: kept as they were, unless the test asked for the change."""
        _must(type(told) is list and all(type(one) is list and len(one) == 2 for one in told))
        given = [one for one in inputs if type(one) in (list, dict, set)]
        for place, contents in told:
            _must(type(place) is int and 0 <= place < len(given))
            old, new = given[place], filled(reading.value(contents))
            self.mutated.add(id(old))
            if id(old) in self.inout and type(new) is type(old):
                self._note(sorted(void_kinds(new)))
                old.clear()
                (old.extend if type(old) is list else old.update)(new)

    def _error(self, told, reading: Reading) -> BaseException:
        _must(type(told) is dict and type(told.get("bases")) is list and all(type(b) is str for b in told["bases"]))
        bases = tuple(clean(name, 400) for name in told["bases"][:50]) or ("student.Exception",)
        kind = reading.value(told["class"]) if "class" in told else None
        if not (isinstance(kind, type) and type(kind) is type and issubclass(kind, BaseException)):
            kind = exception_class(self, bases, None)
        if kind is StopIteration:
            return StopIteration(reading.value(told.get("value")))
        text = clean(str(told.get("text", "")), 5000)
        try:
            error = kind(text)
        except Exception:  # a builtin class that wants more arguments, such as UnicodeDecodeError
            error = _in_place_of(self, bases, text)
        line = told.get("line")
        if type(line) is list and len(line) == 3 and type(line[1]) is int:
            error.students_lines = [f"  In the student's {clean(str(line[0]), 100)}, line {line[1]}\n    {clean(str(line[2]), 300)}\n"]
        return error

    # Calls of the judge's functions, while it waits for an answer.

    def answer(self, message: dict, body: bytes) -> tuple[dict, bytes]:
        value = self.ours(message.get("object"))
        reading = Reading(self, blobs_of(body))
        try:
            self._take_changes(message.get("changed", []), reading)
            given = self._value(message, reading)
            return {}, self._message(self._called(value, message.get("what"), given))
        except (Undecided, JudgeError):
            raise
        except Exception as error:
            if isinstance(error, AssertionError):
                self._failed_meanwhile(error)
            # what an assertion of the test says is the test's own
            text = "" if isinstance(error, AssertionError) else str(error)[:200]
            return {"raises": [type(error).__name__, text]}, b""

    def _failed_meanwhile(self, error: AssertionError) -> None:
        try:
            self.noted(FAILED)
        except FailedMeanwhile as refusal:
            raise FailedMeanwhile(str(error) or str(refusal)) from None

    def _called(self, value, what, given):
        if what == "call" and callable(value):
            return value(*given[0], **given[1])
        if what == "derive" and callable(value):
            return answer_derivative(value, *given)
        if isinstance(value, types.FunctionType) or value is None:
            raise TypeError("not to be used like that")
        if what == "length":
            return len(value)
        if what == "item":
            return value[given[0]]
        if what == "attribute" and type(given[0]) is str and not given[0].startswith("_"):
            return getattr(value, given[0])
        raise TypeError("not to be used like that")


class _SharingPickler(_Pickler):
    """Packs a message: the student's objects by their numbers, tensors and modules as what both sides share."""

    def __init__(self, stream, shipper: Shipper, session: Session, top, inside: bool):
        super().__init__(stream, shipper)
        self.session, self.top, self.inside = session, top, inside

    def reducer_override(self, value):
        kind = type(value)
        if kind is Handle:  # before any isinstance: it claims to be of another class
            return arrivals.students_own, (value._number,)
        if kind is torch.Tensor or kind is torch.nn.Parameter:
            return arrivals.shared_tensor, (self.session.tensors.number_for(value, self.inside),)
        if isinstance(value, type) and getattr(value, "students_number", None):
            return arrivals.students_own, (value.students_number,)
        if isinstance(value, (torch.nn.Module, torch.optim.Optimizer)) and value is not self.top:
            self.shipper.check_class(kind)
            return arrivals.copy_of_judges, (self.session.object_number(value),)
        if kind is types.FunctionType and self.shipper.is_ours(value) or _is_method_of_ours(value):
            return arrivals.function_of_judge, (self.session.keep(value), value.__name__)
        if value is not self.top and self._stays(kind):
            return arrivals.object_of_judge, (self.session.keep(value),)
        return super().reducer_override(value)

    def _stays(self, kind: type) -> bool:
        """Whether objects of this class are the test cell's own, which it may look at after the call."""
        return kind.__module__ == "__main__" and self.shipper.trusted_class(kind) is None and kind not in self.shipper.shared


def _in_place_of(session: Session, bases: tuple[str, ...], text: str) -> BaseException:
    """An error for a builtin class that cannot be made of a text alone: of a class of that name, and of its base where that can."""
    own = "student." + bases[0].rsplit(".", 1)[-1]
    try:
        return exception_class(session, (own, *bases), None)(text)
    except TypeError:  # groups of exceptions
        return exception_class(session, (own,), None)(text)


def _is_method_of_ours(value) -> bool:
    return isinstance(value, types.MethodType) and type(value.__self__).__module__ == "__main__"


def _random_states() -> tuple:
    return torch.get_rng_state(), np.random.get_state(), random.getstate()


_DIFFER = (
    lambda a, b: not torch.equal(a, b),
    lambda a, b: a[2] != b[2] or a[4] != b[4] or not np.array_equal(a[1], b[1]),
    lambda a, b: a != b,
)


def _number_of(iterator) -> str:
    return iterator._number if type(iterator) is Handle else ""


def _must(holds: bool) -> None:
    if not holds:
        raise BadAnswer("an answer that cannot be read")
