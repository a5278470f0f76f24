"""The probe: runs one Request in the learner's namespace and returns an Observation. It decides nothing."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import inspect
import io
import random
import sys
import warnings

import torch

from .frames import see_error, source_of
from .observation import MISSING, NOT_ATTEMPTED, RAISED, RETURNED, Observation
from .request import Instance, Request, Shared
from .seeing import see, see_module, see_tensor

MAX_PRINTED = 4000  # characters of a learner's output that are kept


def observe(request: Request, namespace: dict) -> Observation:
    """Run the request's subject, taken from `namespace`, and note what happened.

    Errors of the learner's code are part of the Observation; only KeyboardInterrupt passes through.
    The state of every random generator is the same after as before.
    """
    if request.subject not in namespace:
        return Observation(request.subject, MISSING)
    subject = namespace[request.subject]
    if subject is ...:
        return Observation(request.subject, NOT_ATTEMPTED)
    if request.arguments is None and request.construct is None:
        return _read(request, namespace)
    with _random_state(request.seed), _captured() as printed:
        observation = _Run(request, subject, namespace).observe()
    return dataclasses.replace(observation, **printed())


def _read(request: Request, namespace: dict) -> Observation:
    """Look at names without calling anything; the first one that is not there decides."""
    for name in request.also:
        if name not in namespace:
            return Observation(name, MISSING)
        if namespace[name] is ...:
            return Observation(name, NOT_ATTEMPTED)
    extras = {name: see(namespace[name]) for name in request.also}
    return Observation(request.subject, RETURNED, call=request.subject, result=see(namespace[request.subject]),
                       extras=extras)


class _Run:
    """One run of a subject, step by step, so that an error at any step still tells what came before it."""

    def __init__(self, request: Request, subject, namespace: dict):
        self.request, self.subject, self.namespace = request, subject, namespace
        self.facts: dict = {"call": request.subject, "details": {}, "extras": {}, "source": source_of(subject)}

    def observe(self) -> Observation:
        try:
            self._build()
            if self.request.arguments is not None:
                self._call()
            self._methods()
            self._load()
            self.facts["outcome"] = RETURNED
        except KeyboardInterrupt:
            raise
        except NotImplementedError as error:
            self._fail(error, NOT_ATTEMPTED)
        except BaseException as error:  # SystemExit too: a learner's exit() must not end the check
            self._fail(error, RAISED)
        return Observation(self.request.subject, **self.facts)

    def _fail(self, error: BaseException, outcome: str) -> None:
        # a NotImplementedError that PyTorch raised is an error; the stub's comes from the learner's own frame
        seen = see_error(error)
        own = seen.innermost == seen.function
        self.facts["outcome"] = outcome if outcome == RAISED or own else RAISED
        self.facts["error"] = seen

    def _build(self) -> None:
        """Make the object to call, and the arguments."""
        request = self.request
        self.target = self.subject
        if request.construct is not None:
            arguments = tuple(_realise(a, self.namespace, request.device) for a in request.construct)
            self.facts["call"] = f"{request.subject}({_describe_all(arguments, None)})"
            self.facts["extras"]["subject"] = see(self.subject)
            self.target = self.subject(*arguments)
            if isinstance(self.target, torch.nn.Module):
                self.facts["extras"]["module"] = see_module(self.target)
                if request.parameters:
                    self.facts["details"]["fits"] = _set_parameters(self.target, request.parameters)
                self.target.to(request.device)
                self.target.train(request.options.get("training", self.target.training))
        bases: dict = {}
        self.arguments = [_realise(a, self.namespace, request.device, bases) for a in request.arguments or ()]
        self.wanted = self._wanted_tensors()
        self.before = copy.deepcopy(_contents(self.arguments))

    def _wanted_tensors(self) -> dict[str, torch.Tensor]:
        """Which tensors the request wants gradients of, by the name that a message will use."""
        wanted = {}
        names = _argument_names(self.target, len(self.arguments))
        for position in self.request.gradients:
            owner = self.target if position == "parameters" else self.arguments[position]
            if isinstance(owner, torch.nn.Module):
                wanted.update({name: p for name, p in owner.named_parameters() if p.requires_grad})
            else:
                owner.requires_grad_()
                wanted[names[position]] = owner
        return wanted

    def _call(self) -> None:
        names = _argument_names(self.target, len(self.arguments))
        described = _describe_all(self.arguments, names)
        self.facts["call"] = f"{self._callable_name()}({described})"
        afresh = copy.deepcopy(self.arguments) if self.request.options.get("repeat") else []
        _seed(self.request.seed)  # anew, because building a learner's object draws numbers that a reference may not draw
        result = self._watched(lambda: self.target(*self.arguments))
        self.facts["result"] = see(result)
        after = _contents(self.arguments)
        self.facts["changed"] = tuple(
            name for name, old, new in zip(names, self.before, after, strict=True) if not _same(old, new)
        )
        if self.request.options.get("arguments"):
            self.facts["extras"].update({f"argument {i}": see(a) for i, a in enumerate(self.arguments)})
        if self.wanted:
            self._take_gradients(result)
        if self.request.options.get("repeat"):
            self.facts["extras"]["again"] = see(self.target(*afresh))
        if isinstance(self.target, torch.nn.Module):
            self.facts["extras"]["module after"] = see_module(self.target)

    def _callable_name(self) -> str:
        return self.request.subject if self.request.construct is None else f"{self.request.subject}(…)"

    def _watched(self, call):
        watch = self.request.watch
        if "operations" in watch:
            from .counting import count

            kept = []

            def once():
                kept.append(call())
                return kept[-1]

            counts = count(once, want_gradient=self.request.options.get("want_gradient", True))
            self.facts["details"]["operations"] = dataclasses.asdict(counts)
            return kept[-1]
        if "training" in watch:
            return self._traced(call)
        return call()

    def _traced(self, call):
        """Run a training function under the event trace; what it saw is kept even when the function raises."""
        from course.check.training.observed import training_observed
        from course.check.training.trace import TrainingTrace

        trace = TrainingTrace(rows_of=next((a for a in self.arguments if isinstance(a, torch.Tensor)), None))
        result = raised = None
        try:
            with trace:
                result = call()
            return result
        except Exception as error:
            raised = error
            raise
        finally:
            self.facts["details"]["training"] = training_observed(trace, result, raised).to_data()

    def _take_gradients(self, result) -> None:
        """Gradients of the result (of a weighted sum where it has several elements) with respect to what is wanted."""
        if not isinstance(result, torch.Tensor):
            self.facts["gradient_error"] = "not a tensor"
            return
        if not result.requires_grad:
            self.facts["gradient_error"] = "no graph"
            return
        weights = torch.linspace(1, 2, result.numel(), dtype=result.dtype).reshape(result.shape).to(result.device)
        # summed to one number first: given weights to start from, autograd would import sympy, which takes two seconds
        total = (result * weights).sum()
        gradients = torch.autograd.grad(total, list(self.wanted.values()), allow_unused=True)
        self.facts["gradients"] = {
            name: None if g is None else see_tensor(g) for name, g in zip(self.wanted, gradients, strict=True)
        }

    def _methods(self) -> None:
        for name, arguments in self.request.methods:
            described, owner = _describe_all(arguments, None), f"{self.request.subject}(…)"
            label = f"{name}({described})"
            while label in self.facts["extras"]:
                label += " again"
            # len(x) and x[i], as learners and loaders write them, so that errors read as theirs do
            if name == "__len__":
                self.facts["call"] = f"len({owner})"
                if hasattr(type(self.target), "__len__"):  # what len() would refuse tells why it does
                    self.facts["extras"][label] = see(self.target.__len__())
                result = len(self.target)
            elif name == "__getitem__":
                self.facts["call"] = f"{owner}[{described}]"
                result = self.target[arguments[0]]
            else:
                self.facts["call"] = f"{owner}.{name}({described})"
                result = getattr(self.target, name)(*arguments)
            self.facts["extras"][label] = see(result)

    def _load(self) -> None:
        """Go once through the built data set in batches, as training does."""
        if size := self.request.options.get("batch_size"):
            self.facts["call"] = f"DataLoader({self.request.subject}(…), batch_size={size})"
            loader = torch.utils.data.DataLoader(self.target, batch_size=size)
            self.facts["details"]["batches"] = sum(1 for _ in loader)


def _realise(argument, namespace: dict, device: str, bases: dict | None = None):
    """A private copy of one argument, built and moved to where the call wants it.

    bases: the storages that `Shared` arguments of this call look at, filled on the way.
    """
    if isinstance(argument, Shared):
        base = bases.setdefault(id(argument.base), None)
        if base is None:
            base = bases[id(argument.base)] = argument.base.clone().to(device)
        return base.as_strided(argument.shape, argument.strides, argument.offset)
    if isinstance(argument, Instance):
        return _build_instance(argument, namespace).to(device)
    if isinstance(argument, torch.Tensor):
        return argument.detach().clone().to(device)
    if isinstance(argument, torch.nn.Module):
        return copy.deepcopy(argument).to(device)
    if isinstance(argument, (list, tuple)) and type(argument) in (list, tuple):
        return type(argument)(_realise(item, namespace, device) for item in argument)
    if type(argument) is dict:
        return {key: _realise(item, namespace, device) for key, item in argument.items()}
    return copy.deepcopy(argument)


def _build_instance(wanted: Instance, namespace: dict) -> torch.nn.Module:
    """The learner's class with the wanted parameters; `like` where their class cannot hold them.

    A learner whose class is wrong has lost that exercise's points; the next exercise is judged on its own.
    """
    try:
        module = namespace[wanted.class_name](*wanted.arguments)
        if not wanted.parameters or _set_parameters(module, wanted.parameters):
            return module
    except Exception:
        if wanted.like is None:
            raise
    module = copy.deepcopy(wanted.like)
    if wanted.parameters:
        _set_parameters(module, wanted.parameters)
    return module


def _set_parameters(module: torch.nn.Module, values: tuple[torch.Tensor, ...]) -> bool:
    """Copy values into a module's parameters, in order; False, and no change, where the shapes do not fit."""
    parameters = list(module.parameters())
    if [p.shape for p in parameters] != [v.shape for v in values]:
        return False
    with torch.no_grad():
        for parameter, value in zip(parameters, values, strict=True):
            parameter.copy_(value)
    return True


