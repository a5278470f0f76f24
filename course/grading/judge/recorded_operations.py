"""What PyTorch's own recorder saw of a counted call, held against the count: operations that no counter was shown.

The recorder works below Python, on every operation of the thread, whatever modes are left, disabled or popped meanwhile.
An operation that a dispatch mode is shown leaves three records, one inside the other: the operation, the mode's, the operation.
"""

from __future__ import annotations

import functools
import secrets

import torch

_SHOWN = "PythonDispatchMode"
# What `torch.tensor` and the like do before a mode is asked; they compute nothing.
_NEVER_SHOWN = {
    "empty", "empty_strided", "empty_like", "detach", "detach_", "alias", "as_strided", "as_strided_", "set_", "resize_",
    "lift", "lift_fresh", "copy_", "fill_", "zero_", "_to_copy", "resolve_conj", "resolve_neg", "is_same_size",
}  # fmt: skip
MOST_UNSHOWN = 8
"""A loop over the rows of a check's larger inputs leaves more than this; what PyTorch itself leaves stays below."""
_MOST_UNCOUNTED = 8
_APART = " apart"
_COMPILED = "Torch-Compiled Region"  # once torch.compile is at work, the mode's own lines are compiled as well

_enable, _disable = torch._C._autograd._enable_profiler_legacy, torch._C._autograd._disable_profiler_legacy
_enabled = torch._C._autograd._profiler_enabled
_has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
_enter_mark, _exit_mark = torch.autograd._record_function_with_args_enter, torch.autograd._record_function_with_args_exit


class RecordedOperations:
    """Context manager: records what this thread executes; `problems(counted)` tells afterwards what does not fit.

    What runs between `set_apart()` and `rejoin()`, called in pairs, is not looked at.
    """

    def __enter__(self) -> RecordedOperations:
        self.records, self.lost, self.mark, self.apart = [], False, secrets.token_hex(8), []
        self.recording = not _enabled()  # there can be but one, and stopping another is not safe
        if self.recording:
            _enable(_settings())
            _exit_mark(_enter_mark(self.mark))
        return self

    def __exit__(self, *error) -> None:
        if not self.recording:
            return
        try:
            self.records = _disable()
        except RuntimeError:
            self.lost = True

    def set_apart(self) -> None:
        self.apart.append(_enter_mark(self.mark + _APART))

    def rejoin(self) -> None:
        if self.apart:
            _exit_mark(self.apart.pop())

    def problems(self, counted: int) -> list[str]:
        """In words what shows that operations were hidden from a counter that came to `counted`; mostly nothing."""
        if not self.recording:
            return ["a profiler of PyTorch's was on already"]
        threads = [_tree(records) for records in self.records]
        if self.lost or not any(node.name == self.mark for root in threads for node in root.inner):
            return ["PyTorch's recorder was stopped"]
        found, apart = [], self.mark + _APART
        if sum(_unshown(root, apart) for root in threads) > MOST_UNSHOWN:
            found.append("operations hidden from the counter")
        if sum(_shown(root, apart) for root in threads) > counted + _MOST_UNCOUNTED:
            found.append("a count that was changed")
        return found


class _Node:
    __slots__ = ("inner", "name", "outer", "sees")

    def __init__(self, name: str, outer: _Node | None):
        self.name, self.outer, self.inner, self.sees = name, outer, [], False


def _settings():
    from torch._C._profiler import ProfilerConfig, ProfilerState, _ExperimentalConfig

    return ProfilerConfig(ProfilerState.CPU, False, False, False, False, False, _ExperimentalConfig())


def _tree(records) -> _Node:
    """The records of one thread, one inside the other; `sees` is set where a mode is shown something inside."""
    root = node = _Node("", None)
    for record in records:
        kind = record.kind()
        if kind == "push":
            node = _Node(record.name(), node)
            node.outer.inner.append(node)
            if node.name == _SHOWN:
                outer = node
                while outer is not None and not outer.sees:
                    outer.sees = True
                    outer = outer.outer
        elif kind == "pop" and node.outer is not None:
            node = node.outer
    return root


def _unshown(root: _Node, apart: str) -> int:
    """The operations that no mode was shown, those inside of another such not counted."""
    total, waiting = 0, [root]
    while waiting:
        node = waiting.pop()
        inner = [one for one in node.inner if one.name != apart]
        if node.name == _SHOWN and node.outer is not None:
            # the one that the mode makes itself; its kernel's own operations are no mode's business
            inner = [one for each in inner for one in (each.inner if each.name.startswith(_COMPILED) else [each])]
            made = next((one for one in inner if one.name == node.outer.name and not one.sees), None)
            inner = [one for one in inner if one is not made]
        for one in inner:
            if one.sees or not _computes(one.name):
                waiting.append(one)
            else:
                total += 1
    return total


def _shown(root: _Node, apart: str) -> int:
    """How often a mode was shown something."""
    shown, waiting = 0, [root]
    while waiting:
        node = waiting.pop()
        shown += node.name == _SHOWN
        waiting.extend(one for one in node.inner if one.name != apart)
    return shown


@functools.cache
def _overloads() -> dict[str, list[str]]:
    """{name of an operation: the same with the names of its overloads}"""
    overloads = {}
    for name in torch._C._dispatch_get_all_op_names():
        overloads.setdefault(name.partition(".")[0], []).append(name)
    return overloads


@functools.cache
def _computes(name: str) -> bool:
    """Whether a mode that is on is shown each call of this operation, and it computes something."""
    space, _, plain = name.partition("::")
    if space != "aten" or not plain or plain in _NEVER_SHOWN:
        return False
    names = _overloads().get(name, ())
    # made of others, or handing back what it was given: those are shown, if there is something to show
    return bool(names) and not any(_has_kernel(one, "CompositeImplicitAutograd") for one in names)
