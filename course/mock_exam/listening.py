"""Hears which check cells run while an exam does, keeps their verdicts to itself, and says only "recorded".

Nothing here is in force unless `Listener.begin` was called, which `exam.py` does only when a person presses a button on a
page. A grader presses none, so that in grading, and in Validate, every refusal is an error as ever.
"""

from __future__ import annotations

import ast
import sys

from course.check import verdict
from course.check.verdict import NOT_ATTEMPTED, RAISED, RIGHT, CheckFailed, Verdict
from course.mock_exam.session import OVER, RUNNING, Session
from course.mock_exam.sheet import Run

# A check that refuses raises, and a red error would tell. So a check cell runs inside this while an exam does.
_WRAPPED = f"try:\n    pass\nexcept Exception:\n    __import__({__name__!r}, fromlist=['x']).note_error()"
_listening: Listener | None = None


class Listener:
    """Connects a session with an IPython shell, until the session is over."""

    def __init__(self, shell, session: Session):
        self._shell, self._session = shell, session
        self._now = None  # the question and check cell that run at this moment
        self._verdicts: list[Verdict] = []
        self._error: BaseException | None = None

    def begin(self) -> None:
        """Start to listen."""
        global _listening
        _listening = self
        self._shell.events.register("pre_run_cell", self._before)
        self._shell.events.register("post_run_cell", self._after)
        self._shell.ast_transformers.append(self)

    def end(self) -> None:
        """Stop listening, and let checks speak again."""
        global _listening
        _listening = None
        verdict.confide_in(None)
        self._shell.events.unregister("pre_run_cell", self._before)
        self._shell.events.unregister("post_run_cell", self._after)
        self._shell.ast_transformers.remove(self)

    def note_error(self, error: BaseException | None) -> None:
        self._error = error

    def visit(self, tree: ast.Module) -> ast.Module:
        """The tree of a check cell, wrapped so that it does not show whether it failed (IPython calls this)."""
        if self._now is None or not tree.body:
            return tree
        wrapped = ast.parse(_WRAPPED)
        wrapped.body[0].body = tree.body
        return wrapped

    def _before(self, info) -> None:
        self._now = None
        if self._session.state != RUNNING:
            return
        self._now = self._session.paper.check_cell(getattr(info, "cell_id", None), info.raw_cell)
        if self._now is not None:
            self._verdicts, self._error = [], None
            verdict.confide_in(self._verdicts.append)

    def _after(self, _result) -> None:
        verdict.confide_in(None)
        if self._now is not None:
            question, cell = self._now
            run = judged(self._verdicts, self._error)
            self._session.record(cell.grade_id, run)
            unwritten = run.outcome == NOT_ATTEMPTED
            print(f"Question {question.number}: {'nothing to record yet' if unwritten else 'recorded'}.")
        self._now = None
        self._session.tell()
        if self._session.state == OVER and _listening is self:
            self.end()


def judged(verdicts: list[Verdict], error: BaseException | None) -> Run:
    """What a check cell's verdicts, and the error that ended it or None, amount to."""
    refused = next((one for one in verdicts if not one.is_right), None)
    if refused is not None:
        return Run(refused.outcome, "\n".join(refused.message))
    if error is not None and not isinstance(error, CheckFailed):
        return Run(RAISED, f"{type(error).__name__}: {error}")
    return Run(RIGHT) if verdicts else Run(NOT_ATTEMPTED)


def note_error() -> None:
    """Called from a wrapped cell: the error that is being handled goes to the listener."""
    if _listening is not None:
        _listening.note_error(sys.exc_info()[1])
