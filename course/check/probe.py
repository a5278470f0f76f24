"""The probe: runs one Request in the learner's namespace and returns an Observation. It decides nothing."""

from __future__ import annotations

import copy
import dataclasses

import torch

from .describing import argument_names, describe_all
from .frames import see_error, source_of
from .helpers import lacking, raised_by_check, remember_asking, unwritten
from .observation import MISSING, NOT_ATTEMPTED, RAISED, RETURNED, Observation
from .realise import realise, realise_arguments, set_parameters
from .request import Request, Together
from .seeing import see, see_module, see_tensor, shared_parameter
from .side_effects import contents, same
from .surroundings import captured, plain_defaults, random_state, seed_all
from .watching import watched


def observe(request: Request, namespace: dict) -> Observation:
    """Run the request's subject, taken from `namespace`, and note what happened.

    Errors of the learner's code are part of the Observation; only KeyboardInterrupt passes through.
    The state of every random generator is the same after as before, and so are PyTorch's defaults, which are its own
    ones while the subject runs: a check judges what was written, wherever it runs, and not a switch left on further up.
    """
    remember_asking()
    if request.subject not in namespace:
        return Observation(request.subject, MISSING)
    subject = namespace[request.subject]
    if subject is ...:
        return Observation(request.subject, NOT_ATTEMPTED)
    if request.arguments is None and request.construct is None:
        return _read(request, namespace)
    with random_state(request.seed), plain_defaults(), captured() as printed:
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
        self.facts: dict = {"subject": request.subject, "call": request.subject, "details": {}, "extras": {}, "source": source_of(subject)}

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
        return Observation(**self.facts)

    def _fail(self, error: BaseException, outcome: str) -> None:
        # a NotImplementedError that PyTorch raised is an error; the stub's comes from the learner's own frame
        seen = see_error(error)
        own = seen.innermost == seen.function
        self.facts["outcome"] = outcome if outcome == RAISED or own else RAISED
        self.facts["error"] = seen
        if self.facts["outcome"] == NOT_ATTEMPTED:
            self.facts["subject"] = unwritten(seen, self.namespace) or self.request.subject
        if raised_by_check(error):
            if name := lacking(error, self.namespace):
                self.facts |= {"subject": name, "outcome": MISSING}
            self.facts["error"] = dataclasses.replace(seen, line_number=0)  # a line of the check's is not the learner's

    def _build(self) -> None:
        """Make the object to call, and the arguments."""
        request = self.request
        self.target = self.subject
        if request.construct is not None:
            arguments = tuple(realise(a, self.namespace, request.device) for a in request.construct)
            self.facts["call"] = f"{request.subject}({describe_all(arguments, None)})"
            self.facts["extras"]["subject"] = see(self.subject)
            self.target = self.subject(*arguments)
            if isinstance(self.target, torch.nn.Module):
                self.facts["extras"]["module"] = see_module(self.target)
                if request.options.get("twice"):
                    self.facts["details"]["shared"] = shared_parameter(self.target, self.subject(*arguments), arguments)
                if request.parameters:
                    self.facts["details"]["fits"] = set_parameters(self.target, request.parameters)
                self.target.to(request.device)
                self.target.train(request.options.get("training", self.target.training))
        self.arguments = realise_arguments(request, self.namespace)
        self.wanted = self._wanted_tensors()
        self.before = copy.deepcopy(contents(self.arguments))

    def _wanted_tensors(self) -> dict[str, torch.Tensor]:
        """Which tensors the request wants gradients of, by the name that a message will use."""
        wanted = {}
        names = argument_names(self.target, len(self.arguments))
        for position in self.request.gradients:
            owner = self.target if position == "parameters" else self.arguments[position]
            if isinstance(owner, torch.nn.Module):
                wanted.update({name: p for name, p in owner.named_parameters() if p.requires_grad})
            else:
                owner.requires_grad_()
                wanted[names[position]] = owner
        return wanted

    def _call(self) -> None:
        names = argument_names(self.target, len(self.arguments))
        described = describe_all(self.arguments, names)
        self.facts["call"] = f"{self._callable_name()}({described})"
        afresh = self._arguments_again() if self.request.options.get("repeat") else []
        seed_all(self.request.seed)  # anew, because building a learner's object draws numbers that a reference may not draw
        result = watched(self.target, self.arguments, self.request, self.namespace, self.facts["details"])
        self.facts["result"] = see(result)
        after, trains = contents(self.arguments), "training" in self.request.watch  # a model that is trained must change
        self.facts["changed"] = tuple(
            name for name, old, new, argument in zip(names, self.before, after, self.arguments, strict=True)
            if not same(old, new) and not (trains and isinstance(argument, torch.nn.Module))
        )
        if self.request.options.get("arguments"):
            self.facts["extras"].update({f"argument {i}": see(a) for i, a in enumerate(self.arguments)})
        if self.wanted:
            self._take_gradients(result)
        if self.request.options.get("repeat"):
            again: dict = {}
            result = watched(self.target, afresh, self.request, self.namespace, again)
            self.facts["extras"]["again"] = see(result)
            self.facts["details"] |= {f"{name} again": facts for name, facts in again.items()}
        if isinstance(self.target, torch.nn.Module):
            self.facts["extras"]["module after"] = see_module(self.target)

    def _arguments_again(self) -> list:
        """The same arguments for a second call; objects that hold each other have to be made anew."""
        made = isinstance(self.request.arguments, Together)
        return realise_arguments(self.request, self.namespace) if made else copy.deepcopy(self.arguments)

    def _callable_name(self) -> str:
        return self.request.subject if self.request.construct is None else f"{self.request.subject}(…)"

    def _take_gradients(self, result) -> None:
        """Gradients of the result (of a weighted sum where it has several elements) with respect to what is wanted."""
        if not isinstance(result, torch.Tensor):
            self.facts["gradient_error"] = "not a tensor"
            return
        if not result.requires_grad:
            self.facts["gradient_error"] = "no graph"
            return
        weights = torch.linspace(1, 2, result.numel(), dtype=result.dtype, device="cpu").reshape(result.shape).to(result.device)
        # summed to one number first: given weights to start from, autograd would import sympy, which takes two seconds
        total = (result * weights).sum()
        gradients = torch.autograd.grad(total, list(self.wanted.values()), allow_unused=True)
        self.facts["gradients"] = {
            name: None if g is None else see_tensor(g) for name, g in zip(self.wanted, gradients, strict=True)
        }

    def _methods(self) -> None:
        for name, arguments in self.request.methods:
            described, owner = describe_all(arguments, None), f"{self.request.subject}(…)"
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
