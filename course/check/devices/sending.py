"""Functions and objects of a learner's as bytes, by value, for a process elsewhere; what torch.compile made goes uncompiled."""

import io
import types

import cloudpickle


def by_value(request) -> bytes:
    """What `pickle.loads` makes the request of again. Raises whatever pickling raises."""
    buffer = io.BytesIO()
    _Pickler(buffer).dump(request)
    return buffer.getvalue()


class _Pickler(cloudpickle.Pickler):
    def reducer_override(self, value):
        plain = _uncompiled(value)
        return super().reducer_override(value) if plain is None else (_as_it_is, (plain,))


def _uncompiled(value):
    """What a function or module that torch.compile made was made from: the compiler holds what cannot be sent."""
    if isinstance(value, types.FunctionType):
        return value.__dict__.get("_torchdynamo_orig_callable")
    if type(value).__module__ == "torch._dynamo.eval_frame" and type(value).__name__ == "OptimizedModule":
        return value._orig_mod
    return None


def _as_it_is(value):
    return value
