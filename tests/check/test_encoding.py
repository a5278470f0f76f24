"""Claims about bytes: what was seen survives them unchanged, and nothing else comes out of them."""

import dataclasses

import numpy as np
import pytest
import suite
import torch

from course.check import encoding, probers
from course.check.encoding import EncodingError, decode, encode
from course.check.observation import ErrorSeen, MappingSeen, ModuleSeen, Observation, PlainSeen, TensorSeen
from course.check.request import Request
from course.check.seeing import see

ODD = {
    "conjugate": torch.randn(3, dtype=torch.complex64).conj(),
    "negated view": torch.complex(torch.ones(2), torch.ones(2)).conj().imag,
    "sparse": torch.eye(3).to_sparse(),
    "expanded": torch.ones(1, 3).expand(4, 3),
    "transposed": torch.randn(2, 3).t(),
    "empty": torch.zeros(0, 2),
    "one number": torch.tensor(2.5),
    "not finite": torch.tensor([float("nan"), float("inf"), -float("inf")]),
    "bool": torch.tensor([True, False]),
    "bytes": torch.tensor([0, 255], dtype=torch.uint8),
    "half": torch.ones(2).half(),
    "brain": torch.ones(2).bfloat16(),
    "meta": torch.zeros(2, device="meta"),
    "array": np.arange(6.0)[::2],
    "NumPy number": np.float64(0.1),
    "named tuple": torch.ones(2, 3).max(1),
    "nan": float("nan"),
    "surrogate": "\ud800",
    "deep": [[[[[[[[[1]]]]]]]]],
    "dict": {"a": torch.ones(2), 3: None, "b": [1, "x"]},
    "module": torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3)),
    "lazy module": torch.nn.LazyLinear(2),
    "claims too much": torch.ones(1).expand(2**40),
    "nothing": None,
    "big number": 10**6000,
    "object": object(),
    "function": len,
}


def alike(one, other) -> bool:
    """Equality that looks into tensors, with nan equal to nan, and takes tuples and lists for one another."""
    if isinstance(one, torch.Tensor):
        wide = torch.complex128 if one.is_complex() else torch.float64
        return one.dtype == other.dtype and one.shape == other.shape and torch.allclose(
            one.to(wide), other.to(wide), 0, 0, equal_nan=True)
    if dataclasses.is_dataclass(one):
        return type(one) is type(other) and all(
            alike(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(alike, one, other))
    return one == other or (one != one and other != other)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.filterwarnings("ignore")
def test_any_object_can_be_seen_and_survives_bytes(name):
    seen = Observation("f", "returned", result=see(ODD[name]))
    back = decode(encode(seen))
    assert name == "surrogate" and back.result.value == "?" or alike(back.result, seen.result)


@pytest.mark.parametrize("answer", [a for a in suite.read_answers() if a.kind == "wrong"][::3], ids=lambda a: a.name)
def test_an_observation_of_an_answer_survives_bytes(answer):
    kept = []

    class Keeping(probers.InProcess):
        def observe(self, request: Request) -> Observation:
            kept.append(super().observe(request))
            return kept[-1]

    suite.judge(answer, "here", through=Keeping)
    assert kept and all(alike(decode(encode(observation)), observation) for observation in kept)


@pytest.mark.parametrize("data", [b"", b"x", b"\x00" * 16, b"\xff" * 64, (2**60).to_bytes(8, "little") + b"{}",
                                  (2).to_bytes(8, "little") + b"{}", (2).to_bytes(8, "little") + b"[]"])
def test_other_bytes_are_refused(data):
    with pytest.raises(EncodingError):
        decode(data)


@pytest.mark.parametrize("text", [
    "[]", "{}", "null", "3", '{"#": "Request"}', '{"#": "Observation"}', '{"#t": "7"}', '{"#": "__import__"}',
    '{"#": "PlainSeen", "value": 1, "type": "int"}', '{"#": ["Observation"]}', '{"#f": "a"}', '{"#d": 5}', "[" * 100_000,
    '{"#": "Observation", "subject": "f", "outcome": "returned", "extra": 1}',
])
def test_well_formed_bytes_that_hold_something_else_are_refused(text):
    from safetensors.torch import save

    with pytest.raises(EncodingError):
        decode(save({"_": torch.zeros(1)}, metadata={"observation": text}))


def test_every_cut_of_an_observation_is_refused():
    whole = encode(Observation("f", "returned", result=see(torch.arange(5.0))))
    for length in range(0, len(whole), 7):
        with pytest.raises(EncodingError):
            decode(whole[:length])


def test_what_is_no_plain_data_is_not_encoded():
    with pytest.raises(EncodingError):
        encode(Observation("f", "returned", details={"object": object()}))


def test_bytes_are_never_unpickled():
    source = open(encoding.__file__, encoding="utf-8").read()
    assert "import pickle" not in source and "torch.load" not in source


def test_every_field_of_every_kind_survives():
    tensor = TensorSeen(torch.ones(2, 3), "cpu", True, False, True, storage=7, offset=2, strides=(3, 1), kind="parameter")
    error = ErrorSeen("E", ("A", "B"), "m", "x", 3, "f", {"t": tensor}, ("w",), "inner", "x", "def f(): x")
    module = ModuleSeen("M", {"w": tensor}, {}, False, initialised=False)
    seen = Observation("f", "raised", "f()", MappingSeen({"a": PlainSeen(1.5, "float")}), error, ("x",),
                       {"w": tensor, "b": None}, "why", {"k": [1, {"z": 2.0}]}, {"m": module}, "out", "err",
                       (("UserWarning", "text"),), "def f(): x")
    assert alike(decode(encode(seen)), seen)
