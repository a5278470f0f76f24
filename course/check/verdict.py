"""Verdict: one of four outcomes with its message, and the short error that shows it to a learner."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

NOT_ATTEMPTED = "not attempted"
RAISED = "raised"
WRONG = "wrong"
RIGHT = "right"

WIDTH = 86  # JupyterLab's Validate window cuts lines near 90


@dataclass(frozen=True)
class Verdict:
    """What a judge decided.

    outcome: one of NOT_ATTEMPTED, RAISED, WRONG, RIGHT.
    message: paragraphs of plain text, the first saying what was run and what came; two to five lines in all.
    mistake: an id of the catalogue in `mistakes.py`, or None when no known mistake explains what was seen.
    aspect: what failed first: "type", "shape", "dtype", "device", "values", "gradient", …; empty when right.
    """

    outcome: str
    message: tuple[str, ...]
    mistake: str | None = None
    aspect: str = ""

    @property
    def is_right(self) -> bool:
        return self.outcome == RIGHT

    def text(self) -> str:
        """The message as lines no wider than WIDTH; a paragraph that starts with two spaces is code and stays whole."""
        return "\n".join(wrap(paragraph) for paragraph in self.message)


def wrap(paragraph: str) -> str:
    if paragraph.startswith("  "):
        return paragraph if len(paragraph) <= WIDTH else paragraph[: WIDTH - 1] + "…"
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)


class CheckFailed(AssertionError):
    """A check refused an answer. Shown without a traceback: the library's own frames teach nobody anything."""

    heading = "Not right yet"

    def __init__(self, verdict: Verdict):
        self.verdict = verdict
        first_line = verdict.message[0] if verdict.message else self.heading
        super().__init__(f"{first_line} · {verdict.mistake}" if verdict.mistake else first_line)

    def _render_traceback_(self) -> list[str]:
        """IPython shows these lines in place of a traceback."""
        return [f"{self.heading}", *self.verdict.text().split("\n")]


class NotAttempted(CheckFailed):
    """The exercise still holds its stub."""

    heading = "Not attempted"


class Raised(CheckFailed):
    """The learner's own code raised an error."""

    heading = "Your code raised an error"


class Wrong(CheckFailed):
    """The learner's code ran and its result is not what the exercise asks for."""


_ERRORS = {NOT_ATTEMPTED: NotAttempted, RAISED: Raised, WRONG: Wrong}
_confidant: Callable[[Verdict], None] | None = None


def confide_in(confidant: Callable[[Verdict], None] | None) -> None:
    """Tell every verdict to `confidant`, and print no line for a right one; None, as at first, ends it.

    For a mock exam, which a person starts in a notebook. A refusal is raised all the same.
    """
    global _confidant
    _confidant = confidant


def settle(verdict: Verdict, printed: str = "") -> None:
    """Print the line of a right answer, or raise the error that shows why not.

    printed: what the learner's code printed while it was observed, shown first.
    """
    if printed:
        print(printed.rstrip())
    if _confidant is not None:
        _confidant(verdict)
    if verdict.is_right:
        if _confidant is None:
            print(f"✓ {verdict.message[0]}")
        return
    raise _ERRORS[verdict.outcome](verdict) from None
