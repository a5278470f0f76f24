"""Judges what an nn.Module registers: parameters with the right shapes, dtypes and names, and buffers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch

from course.check.comparison import name_of
from course.check.judge import judge_attempt, wrong
from course.check.modules.judge_classes import judge_class
from course.check.observation import RAISED, ModuleSeen, Observation, TensorSeen
from course.check.recognise import Found
from course.check.verdict import Verdict

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Structure:
    """What a module should register.

    shapes: of its parameters, in the order of `parameters()`. names: their keys in the state_dict, where they are asked
    for. buffers: shapes of buffers by name, where they are asked for. dtype: of every parameter.
    """

    shapes: tuple[Shape, ...]
    names: tuple[str, ...] | None = None
    buffers: dict[str, Shape] | None = None
    dtype: torch.dtype = field(default=torch.float32)

    @classmethod
    def of(cls, parameters: Mapping | Sequence, buffers: Mapping | None = None, dtype=torch.float32) -> Structure:
        """From shapes in order, or from a dict of shapes by name."""
        names = tuple(parameters) if isinstance(parameters, Mapping) else None
        shapes = parameters.values() if isinstance(parameters, Mapping) else parameters
        due = {name: tuple(shape) for name, shape in buffers.items()} if buffers is not None else None
        return cls(tuple(tuple(shape) for shape in shapes), names, due, dtype)


def arrange(seen: ModuleSeen, due: Structure) -> tuple[int, ...] | None:
    """For each of the learner's parameters the position of its counterpart in `due`, or None where they do not fit.

    By name where names are asked for; else in order; else by shape where no two shapes are the same, because the order
    in which a learner assigns weight and bias is theirs.
    """
    names, shapes = list(seen.parameters), [parameter.shape for parameter in seen.parameters.values()]
    if due.names is not None and sorted(names) == sorted(due.names):
        order = tuple(due.names.index(name) for name in names)
        return order if [due.shapes[place] for place in order] == shapes else None
    if shapes == list(due.shapes):
        return tuple(range(len(shapes)))
    if len(set(shapes)) == len(shapes) and sorted(shapes) == sorted(due.shapes):
        return tuple(due.shapes.index(shape) for shape in shapes)
    return None


def judge_structure(
    observation: Observation, due: Structure, run: Callable[[], Observation] | None = None
) -> Verdict | None:
    """The first thing wrong with what a built module registers, or None.

    run: calls the module, for telling layers that are made in forward from layers that are nowhere; where given.
    """
    if verdict := judge_class(observation, "Module", "not-a-module"):
        return verdict
    if _is_uninitialised(observation):
        return _uninitialised(observation)
    if verdict := judge_attempt(observation, _before_its_first_line(observation)):
        return verdict
    module = observation.extras.get("module")
    if module is None:  # a base that is only called Module
        return wrong("type", f"{observation.call} is no nn.Module.", mistake="not-a-module")
    order = arrange(module, due)
    if order is None:
        return _judge_misfit(observation, module, due, run)
    if shared := observation.details.get("shared"):
        says = f"Two models made by {observation.call} hold one and the same `{shared}`."
        return wrong("structure", says, mistake="shared-layer")
    return _judge_kinds(observation, module, due) or _judge_names(observation, module, due)


def _before_its_first_line(observation: Observation) -> Found | None:
    """An __init__ that cannot be called with the exercise's arguments."""
    error = observation.error
    refused = observation.outcome == RAISED and error.type == "TypeError" and not error.line and observation.source
    return Found("another-constructor") if refused else None


def _is_uninitialised(observation: Observation) -> bool:
    """Whether nn.Module's own __init__ had not run: known from the built object, or where an assignment in it failed."""
    module = observation.extras.get("module")
    if module is None and observation.error is not None:
        module = observation.error.locals.get("self")
        failed = observation.error.innermost == "__setattr__" or "AttributeError" in observation.error.type
        return failed and isinstance(module, ModuleSeen) and not module.initialised
    return module is not None and not module.initialised


def _uninitialised(observation: Observation) -> Verdict:
    if observation.outcome == RAISED and observation.error.line:
        return judge_attempt(observation, Found("missing-super-init"))
    says = f"{observation.call} was built without nn.Module's own __init__, so it can register nothing."
    return wrong("structure", says, mistake="missing-super-init")


