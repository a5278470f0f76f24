"""An Observation to bytes and back: JSON for the facts, safetensors for the numbers. Nothing is ever unpickled."""

from __future__ import annotations

import dataclasses
import json
import math

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from . import observation as seen_types
from .observation import Observation

MAX_BYTES = 256 * 1024 * 1024
_CLASSES = {
    cls.__name__: cls
    for cls in (
        seen_types.TensorSeen,
        seen_types.PlainSeen,
        seen_types.SequenceSeen,
        seen_types.MappingSeen,
        seen_types.ModuleSeen,
        seen_types.ClassSeen,
        seen_types.ObjectSeen,
        seen_types.ErrorSeen,
        Observation,
    )
}
_ONE_HASH = 2**61 - 1  # above it, numbers that differ have the same hash
_TUPLES = {"items", "bases", "changed", "warnings", "strides", "grads_missing", "unregistered", "methods"}


class EncodingError(ValueError):
    """The bytes do not hold an Observation."""


def encode(observation: Observation) -> bytes:
    """Encode to bytes: one safetensors blob whose metadata holds the JSON."""
    tensors: dict[str, torch.Tensor] = {}
    facts = _flatten(observation, tensors)
    tensors["_"] = torch.zeros(1, device="cpu")  # safetensors wants at least one tensor
    return save(tensors, metadata={"observation": json.dumps(facts, allow_nan=False)})


def decode(data: bytes) -> Observation:
    """Decode what `encode` made. Raises EncodingError for anything else, whoever sent it."""
    if len(data) > MAX_BYTES:
        raise EncodingError(f"an observation of {len(data)} bytes is larger than the {MAX_BYTES} allowed")
    try:
        header_length = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + header_length])
        tensors = load(data)
        result = _rebuild(json.loads(header["__metadata__"]["observation"]), tensors)
    except (SafetensorError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise EncodingError(f"not an observation: {type(error).__name__}") from None
    if not isinstance(result, Observation):
        raise EncodingError("the bytes hold something else than an observation")
    return result


def _flatten(value, tensors: dict[str, torch.Tensor]):
    if dataclasses.is_dataclass(value):
        fields = {f.name: _flatten(getattr(value, f.name), tensors) for f in dataclasses.fields(value)}
        return {"#": type(value).__name__, **fields}
    if isinstance(value, torch.Tensor):
        key = str(len(tensors))
        # safetensors refuses complex numbers and tensors that share memory
        tensors[key] = torch.view_as_real(value).clone() if value.is_complex() else value.contiguous().clone()
        return {"#t": key, "complex": value.is_complex()}
    if isinstance(value, dict):
        return {"#d": [[_key(key), _flatten(item, tensors)] for key, item in value.items()]}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_flatten(item, tensors) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"#f": repr(value)}
    if value is None or isinstance(value, (bool, int, float, str)):
        # a lone surrogate cannot be encoded as UTF-8
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    raise EncodingError(f"an observation may not hold a {type(value).__name__}")


def _key(key):
    return key if isinstance(key, (int, str)) else str(key)


def _rebuild(value, tensors: dict[str, torch.Tensor]):
    if isinstance(value, list):
        return [_rebuild(item, tensors) for item in value]
    if not isinstance(value, dict):
        return value
    if "#t" in value:
        tensor = tensors[value["#t"]]
        return torch.view_as_complex(tensor) if value["complex"] else tensor
    if "#f" in value:
        return float(value["#f"])
    if "#d" in value:
        if any(isinstance(key, int) and abs(key) >= _ONE_HASH for key, _ in value["#d"]):
            raise EncodingError("a key that is too large a number")  # many of one hash would take for ever
        return {key: _rebuild(item, tensors) for key, item in value["#d"]}
    fields = {name: _rebuild(item, tensors) for name, item in value.items() if name != "#"}
    fields = {name: _as_tuple(item) if name in _TUPLES else item for name, item in fields.items()}
    return _CLASSES[value["#"]](**fields)


def _as_tuple(value):
    if isinstance(value, list):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return value
