"""Counts what PyTorch executes: operations, values that leave tensors, and the largest tensor made.

Both counters are PyTorch's own interception points: `TorchDispatchMode` sees every operation that reaches a kernel,
also those of `torch.vmap`, of TorchScript loops and of the backward pass; `TorchFunctionMode` sees calls from Python.
See https://docs.pytorch.org/docs/stable/notes/extending.html.
"""
import contextlib
import sys
import weakref
from collections.abc import Iterator

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from course.check.counting.writes import is_shared, written

_HAND_OUT_VALUES = {
    getattr(torch.Tensor, name): name
    for name in (
        "item", "tolist", "numpy", "__array__", "__float__", "__int__", "__bool__", "__index__", "__complex__",
        "__format__", "apply_", "map_", "map2_", "__dlpack__", "storage", "untyped_storage", "_typed_storage", "data_ptr",
    )
}  # fmt: skip


class OperationCounter(TorchDispatchMode):
    """Counts operations. One that works through a list of tensors (`_foreach_*`, fused, `stack`, `unbind`) counts
    as many times as the list is long, because it stands for that many.

    escapes: is told of values that an operation writes where NumPy or Python can read them.
    """

    def __init__(self, escapes: "EscapeCounter | None" = None):
        super().__init__()
        self.operations = 0
        self.largest = 0
        self.paused = False
        self.escapes = escapes

    @classmethod
    def _should_skip_dynamo(cls):
        """No: to be skipped by torch.compile, PyTorch would import its compiler here, which takes two seconds."""
        return False

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        if not self.paused:
            results = result if isinstance(result, (tuple, list)) else (result,)
            lists = [argument for argument in args if isinstance(argument, (tuple, list))]
            self.operations += max(1, _tensors(results), *map(_tensors, lists))
            self.largest = max(self.largest, *map(_elements_stored, results), 0)
            if self.escapes is not None:
                for tensor in written(func, args, kwargs or {}):
                    if is_shared(tensor):
                        self.escapes.add(tensor.numel(), f"{func._schema.name.removeprefix('aten::')} into an array's memory")
        return result


def _tensors(values) -> int:
    return sum(isinstance(value, torch.Tensor) for value in values)


def _elements_stored(value) -> int:
    """Elements that exist in memory: a dimension made by `expand` (stride 0) costs nothing."""
    if not isinstance(value, torch.Tensor):
        return max(map(_elements_stored, value), default=0) if isinstance(value, (tuple, list)) else 0
    if value.layout is not torch.strided or value.numel() == 0:
        return value.numel()
    elements = 1
    for size, stride in zip(value.shape, value.stride(), strict=True):
        elements *= size if stride else 1
    return elements


class EscapeCounter(TorchFunctionMode):
    """Counts values that leave tensors for Python, NumPy or raw memory, and remembers through which methods.

    A shuffled order (`torch.randperm(n).tolist()`) holds none of the learner's data and is not counted.
    """

    def __init__(self):
        super().__init__()
        self.escaped = 0
        self.through: set[str] = set()
        self.paused = False
        self._orders = weakref.WeakValueDictionary()

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func in _HAND_OUT_VALUES and not self.paused:
            self._note(args[0], _HAND_OUT_VALUES[func])
        result = func(*args, **(kwargs or {}))
        if func is torch.randperm:
            self._orders[id(result)] = result
        return result

    def _note(self, tensor, name):
        # Formatting a whole tensor prints it; only a single value formats as a number.
        printed = name == "__format__" and tensor.dim() > 0
        if not printed and self._orders.get(id(tensor)) is not tensor:
            self.add(tensor.numel(), name)

    def add(self, values: int, name: str) -> None:
        """Notes that `values` values left through `name`."""
        self.escaped += values
        self.through.add(name)


@contextlib.contextmanager
def scripts_watched(escapes: EscapeCounter) -> Iterator[None]:
    """Notes tensors given to TorchScript code that turns tensors into lists.

    Its `tolist` reads memory without an operation, and what follows runs no Python either.
    """
    kinds = (torch._C.ScriptFunction, torch._C.ScriptMethod)
    calls = [kind.__call__ for kind in kinds]

    def watching(call):
        def watched(script, *args, **kwargs):
            if not escapes.paused and "prim::tolist" in str(getattr(script, "inlined_graph", script.graph)):
                given = [value for value in (*args, *kwargs.values()) if isinstance(value, torch.Tensor)]
                escapes.add(sum(tensor.numel() for tensor in given), "tolist")
            return call(script, *args, **kwargs)

        return watched

    for kind, call in zip(kinds, calls, strict=True):
        kind.__call__ = watching(call)
    try:
        yield
    finally:
        for kind, call in zip(kinds, calls, strict=True):
            kind.__call__ = call


MOST_PRINTED = {"threshold": 24, "edgeitems": 3}  # elements of a tensor whose text shows all; rows at each end of a longer one


class _ShortTexts(type(torch._tensor_str.PRINT_OPTS)):
    """Print options that keep what is asked of them, and use no more than MOST_PRINTED."""

    def __getattribute__(self, name):
        asked = super().__getattribute__(name)
        return min(asked, MOST_PRINTED[name]) if name in MOST_PRINTED else asked


@contextlib.contextmanager
def texts_shortened() -> Iterator[None]:
    """Shortens the texts of tensors to their ends, whatever `torch.set_printoptions` asks for.

    To print a tensor is free, so the text of a long one would give all its values away for a loop over them.
    """
    options, module = torch._tensor_str.PRINT_OPTS, torch._tensor_str
    short = module.PRINT_OPTS = _ShortTexts(**vars(options))
    try:
        yield
    finally:
        module.PRINT_OPTS = options
        vars(options).update(vars(short))


@contextlib.contextmanager
def loading_is_free(*counters) -> Iterator[None]:
    """Pauses the counters while a `DataLoader` fetches a batch.

    It calls the data set once per row by design, so a training function that uses it is not to blame for that.
    """
    data = sys.modules.get("torch.utils.data")
    if data is None:  # nobody can have made a loader yet, and importing this takes 60 ms
        yield
        return
    iterate = data.DataLoader.__iter__

    def iterate_uncounted(loader):
        with _paused(counters):
            batches = iterate(loader)
        while True:
            with _paused(counters):
                try:
                    batch = next(batches)
                except StopIteration:
                    return
            yield batch

    data.DataLoader.__iter__ = iterate_uncounted
    try:
        yield
    finally:
        data.DataLoader.__iter__ = iterate


@contextlib.contextmanager
def _paused(counters):
    before = [counter.paused for counter in counters]
    for counter in counters:
        counter.paused = True
    try:
        yield
    finally:
        for counter, was_paused in zip(counters, before, strict=True):
            counter.paused = was_paused