def _judge_misfit(observation, module: ModuleSeen, due: Structure, run) -> Verdict:
    """Names why the parameters are not the ones that are due: too few, too many, or of other shapes."""
    count, wanted = len(module.parameters), len(due.shapes)
    shapes = [parameter.shape for parameter in module.parameters.values()]
    if count == wanted:
        mistake, evidence = _other_shapes(module, shapes, due)
    elif count > wanted:
        mistake, evidence = "extra-parameters", f"It registers {_listed(module)}: {count}, where {wanted} were due."
    else:
        mistake, evidence = _too_few(module, shapes, due, run)
    says = f"{observation.call} does not register the parameters that are due."
    return wrong("structure", says, evidence, mistake=mistake)


def _too_few(module: ModuleSeen, shapes: list[Shape], due: Structure, run) -> tuple[str | None, str]:
    if module.unregistered:
        name, where = module.unregistered[0]
        kinds = {"tensor": "is a plain tensor", "container": "keeps its layers or tensors in a list, tuple or dict",
                 "class": "belongs to the class, not to the object"}
        return "plain-tensor-parameters", f"`{name}` {kinds[where]}."
    if run is not None and makes_layers(run()):
        return "layer-made-in-forward", ""
    if not shapes:
        return "no-parameters", "parameters() is empty."
    without_biases = [shape for shape in due.shapes if len(shape) != 1]
    if sorted(shapes) == sorted(without_biases):
        return "no-bias", f"It registers {_listed(module)}, and no bias."
    return None, f"It registers {_listed(module)}: {len(shapes)}, where {len(due.shapes)} were due."


def _other_shapes(module: ModuleSeen, shapes: list[Shape], due: Structure) -> tuple[str, str]:
    wanted = due.shapes
    if due.names is not None and sorted(module.parameters) == sorted(due.names):
        wanted = tuple(due.shapes[due.names.index(name)] for name in module.parameters)
    odd = [(name, seen, ours) for name, seen, ours in zip(module.parameters, shapes, wanted, strict=True)
           if seen != ours]
    name, seen, ours = odd[0]
    evidence = f"`{name}` has shape {seen}, where {ours} was due."
    turned = all(len(seen) == 2 and seen == ours[::-1] for _, seen, ours in odd)
    return "weight-not-transposed" if turned else "wrong-layer-size", evidence


def _judge_kinds(observation: Observation, module: ModuleSeen, due: Structure) -> Verdict | None:
    for name, parameter in module.parameters.items():
        if parameter.dtype != due.dtype:
            says = f"`{name}` of {observation.call} is {name_of(parameter.dtype)}, where {name_of(due.dtype)} was due."
            doubled = (parameter.dtype, due.dtype) == (torch.float64, torch.float32)
            return wrong("dtype", says, mistake="double-for-float" if doubled else None)
        if not parameter.requires_grad:
            says = f"`{name}` of {observation.call} does not require a gradient, so training will not change it."
            return wrong("structure", says, mistake="frozen-parameters")
    return None


def _judge_names(observation: Observation, module: ModuleSeen, due: Structure) -> Verdict | None:
    if due.names is not None and sorted(module.parameters) != sorted(due.names):
        lost = [name for name in due.names if name not in module.parameters][0]
        says = f"The state_dict of {observation.call} has no `{lost}`; its keys are {_listed(module)}."
        return wrong("structure", says, mistake="wrong-state-dict-key")
    for name, shape in (due.buffers or {}).items():
        seen = module.buffers.get(name)
        if seen is None:
            says = f"{observation.call} registers no buffer `{name}`."
            return wrong("structure", says, mistake="buffer-not-registered")
        if seen.shape != shape:
            says = f"The buffer `{name}` of {observation.call} has shape {seen.shape}, where {shape} was due."
            return wrong("structure", says)
    return None


def makes_layers(observation: Observation) -> bool:
    """Whether a call made parameters of its own: registered ones are new, or two calls on the same inputs differ."""
    before, after = observation.extras.get("module"), observation.extras.get("module after")
    if before is None or after is None:
        return False
    places = [{name: p.storage for name, p in seen.parameters.items()} for seen in (before, after)]
    if places[0] != places[1]:
        return True
    result, reached = observation.result, any(gradient is not None for gradient in observation.gradients.values())
    has_others = isinstance(result, TensorSeen) and result.has_graph and not reached
    return has_others and differs(result, observation.extras.get("again"))


def differs(first, second) -> bool:
    """Whether two tensors hold other numbers; False for anything that is not two tensors."""
    if not isinstance(first, TensorSeen) or not isinstance(second, TensorSeen):
        return False
    return first.shape != second.shape or not torch.equal(first.values.nan_to_num(), second.values.nan_to_num())


def _listed(module: ModuleSeen) -> str:
    names = [f"{name} {parameter.shape}" for name, parameter in list(module.parameters.items())[:6]]
    return ", ".join(names) + (" …" if len(module.parameters) > 6 else "")
