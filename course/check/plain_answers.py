"""The verbs for plain answers, read by name: a value, one of a few choices, a short text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from . import probers
from .comparison import ATOL, RTOL, Tolerance, kind_of
from .judge import judge_attempt, right, wrong
from .judge_values import judge_named_value, like_in_all_but_values
from .observation import ClassSeen, MappingSeen, ObjectSeen, Observation, PlainSeen, Seen, SequenceSeen
from .request import Request
from .seeing import see
from .verdict import NOT_ATTEMPTED, Verdict, settle

_MISSING = object()


def value(
    subject: str, expected=_MISSING, *, like=_MISSING, rtol: float = RTOL, atol: float = ATOL,
    mistaken: Mapping[str, object] | None = None,
) -> None:
    """Compare what the name `subject` stands for with `expected`: a number, text, tensor, dtype, or container of them.

    like: in place of `expected`, a value whose kind, shape and dtype are due but whose numbers do not matter; for a
    visible test whose number is hidden. mistaken: wrong values by mistake id; an answer that equals one is named by it.
    A Python number may come as a tensor of one element; no message tells the expected numbers.
    Raises TypeError, the author's, for a value that cannot be compared, such as a function.
    """
    if (expected is _MISSING) == (like is _MISSING):
        raise TypeError("give either the expected value, or like=")
    due = _comparable(subject, see(like if expected is _MISSING else expected))
    observation = _read(subject)
    if expected is _MISSING:
        due = like_in_all_but_values(due, observation.result)
    wrongs = {mistake: see(one) for mistake, one in (mistaken or {}).items()}
    verdict = judge_named_value(observation, due, Tolerance(rtol, atol), wrongs)
    praise = f"{subject} is of the right kind." if expected is _MISSING else f"{subject} is right."
    settle(verdict or right(praise), observation.stdout)


def choice(
    subject: str, answer=None, *, options: Sequence = "ABCD", why: Mapping[object, str] | None = None
) -> None:
    """Require that the name `subject` stands for one of `options`, and for `answer` where one is given.

    options: letters, words, numbers, or True and False; case, blanks and the dots and brackets of "(b)" or "b." do not
    matter. Without `answer` only the form is checked: for a visible test whose answer is hidden.
    why: by option, the text shown to whoever chose it, so that a wrong choice teaches.
    Raises ValueError, the author's, where `answer` or a key of `why` is not an option.
    """
    known = {_plain_choice(option): option for option in options}
    reasons = {_plain_choice(option): text for option, text in (why or {}).items()}
    for option in [*([] if answer is None else [_plain_choice(answer)]), *reasons]:
        if option not in known:
            raise ValueError(f"{option!r} is not one of the options of {subject}: {list(options)}")
    observation = _read(subject)
    verdict = judge_attempt(observation) or _judge_choice(observation, known)
    if verdict is None:
        chosen = _plain_choice(observation.result.value)
        if answer is not None and chosen != _plain_choice(answer):
            says = f"You chose {known[chosen]} for `{subject}`, and that is not it."
            verdict = wrong("values", says, reasons.get(chosen, "Try to say why each of the others could be right."))
        elif answer is not None:
            verdict = right(f"{subject}: {known[chosen]} is right. {reasons.get(chosen, '')}".rstrip())
        else:
            verdict = right(f"{subject} is one of {_listed(known.values())}.")
    settle(verdict, observation.stdout)


def text(
    subject: str, *, accept: Sequence[str] = (), pattern: str = "", why: Mapping[str, str] | None = None
) -> None:
    """Require that the name `subject` stands for a short text: one of `accept`, or a match of the whole of `pattern`.

    Case, blanks, quotes around it and a full stop after it do not matter, for patterns neither. Without both, only that
    there is a text is checked. why: by wrong text, what is said to whoever wrote it.
    Raises re.error, the author's, for a pattern that is none.
    """
    matcher = re.compile(pattern, re.IGNORECASE) if pattern else None
    accepted = {_plain_text(one) for one in accept}
    observation = _read(subject)
    verdict = judge_attempt(observation) or _judge_text(observation)
    if verdict is None:
        written = _plain_text(observation.result.value)
        matches = written in accepted or bool(matcher and matcher.fullmatch(written))
        if not accepted and not matcher:
            verdict = right(f"{subject} holds a text.")
        elif matches:
            verdict = right(f"{subject} is right.")
        else:
            reasons = {_plain_text(one): reason for one, reason in (why or {}).items()}
            says = f"`{subject}` says “{_short(written)}”, and that is not it."
            verdict = wrong("values", says, reasons.get(written, "Read the question once more: what is it asking for?"))
    settle(verdict, observation.stdout)


def _read(subject: str) -> Observation:
    return probers.observe(Request(subject, None))


def _comparable(subject: str, due: Seen) -> Seen:
    """Refuses what plain data cannot hold, before any learner is judged by it."""
    inner = due.items if isinstance(due, SequenceSeen) else due.items.values() if isinstance(due, MappingSeen) else ()
    for item in inner:
        _comparable(subject, item)
    if isinstance(due, (ObjectSeen, ClassSeen)):
        raise TypeError(f"check.value cannot compare {kind_of(due)} ({subject})")
    return due


def _judge_choice(observation: Observation, known: dict[str, object]) -> Verdict | None:
    seen, name = observation.result, observation.subject
    if isinstance(seen, PlainSeen) and isinstance(seen.value, str) and not seen.value.strip():
        return _nothing_written(name)
    is_plain = isinstance(seen, PlainSeen) and seen.value is not None
    if is_plain and _plain_choice(seen.value) in known:
        return None
    came = f"{_short(str(seen.value))!r}" if is_plain else kind_of(seen)
    return wrong("type", f"`{name}` is {came}, where one of {_listed(known.values())} was due.", _how_to_write(known))


def _how_to_write(known: dict[str, object]) -> str:
    first = next(iter(known.values()))
    return f"Give one of them, such as {first!r}." if not isinstance(first, str) else (
        f"Give one of them in quotes, such as \"{first}\".")


def _judge_text(observation: Observation) -> Verdict | None:
    seen, name = observation.result, observation.subject
    if not isinstance(seen, PlainSeen) or not isinstance(seen.value, str) or seen.type != "str":
        return wrong("type", f"`{name}` is {kind_of(seen)}, where text was due.", "Put your answer in quotes.")
    return None if _plain_text(seen.value) else _nothing_written(name)


def _nothing_written(name: str) -> Verdict:
    return Verdict(NOT_ATTEMPTED, (f"`{name}` is empty: write your answer between the quotes.",))


def _plain_choice(option) -> str:
    """An option without case, blanks, and the dots and brackets of a list."""
    if isinstance(option, float) and option.is_integer():
        option = int(option)
    return " ".join(str(option).casefold().split()).strip(" .:()[]'\"")


def _plain_text(written: str) -> str:
    """A text without case, runs of blanks, quotes around it, and a full stop after it."""
    return " ".join(written.casefold().split()).strip("\"'`“”‘’ ").rstrip(".,;!? ").strip("\"'`“”‘’ ")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _listed(options) -> str:
    texts = [str(option) for option in options]
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else texts[0]
