"""The judge's other half, inside the student's process: runs what the judge asks for and answers with data.

Everything that it says is a claim. It is imported before any student's code runs; an Agent is best made then, too.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import pickle
import random
import sys
import traceback
import types

import torch

from course.check.frames import is_learners_file
from course.check.surroundings import plain_defaults

from . import arrivals, observing
from .integrity import Watch
from .operations import Operations
from .pretend_host import PretendHost
from .telling import Known, Telling, TooMuch, bases_of, full_name
from .witness import Witness

MOST_PRINTED = 100_000  # characters
_HERE = __file__.rsplit("/", 1)[0]


class Agent:
    """Answers the judge on the objects of one notebook.

    namespace: the student's globals. channel: frames to and from the judge, for calling it back while it waits.
    pretends: whether the pretend device will be asked for; its process is forked now, while nothing has run.
    """

    def __init__(self, namespace: dict, channel, *, pretends: bool = True):
        self.namespace, self.channel = namespace, channel
        self.host = PretendHost() if pretends else None
        self.known = Known()
        self.operations = Operations(namespace, self.known)
        self.plain = False  # whether the judge wants data where it can be had
        self.numbers: list = []  # of the questions being answered, the innermost last
        self.witness, self.interrupted = Witness(), False
        arrivals.settle_in(namespace, self.known, self.call_judge)

    def handle(self, message: dict, blob: bytes) -> tuple[dict, bytes]:
        """Answer one question. Never raises but for KeyboardInterrupt: what fails is part of the answer."""
        self.numbers.append(message.get("id"))
        try:
            with _no_inference_mode():
                if message["kind"] == "observe":
                    return self._observe(message, blob)
                if message["kind"] == "do":
                    return self._do(blob)
            return {"failed": f"unknown question {message['kind']!r}"}, b""
        except KeyboardInterrupt:
            self.interrupted = True
            raise
        except BaseException as error:
            let_go(error)
            return {"failed": f"{type(error).__name__}: {_text_of(error)}"[:500]}, b""
        finally:
            self.numbers.pop()

    def _observe(self, message: dict, blob: bytes) -> tuple[dict, bytes]:
        if self.interrupted and len(self.numbers) == 1:  # not within another question, whose operations are counted
            self.witness.start_afresh()
            self.interrupted = False
        before = _changed()
        data = observing.observe(blob, message["asking"], message["seconds"], self.namespace, self.host)
        return {"tampered": before or _changed() or self.witness.noted()}, data

    def _do(self, blob: bytes) -> tuple[dict, bytes]:
        """One operation on the student's objects."""
        printed, told, failed = io.StringIO(), None, None
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                name, arguments = self._taken(blob)
                plain = self.plain  # what is called may have the judge ask for something else meanwhile
                inputs = _containers_in(arguments[1]) if name == "call" else []
                before = [_described(one, self.known) for one in inputs]
                result = getattr(self.operations, name)(*arguments)
                changed = [i for i, one in enumerate(inputs) if _described(one, self.known) != before[i]]
                told = self._result(result, [(i, inputs[i]) for i in changed], name == "call", plain)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                failed = error
        if failed is not None:
            told = self._error(failed)
            let_go(failed)
            failed = inputs = before = None
        header, body = told
        self.known.used.clear()
        return {**header, "printed": printed.getvalue()[:MOST_PRINTED]}, body

    def _taken(self, blob: bytes):
        """Bring what is shared into step with the judge, then read its question."""
        with plain_defaults():
            sent = pickle.loads(blob)
        for number, tensor, gradient in sent["new"]:
            tensor.grad = gradient
            self.known.share(number, tensor)
        with torch.no_grad():
            for number, numbers, gradient in sent["changed"]:
                tensor = self.known.tensors[number]
                if numbers is not None:
                    tensor.data = numbers if numbers.shape != tensor.shape else tensor.data.copy_(numbers)
                if gradient is not False:
                    tensor.grad = gradient
                self.known.in_step(number)
        for number, data in sent["objects"]:
            made = arrivals.unpack(data)
            if number in self.known.of_judge:
                self.known.of_judge[number].__dict__ = made.__dict__
            else:
                self.known.know_object(number, made)
        for number in sent["forget"]:
            self.known.forget(number)
        _set_random_states(*sent["random"])
        for name, data in sent["push"]:
            self.namespace[name] = arrivals.unpack(data)
        self.plain = sent["plain"]
        return arrivals.unpack(sent["work"])

    def _result(self, value, changed: list, called: bool, plain: bool = False) -> tuple[dict, bytes]:
        telling = Telling(self.known, plain)
        header = {"value": telling.value(value, result=called)}
        header["arguments"] = [[place, telling.value(one)] for place, one in changed]
        header["graph"] = telling.graph()
        header["changed"] = telling.changes()
        return header, telling.body()

    def _error(self, error: BaseException) -> tuple[dict, bytes]:
        telling, kind = Telling(self.known), type(error)
        lines = [f for f in traceback.extract_tb(error.__traceback__) if is_learners_file(f.filename) and not f.filename.startswith(_HERE)]
        told = {"name": full_name(kind).rpartition(".")[2][:200], "text": _text_of(error)[:5000],
                "bases": bases_of(kind),
                "line": [lines[-1].name, lines[-1].lineno, lines[-1].line or ""] if lines else None}  # fmt: skip
        with contextlib.suppress(TooMuch):
            if isinstance(error, StopIteration):
                told["value"] = telling.value(error.value)
            if not full_name(kind).startswith("builtins."):
                told["class"] = telling.value(kind)
        return {"error": told, "changed": telling.changes()}, telling.body()

    def call_judge(self, number: str, what: str, value):
        """Have the judge, which waits for an answer of ours, do something with an object of its own first.

        Raises KeyboardInterrupt when it waits no longer.
        """
        header, body = self._result(value, [], called=True)
        self.channel.send({**header, "op": "callback", "id": self.numbers[-1], "object": number, "what": what}, body)
        while True:
            message, blob = self.channel.receive()
            if message["op"] == "ask":  # the judge needs us in order to answer
                self._answer_meanwhile(message, blob)
            elif message["op"] == "callback-answer":
                break
        if "abandoned" in message:
            raise KeyboardInterrupt
        if "raises" in message:
            name, text = message["raises"]
            kind = getattr(builtins, name, None)
            raise (kind if isinstance(kind, type) and issubclass(kind, BaseException) else RuntimeError)(text)
        return self._taken(blob)


    def _answer_meanwhile(self, message: dict, blob: bytes) -> None:
        """Answer a question that comes while another one is being answered; an interrupt ends both."""
        answer, data = {"failed": "interrupted"}, b""
        try:
            answer, data = self.handle(message, blob)
        finally:
            self.channel.send({**answer, "op": "answer", "id": message["id"]}, data)


