"""The verbs that test cells use: each runs probes, asks the judge, and prints one line or raises one short error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import torch

from . import probers
from .comparison import ATOL, RTOL, Tolerance
from .judge import SHORT, Expected, judge_attempt, judge_gradient, judge_side_effects, judge_value, right, short, wrong
from .judge_devices import judge_device
from .observation import ObjectSeen
from .references import observe_reference
from .request import DEFAULT_ROWS, Request, Together, draw_arguments
from .seeing import see
from .verdict import settle

SMALL, LARGE = 64, 512  # rows at which executed work is compared


def example(
    subject: str, *arguments, gives, mistaken: dict | None = None, rtol: float = RTOL, atol: float = ATOL,
    may_change: Sequence[str] = (),
) -> None:
    """Call `subject` once with the given arguments and compare with `gives`, a value that the learner may see.

    Refuses, in this order: an unwritten subject, an error, another type, shape, dtype, device, value, and arguments
    changed in place (but for those named in `may_change`). mistaken: by mistake id, the value that the mistake gives.
    """
    observation = probers.observe(Request(subject, arguments))
    expected = Expected(
        see(gives),
        mistaken={mistake: see(value) for mistake, value in (mistaken or {}).items()},
        tolerance=Tolerance(rtol, atol),
        rows=_rows_of(arguments),
        may_change=tuple(may_change),
        shown=_shown(gives),
    )
    verdict = judge_value(observation, expected) or judge_side_effects(observation, expected)
    settle(verdict or right(f"{observation.call} gives what it should."), observation.stdout)


def agrees(
    subject: str,
    *,
    reference: Callable,
    inputs: Callable,
    rows: Iterable[int] = DEFAULT_ROWS,
    mistaken: dict[str, Callable] | None = None,
    rtol: float = RTOL,
    atol: float = ATOL,
    may_change: Sequence[str] = (),
) -> None:
    """Compare `subject` with `reference` on freshly drawn inputs of each number of rows.

    inputs: a function of a `Draw` that returns the tuple of arguments. mistaken: wrong references by mistake id; an
    answer that agrees with one of them, and not with the right one, is named by that id.
    """
    calls = 0
    for count in rows:
        arguments, draw = draw_arguments(inputs, subject, count)
        request = Request(subject, arguments, seed=draw.seed)
        observation = probers.observe(request)
        expected = expect(request, reference, mistaken, Tolerance(rtol, atol), count, may_change)
        verdict = judge_value(observation, expected) or judge_side_effects(observation, expected)
        if verdict:
            settle(verdict, observation.stdout)
        calls += 1
    inputs_seen = f"{calls} sets of inputs" if calls > 1 else "the inputs of this check"
    settle(right(f"{subject} agrees with the definition on {inputs_seen}."))


def gradient(
    subject: str,
    *,
    reference: Callable,
    inputs: Callable,
    of: tuple = (0,),
    rows: Iterable[int] = DEFAULT_ROWS,
    mistaken: dict[str, Callable] | None = None,
    rtol: float = 1e-4,
    atol: float = 1e-5,
) -> None:
    """Compare gradients of the result with autograd on the reference.

    of: positions of the arguments; a module among them stands for all its parameters. A result with several numbers
    is weighted with fixed weights and summed first. mistaken: wrong references by mistake id, as in `agrees`; they are
    compared by their gradients, so that their values may be right.
    """
    for count in rows:
        arguments, draw = draw_arguments(inputs, subject, count)
        request = Request(subject, arguments, gradients=of, seed=draw.seed)
        observation = probers.observe(request)
        if verdict := judge_attempt(observation):
            settle(verdict, observation.stdout)
        expected = expect(request, reference, mistaken, Tolerance(rtol, atol), count)
        if verdict := judge_gradient(observation, expected):
            settle(verdict, observation.stdout)
    settle(right(f"Gradients flow through {subject}, and agree with the definition's."))


def vectorised(
    subject: str, *, inputs: Callable, by: Sequence[str] = ("rows",), reference: Callable | None = None,
    small: int = SMALL, large: int = LARGE, want_gradient: bool = False, rtol: float = 1e-4, atol: float = 1e-5,
    names: Mapping[str, str] | None = None,
) -> None:
    """Prove that the work `subject` makes Python and PyTorch do does not grow with the data.

    by: "rows" and/or "features", each varied from `small` to `large` with the other at 5. want_gradient: also count
    the backward pass, and refuse a result without a graph. reference: where given, values must agree first, so that
    a wrong answer cannot be paid for being short. names: what "rows" and "features" are in this exercise, for messages.
    """
    from .vectorising import judge_counts

    counts, named = None, dict(names or {})
    for axis in by:
        observations = []
        for size in (8, small, large):  # the first call warms caches up, and is not compared
            sizes = (size, 5) if axis == "rows" else (5, size)
            arguments, draw = draw_arguments(inputs, subject, *sizes)
            watch = frozenset() if size == 8 else frozenset({"operations"})
            request = Request(subject, arguments, watch=watch, seed=draw.seed,
                              options={"want_gradient": want_gradient})
            observation = probers.observe(request)
            if verdict := judge_attempt(observation):
                settle(verdict, observation.stdout)
            if size == 8 and reference is not None:
                expected = expect(request, reference, None, Tolerance(rtol, atol), 8)
                if verdict := judge_value(observation, expected):
                    settle(verdict, observation.stdout)
            observations.append(observation)
        verdict, counts = judge_counts(subject, named.get(axis, axis), (small, large), observations[1:], arguments, want_gradient)
        if verdict:
            settle(verdict, observations[-1].stdout)
    settle(right(f"{subject} is vectorised: {counts[0]} tensor operations for {small} {named.get(by[-1], by[-1])}, "
                 f"{counts[1]} for {large}."))


def any_device(
    subject: str, *, inputs: Callable, reference: Callable | None = None, rows: int = 5, rtol: float = 1e-4,
    atol: float = 1e-5, result_on_device: bool = True,
) -> None:
    """Prove that `subject` works wherever its inputs are: on a pretend accelerator, and on a real one where there is one.

    The result must be on the inputs' device (unless result_on_device is False), and agree with the reference. Where the
    arguments come from `check.together`, the model among them is on the device, data may stay on the CPU, and the model
    must be where it was afterwards.
    """
    from course.check import devices

    here = [probers.PRETEND, *filter(None, [devices.available_accelerator()])]
    arguments, draw = draw_arguments(inputs, subject, rows)
    by_model = isinstance(arguments, Together)
    attempt = probers.observe(Request(subject, arguments, seed=draw.seed))
    if verdict := judge_attempt(attempt):
        settle(verdict, attempt.stdout)
    for device in here:
        request = Request(subject, arguments, device=device, seed=draw.seed, options={"arguments": by_model})
        observation = probers.observe(request)
        if verdict := judge_device(observation, attempt, device, result_on_device=result_on_device, by_model=by_model):
            settle(verdict, observation.stdout)
        if reference is not None:
            expected = expect(request.on("cpu"), reference, None, Tolerance(rtol, atol), rows, device=device)
            if verdict := judge_value(observation, expected):
                settle(verdict, observation.stdout)
    settle(right(f"{subject} works on the device of its {'model' if by_model else 'inputs'}, whichever that is."))


def refuses(subject: str, *arguments, error: type[Exception] = ValueError, naming: Sequence[str | tuple] = ()) -> None:
    """Require that this call raises `error`, with a message that names each text, or each shape, of `naming`.

    A shape is a tuple of sizes; a message may write it as a tuple or as torch.Size does.
    """
    observation = probers.observe(Request(subject, arguments))
    seen = observation.error
    if observation.outcome == "returned":
        returned = "returned the error: an error is raised" if _is_error(observation.result) else "returned a result"
        verdict = wrong("error", f"{observation.call} should refuse these arguments with a {error.__name__}; "
                                 f"it {returned}.")
    elif observation.outcome == "raised" and error.__name__ in (seen.type, *seen.bases):
        lost = [item for item in naming if not _names(seen.message, item)]
        due = f"{'the shape ' if lost and isinstance(lost[0], tuple) else ''}{lost[0] if lost else ''}"
        verdict = wrong("error", f"The message of the {error.__name__} should name {due}; it says: "
                                 f"{seen.message or '(nothing)'}") if lost else None
    else:
        verdict = judge_attempt(observation)
    settle(verdict or right(f"{observation.call} is refused with a {error.__name__}."), observation.stdout)


def _names(message: str, item: str | tuple) -> bool:
    if isinstance(item, str):
        return item in message
    sizes = ", ".join(map(str, item))
    return any(text in message for text in ([sizes] if len(item) > 1 else [str(item), f"[{sizes}]"]))


def _is_error(seen) -> bool:
    return isinstance(seen, ObjectSeen) and "Exception" in seen.bases


def expect(
    request: Request, reference: Callable, mistaken: dict[str, Callable] | None, tolerance: Tolerance, rows: int | None,
    may_change: Sequence[str] = (), device: str = "cpu",
) -> Expected:
    """Run the reference, and the wrong references, through the same probe as the learner's object."""
    seen = observe_reference(request, reference)
    wrongs = {mistake: observe_reference(request, wrong_one) for mistake, wrong_one in (mistaken or {}).items()}
    return Expected(
        result=seen.result,
        gradients=tuple(seen.gradients.values()),
        mistaken={mistake: o.result for mistake, o in wrongs.items() if o.result is not None},
        mistaken_gradients={mistake: tuple(o.gradients.values()) for mistake, o in wrongs.items() if o.gradients},
        tolerance=tolerance,
        device=device,
        rows=rows,
        may_change=tuple(may_change),
    )


def _rows_of(arguments: tuple) -> int | None:
    for argument in arguments:
        if hasattr(argument, "shape") and len(argument.shape):
            return int(argument.shape[0])
    return None


def _shown(value) -> str:
    """A value that fits into a sentence, as text; empty for one that does not."""
    text = short(value.tolist() if isinstance(value, torch.Tensor) else value)
    return text if len(text) <= SHORT else ""
