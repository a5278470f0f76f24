"""The event trace: under `TrainingTrace` a training function runs unchanged, and what it does to its parameters is recorded.

The parameters are those leaves that the first backward pass reaches (the graph's AccumulateGrad nodes), so any start is
captured. Nothing is drawn from the random state and no value of the learner's is changed.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import torch
from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode

from course.check.training_functions import (
    backward_kind,
    changed_by,
    has_nonzero_gradient,
    leaves_below,
    leaves_pytorch,
    name_of,
    same_memory,
    tensors_in,
)
from course.check.training_loaders import LoaderRecord, replaced

MOST_EVENTS = 50_000
MOST_SNAPSHOTS = 4_096
LARGEST_SNAPSHOT = 4_096


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
    """Context manager under which a training function is run once; afterwards `events()` and `counts()` tell what it did.

    rows_of: the input data (n, …); batches that are cut out of it by indexing are then recorded as well.
    An event is a tuple (kind, target, grad_enabled). Kinds: backward, grad, zeroing, step, update, detach, .data, clone,
    number (item, float, numpy), batch, epoch, train, eval, seed. Targets: parameter, gradient, copy, other, or for a step
    `with gradient`, `without gradient`. Raises RuntimeError if it is entered a second time.
    """

    def __init__(self, rows_of: torch.Tensor | None = None):
        self.rows_of = rows_of
        self.loaders = LoaderRecord()
        self.optimisers: list[dict] = []
        self.backwards: list[dict] = []
        self.first: list[torch.Tensor] = []  # leaves of the first backward pass, and
        self.initial: list[torch.Tensor] = []  # what they held then
        self.current: list[torch.Tensor] = []  # leaves of the latest backward pass
        self.path: list[torch.Tensor] = []
        self.failure: dict | None = None
        self.failed_with: BaseException | None = None
        self.grad_read: dict | None = None
        self.gradients_read = 0
        self.training: bool | None = None
        self.quiet = 0
        self._in_step = self._in_train = self._dropped = 0
        self._events: list[tuple[str, str, bool]] = []
        self._optimiser_objects: list[Optimizer] = []
        self._cut: dict[int, tuple[weakref.ref, str]] = {}
        self._last_loss: weakref.ref | None = None
        self._stack: ExitStack | None = None

    def __enter__(self) -> TrainingTrace:
        if self._stack is not None:
            raise RuntimeError("a TrainingTrace records one run; make a new one for the next")
        with ExitStack() as stack:
            stack.enter_context(self.loaders.watching())
            self._watch_loader_events(stack)
            self._watch_optimisers(stack)
            self._watch_modules(stack)
            self._watch_seeds(stack)
            stack.enter_context(_Listener(self))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception) -> None:
        self._stack.close()
        self.quiet += 1

    @contextmanager
    def _silence(self):
        self.quiet += 1
        try:
            yield
        finally:
            self.quiet -= 1

    # What is replaced while the trace is open

    def _watch_loader_events(self, stack: ExitStack) -> None:
        record, note = self.loaders, self.loaders.note

        def noted(*args):
            note(*args)
            self._event("batch", "loader")

        record.note = noted
        stack.callback(record.__dict__.pop, "note")

    def _watch_optimisers(self, stack: ExitStack) -> None:
        trace = self

        def made(optimiser, params, *args, **kwargs):
            params = list(params) if isinstance(params, Iterator) else params
            try:
                return original_init(optimiser, params, *args, **kwargs)
            except (TypeError, ValueError) as error:
                trace._failed("optimiser", error, _given(params))
                raise

        def zeroed(optimiser, *args, **kwargs):
            with trace._silence():
                trace._optimiser(optimiser)["zeroings"] += 1
                result = original_zero(optimiser, *args, **kwargs)
            trace._event("zeroing", "gradient")
            return result

        original_init = stack.enter_context(replaced(Optimizer, "__init__", made))
        original_zero = stack.enter_context(replaced(Optimizer, "zero_grad", zeroed))
        stack.callback(register_optimizer_step_pre_hook(self._before_step).remove)
        stack.callback(register_optimizer_step_post_hook(self._after_step).remove)

    def _watch_modules(self, stack: ExitStack) -> None:
        trace = self

        def train(module, mode=True):
            if not trace._in_train:
                trace.training = bool(mode)
                trace._event("train" if mode else "eval", type(module).__name__)
            trace._in_train += 1
            try:
                return original(module, mode)
            finally:
                trace._in_train -= 1

        original = stack.enter_context(replaced(torch.nn.Module, "train", train))

    def _watch_seeds(self, stack: ExitStack) -> None:
        original = torch.manual_seed

        def manual_seed(seed):
            self._event("seed", str(seed))
            return original(seed)

        stack.enter_context(replaced(torch, "manual_seed", manual_seed))
        stack.enter_context(replaced(torch.random, "manual_seed", manual_seed))

    # What is heard

    def called(self, function, args: tuple, kwargs: dict):
        """Record one PyTorch call and make it; an exception of the call goes on unchanged."""
        name, kind = name_of(function), backward_kind(function)
        if kind:
            return self._backward(kind, function, args, kwargs)
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            self._failed(name, error, self._state_of(name, args))
            raise
        with self._silence():
            self._heard(name, args, kwargs, result)
        return result

    def _heard(self, name: str, args: tuple, kwargs: dict, result) -> None:
        target = args[0] if args and isinstance(args[0], torch.Tensor) else None
        if name in ("detach", ".data", "clone"):
            self._event(name, self._role(target))
        elif leaves_pytorch(name):
            self._event("number", "connected" if target is not None and target.requires_grad else "other")
        elif name == ".grad":
            self._note_grad_read(target, result)
        elif name in (".grad=", ".grad del"):
            value = args[1] if len(args) > 1 else None
            if value is None or not bool(value.detach().any()):
                self._event("zeroing", "gradient" if self._role(target) == "parameter" else "other")
        elif name == "__getitem__" and self.rows_of is not None:
            self._note_rows(target, args[1])
        for tensor in changed_by(name, args, kwargs):
            self._changed(tensor)
        self._note_cut(name, args, kwargs, result)

    def _changed(self, tensor: torch.Tensor) -> None:
        role = self._role(tensor)
        if role == "gradient":
            if not bool(tensor.detach().any()):
                self._event("zeroing", role)
        elif role != "other" and not self._in_step:
            self._event("update", role)

    def _backward(self, kind: str, function, args: tuple, kwargs: dict):
        outputs = list(tensors_in([args[0] if args else kwargs.get("tensors", kwargs.get("outputs"))]))
        with self._silence():
            seen = self._seen_backward(kind, outputs)
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            self._failed(kind, error, seen)
            raise
        with self._silence():
            self._passed_backward(kind, outputs, seen)
        return result

    def _seen_backward(self, kind: str, outputs: list[torch.Tensor]) -> dict:
        loss = outputs[0] if outputs else torch.zeros(())
        leaves = leaves_below(outputs)
        again = self._last_loss is not None and self._last_loss() is loss
        return {
            "kind": kind,
            "loss": float(loss.detach()) if loss.numel() == 1 else None,
            "elements": loss.numel(),
            "connected": any(t.requires_grad for t in outputs),
            "cut": self._cut_of(loss),
            "same_loss": again,
            "remade": bool(outputs) and loss.requires_grad and loss.is_leaf,
            "reached": len(leaves),
            "same_leaves": len(leaves) == len(self.first) and all(_among(leaf, self.first) for leaf in leaves),
            "left_over": sum(has_nonzero_gradient([leaf]) for leaf in leaves) if kind == "backward" else 0,
            "moved": False,
            "training": self.training,
            "batch": len(self.loaders.batches) - 1,
            "leaves": leaves,
        }

    def _passed_backward(self, kind: str, outputs, seen: dict) -> None:
        leaves = seen.pop("leaves")
        self._last_loss = weakref.ref(outputs[0])
        if leaves and not seen["remade"]:
            if not self.first:
                self.first, self.initial = leaves, [leaf.detach().clone() for leaf in leaves]
            self.current = leaves
            seen["moved"] = self._snapshot(leaves)
        if seen["batch"] >= 0:
            self.loaders.batches[seen["batch"]]["used"] = True
        if len(self.backwards) < MOST_EVENTS:
            self.backwards.append(seen)
        self._event(kind, "loss")

    def _snapshot(self, leaves: list[torch.Tensor]) -> bool:
        """Keep the parameters as they are at this backward pass; whether they have changed since the last."""
        if sum(leaf.numel() for leaf in leaves) > LARGEST_SNAPSHOT or len(self.path) >= MOST_SNAPSHOTS:
            return False
        now = torch.cat([leaf.detach().to("cpu", torch.float64).reshape(-1) for leaf in leaves])
        moved = bool(self.path) and not (now.shape == self.path[-1].shape and torch.equal(now, self.path[-1]))
        self.path.append(now)
        return moved

    # Optimisers

    def _optimiser(self, optimiser: Optimizer) -> dict:
        for known, facts in zip(self._optimiser_objects, self.optimisers, strict=True):
            if known is optimiser:
                return facts
        group = optimiser.param_groups[0] if optimiser.param_groups else {}
        settings = {key: group.get(key) for key in ("lr", "momentum", "weight_decay", "nesterov", "maximize")}
        facts = {"type": type(optimiser).__name__, "steps": 0, "empty_steps": 0, "zeroings": 0}
        facts |= {key: _plain(value) for key, value in settings.items()}
        self._optimiser_objects.append(optimiser)
        self.optimisers.append(facts)
        return facts

    def _before_step(self, optimiser, args, kwargs) -> None:
        self._in_step += 1
        with self._silence():
            self._optimiser(optimiser)["live"] = has_nonzero_gradient(_held(optimiser))

    def _after_step(self, optimiser, args, kwargs) -> None:
        self._in_step = max(self._in_step - 1, 0)
        facts = self._optimiser(optimiser)
        with self._silence():  # with a closure the gradient comes during the step
            live = facts.pop("live", False) or has_nonzero_gradient(_held(optimiser))
        facts["steps"] += 1
        facts["empty_steps"] += not live
        self._event("step", "with gradient" if live else "without gradient")

    # State

    def _event(self, kind: str, target: str) -> None:
        if len(self._events) < MOST_EVENTS:
            self._events.append((kind, target, torch.is_grad_enabled()))
        else:
            self._dropped += 1

    def _role(self, tensor: torch.Tensor | None) -> str:
        """parameter, gradient, copy (of a parameter) or other."""
        if tensor is None:
            return "other"
        for leaf in [*self.current, *self.first]:
            if same_memory(tensor, leaf):
                return "parameter"
            if leaf.grad is not None and same_memory(tensor, leaf.grad):
                return "gradient"
        shapes = [leaf.shape for leaf in self.first]
        return "copy" if self._cut_of(tensor) and tensor.shape in shapes else "other"

    def _note_grad_read(self, tensor, gradient) -> None:
        self.gradients_read += gradient is not None
        self.grad_read = {
            "before": self.gradients_read,
            "none": gradient is None,
            "leaf": tensor.is_leaf,
            "requires_grad": tensor.requires_grad,
            "parameter": self._role(tensor) == "parameter",
            "backwards": len(self.backwards),
        }

    def _note_rows(self, tensor, index) -> None:
        rows_of, first = self.rows_of, index[0] if isinstance(index, tuple) and index else index
        if self.loaders.fetching or isinstance(first, int) or first is None or first is Ellipsis:
            return
        if tensor.shape[:1] != rows_of.shape[:1] or not same_memory(tensor, rows_of):
            return
        rows = torch.arange(len(rows_of))[first].reshape(-1).tolist()
        if 0 < len(rows) < len(rows_of):
            self.loaders.note_by_hand(rows, len(rows_of))

    def _note_cut(self, name: str, args, kwargs, result) -> None:
        """Remember where a tensor was cut off from the parameters: by detach, .data, or no_grad, or made from one that was."""
        if name in ("requires_grad_", ".requires_grad="):
            self._cut.pop(id(args[0]), None)
        if not isinstance(result, torch.Tensor) or not result.is_floating_point() or name == ".grad":
            return
        inputs = list(tensors_in([*args, *kwargs.values()]))
        cause = next(filter(None, map(self._cut_of, inputs)), "")
        if not cause and any(t.requires_grad for t in inputs) and not result.requires_grad:
            cause = name if name in ("detach", ".data") else "" if torch.is_grad_enabled() else "no_grad"
        if cause:
            if len(self._cut) > MOST_EVENTS:
                self._cut = {key: value for key, value in self._cut.items() if value[0]() is not None}
            self._cut[id(result)] = weakref.ref(result), cause

    def _cut_of(self, tensor: torch.Tensor) -> str:
        known = self._cut.get(id(tensor))
        return known[1] if known and known[0]() is tensor else ""

    def _state_of(self, name: str, args: tuple) -> dict:
        target = args[0] if args and isinstance(args[0], torch.Tensor) else None
        with self._silence():
            tensors = list(tensors_in(args))
            return {
                "in_place": bool(changed_by(name, args, {})),
                "leaf": target is not None and target.is_leaf and target.requires_grad,
                "shapes": [list(tensor.shape) for tensor in tensors],
                "dtypes": [str(tensor.dtype) for tensor in tensors],
                "devices": [str(tensor.device) for tensor in tensors],
            }

    def _failed(self, name: str, error: BaseException, state: dict) -> None:
        state = {key: value for key, value in state.items() if key != "leaves"}
        self.failure = {"call": name, "grad_enabled": torch.is_grad_enabled(), **state}
        self.failed_with = error

    # What is told

    def events(self) -> list[tuple[str, str, bool]]:
        """Every event in order: (kind, target, whether gradients were being recorded)."""
        return list(self._events)

    def counts(self) -> dict[str, int]:
        """How often: steps, updates (in place, by hand), backward passes, zeroings, epochs, batches, samples, dropped events."""
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
        }

    def optimiser_facts(self) -> list[dict]:
        """Each optimiser used: type, settings, steps, and how many of its tensors are the trained ones (`holds`, of `of`)."""
        trained = [*self.first, *self.current]
        found = []
        for optimiser, facts in zip(self._optimiser_objects, self.optimisers, strict=True):
            held = _held(optimiser)
            modules = all(isinstance(t, torch.nn.Parameter) for t in [*held, *self.current])
            facts = {key: value for key, value in facts.items() if key != "live"}
            found.append(facts | {"holds": sum(_among(t, trained) for t in held), "of": len(held), "modules": modules})
        return found


def _held(optimiser: Optimizer) -> list[torch.Tensor]:
    return [tensor for group in optimiser.param_groups for tensor in group["params"]]


def _among(tensor: torch.Tensor, tensors: list[torch.Tensor]) -> bool:
    return any(tensor is other for other in tensors)


def _given(params) -> dict:
    """What an optimiser was refused: a tensor, nothing, or tensors that are not leaves."""
    if isinstance(params, torch.Tensor):
        return {"given": "tensor"}
    tensors = list(tensors_in([params]))
    return {"given": "nothing" if not params else "non-leaf" if any(not t.is_leaf for t in tensors) else "other"}


def _plain(value):
    return float(value) if isinstance(value, torch.Tensor) else value
