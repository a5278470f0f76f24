"""A chapter's hints.toml, read: three texts to an exercise, and what is wrong with the file, with the line where it stands."""

from __future__ import annotations

import re
import tomllib

from course.grading.misspelt import did_you_mean

NAME = "hints.toml"
STEPS = 3


def read(text: str, shown: str, chapter: str, exercises) -> tuple[dict[str, list[str]], list[str]]:
    """The hints by exercise, and what is wrong with them, a line each: "source/x/hints.toml:3: 'sloep' is no exercise of x: …".

    shown: the file's name in such a line. exercises: names, that is grade_ids of the chapter's solution cells.
    """
    try:
        hints = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{shown} is not TOML: {error}"]
    wrong = [f"{shown}{_line(text, name)}: {what}" for name, steps in hints.items()
             if (what := _problem(name, steps, chapter, [*exercises], hints))]
    return hints, wrong


def _problem(name: str, steps, chapter: str, exercises: list[str], hints) -> str:
    if name not in exercises:
        without = [one for one in exercises if one not in hints]
        meant = did_you_mean(name, without) or did_you_mean(name, exercises)
        return (f"'{name}' is no exercise of {chapter}: {meant}write the grade_id of its solution cell, which is one of "
                f"{', '.join(exercises) or 'none'}")
    if isinstance(steps, list) and len(steps) == STEPS and all(isinstance(one, str) and one.strip() for one in steps):
        return ""
    return f"'{name}' needs a list of {STEPS} texts, from a nudge to nearly told"


def _line(text: str, name: str) -> str:
    """Such as ":3", where the name is given its hints; empty where it cannot be found, written as TOML may write it."""
    key = re.search(rf"""^[ \t]*\[?[ \t]*["']?{re.escape(name)}["']?[ \t]*[]=.]""", text, re.MULTILINE)
    return f":{text.count(chr(10), 0, key.start()) + 1}" if key else ""
