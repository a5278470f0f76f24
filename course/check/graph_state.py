"""What lies in a graph: its leaves, and why a pass back through it could not finish (values overwritten, or freed)."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator

import torch

MOST_NODES = 20_000
_ROOTS = ("self", "tensors", "outputs")  # what PyTorch's own frames call the tensors that a pass starts from


def leaves_of(ends: Iterable[torch.Tensor]) -> list[torch.Tensor]:
    """The tensors that a backward pass from `ends`, which have a graph, would add gradients to; all of them."""
    seen, waiting, leaves = set(), [end.grad_fn for end in ends], []
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            leaves.append(node.variable)
        waiting.extend(following for following, _ in node.next_functions)
    return leaves


def overwritten_in(trace: types.TracebackType | None) -> bool | None:
    """Whether a value saved for the pass that failed here was overwritten; None where no backward pass failed."""
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name in ("backward", "grad") and code.co_filename.startswith(_TORCH):
            names = trace.tb_frame.f_locals
            return overwritten([names[name] for name in _ROOTS if name in names])
        trace = trace.tb_next
    return None


def overwritten(roots) -> bool:
    """Whether the graph below these tensors holds a saved value that is kept and cannot be read any more.

    A value that was freed is not kept; one that was changed in place is, and PyTorch refuses to hand it out.
    """
    # read first: the hooks that show whether a value is kept would make it readable
    return any(not _is_readable(node, name) and _is_kept(node, name) for node, name in _saved(_tensors(roots)))


def _tensors(value) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)


def _saved(roots) -> Iterator[tuple[object, str]]:
    """(node, name) of every value that the nodes of a graph have saved."""
    seen, stack = set(), [tensor.grad_fn for tensor in roots if tensor.grad_fn is not None]
    while stack and len(seen) < MOST_NODES:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        yield from ((node, name.removeprefix("_raw")) for name in dir(node) if name.startswith("_raw_saved_"))
        stack.extend(child for child, _ in node.next_functions if child is not None)


def _is_readable(node, name: str) -> bool:
    try:
        getattr(node, name)
        return True
    except RuntimeError:
        return False


def _is_kept(node, name: str) -> bool:
    """Whether the value was not freed. Asked only of a graph whose pass has failed: it puts hooks on what is kept."""
    try:
        kept = getattr(node, f"_raw{name}")
        for value in kept if isinstance(kept, (list, tuple)) else [kept]:
            value.register_hooks(_same, _same)
        return True
    except RuntimeError:
        return False


def _same(value):
    return value


_TORCH = torch.__file__.removesuffix("__init__.py")
