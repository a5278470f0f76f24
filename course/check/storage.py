"""The verbs for memory: whether two names, or a function's result and its argument, look at the same storage."""

from __future__ import annotations

from . import probers
from .comparison import kind_of
from .judge import judge_attempt, right, wrong
from .observation import Observation, Seen, TensorSeen
from .request import Request
from .verdict import Verdict, settle


def shares_storage(first: str, second: str, *, expected: bool = True) -> None:
    """Require that the tensors (or NumPy arrays) that two names stand for share memory, or that they do not."""
    observation = probers.observe(Request(first, None, also=(second,)))
    verdict = judge_attempt(observation) or _judge_memory(
        (first, observation.result), (second, observation.extras.get(second)), expected)
    relation = "look at the same memory" if expected else "have memory of their own"
    settle(verdict or right(f"{first} and {second} {relation}."), observation.stdout)


def result_shares_storage(subject: str, *arguments, expected: bool = True, position: int = 0) -> None:
    """Call `subject` and require that its result shares memory with the argument at `position`, or that it does not.

    Two arguments that share memory with each other still do so in the call. Raises IndexError, the author's, for a
    position that is no argument.
    """
    if not 0 <= position < len(arguments):
        raise IndexError(f"{subject} is given {len(arguments)} arguments: there is none at {position}")
    observation = probers.observe(Request(subject, arguments, options={"arguments": True}))
    if verdict := judge_attempt(observation) or _judge_result(observation, position, expected):
        settle(verdict, observation.stdout)
    relation = "looks at the memory of its argument" if expected else "has memory of its own"
    settle(right(f"The result of {observation.call} {relation}."), observation.stdout)


def _judge_result(observation: Observation, position: int, expected: bool) -> Verdict | None:
    argument = observation.extras[f"argument {position}"]
    return _judge_memory((f"the result of {observation.call}", observation.result), ("its argument", argument), expected)


def _judge_memory(first: tuple[str, Seen], second: tuple[str, Seen], expected: bool) -> Verdict | None:
    for name, seen in (first, second):
        if not isinstance(seen, TensorSeen):
            return wrong("type", f"{_capital(name)} is {kind_of(seen)}, and memory is asked of tensors.",
                         "Look at what the last line that sets it computes.")
    (name, one), (other, two) = first, second
    if one.shares_memory(two) == expected:
        return None
    if expected:
        says = f"{_capital(name)} and {other} have memory of their own, where they should share it."
        return wrong("memory", says, mistake="does-not-share-memory")
    says = f"{_capital(name)} and {other} look at the same memory, where each should have its own."
    return wrong("memory", says, mistake="shares-memory")


def _capital(name: str) -> str:
    return name[0].upper() + name[1:] if name.startswith(("the ", "its ")) else f"`{name}`"
