"""Lets library functions that look inside an object work on handles: inspect.getsource, DataLoader."""

from __future__ import annotations

import ast
import contextlib
import inspect

from torch.utils.data import DataLoader

from .handles import Handle


@contextlib.contextmanager
def adapted(source: str):
    """While a test cell runs. source: the student's code cells, one after the other."""
    getsource, make_loader = inspect.getsource, DataLoader.__init__

    def source_of(value):
        return _definition(value.__name__, source) if type(value) is Handle else getsource(value)

    def make(self, dataset, *arguments, **named):
        if type(dataset) is Handle:  # a worker process could not ask for its items
            named = {**named, "num_workers": 0}
            named.pop("prefetch_factor", None)
            named.pop("persistent_workers", None)
        make_loader(self, dataset, *arguments, **named)

    inspect.getsource, DataLoader.__init__ = source_of, make
    try:
        yield
    finally:
        inspect.getsource, DataLoader.__init__ = getsource, make_loader


def _definition(name, source: str) -> str:
    """The text of the last function or class of this name. Raises OSError, as inspect does, where there is none."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError):
        found = [node for node in ast.walk(ast.parse(source))
                 if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name]  # fmt: skip
        if found:
            return ast.get_source_segment(source, found[-1])
    raise OSError("could not get source code")