def _no_inference_mode():
    """A cell may have entered it for good; inside, no tensor could have a gradient, and shared ones could not be kept in step."""
    return torch.inference_mode(False) if torch.is_inference_mode_enabled() else contextlib.nullcontext()


def _containers_in(arguments) -> list:
    return [one for one in arguments if type(one) in (list, dict, set)]


def _described(container, known: Known) -> str | None:
    """A text that changes when the container does, as far as it can be told; no handles are made for it."""
    telling = Telling(Known())
    with contextlib.suppress(Exception):
        return json.dumps(telling.value(container)) + str({k: t.tolist() for k, t in telling.blobs.items() if t.numel() < 1000})
    return None


def let_go(error: BaseException) -> None:
    """Clear the variables of the functions that an error came out of: what filled the memory must not stay there."""
    with contextlib.suppress(Exception):  # whatever a class of the student's makes of these attributes
        for one in (error, error.__cause__, error.__context__):
            if one is not None:
                clear_frames(one.__traceback__)
                one.__traceback__ = None


def clear_frames(trace: types.TracebackType | None) -> None:
    """Clear the variables of a traceback's functions, and what was kept of them when somebody looked at them."""
    traceback.clear_frames(trace)
    while trace is not None:
        trace.tb_frame.f_locals  # noqa: B018  brings a frame's dict of its variables into step with them
        trace = trace.tb_next


def _set_random_states(of_torch, of_numpy, of_python) -> None:
    """Go on where the judge's generators are; None leaves one as it is."""
    if of_torch is not None:
        torch.set_rng_state(of_torch)
    if of_numpy is not None and "numpy" in sys.modules:
        sys.modules["numpy"].random.set_state(of_numpy)
    if of_python is not None:
        random.setstate(of_python)


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # a student's own exception class may fail here
        return ""


# Of what is here now, at the end of the import, which no student's code precedes.
_changed = Watch(sys.modules[__name__]).changed
