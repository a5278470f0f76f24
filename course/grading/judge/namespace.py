"""The judge's globals: its own names, and the student's where the instructor's notebook says that they are the student's."""

from __future__ import annotations

import builtins
from collections.abc import Callable


class JudgeNamespace(dict):
    """A notebook's globals at the judge.

    student_names: whose values come from the student's process. look_up: fetches one, raises KeyError if there is none.
    """

    def __init__(self, student_names: frozenset[str], look_up: Callable):
        super().__init__(__name__="__main__", __builtins__=builtins)
        self.student_names, self.look_up = student_names, look_up

    def __missing__(self, name):
        if name not in self.student_names:
            raise KeyError(name)
        return self.look_up(name)

    def owns(self, name: str) -> bool:
        """Whether the judge itself has bound this name."""
        return dict.__contains__(self, name)
