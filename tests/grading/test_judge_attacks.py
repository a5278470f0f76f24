"""What a student's process can do to deceive, stop or read the judge: nothing of it passes, nothing of it is fatal."""

import dataclasses
import json
import os
import pickle
import struct
import time

import pytest
import torch
from judge_stand_in import Graded

from course.check import encoding
from course.check.observation import (
    ErrorSeen,
    MappingSeen,
    ModuleSeen,
    Observation,
    PlainSeen,
    SequenceSeen,
    TensorSeen,
)
from course.grading.judge.agent import Agent
from course.grading.judge.claims import MOST_ITEMS, clean, read_observation
from course.grading.judge.errors import BadAnswer
from course.grading.shell.frames import Closed

IMPORTS = ("plain", "import torch\nfrom torch import nn\nfrom course import check")
SOLUTION = "def double(x):\n    return 2 * x"
CHECK = "check.agrees('double', reference=lambda x: 2 * x, inputs=lambda draw: draw.normal(draw.rows))"
PLAIN = "assert double(4) == 8"


def graded(*tests, answer, **options):
    return Graded(IMPORTS, ("solution", SOLUTION), *(("test", test) for test in tests), answers=[answer], **options)


def rehearsed(test):
    return Graded(IMPORTS, ("solution", SOLUTION), ("test", test)).judge.recorded


def answering(make):
    """A student's process that answers each question by what `make(message, blob, number)` gives, or does."""

    def serve(channel):
        try:
            while True:
                message, blob = channel.receive()
                if message["op"] == "run":
                    channel.send({"op": "done", "id": message["id"], "error": ""})
                    continue
                made = make(message, blob, channel)
                if made is not None:
                    header, body = made
                    channel.send({"op": "answer", "id": message["id"], **header}, body)
        except Closed:
            os._exit(0)

    return serve


def right_observation():
    return Observation("double", "returned", call="double(x)", result=TensorSeen(torch.ones(5)))


def claimed(observation):
    return answering(lambda *_: ({"tampered": []}, encoding.encode(observation)))


def raw(data, **header):
    return answering(lambda *_: ({"tampered": [], **header}, data))


