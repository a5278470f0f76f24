"""The event trace: under `TrainingTrace` a training function runs unchanged, and what it does is recorded.

The parameters are the leaves that the first backward pass reaches (the graph's AccumulateGrad nodes), so any start is
captured. Nothing is drawn from the random state, and no value of the learner's is changed.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager

import torch
from torch.overrides import TorchFunctionMode

from course.check.graph_state import overwritten
from course.check.training.backward import BackwardRecord
from course.check.training.cuts import CutRecord
from course.check.training.functions import backward_kind, changed_by, leaves_pytorch, name_of, same_memory, tensors_in
from course.check.training.loaders import LoaderRecord, replaced
from course.check.training.optimisers import OptimiserRecord

MOST_EVENTS = 50_000

# What recording may meet on tensors without values or storage (meta, functorch, sparse); the learner's call goes on.
_NOT_READABLE = (RuntimeError, NotImplementedError, TypeError, ValueError)


class _Listener(TorchFunctionMode):
    """Hands every PyTorch call of the learner's to the trace."""

    def __init__(self, trace: TrainingTrace):
        super().__init__()
        self.trace = trace

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if self.trace.quiet:
            return function(*args, **kwargs)
        return self.trace.called(function, args, kwargs)


class TrainingTrace:
    """Context manager under which a training function is run once; then `events()` and `counts()` tell what it did.

    rows_of: the input data (n, …); batches that are cut out of it by indexing are then recorded as well.
    An event is a tuple (kind, target, grad_enabled). Kinds: backward, grad, zeroing, step, update, emptied (zero_() on a
    parameter, beside its update), detach, .data, clone, number (item, float, numpy), batch, epoch, train, eval, seed. Targets: parameter, gradient, copy, other;
    for a step `with gradient`, `without gradient`; for a number `connected` if it came from a tensor with a
    history.
    Several traces may be open, one inside the other. Raises RuntimeError if one is entered a second time.
    """

    def __init__(self, rows_of: torch.Tensor | None = None):
        self.rows_of = rows_of
        self.loaders = LoaderRecord(self._event)
        self.optimisers = OptimiserRecord(self._event, self._optimiser_refused, self._silence)
        self.backward = BackwardRecord()
        self.cuts = CutRecord()
        self.failure: dict | None = None
        self.failed_with: BaseException | None = None
        self.grad_read: dict | None = None
        self.training: bool | None = None
        self.quiet = 0
        self._gradients_read = self._in_train = self._dropped = self._unreadable = 0
        self._events: list[tuple[str, str, bool]] = []
        self._stack: ExitStack | None = None

    def __enter__(self) -> TrainingTrace:
        if self._stack is not None:
            raise RuntimeError("a TrainingTrace records one run; make a new one for the next")
        with ExitStack() as stack:
            stack.enter_context(self.loaders.watching())
            stack.enter_context(self.optimisers.watching())
            self._watch_modules(stack)
            self._watch_seeds(stack)
            stack.enter_context(_Listener(self))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception) -> None:
        self._stack.close()
        self.quiet += 1  # iterators over loaders may outlive the trace

    def events(self) -> list[tuple[str, str, bool]]:
        """Every event in order: (kind, target, whether gradients were being recorded)."""
        return list(self._events)

    def counts(self) -> dict[str, int]:
        """How often: steps, updates (in place, by hand), backwards, zeroings, epochs, batches, samples.

        dropped: events beyond the most that are kept; unreadable: calls on tensors that could not be looked into.
        """
        kinds = [kind for kind, target, _ in self._events if not (kind == "update" and target != "parameter")]
        return {
            "steps": kinds.count("step"),
            "updates": kinds.count("update"),
            "backwards": kinds.count("backward") + kinds.count("grad"),
            "zeroings": kinds.count("zeroing"),
            "epochs": len(self.loaders.iterations),
            "batches": len(self.loaders.batches),
            "samples": sum(batch["size"] for batch in self.loaders.batches),
            "dropped": self._dropped,
            "unreadable": self._unreadable,
        }

    def called(self, function, args: tuple, kwargs: dict):
        """Record one PyTorch call and make it; an exception of the call goes on unchanged."""
        name, kind = name_of(function), backward_kind(function)
        if kind:
            return self._backward(kind, function, args, kwargs)
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            with self._silence():
                self._failed(name, error, _operands(name, args))
            raise
        with self._silence():
            self._heard(name, args, kwargs, result)
        return result

    @contextmanager
    def _silence(self):
        """Calls in here are the trace's own, or made by zero_grad: they are not recorded."""
        self.quiet += 1
        try:
            yield
        finally:
            self.quiet -= 1

    def _event(self, kind: str, target: str) -> None:
        if len(self._events) < MOST_EVENTS:
            self._events.append((kind, target, torch.is_grad_enabled()))
        else:
            self._dropped += 1

    # What is replaced while the trace is open

    def _watch_modules(self, stack: ExitStack) -> None:
        def train(module, mode=True):
            if not self._in_train:
                self.training = bool(mode)
                self._event("train" if mode else "eval", type(module).__name__)
            self._in_train += 1
            try:
                return original(module, mode)
            finally:
                self._in_train -= 1

        original = stack.enter_context(replaced(torch.nn.Module, "train", train))

    def _watch_seeds(self, stack: ExitStack) -> None:
        original = torch.manual_seed

        def manual_seed(seed):
            self._event("seed", str(seed))
            return original(seed)

        stack.enter_context(replaced(torch, "manual_seed", manual_seed))
        stack.enter_context(replaced(torch.random, "manual_seed", manual_seed))

    # What is heard

    def _heard(self, name: str, args: tuple, kwargs: dict, result) -> None:
        target = args[0] if args and isinstance(args[0], torch.Tensor) else None
        try:
            if name in ("detach", ".data", "clone"):
                self._event(name, self._role(target))
            elif leaves_pytorch(name):
                self._event("number", "connected" if target is not None and target.requires_grad else "other")
            elif name == ".grad":
                self._note_grad_read(target, result)
            elif name in (".grad=", ".grad del"):
                self._note_grad_set(target, args[1] if len(args) > 1 else None)
            elif name == "__getitem__" and self.rows_of is not None:
                self._note_rows(target, args[1])
            for tensor in changed_by(name, args, kwargs):
                self._note_change(tensor, emptied=name == "zero_")
            self.cuts.note(name, args, kwargs, result)
        except _NOT_READABLE:
            self._unreadable += 1

    def _role(self, tensor: torch.Tensor | None) -> str:
        """parameter, gradient, copy (of a parameter) or other."""
        if tensor is None:
            return "other"
        shapes = [leaf.shape for leaf in self.backward.first]
        copy = self.cuts.of(tensor) and tensor.shape in shapes
        return self.backward.role(tensor) or ("copy" if copy else "other")

    def _note_change(self, tensor: torch.Tensor, emptied: bool) -> None:
        role = self._role(tensor)
        if role == "gradient":
            if not bool(tensor.detach().any()):
                self._event("zeroing", role)
        elif role != "other" and not self.optimisers.stepping:
            self._event("update", role)
            if emptied and role == "parameter":
                self._event("emptied", role)

    def _note_grad_set(self, tensor: torch.Tensor, value) -> None:
        if value is None or not bool(value.detach().any()):
            self._event("zeroing", "gradient" if self._role(tensor) == "parameter" else "other")

    def _note_grad_read(self, tensor: torch.Tensor, gradient) -> None:
        self._gradients_read += gradient is not None
        self.grad_read = {
            "none": gradient is None,
            "leaf": tensor.is_leaf,
            "requires_grad": tensor.requires_grad,
            "before": self._gradients_read,
        }

    def _note_rows(self, tensor: torch.Tensor, index) -> None:
        rows_of, first = self.rows_of, index[0] if isinstance(index, tuple) and index else index
        if self.loaders.fetching or isinstance(first, int) or first is None or first is Ellipsis:
            return
        if tensor.shape[:1] != rows_of.shape[:1] or not same_memory(tensor, rows_of):
            return
        rows = torch.arange(len(rows_of))[first].reshape(-1).tolist()
        if 0 < len(rows) < len(rows_of):
            self.loaders.note_by_hand(rows, len(rows_of))

    def _backward(self, kind: str, function, args: tuple, kwargs: dict):
        given = args[0] if args else kwargs.get("tensors", kwargs.get("outputs"))
        outputs = list(tensors_in([given]))
        with self._silence():
            try:
                cut = self.cuts.of(outputs[0]) if outputs else ""
                batch = len(self.loaders.batches) - 1
                seen = self.backward.before(kind, outputs, cut, self.training, batch)
            except _NOT_READABLE:
                self._unreadable += 1
                return function(*args, **kwargs)
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            self._failed(kind, error, seen | {"overwritten": overwritten(outputs)})
            raise
        with self._silence():
            self.backward.after(outputs, seen)
        self.loaders.used_last()
        self._event(kind, "loss")
        return result

    # What went wrong

    def _failed(self, name: str, error: BaseException, state: dict) -> None:
        self.failure = {"call": name, "grad_enabled": torch.is_grad_enabled(), **state}
        self.failed_with = error

    def _optimiser_refused(self, error: BaseException, state: dict) -> None:
        self._failed("optimiser", error, state)


def _operands(name: str, args: tuple) -> dict:
    """The state of a call that failed: whether it changes a leaf in place, and what its tensors are."""
    target = args[0] if args and isinstance(args[0], torch.Tensor) else None
    tensors = list(tensors_in(args))
    return {
        "in_place": bool(changed_by(name, args, {})),
        "leaf": target is not None and target.is_leaf and target.requires_grad,
        "shapes": [list(tensor.shape) for tensor in tensors],
        "dtypes": [str(tensor.dtype) for tensor in tensors],
        "devices": [str(tensor.device) for tensor in tensors],
    }
