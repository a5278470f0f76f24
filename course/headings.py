"""The heading that an exercise, or a question of an exam, begins at: how it is written, read in one place.

    ### Exercise 4.5 · a line through a cloud · 2 points · ●●○ · 10 min

What belongs to it ends at the next such heading, or at the next section, `## …`. A challenge is a section of its own:

    ## Challenge · windows without glass · 0 points · ●●● · 15 min
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EXERCISE, QUESTION = "Exercise", "Question"
CHALLENGE = "challenge"  # in place of a number
_BEGINS = re.compile(
    rf"^### (?P<kind>{EXERCISE}|{QUESTION}) (?P<number>\d+\.\d+) · (?P<name>.+) · (?P<points>\d+) points?"
    r" · (?P<difficulty>[●○]{3}) · (?P<minutes>\d+) min$", re.MULTILINE)
_SECTION = re.compile(r"^## +(?P<name>.+)$", re.MULTILINE)
_CHALLENGE = re.compile(r"^## Challenge · (?P<name>.+) · 0 points · [●○]{3} · \d+ min$", re.MULTILINE)


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


def challenges(markdown: str) -> list[str]:
    """The names of the challenges that begin in a text, in its order."""
    return [found["name"] for found in _CHALLENGE.finditer(markdown)]


def sections(markdown: str) -> list[str]:
    """The names of the sections that begin in a text, in its order; those of challenges are left out."""
    return [found["name"] for found in _SECTION.finditer(markdown) if not _CHALLENGE.match(found[0])]


def begins_section(markdown: str) -> bool:
    """Whether a text holds the heading of a section, where an exercise before it ends."""
    return bool(_SECTION.search(markdown))
