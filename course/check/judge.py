"""The judge: an Observation against what is expected of it gives a Verdict. It never runs the learner's code."""

from __future__ import annotations

from dataclasses import dataclass, field

from course.check import mistakes, recognise

from .comparison import ALL_WRONG, Difference, Tolerance, compare
from .observation import MISSING, NOT_ATTEMPTED, RETURNED, Observation, Seen, SequenceSeen, TensorSeen
from .verdict import NOT_ATTEMPTED as OUTCOME_NOT_ATTEMPTED
from .verdict import RAISED, RIGHT, WIDTH, WRONG, Verdict

SHORT = 40  # characters of a value that fits into a sentence
FEW = 6  # numbers of a result that a message may list
ON_PAPER = 24  # numbers that a call's tensors may hold together where a result is to be compared with one on paper
MAX_LINES = 6  # of a message: what came, the learner's line, why, what to read


@dataclass(frozen=True)
class Expected:
    """What a right answer would have shown.

    result: the reference's value. gradients: the reference's gradients, in the order wanted. mistaken: values that
    known mistakes would give, by mistake id. mistaken_gradients: the same for gradients, in the order wanted.
    device: where the result belongs. rows: how many rows the inputs had.
    shown: the result as short text, only where the learner sees it in the test cell anyway.
    """

    result: Seen | None = None
    gradients: tuple[Seen | None, ...] = ()
    mistaken: dict[str, Seen] = field(default_factory=dict)
    mistaken_gradients: dict[str, tuple[Seen | None, ...]] = field(default_factory=dict)
    tolerance: Tolerance = Tolerance()
    device: str = "cpu"
    rows: int | None = None
    may_change: tuple[str, ...] = ()
    shown: str = ""


def right(message: str) -> Verdict:
    return Verdict(RIGHT, (message,))


def wrong(aspect: str, *message: str, mistake: str | None = None) -> Verdict:
    """A refusal. Where a mistake is known its explanation, and what to read again, end the message."""
    lines = tuple(line for line in message if line)
    if mistake is None:
        return Verdict(WRONG, lines, mistake, aspect)
    evidence = lines[-1] if len(lines) > 1 and not lines[-1].startswith("  ") else ""
    return Verdict(WRONG, (lines[:-1] if evidence else lines) + _explain(mistake, evidence), mistake, aspect)


def _explain(mistake: str, evidence: str = "") -> tuple[str, ...]:
    """Evidence, explanation and hint as one paragraph, then what to read again."""
    explanation, read_again = mistakes.advice(mistake)
    return (f"{evidence} {explanation}".strip(), read_again)


def judge_attempt(observation: Observation, found: recognise.Found | None = None) -> Verdict | None:
    """The verdict on an object that is missing, still a stub, or raised; None where there is a result to judge.

    found: the mistake behind the error where the caller knows it already; else the recognisers of errors are asked.
    """
    if observation.outcome == RETURNED:
        return None
    if observation.outcome == MISSING:
        says = f"There is no `{observation.subject}` yet: write it in the cell above, and run that cell first."
        return Verdict(OUTCOME_NOT_ATTEMPTED, (says,))
    if observation.outcome == NOT_ATTEMPTED:
        says = f"`{observation.subject}` is not written yet: put your code where it says YOUR CODE HERE."
        return Verdict(OUTCOME_NOT_ATTEMPTED, (says,))
    return _judge_error(observation, found)


def _judge_error(observation: Observation, found: recognise.Found | None) -> Verdict:
    error = observation.error
    found = found or recognise.error(observation)
    where = f"  line {error.line_number}:  {error.line}" if error.line and error.line_number else ""
    advice = _explain(found.mistake, found.evidence) if found else ()
    # where it gets long the call is shortened, then left out, and never what Python says
    says = f"{error.type}: {error.message}" if error.message else error.type
    short = f"{observation.call.split('(')[0]}(…) raised {says}"
    for came, most in ((f"{observation.call} raised {says}", 2 * WIDTH - 20), (short, 2 * WIDTH - 20), (says, WIDTH - 2)):
        message = tuple(filter(None, (_within(came, most), where))) + advice
        verdict = Verdict(RAISED, message, found.mistake if found else None, "raised")
        if verdict.text().count("\n") < MAX_LINES and len(came) <= most:
            break
    return verdict


