"""Which of the known names a misspelt one was probably meant to be: of assignments, chapters, exercises, students, folders."""

from __future__ import annotations

import difflib

CUTOFF = 0.6


def nearest(asked: str, known) -> str | None:
    """The known name that comes nearest, whatever the case of its letters; None where nothing comes near."""
    lower = {one.lower(): one for one in known}
    near = difflib.get_close_matches(asked.lower(), lower, n=1, cutoff=CUTOFF)
    return lower[near[0]] if near else None


def did_you_mean(asked: str, known) -> str:
    """Such as "did you mean tensors? "; empty where nothing comes near."""
    near = nearest(asked, known)
    return f"did you mean {near}? " if near else ""
