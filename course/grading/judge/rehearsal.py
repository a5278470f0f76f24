"""What arrived where when the instructor's own solution was judged: data, objects, ends of iterations, failed assertions.

An object in place of data could answer a plain assert by methods of its own; where only data was due it is refused. So
are what would end a loop of the test's before its time, an assertion of the test's that the student's code could swallow,
data on which every comparison holds, and a change of what the test goes on to compare with.
"""

from __future__ import annotations

import functools
import sys
import types
from dataclasses import dataclass, field

from .errors import Undecided

DATA, HANDLE = "data", "handle"
STOP, FAILED = "stop", "failed"  # a call raised StopIteration; an assertion failed in a function that was called back
EMPTY, NAN = "empty", "nan"  # data without items, or with NaN in it: see `void`
CHANGED = "changed"  # a tensor of the test's that requires a gradient, or lies in a module of its own, has other numbers


class ObjectForData(Undecided):
    """An object came where the instructor's solution gives plain data."""

    shown_as = "AssertionError"


class StopsTheTest(Undecided):
    """StopIteration came out of a call: `map`, `zip` and loops of the test would take it for their own end."""

    shown_as = "RuntimeError"


class FailedMeanwhile(Undecided):
    """An assertion failed in a function of the test's that the student's code called, and could catch it."""

    shown_as = "AssertionError"


class Void(Undecided):
    """Data came on which comparisons say nothing, where the instructor's solution gives other data."""

    shown_as = "AssertionError"


class ChangesTheTest(Undecided):
    """A tensor of the test's own was changed, which the instructor's solution leaves as it is."""

    shown_as = "AssertionError"


_REFUSALS = {
    HANDLE: (ObjectForData, "an object of a class came where plain data was due"),
    STOP: (StopsTheTest, "StopIteration came out of the call"),
    FAILED: (FailedMeanwhile, "an assertion failed in a function of the test that was called back"),
    EMPTY: (Void, "what came holds nothing at all (an empty tensor, list or text), where the solution gives something"),
    NAN: (Void, "NaN came (not a number), where the solution gives numbers"),
    CHANGED: (ChangesTheTest, "the call changed a tensor in place that the solution leaves as it is"),
}


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
        """Raises one of the errors above for what did not come here in rehearsal of this cell."""
        if kind in _REFUSALS and self.lacks(kind, grade_id):
            refusal, says = _REFUSALS[kind]
            raise refusal(says)

    def lacks(self, kind: str, grade_id: str) -> bool:
        """Whether it is known that this did not come here."""
        return grade_id in self.passed and kind not in self.kinds.get(_place(), ())


def _place() -> tuple:
    """Where in the notebook's test code the question is asked."""
    frame = sys._getframe(2)
    while frame is not None and not frame.f_code.co_filename.startswith(("<grade cell ", "<cell ")):
        frame = frame.f_back
    if frame is None:
        return ()
    # Not the instruction itself: where Python has specialised its code, the same call is made by another one.
    return frame.f_code.co_filename, frame.f_code.co_qualname, *_positions(frame.f_code)[frame.f_lasti // 2]


@functools.lru_cache(maxsize=4096)
def _positions(code: types.CodeType) -> tuple:
    """Of each instruction, where in the text it stands: first and last line, first and last column."""
    return tuple(code.co_positions())