def _within(text: str, most: int) -> str:
    """A text cut at a word, where it is long: PyTorch's messages may go on for several sentences."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def judge_value(observation: Observation, expected: Expected) -> Verdict | None:
    """The first thing wrong with a returned value, or None."""
    if verdict := judge_attempt(observation):
        return verdict
    difference = compare(observation.result, expected.result, expected.tolerance, expected.device)
    if difference is None:
        return None
    found = recognise.value(observation, difference, expected)
    says, due = _with_numbers(observation, difference), ""
    if expected.shown and difference.aspect == "values":
        says, due = _shown(observation.result) or difference.says, f"; {expected.shown} was due"
    came = f"{observation.call} gave {says}{_at(difference)}{due}."
    if found is None:
        items = difference.aspect == "shape" and isinstance(difference.seen, SequenceSeen)
        return wrong(difference.aspect, came, _what_to_try("items" if items else difference.aspect))
    return wrong(difference.aspect, came, found.evidence, mistake=found.mistake)


def _with_numbers(observation: Observation, difference: Difference) -> str:
    """What came; where it is a few numbers, from a call that can be followed on paper, these numbers too."""
    numbers = _shown(difference.seen) if difference.aspect == "values" else ""
    if not numbers or difference.seen.values.numel() > FEW or recognise.numbers_in(observation.call) > ON_PAPER:
        return difference.says
    return numbers if difference.says == ALL_WRONG else f"{numbers}, {difference.says}"


def _shown(seen: Seen | None) -> str:
    """The numbers of a tensor as short text; empty where it is not short, or no tensor."""
    if not isinstance(seen, TensorSeen) or seen.values.is_complex() or seen.values.dim() == 0:
        return ""  # a single number is told as it is
    text = short(seen.values.tolist())
    return text if len(text) <= SHORT else ""


def short(value) -> str:
    """As Python writes it, but for fractions, of which float32 would show digits that nobody wrote."""
    if isinstance(value, list):
        return f"[{', '.join(map(short, value))}]"
    return f"{value:.5g}" if isinstance(value, float) else repr(value)


def judge_gradient(observation: Observation, expected: Expected) -> Verdict | None:
    """Whether the result can be differentiated, and gives the reference's gradients."""
    if verdict := judge_attempt(observation):
        return verdict
    if observation.gradient_error:
        found = recognise.no_gradient(observation)
        came = f"{observation.call} gave a result that no gradient flows through."
        return _gradient_verdict(came, found)
    pairs = list(zip(observation.gradients.items(), expected.gradients, strict=True))
    for (name, seen), due in pairs:  # a lost tensor explains why the other gradients differ, so it comes first
        if seen is None and due is not None:
            came = f"The result of {observation.call} does not depend on {name}: its gradient is None."
            return _gradient_verdict(came, recognise.no_gradient(observation, name, expected))
    for (name, seen), due in pairs:
        if due is None:
            continue
        difference = compare(seen, due, expected.tolerance, expected.device)
        if difference is not None:
            says = _with_numbers(observation, difference)
            came = f"The gradient of {observation.call} with respect to {name} is wrong: {says}."
            return _gradient_verdict(came, recognise.gradient(observation, difference, expected))
    return None


def _gradient_verdict(came: str, found: recognise.Found | None) -> Verdict:
    if found is None:
        return wrong("gradient", came, _what_to_try("gradient"))
    return wrong("gradient", came, found.evidence, mistake=found.mistake)


def judge_side_effects(observation: Observation, expected: Expected) -> Verdict | None:
    """Whether the call left its arguments as they were."""
    changed = [name for name in observation.changed if name not in expected.may_change]
    if not changed:
        return None
    came = f"{observation.call} changed its argument {changed[0]} in place."
    return wrong("side effects", came, mistake="argument-changed-in-place")


def _at(difference: Difference) -> str:
    return f", at result{difference.where}" if difference.where else ""


_TRY = {
    "type": "Look at what the function returns, and at what its docstring says it returns.",
    "shape": "Print the shape after each step, and find the first one that surprises you.",
    "items": "Count the items and say of each which one it is; then read what the docstring says it returns.",
    "dtype": "Print the dtype after each step: where does it change?",
    "device": "Make new tensors on the device of the inputs, with device=inputs.device.",
    "gradient": "Print requires_grad after each step, and compare the result itself with the definition.",
    "values": "Work one small case out on paper, then print each step of your code for it.",
}


def _what_to_try(aspect: str) -> str:
    return _TRY[aspect]