def _contents(arguments: list) -> list:
    """What may not change during a call: tensors and arrays, and a module's parameters."""

    def content(value):
        if isinstance(value, torch.Tensor):
            return value.detach().to("cpu").clone()
        if isinstance(value, torch.nn.Module):
            return [p.detach().to("cpu").clone() for p in value.parameters()]
        if isinstance(value, (list, tuple)):
            return [content(item) for item in value]
        return value.copy() if type(value).__module__ == "numpy" and hasattr(value, "copy") else None

    return [content(argument) for argument in arguments]


def _same(old, new) -> bool:
    if isinstance(old, torch.Tensor):
        return old.shape == new.shape and old.dtype == new.dtype and torch.equal(old.nan_to_num(), new.nan_to_num())
    if isinstance(old, list):
        return len(old) == len(new) and all(_same(a, b) for a, b in zip(old, new, strict=True))
    return old is None or bool((old == new).all())


def _argument_names(target, count: int) -> list[str]:
    """Names for the arguments of a call: the learner's own where they can be read, else the instructor's order."""
    function = target.forward if isinstance(target, torch.nn.Module) else target
    with contextlib.suppress(TypeError, ValueError):
        names = [p.name for p in inspect.signature(function).parameters.values() if p.kind <= p.POSITIONAL_OR_KEYWORD]
        if len(names) >= count:
            return names[:count]
    return [f"argument {position + 1}" for position in range(count)]