TENSOR = right_observation().result
HOSTILE = {
    "an unknown outcome": dataclasses.replace(right_observation(), outcome="right"),
    "an outcome that is no text": dataclasses.replace(right_observation(), outcome=["returned"]),
    "no result": dataclasses.replace(right_observation(), result=None),
    "a result that is text": dataclasses.replace(right_observation(), result="tensor"),
    "a result that is an Observation": dataclasses.replace(right_observation(), result=right_observation()),
    "a result that is an error": dataclasses.replace(right_observation(), result=ErrorSeen("E", (), "m")),
    "numbers that are text": dataclasses.replace(right_observation(), result=dataclasses.replace(TENSOR, values="x")),
    "flags that are numbers": dataclasses.replace(right_observation(), result=dataclasses.replace(TENSOR, requires_grad=7)),
    "a place that is text": dataclasses.replace(right_observation(), result=dataclasses.replace(TENSOR, storage="0")),
    "a raised error that is missing": dataclasses.replace(right_observation(), outcome="raised"),
    "a line number that is text": Observation("double", "raised", error=ErrorSeen("E", (), "m", line_number="1")),
    "locals that are numbers": Observation("double", "raised", error=ErrorSeen("E", (), "m", locals={"x": 3})),
    "a bool in place of a number": dataclasses.replace(right_observation(), result=PlainSeen(True, "int")),
    "a huge number": dataclasses.replace(right_observation(), result=PlainSeen(1 << 9000, "int")),
    "text of a megabyte": dataclasses.replace(right_observation(), result=PlainSeen("x" * (1 << 20), "str")),
    "a length that is negative": dataclasses.replace(right_observation(), result=SequenceSeen("list", (TENSOR,), -1)),
    "fewer items than said": dataclasses.replace(right_observation(), result=SequenceSeen("list", (), 5)),
    "a dict with a list in place of items": dataclasses.replace(right_observation(), result=MappingSeen([1])),
    "parameters that are numbers": dataclasses.replace(right_observation(), result=ModuleSeen("M", {"w": 1}, {}, True)),
    "warnings that are a number": dataclasses.replace(right_observation(), warnings=5),
    "changed that is a dict": dataclasses.replace(right_observation(), changed={"a": 1}),
    "details that are a list": dataclasses.replace(right_observation(), details=[1]),
    "numbers that are nan": dataclasses.replace(right_observation(), result=dataclasses.replace(TENSOR, values=torch.full((5,), float("nan")))),
    "an absurd shape": dataclasses.replace(right_observation(), result=dataclasses.replace(TENSOR, values=torch.zeros(0, 1 << 40))),
    "control characters": dataclasses.replace(right_observation(), call="\x1b[2J\x1b]0;owned\x07" * 100, stdout="\x1b[31m\x00\x08"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_observation_neither_passes_nor_ends_the_judge(name):
    seen = graded(CHECK, CHECK, answer="", serve=claimed(HOSTILE[name]))
    for cell in ("test0", "test1"):
        assert seen.error(cell)
        assert "\x1b" not in json.dumps(seen.judged[cell].outputs, ensure_ascii=False)
        assert "\x00" not in seen.text(cell)


def header_of(text: bytes) -> bytes:
    return struct.pack("<Q", len(text)) + text


BYTES = {
    "nothing": b"",
    "a pickle": pickle.dumps(right_observation()),
    "a length beyond the end": struct.pack("<Q", 1 << 62) + b"{}",
    "deep nesting": header_of(b'{"__metadata__":{"observation":"' + b"[" * 60_000 + b"]" * 60_000 + b'"}}'),
    "too many items": header_of(b'{"__metadata__":{"observation":"[' + b"0," * (MOST_ITEMS + 10) + b'0]"}}'),
    "a class of its own": header_of(json.dumps({"__metadata__": {"observation": json.dumps({"#": "Path", "x": 1})}}).encode()),
    "a tensor that is not there": header_of(json.dumps({"__metadata__": {"observation": json.dumps({"#t": "9", "complex": False})}}).encode()),
    "too long an integer": header_of(json.dumps({"__metadata__": {"observation": "9" * 6000}}).encode()),
    "a tensor longer than the data": header_of(json.dumps({"a": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}}).encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_observation_fail_the_cell_and_are_noted(name):
    began = time.process_time()
    seen = graded(CHECK, answer="", serve=raw(BYTES[name]))
    assert seen.error().startswith("BadAnswer: ") and seen.suspicious
    assert time.process_time() - began < 20


def test_a_pickle_is_never_loaded(tmp_path):
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "loaded"),)

    data = pickle.dumps(Bomb())
    for answer in (raw(data), answering(lambda *_: ({"value": {"t": "bytes", "v": data.hex()}}, data))):
        assert graded(CHECK, PLAIN, answer="", serve=answer).error("test1")
    assert not (tmp_path / "loaded").exists()


def test_an_observation_too_large_is_refused_before_it_is_read():
    with pytest.raises(BadAnswer, match="larger"):
        read_observation(bytes(64 * 1024 * 1024 + 1))


def test_text_from_there_has_no_control_characters_and_an_end():
    assert clean("a\x1b[31mb\x07c\td\n\u202ee") == "abc\td\ne"
    assert len(clean("x" * 100_000)) < 21_000


VALUES = {
    "no kind": {"t": "nothing"},
    "a kind that is a list": {"t": ["list"]},
    "a value beside the protocol": [1, 2],
    "an object of the judge's that it never gave": {"t": "judges", "v": "c1"},
    "a tensor without numbers": {"t": "tensor", "k": "7", "grad": False, "parameter": False},
    "a tensor that it was never given": {"t": "tensor", "id": "j1"},
    "a dtype that is a function": {"t": "dtype", "v": "load"},
    "a device that is not": {"t": "device", "v": "x" * 1000},
    "a number of too many digits": 1 << 5000,
    "unhashable items": {"t": "set", "v": [{"t": "list", "v": []}]},
    "a range without end": {"t": "range", "v": [0, "x", 1]},
    "an array of objects": {"t": "array", "k": "0", "dtype": "|O", "shape": [1]},
    "a handle without bases": {"t": "handle", "v": "h1", "class": False, "bases": []},
    "a handle whose bases are numbers": {"t": "handle", "v": "h1", "class": False, "bases": [1, 2]},
    "a slot": {"t": "slot", "v": 0},
}


@pytest.mark.parametrize("name", VALUES)
def test_a_malformed_value_fails_a_plain_cell(name):
    seen = graded(PLAIN, answer="", serve=answering(lambda *_: ({"value": VALUES[name]}, b"")))
    assert seen.error() and not seen.error().startswith("KernelDied")


def deep(levels):
    told = 1
    for _ in range(levels):
        told = {"t": "list", "v": [told]}
    return told


def test_deep_values_and_broken_frames_end_the_line_and_not_the_judge():
    assert graded(PLAIN, answer="", serve=answering(lambda *_: ({"value": deep(45)}, b""))).error()
    for frame in (b"\xff" * 64, struct.pack("<II", 3, 0) + b"[1]", struct.pack("<II", 1 << 31, 1 << 31), b"\x01"):

        def break_off(message, blob, channel, frame=frame):
            channel.sock.sendall(frame)
            os._exit(0)

        assert graded(PLAIN, CHECK, answer="", serve=answering(break_off)).error().startswith("KernelDied")


def test_frames_with_other_numbers_are_dropped_and_noted():
    def forge(message, blob, channel):
        for number in (message["id"] + 1, message["id"] - 1, None, "1", True, 10**9):
            channel.send({"op": "answer", "id": number, "value": 8})
        channel.send({"op": "answer", "id": message["id"], "value": 9})

    seen = graded(PLAIN, answer="", serve=answering(forge))
    assert seen.error().startswith(("TypeError", "AssertionError"))
    assert len(seen.wire) >= 4


def test_handles_that_claim_to_be_data_are_not():
    for bases in (["torch.Tensor", "builtins.object"], ["builtins.int", "builtins.object"], ["builtins.str", "builtins.object"]):
        told = {"t": "handle", "v": "h1", "class": False, "call": True, "bases": bases}
        seen = graded("import torch\nassert not isinstance(double, (torch.Tensor, int, str))\nassert torch.is_tensor(double)",
                      answer="", serve=answering(lambda *_, told=told: ({"value": told}, b"")))  # fmt: skip
        assert seen.error() == "AssertionError: "


ALWAYS = """class Always:
    __class__ = int
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __call__(self, *a): return self
    def __getattr__(self, name): return self
    def __len__(self): return 3
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __ne__ = __lt__
    def __add__(self, other): return self
    __sub__ = __mul__ = __radd__ = __rsub__ = __add__
    def __abs__(self): return self
    def __contains__(self, item): return True
"""
LIES = {
    "an object equal to everything": (ALWAYS + "def double(x): return Always()", "assert double(4) == 8"),
    "the same on the left": (ALWAYS + "def double(x): return Always()", "assert 8 == double(4)"),
    "an order of its own": (ALWAYS + "def double(x): return Always()", "assert double(4) > 7"),
    "a truth of its own": (ALWAYS + "def double(x): return Always()", "assert double(4)"),
    "members of its own": (ALWAYS + "def double(x): return Always()", "assert 8 in double(4)"),
    "arithmetic of its own": (ALWAYS + "def double(x): return Always()", "assert abs(double(4) - 8) < 1e-6"),
    "a number with methods": ("class N(int):\n    def __eq__(self, o): return True\n    __hash__ = int.__hash__\ndef double(x): return N(3)", "assert double(4) == 8"),
    "text with methods": ("class S(str):\n    def __eq__(self, o): return True\n    __hash__ = str.__hash__\ndef double(x): return S('a')", "assert double(4) == 'b'"),
    "a list with methods": ("class L(list):\n    def __eq__(self, o): return True\ndef double(x): return L()", "assert double(4) == [8]"),
    "a tensor with methods": ("class T(torch.Tensor):\n    def __eq__(self, o): return torch.ones(3, dtype=bool)\ndef double(x): return torch.ones(3).as_subclass(T)",
                              "assert (double(torch.ones(3)) == 2 * torch.ones(3)).all()"),
    "nan": ("def double(x): return torch.full((3,), float('nan'))", "assert torch.allclose(double(torch.ones(3)), 2 * torch.ones(3))"),
    "its own assertion": ("def double(x): raise AssertionError", "assert double(4) == 8"),
    "an exception that ends everything": ("class E(BaseException): pass\ndef double(x): raise E('x')", "try:\n    double(4)\nexcept Exception:\n    pass\nassert double(4) == 8"),
    "leaving": ("def double(x): raise SystemExit(0)", "assert double(4) == 8"),
    "leaving at once": ("import os\ndef double(x): os._exit(0)", "assert double(4) == 8"),
    "endless recursion": ("def double(x): return double(x)", "assert double(4) == 8"),
    "a list that holds itself": ("def double(x):\n    l = []\n    l.append(l)\n    return l", "assert double(4) == 8"),
    "a huge number": ("def double(x): return 10 ** 100_000", "assert double(4) == 8"),
    "zeroing the input": ("def double(x):\n    x.zero_()\n    return x", "x = torch.ones(3)\nassert torch.equal(double(x), 2 * x)"),
    "changing the expected list": ("def double(x):\n    x.clear()\n    return []", "x = [1]\nassert double(x) == x"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_a_lying_answer_fails_a_plain_cell_and_a_check(name):
    answer, test = LIES[name]
    seen = graded(test, CHECK, answer=answer)
    assert seen.error() and seen.error("test1")


def test_an_object_with_a_lying_method_is_refused_where_data_was_due():
    test = "assert str(double('he')).startswith('hehe')\nassert double('he').startswith('hehe')"
    answer = "class W:\n    def startswith(self, s): return True\n    def __str__(self): return 'hehe'\ndef double(x): return W()"
    assert graded(test, answer=answer).error() == ""
    seen = graded(test, answer=answer, rehearsal=rehearsed(test))
    assert seen.error().startswith("AssertionError: an object of a class came where plain data was due")
    assert graded(test, answer=SOLUTION, rehearsal=rehearsed(test)).error() == ""


def test_an_endless_generator_and_a_storm_of_calls_end_with_the_cells_time():
    endless = "def double(x):\n    while True:\n        yield 1"
    assert graded("for one in double(1):\n    pass", answer=endless, timeout=1.0).error().startswith("CellTimeoutError")
    storm = "def double(f):\n    while True:\n        f(1)"
    assert graded("double(lambda x: x)", answer=storm, timeout=1.0).error().startswith("CellTimeoutError")


def test_a_call_of_the_judges_object_is_no_way_into_the_judge():
    test = "class Given:\n    secret = 8\n    def value(self): return 3\ngiven = Given()\nassert double(given) == 8"
    for way in ("__class__.secret", "__dict__['secret']", "value.__globals__", "__init__.__globals__", "value.__func__"):
        seen = graded(test, answer=f"def double(x): return x.{way}")
        assert seen.error() and "Assertion" not in seen.error() or seen.error() == "AssertionError: "


def test_what_an_assertion_of_a_called_back_function_says_stays_at_the_judge():
    test = "def must(x):\n    assert x == 77, 'the secret is 77'\ndouble(must)\nassert False"
    answer = "def double(f):\n    try:\n        f(1)\n    except AssertionError as error:\n        print('heard', repr(str(error)))"
    assert "heard ''" in graded(test, answer=answer).text()


MARK = "only_the_judge_knows_271828"
HIDDEN = f"""### BEGIN HIDDEN TESTS
def hidden_rule(x):  # {MARK}
    return 2 * x + 0 * len("{MARK}")


class Hidden_{MARK}:
    def __len__(self): return 1


check.agrees('double', reference=hidden_rule, inputs=lambda draw: draw.normal(draw.rows))
assert double(4) == 8, "{MARK}"
take(hidden_rule)
take(Hidden_{MARK}())
check.example("apply", hidden_rule, torch.ones(3), gives=2 * torch.ones(3))
### END HIDDEN TESTS"""
SEARCH = """import gc, linecache, sys
searched = set()
def search():
    frame = sys._getframe(1)
    if frame.f_code.co_name in searched: return
    searched.add(frame.f_code.co_name)
    found = []
    mark = "_".join(["only", "the", "judge", "knows", "271828"])
    def look(text, where):
        if isinstance(text, (str, bytes)) and (mark if isinstance(text, str) else mark.encode()) in text:
            found.append(where)
    while frame:
        for name, value in list(frame.f_locals.items()) + list(frame.f_globals.items()):
            look(name, "name"); look(value, "frame")
            if isinstance(value, (bytes, str)): look(value, "value")
        frame = frame.f_back
    for entry in list(linecache.cache.values()):
        for line in (entry[2] if len(entry) > 2 else ()): look(line, "linecache")
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for key, value in list(thing.items()): look(key, "gc key"); look(value, "gc value")
        elif isinstance(thing, (list, tuple, set)):
            for value in list(thing): look(value, "gc item")
        if type(thing) is type(search):
            for constant in thing.__code__.co_consts: look(constant, "code")
    for line in open("/proc/self/environ", errors="replace"): look(line, "environ")
    if found: sys.modules["builtins"].leaks = getattr(sys.modules["builtins"], "leaks", []) + found
"""


def test_nothing_of_a_hidden_test_is_found_in_the_students_process():
    solution = SOLUTION + "\ndef take(x): return None\ndef apply(f, x): return f(x)"
    answer = SEARCH + "def double(x):\n    search()\n    return 2 * x\ndef take(x): search()\ndef apply(f, x):\n    search()\n    return f(x)"
    seen = Graded(IMPORTS, ("solution", solution), ("test", HIDDEN), ("test", "import builtins\nassert leaks_of() == []"),
                  ("solution", "def leaks_of(): return []"),
                  answers=[answer + "\nimport builtins\ndef leaks_of(): return list(getattr(builtins, 'leaks', []))"])  # fmt: skip
    assert seen.error() == "" and seen.error("test1") == ""


def test_the_search_for_leaks_finds_what_is_visible():
    visible = HIDDEN.replace("### BEGIN HIDDEN TESTS", "").replace("### END HIDDEN TESTS", "")
    solution = SOLUTION + "\ndef take(x): return None\ndef apply(f, x): return f(x)"
    answer = SEARCH + "def double(x): return 2 * x\ndef take(x): pass\ndef apply(f, x):\n    search()\n    return f(x)"
    seen = Graded(IMPORTS, ("solution", solution), ("test", visible), ("test", "assert leaks_of() == []"),
                  ("solution", "def leaks_of(): return []"),
                  answers=[answer + "\nimport builtins\ndef leaks_of(): return list(getattr(builtins, 'leaks', []))"])  # fmt: skip
    assert seen.error("test1") == "AssertionError: "


PATCHES = {
    "the probe": "import course.check.probe as p\np.observe = lambda *a: None",
    "the code of the probe": "import course.check.probe as p\np._Run._call.__code__ = (lambda self: None).__code__",
    "counting": "import course.check.counting as c\nc.count = lambda *a, **k: None",
    "encoding": "import course.check.encoding as e\ne.encode = lambda o: b''",
    "a mode of torch": "from torch.utils._python_dispatch import TorchDispatchMode as M\nM.__enter__ = lambda self: self",
    "autograd": "torch.autograd.grad = lambda *a, **k: (torch.ones(1),)",
    "a method of tensors": "torch.Tensor.item = lambda self: 0",
    "tracing": "import sys\nsys.settrace = lambda f: None",
    "isinstance": "import builtins\nreal = isinstance\nbuiltins.isinstance = lambda a, b: real(a, b)",
}


@pytest.mark.parametrize("name", PATCHES)
def test_who_patches_what_checks_rest_on_is_refused(name):
    seen = graded(CHECK, answer=SOLUTION + "\n" + PATCHES[name])
    assert seen.error().startswith(("TamperedWith: ", "BadAnswer: ")) and seen.suspicious


def test_a_patch_made_during_the_call_is_seen_too():
    answer = "def double(x):\n    import course.check.encoding as e\n    e._flatten = e._flatten.__class__(e._flatten.__code__, vars(e))\n    return 2 * x"
    assert graded(CHECK, answer=answer).error().startswith("TamperedWith: ")


def test_tampering_must_be_denied_in_so_many_words():
    for said in ({}, {"tampered": False}, {"tampered": "no"}):
        body = encoding.encode(right_observation())
        seen = graded(CHECK, answer="", serve=answering(lambda *_, said=said, body=body: (said, body)))
        assert seen.error().startswith("BadAnswer: ")


def test_the_agent_survives_questions_that_make_no_sense():
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            agent = Agent({}, None)
            for message, blob in (({"kind": "else"}, b""), ({"kind": "do"}, b"x"), ({"kind": "observe"}, b"")):
                assert {"failed", "error"} & set(agent.handle(message, blob)[0])
            agent.host.end()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(pid, 0)[1] == 0
