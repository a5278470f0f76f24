"""Reads Observations that a sandbox sent: decoded within bounds, every field of its type, no control characters."""

from __future__ import annotations

import dataclasses
import math
import re

import torch

from course.check import encoding
from course.check.observation import (
    MISSING,
    NOT_ATTEMPTED,
    RAISED,
    RETURNED,
    ClassSeen,
    ErrorSeen,
    MappingSeen,
    ModuleSeen,
    ObjectSeen,
    Observation,
    PlainSeen,
    SequenceSeen,
    TensorSeen,
)

from .errors import BadAnswer

MOST_BYTES = 64 * 1024 * 1024
MOST_FACTS = 8 * 1024 * 1024  # bytes of JSON
MOST_ITEMS = 400_000
MOST_TEXT = 20_000  # characters
MOST_DEPTH = 24
MOST_DIMENSIONS = 64
MOST_BITS = 4096  # of a whole number
_SEEN = (TensorSeen, PlainSeen, SequenceSeen, MappingSeen, ModuleSeen, ClassSeen, ObjectSeen)
_OUTCOMES = (MISSING, NOT_ATTEMPTED, RAISED, RETURNED)
_UNPRINTABLE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str, most: int = MOST_TEXT) -> str:
    """Text without escape sequences and control characters, lines and tabs kept, cut where it is long."""
    text = _UNPRINTABLE.sub("", text[: 2 * most])
    return text if len(text) <= most else f"{text[:most]}…"


