"""What arrived where when the instructor's own solution was judged: data, or an object of the student's.

An object in place of data could answer a plain assert by methods of its own; where only data was due it is refused.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from .errors import Undecided

DATA, HANDLE = "data", "handle"


class ObjectForData(Undecided):
    """An object came where the instructor's solution gives plain data."""

    shown_as = "AssertionError"


@dataclass
class Rehearsal:
    """By place in a test cell, what came there. Can be pickled, and is the same for every student.

    passed: grade_ids of the cells that the solution passed. Of others nothing is known: all may come there.
    """

    kinds: dict[tuple, set[str]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)

    def record(self, kind: str) -> None:
        self.kinds.setdefault(_place(), set()).add(kind)

    def require(self, kind: str, grade_id: str) -> None:
        """Raises ObjectForData for an object where none came in rehearsal of this cell."""
        if kind == HANDLE and grade_id in self.passed and HANDLE not in self.kinds.get(_place(), ()):
            raise ObjectForData("an object of a class came where plain data was due")


def _place() -> tuple:
    """Where in the notebook's test code the question is asked."""
    frame = sys._getframe(2)
    while frame is not None and not frame.f_code.co_filename.startswith(("<grade cell ", "<cell ")):
        frame = frame.f_back
    return (frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_lasti) if frame is not None else ()
