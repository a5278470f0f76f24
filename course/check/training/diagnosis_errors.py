"""Which mistake made a training function raise: from the exception's type and the state, never from its message."""

from __future__ import annotations

from course.check.training.named import Diagnosis, wrong
from course.check.training.observed import TrainingObserved

_MATRIX_PRODUCTS = {"matmul", "__matmul__", "__rmatmul__", "mm", "mv", "addmm", "linear", "dot", "bmm", "einsum"}


def explain_error(observed: TrainingObserved) -> Diagnosis:
    """The mistake behind `observed.error`; without a sure name, the type and how far the run came."""
    error = observed.error
    failure = error["failure"] or {}
    mistake, reason = _name(observed, error, failure) or (None, "the run ended there")
    counts = observed.counts
    steps = counts["steps"] or counts["updates"]
    came = f"{error['type']} after {_count(counts['backwards'], 'backward pass', 'backward passes')}"
    return wrong(mistake, f"{came} and {_count(steps, 'update', 'updates')}: {reason}.")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _name(observed, error: dict, failure: dict) -> tuple[str, str] | None:
    call = failure.get("call")
    if call in ("backward", "grad"):
        return _in_backward(observed, failure)
    if call == "optimiser":
        return _in_optimiser(failure)
    if call == ".grad=":
        return "grad-set-to-number", ".grad can hold a tensor or None"
    if error["of"] is not None and error["of"] != "NoneType":
        if error["attribute"] == "backward":
            return "number-in-graph", f"the loss is a {error['of']}, which has no history"
        return None
    if failure.get("in_place") and failure.get("leaf") and failure["grad_enabled"]:
        if call == "zero_":
            return "parameter-zeroed", "zero_() was called on a parameter, which is a leaf that requires grad"
        return "in-place-on-leaf", "a leaf that requires grad was changed in place while gradients were recorded"
    read = error["grad_read"]
    if read and read["none"] and error["type"] in ("AttributeError", "TypeError"):
        return _gradient_missing(observed, error, read)
    return _operands(failure) if call else None


def _in_backward(observed, failure: dict) -> tuple[str, str] | None:
    done = observed.counts["backwards"]
    if not failure["connected"]:
        if failure["cut"] and done:
            return "leaf-rebound-in-no-grad", "the first update made a parameter that no longer requires grad"
        if failure["cut"] == "no_grad":
            return "no-grad-around-forward", "the loss was computed inside no_grad"
        if failure["cut"]:
            return "detached-result", f"the loss was cut from the parameters by {failure['cut']}"
        if ("number", "connected") in [tuple(event[:2]) for event in observed.events]:
            return "number-in-graph", "a tensor with a history was made a number before backward"
        return "backward-without-graph", "nothing that the loss was computed from requires grad"
    if failure["elements"] > 1:
        return "backward-on-vector", f"the loss has {failure['elements']} elements"
    if failure["overwritten"]:
        return "in-place-on-saved", "a value that it needs was changed in place before it"
    if done:
        again = "of the same loss" if failure["same_loss"] else "through a part of the graph of an earlier one"
        return "backward-twice", f"it was the second backward pass {again}"
    return "in-place-on-saved", "the graph was there, and a value it needs was not"


def _in_optimiser(failure: dict) -> tuple[str, str] | None:
    return {
        "nothing": ("optimiser-without-parameters", "the optimiser was given no parameters"),
        "tensor": ("optimiser-given-a-tensor", "the optimiser was given one tensor instead of a list"),
        "non-leaf": ("not-a-leaf", "the optimiser was given a tensor that is the result of a computation"),
    }.get(failure["given"])


def _gradient_missing(observed, error: dict, read: dict) -> tuple[str, str]:
    """A gradient was read, it was None, and an attribute or an operation was asked of it."""
    if not read["leaf"]:
        if read["before"]:
            return "leaf-rebound", "the gradient was read from a tensor that is no leaf any more"
        return "not-a-leaf", "the gradient was read from a tensor that is no leaf"
    if not read["requires_grad"]:
        if read["before"]:
            return "leaf-rebound-in-no-grad", "the gradient was read from a tensor that no longer requires grad"
        return "grad-is-none", "the gradient was read from a tensor that does not require grad"
    if not observed.backwards:
        if error["type"] == "AttributeError":
            return "zeroing-none", "before the first backward pass the gradient is None"
        return "grad-is-none", "the gradient was used before any backward pass"
    last = observed.backwards[-1]
    if last["remade"]:
        return "rewrapped-result", "the backward pass ended at the loss itself, a tensor made anew"
    if last["cut"]:
        cause = "no-grad-around-forward" if last["cut"] == "no_grad" else "detached-result"
        return cause, f"the backward pass did not reach this parameter: {last['cut']} cuts it off"
    if _zeroed_since_backward(observed):
        return "zeroed-between-backward-and-step", "the gradient was set to None after the backward pass"
    return "grad-is-none", "the backward pass did not reach this parameter"


def _zeroed_since_backward(observed) -> bool:
    for kind, _, _ in reversed(observed.events):
        if kind in ("backward", "grad", "update", "step"):
            return False
        if kind == "zeroing":
            return True
    return False


def _operands(failure: dict) -> tuple[str, str] | None:
    shapes = failure.get("shapes", [])
    if len(set(failure.get("devices", []))) > 1:
        return "device-mismatch", f"{failure['call']} of tensors on {' and '.join(sorted(set(failure['devices'])))}"
    if len(shapes) < 2:
        return None
    listed = " and ".join(f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})" for shape in shapes)
    if failure["call"] in _MATRIX_PRODUCTS:
        same_type = len(set(failure["dtypes"])) == 1
        if failure["call"] == "linear" and same_type:  # a layer transposes its weight itself: its sizes are wrong
            return "wrong-layer-size", f"a layer with a weight of shape {tuple(shapes[1])} met inputs of {tuple(shapes[0])}"
        return ("matrix-product-shapes", f"{failure['call']} of {listed}") if same_type else None
    if not _broadcast(shapes):
        return "shapes-do-not-broadcast", f"{failure['call']} of {listed}"
    return None


def _broadcast(shapes: list[list[int]]) -> bool:
    """Whether the shapes can be stretched to one."""
    width = max(map(len, shapes))
    padded = [[1] * (width - len(shape)) + list(shape) for shape in shapes]
    return all(len(set(sizes) - {1}) <= 1 for sizes in zip(*padded, strict=True))
