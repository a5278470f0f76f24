"""The heading that an exercise, or a question of an exam, begins at: how it is written, read in one place.

    ### Exercise 4.5 · a line through a cloud · 2 points · ●●○ · 10 min

What belongs to it ends at the next such heading, or at the next section, `## …`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EXERCISE, QUESTION = "Exercise", "Question"
_BEGINS = re.compile(
    rf"^### (?P<kind>{EXERCISE}|{QUESTION}) (?P<number>\d+\.\d+) · (?P<name>.+) · (?P<points>\d+) points?"
    r" · (?P<difficulty>[●○]{3}) · (?P<minutes>\d+) min$", re.MULTILINE)
_SECTION = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """kind: EXERCISE or QUESTION. number: such as "4.5". difficulty: three circles. minutes: for a learner."""

    kind: str
    number: str
    name: str
    points: int
    difficulty: str
    minutes: int


def headings(markdown: str) -> list[Heading]:
    """The headings of exercises and questions in a text, in its order."""
    return [Heading(found["kind"], found["number"], found["name"], int(found["points"]), found["difficulty"],
                    int(found["minutes"])) for found in _BEGINS.finditer(markdown)]


def begins_section(markdown: str) -> bool:
    """Whether a text holds the heading of a section, where an exercise before it ends."""
    return bool(_SECTION.search(markdown))
