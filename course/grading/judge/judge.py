"""The judge of one submission: runs the grade cells on the instructor's side, one after the other."""

from __future__ import annotations

import contextlib
import functools
import io
import linecache
import os
import time
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_output

from course.check import probers

from .adapting import adapted
from .asking import Asking
from .cell import Outputs, Source, run_cell, show_error
from .errors import BadAnswer, TamperedWith, Undecided
from .handles import Handle
from .magics import Shell
from .namespace import JudgeNamespace
from .plan import Plan
from .prober import RemoteProber
from .rehearsal import HANDLE, Rehearsal
from .session import Session
from .shipping import Shipper
from .tools import Tools

PICTURES = ("image/png", "image/jpeg", "image/svg+xml", "text/plain")


@dataclass
class Judged:
    """What became of one grade cell.

    outputs: streams of the judge and of the student's calls, pictures, and at most one error; without an error the cell
    passed. seconds: how long it took. suspicious: what looked like an attempt to forge a result, in words. asked: seconds of
    these in which the student's process was working for it.
    """

    outputs: list[NotebookNode]
    seconds: float
    suspicious: list[str] = field(default_factory=list)
    asked: float = 0.0


class Judge:
    """Runs a notebook's grade cells in their order. Build one per submission, in a process of its own.

    plan: who owns which name. timeout: seconds for each cell. seed: what `COURSE_SEED` is while a cell runs; the
    student's process never learns it. rehearsal: the `recorded` of a judge that judged the instructor's notebook; an
    object that comes where only data came then fails its cell, if the solution passed it. student_source: the text of the student's code cells.
    """

    def __init__(
        self, plan: Plan, *, timeout: float, seed: int, rehearsal: Rehearsal | None = None, student_source: str = ""
    ):
        self.plan, self.timeout, self.seed, self.rehearsal = plan, timeout, seed, rehearsal
        self.student_source = student_source
        self.recorded = Rehearsal()
        self.asking = Asking()
        self.namespace = JudgeNamespace(plan.student_names)
        self.session = Session(self.asking, self.namespace, plan.pushed, self._note, self._wants_data)
        self.namespace.session = self.session
        self.shipper = self.session.shipper = Shipper(plan, self.namespace, self.session.keep)
        shell = Shell(self.namespace, lambda file: self.shipper.closed_files.add(file))
        dict.__setitem__(self.namespace, "get_ipython", lambda: shell)
        dict.__setitem__(self.namespace, "judge", Tools(self.session, student_source))
        self.current, self.grade_id = "", ""
        self.prober = RemoteProber(self.shipper, self.asking.ask, self.session.answer, lambda: self.current, self.asking.seconds_left)
        self._waiting = list(plan.judged)
        self._last_student = None

    def run(self, grade_id: str, student) -> Judged:
        """Judge one cell.

        student: the process with the student's objects, as the cells above this one left them; None when it is gone.
        Cells are to be asked for in the notebook's order; what the instructor's cells between them do is done first.
        """
        began, outputs = time.monotonic(), Outputs()
        if student is not self._last_student and student is not None:
            self.session.forget_all()
            self.shipper.texts_sent.clear()
            self._last_student = student
        self.asking.start_cell(student, self.timeout)
        self.asking.on_message = _pictures_to(outputs)
        noted = len(self.asking.suspicious)
        before = os.environ.get("COURSE_SEED")
        os.environ["COURSE_SEED"] = str(self.seed)
        try:
            self._prepare(grade_id)
            self._judge(grade_id, outputs)
        except Exception as error:
            show_error(error, outputs)
        finally:
            os.environ.pop("COURSE_SEED")
            if before is not None:
                os.environ["COURSE_SEED"] = before
        return Judged(outputs.shown, time.monotonic() - began, self.asking.suspicious[noted:], self.asking.spent)

    def _prepare(self, grade_id: str) -> None:
        while grade_id in self._waiting:
            for chunk in self.plan.trusted_before(self._waiting.pop(0)):
                linecache.cache[chunk.file] = (len(chunk.text), None, chunk.text.splitlines(True), chunk.file)
                known = dict(self.namespace)
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    exec(chunk.code, self.namespace)
                self.shipper.of_trusted |= {n: v for n, v in self.namespace.items() if known.get(n, self) is not v}

    def _judge(self, grade_id: str, outputs: Outputs) -> None:
        self.current, self.grade_id = f"<grade cell {grade_id}>", grade_id
        source = _source(self.plan.judged[grade_id], self.current, self.plan.hidden_lines.get(self.current, ()))
        self.shipper.hidden_classes |= source.hidden_classes
        self.shipper.hidden_names |= source.hidden_names
        if not source.keeps_lines:
            self.shipper.closed_files.add(self.current)
        with probers.use(self.prober), adapted(self.student_source):
            error = run_cell(source, self.namespace, self.timeout, outputs, _shown)
        with contextlib.suppress(Undecided):
            self.session.push()
        if error is None:
            self.recorded.passed.add(grade_id)
        if isinstance(error, (BadAnswer, TamperedWith)):
            self.asking.suspicious.append(str(error))  # whoever runs the notebook says in which cell

    def _note(self, kind: str) -> None:
        self.recorded.record(kind)
        if self.rehearsal is not None:
            self.rehearsal.require(kind, self.grade_id)

    def _wants_data(self) -> bool:
        return self.rehearsal is not None and self.rehearsal.lacks(HANDLE, self.grade_id)


def _shown(value) -> str | None:
    """The text of a cell's last value; the student's objects do not say what they are."""
    return None if type(value) is Handle else repr(value)


@functools.lru_cache(maxsize=1024)
def _source(text: str, filename: str, hidden: tuple[range, ...]) -> Source:
    """The cell, compiled once for all submissions: judges are forked from a process that has met it."""
    return Source(text, filename, hidden)


def _pictures_to(outputs: Outputs):
    """Takes the messages that the student's process sends while it is asked: pictures, and text it printed."""

    def take(message: dict, blob: bytes = b"") -> None:
        content = message.get("content") or {}
        if message.get("msg_type") == "stream":
            outputs.write(str(content.get("text", "")))
        elif message.get("msg_type") == "display_data" and isinstance(content.get("data"), dict):
            data = {kind: one for kind, one in content["data"].items() if kind in PICTURES and isinstance(one, str)}
            outputs.add(new_output("display_data", data=data, metadata={}))

    return take