def of_zeros_and_ones(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor; of truth values, one whose bytes are 0 and 1: of another byte every library makes what it likes."""
    return tensor.view(torch.uint8) != 0 if tensor.dtype is torch.bool else tensor


def read_observation(data: bytes) -> Observation:
    """The Observation that these bytes claim. Raises BadAnswer for whatever is not one."""
    if len(data) > MOST_BYTES:
        raise BadAnswer(f"an observation of {len(data)} bytes is larger than the {MOST_BYTES} allowed")
    length = int.from_bytes(data[:8], "little")
    if length > MOST_FACTS:
        raise BadAnswer(f"an observation with {length} bytes of facts")
    header = data[8 : 8 + length]
    if header.count(b",") + header.count(b"[") + header.count(b"{") > MOST_ITEMS:
        raise BadAnswer("an observation of too many items")
    try:
        return _Reading().observation(encoding.decode(data))
    except BadAnswer:
        raise
    except Exception as error:  # whatever a malformed text or tensor raises in a library
        raise BadAnswer(f"not an observation ({type(error).__name__})") from None


class _Reading:
    """Checks an Observation field by field and makes it anew of what is right."""

    def observation(self, claim) -> Observation:
        _must(type(claim) is Observation and claim.outcome in _OUTCOMES, "outcome")
        error = self.error(claim.error) if claim.error is not None else None
        _must((claim.outcome == RAISED) <= (error is not None), "error")
        return Observation(
            subject=_text(claim.subject, 200),
            outcome=str(claim.outcome),
            call=_text(claim.call, 2000),
            result=self.seen_or_none(claim.result),
            error=error,
            changed=self.texts(claim.changed),
            gradients={_text(name, 500): self.gradient(one) for name, one in _items(claim.gradients)},
            gradient_error=_text(claim.gradient_error),
            details=self.plain(claim.details, {}),
            extras={_text(name, 2000): self.seen(one) for name, one in _items(claim.extras)},
            stdout=_text(claim.stdout),
            stderr=_text(claim.stderr),
            warnings=tuple((_text(a, 200), _text(b, 500)) for a, b in _sequence(claim.warnings)),
            source=_text(claim.source),
        )

    def error(self, claim) -> ErrorSeen:
        _must(type(claim) is ErrorSeen, "error")
        _must(type(claim.line_number) is int and 0 <= claim.line_number < 10**6, "line number")
        _must(claim.overwritten in (None, True, False), "overwritten")
        return ErrorSeen(
            type=_text(claim.type, 200),
            bases=self.texts(claim.bases),
            message=_text(claim.message, 2000),
            line=_text(claim.line, 2000),
            line_number=claim.line_number,
            function=_text(claim.function, 200),
            locals={_text(name, 200): self.seen(one) for name, one in _items(claim.locals)},
            grads_missing=self.texts(claim.grads_missing),
            innermost=_text(claim.innermost, 200),
            expression=_text(claim.expression),
            source=_text(claim.source),
            overwritten=claim.overwritten,
        )

    def seen_or_none(self, claim):
        return None if claim is None else self.seen(claim)

    def gradient(self, claim) -> TensorSeen | None:
        _must(claim is None or type(claim) is TensorSeen, "gradient")
        return self.seen_or_none(claim)

    def seen(self, claim, depth: int = 0):
        _must(type(claim) in _SEEN and depth < MOST_DEPTH, "kind of value")
        return getattr(self, f"_{type(claim).__name__}")(claim, depth + 1)

    def _TensorSeen(self, claim, depth):
        values = claim.values
        _must(type(values) is torch.Tensor and values.dim() <= MOST_DIMENSIONS and values.layout == torch.strided, "tensor")
        _must(all(type(flag) is bool for flag in (claim.requires_grad, claim.is_leaf, claim.has_graph)), "flags")
        places = (claim.storage, claim.storage_bytes, claim.offset, *_sequence(claim.strides))
        _must(all(type(place) is int and abs(place) < 2**64 for place in places), "places")
        _must(claim.kind in ("tensor", "parameter", "array") and len(claim.strides) <= MOST_DIMENSIONS, "kind of tensor")
        return dataclasses.replace(claim, values=of_zeros_and_ones(values), device=_text(claim.device, 40), strides=tuple(claim.strides))

    def _PlainSeen(self, claim, depth):
        value = claim.value
        _must(value is None or type(value) in (bool, int, float, str), "plain value")
        _must(not isinstance(value, int) or value.bit_length() <= MOST_BITS, "size of a number")
        _must(not isinstance(value, str) or len(value) <= MOST_TEXT, "length of a text")
        kind = _text(claim.type, 200)
        # the name of a type decides how a value is compared
        exact = {"NoneType": type(None), "bool": bool, "int": int, "float": float, "str": str}.get(kind)
        _must(exact is None or type(value) is exact or kind == "int" and value == math.inf, "type of a plain value")
        return PlainSeen(value, kind)

    def _SequenceSeen(self, claim, depth):
        items = tuple(self.seen(item, depth) for item in _sequence(claim.items))
        _must(type(claim.length) is int and len(items) <= claim.length < 2**63, "length")
        return SequenceSeen(_text(claim.type, 200), items, claim.length)

    def _MappingSeen(self, claim, depth):
        return MappingSeen({_key(key): self.seen(item, depth) for key, item in _items(claim.items)})

    def _ModuleSeen(self, claim, depth):
        named = []
        for group in (claim.parameters, claim.buffers):
            _must(all(type(one) is TensorSeen for _, one in _items(group)), "parameters")
            named.append({_text(name, 500): self.seen(one, depth) for name, one in group.items()})
        _must(type(claim.training) is bool and type(claim.initialised) is bool, "flags")
        unregistered = tuple((_text(name, 500), _text(where, 20)) for name, where in _sequence(claim.unregistered))
        return ModuleSeen(_text(claim.class_name, 200), *named, claim.training, claim.initialised, unregistered)

    def _ClassSeen(self, claim, depth):
        return ClassSeen(_text(claim.name, 200), self.texts(claim.bases), self.texts(claim.methods))

    def _ObjectSeen(self, claim, depth):
        _must(type(claim.is_callable) is bool, "flags")
        return ObjectSeen(_text(claim.type, 200), self.texts(claim.bases), claim.is_callable)

    def texts(self, claim) -> tuple[str, ...]:
        return tuple(_text(item, 500) for item in _sequence(claim))

    def plain(self, claim, due=None, depth: int = 0):
        """JSON-like data, and tensors among them (numbers that a trace kept)."""
        _must(depth < MOST_DEPTH and (due is None or type(claim) is type(due)), "details")
        if type(claim) is dict:
            return {_key(key): self.plain(item, None, depth + 1) for key, item in claim.items()}
        if type(claim) in (list, tuple):
            return type(claim)(self.plain(item, None, depth + 1) for item in claim)
        if type(claim) is str:
            return _text(claim)
        if type(claim) is torch.Tensor:
            _must(claim.dim() <= MOST_DIMENSIONS, "tensor")
            return of_zeros_and_ones(claim)
        if type(claim) is int:
            _must(claim.bit_length() <= MOST_BITS, "size of a number")
            return claim
        if claim is None or type(claim) in (bool, float):
            return claim
        return self.seen(claim, depth)


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise BadAnswer(f"not an observation (its {what} is malformed)")


def _text(claim, most: int = MOST_TEXT) -> str:
    _must(type(claim) is str, "text")
    return clean(claim, most)


def _key(claim):
    _must(type(claim) is int and abs(claim) < 2**63 or type(claim) is str and len(claim) <= MOST_TEXT, "key")
    return claim


def _items(claim):
    _must(type(claim) is dict, "dict")
    return claim.items()


def _sequence(claim):
    _must(type(claim) in (list, tuple), "sequence")
    return claim