def _describe_all(arguments, names: list[str] | None) -> str:
    texts = [describe(argument) for argument in arguments]
    if names is None:
        return ", ".join(texts)
    return ", ".join(f"{name} {text}" if text.startswith("(") else f"{name}={text}"
                     for name, text in zip(names, texts, strict=True))


def describe(argument) -> str:
    """An argument in a few characters: a tensor by its shape, a short value by itself, anything else by its type."""
    if isinstance(argument, torch.Tensor):
        if argument.dim() == 0:
            return f"tensor({argument.item():g})" if not argument.is_complex() else "tensor(…)"
        return f"{tuple(argument.shape)}"
    if isinstance(argument, (bool, int, float, str)) and len(repr(argument)) < 24:
        return repr(argument)
    if isinstance(argument, (list, tuple)) and len(repr(argument)) < 40:
        return repr(argument)
    if isinstance(argument, torch.nn.Module):
        return f"a {type(argument).__name__}"
    if type(argument).__module__ == "numpy" and hasattr(argument, "shape"):
        return f"an array {argument.shape}"
    return getattr(argument, "__name__", f"a {type(argument).__name__}")


@contextlib.contextmanager
def _random_state(seed: int):
    """Every generator seeded inside, and as it was outside: a check must not change what a learner's next cell draws."""
    kept_torch, kept_python = torch.get_rng_state(), random.getstate()
    numpy_random = sys.modules.get("numpy.random")
    kept_numpy = numpy_random.get_state() if numpy_random else None
    _seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(kept_torch)
        random.setstate(kept_python)
        if numpy_random:
            numpy_random.set_state(kept_numpy)


def _seed(seed: int) -> None:
    torch.random.default_generator.manual_seed(seed)
    random.seed(seed)
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed(seed % 2**32)


@contextlib.contextmanager
def _captured():
    """Printed text, stderr and warnings, kept aside; yields a function that returns them as fields."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        yield lambda: {
            "stdout": out.getvalue()[:MAX_PRINTED],
            "stderr": err.getvalue()[:MAX_PRINTED],
            "warnings": tuple((w.category.__name__, str(w.message)[:200]) for w in caught[:20]),
        }
