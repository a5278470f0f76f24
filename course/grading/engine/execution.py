"""Runs a notebook: the student's cells in the student's process, the grade cells at the judge, whatever dies meanwhile."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import replace

from nbformat import NotebookNode
from nbgrader import utils

from ..judge.judge import Judge
from ..judge.plan import Plan, is_judged
from ..stopped import DEATHS, ENDED, LATE, MEMORY, NOT_WHOLE, TIME, WHOLE_TIME, Stop, forget, note
from .task import Allowance

LEAST_SECONDS = 0.1
MOST_SUSPECTS = 6
OUT_OF_TIME = "the time for the whole notebook was over before this cell"
DIED = "the Python process died while this cell was running"
INTERRUPTED = "KeyboardInterrupt"


class NotebookRun:
    """One notebook's execution, which fails closed.

    Stock nbgrader gives full points to a graded cell without outputs, so a cell that was skipped, aborted or never
    reached passes; and a kernel that dies leaves the submission ungraded. Here every graded cell holds an error before
    anything runs, and only running it takes the error away. After a death a fresh process repeats the student's cells
    without the one that killed it, and the rest goes on there. Where the fresh one dies, too, the cell that was running
    may be innocent: then it is looked for which cell is better left out, and the one that was running has another try.

    start: starts a student's process, see `student.StudentProcess`. plan: whose cells are whose. seconds: how long each
    cell of the notebook took.
    """

    def __init__(self, notebook: NotebookNode, plan: Plan, judge: Judge, start: Callable[[], object], allowance: Allowance):
        self.notebook, self.plan, self.judge, self.start, self.allowance = notebook, plan, judge, start, allowance
        self.deadline = time.monotonic() + allowance.notebook_seconds
        self.process = None
        self.deaths = 0
        self.ran: list[int] = []  # cells that a fresh process has to repeat
        self.cleared: set[int] = set()  # cells without which a process died just the same
        self.done_here = 0  # cells that ran in the present process, repeated ones left out
        self.suspicious: list[str] = []
        self.count = 0
        self.seconds = [0.0] * len(notebook.cells)

    def run(self) -> list[str]:
        """Fills in the outputs of the notebook's cells. Returns what looked like forgery, in words."""
        expect_nothing(self.notebook)
        try:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    began = time.monotonic()
                    self._run_cell(index, cell)
                    self.seconds[index] = time.monotonic() - began
            if self.process is not None:
                self.process.finish(self.notebook)
        finally:
            self._let_go()
        return self.suspicious

    def _run_cell(self, index: int, cell: NotebookNode) -> None:
        self.count += 1
        while True:
            process, repeated = self._living_process(), list(self.ran)
            is_fresh = self.deaths > 0 and not self.done_here
            self._attempt(index, cell, process)
            if process is None or process.gone() is None:
                self.done_here += 1
                return
            self._living_process()
            if self.ran == repeated or self.process is None:
                break
        if is_fresh and self.process is not None:
            self._attempt_without_suspects(index, cell)

    def _attempt(self, index: int, cell: NotebookNode, process) -> None:
        judged = is_judged(cell) and cell.metadata.nbgrader.grade_id not in self.plan.inside
        forget(cell)  # of an attempt before this one
        if self._seconds_left() <= LEAST_SECONDS:
            self._leave(cell, OUT_OF_TIME, Stop(LATE, self.allowance.notebook_seconds))
        elif judged:
            self._judge(cell, process)
        elif process is None:
            self._leave(cell, "too many of this notebook's cells ended their Python process", Stop(DEATHS))
        else:
            self._run_inside(index, cell, process)

    def _run_inside(self, index: int, cell: NotebookNode, process) -> None:
        """A cell of the student's, or a graded one that its author wants to run there."""
        seconds = self._seconds_left()
        reason = process.run(cell, index, seconds)
        if reason is None:
            self.ran.append(index)
            return
        name, said = reason
        # Where it was interrupted the student's error says in which line.
        cell.outputs = [one for one in cell.outputs if one.output_type != "error" or one.ename == INTERRUPTED] + [error(name, said)]
        note(cell, self._stop(name, seconds, process.gone()))
        if process.gone() is not None:
            self.deaths += 1
        else:
            self.ran.append(index)  # it was interrupted, and what it had done until then counts

    def _judge(self, cell: NotebookNode, process) -> None:
        grade_id = cell.metadata.nbgrader.grade_id
        cell.execution_count = self.count
        if grade_id not in self.plan.judged:
            self._leave(cell, "the instructor's notebook has no such cell: generate the assignment again")
            return
        self.judge.timeout = seconds = self._seconds_left()
        judged = self.judge.run(grade_id, process.student if process else None)
        cell.outputs = list(judged.outputs)
        self.suspicious += [f"{grade_id}: {one}" for one in judged.suspicious]
        names = [one.ename for one in cell.outputs if one.output_type == "error"]
        gone = process.gone() if process is not None else None
        if gone is not None:
            self.deaths += 1
            if not names:
                cell.outputs.append(error("KernelDied", f"{DIED}: {gone}"))
        if gone is not None or "CellTimeoutError" in names:
            stop = self._stop(names[-1] if names else "KernelDied", seconds, gone)
            note(cell, replace(stop, called=gone is not None or judged.asked > seconds / 2))
        elif process is None and "KernelDied" in names:
            note(cell, Stop(DEATHS))

    def _leave(self, cell: NotebookNode, why: str, stop: Stop | None = None) -> None:
        """A cell that is not run, and says why if anything hangs on it."""
        if stop is not None:
            note(cell, stop)
        if utils.is_grade(cell):
            cell.outputs = [error("NotRun", why)]

    def _stop(self, name: str, seconds: float, gone: str | None) -> Stop:
        """Why a cell was stopped that had so many seconds. name: of its error. gone: why the process ended, or None."""
        if name == "CellTimeoutError":
            whole = seconds < self.allowance.cell_seconds
            return Stop(WHOLE_TIME if whole else TIME, self.allowance.notebook_seconds if whole else seconds, gone is not None)
        if gone is None:
            return Stop(NOT_WHOLE)
        return Stop(MEMORY if gone.startswith("used more than") and gone.endswith("of memory") else ENDED, lost=True)

    def _living_process(self):
        """The student's process with the state that is due now; None when the notebook has lost too many."""
        while self.process is None or self.process.gone() is not None:
            self._let_go()
            if not self._may_start():
                return None
            died_at = self._start_and_repeat(self.ran)
            if died_at is not None:
                self._leave_one_out(died_at)
        return self.process

    def _may_start(self) -> bool:
        return self.deaths <= self.allowance.restarts and self._seconds_left() > LEAST_SECONDS

    def _start_and_repeat(self, cells: list[int]) -> int | None:
        """Brings a fresh process to where the last one was. Returns None, or how many of the cells ran before it died."""
        self._let_go()
        self.process, self.done_here = self.start(), 0
        for position, index in enumerate(cells):
            left = self._seconds_left()
            if left <= LEAST_SECONDS:
                return None
            self.process.run(copy.deepcopy(self.notebook.cells[index]), index, left)
            if self.process.gone() is not None:
                self.deaths += 1
                return position
        if cells and not self.process.lives():
            self.deaths += 1
            return len(cells) - 1
        return None

    def _leave_one_out(self, died_at: int) -> None:
        """A repetition died at a cell that had run to its end before: finds one without which it gets further."""
        for suspect in self._suspects(self.ran[: died_at + 1])[:MOST_SUSPECTS]:
            if not self._may_start():
                return
            rest = [index for index in self.ran if index != suspect]
            got_to = self._start_and_repeat(rest)
            if got_to is None or got_to >= died_at and suspect != self.ran[died_at]:
                self.ran = rest
                return
        del self.ran[died_at]

    def _attempt_without_suspects(self, index: int, cell: NotebookNode) -> None:
        """A cell that is the first in a fresh process, and the second in a row to see it die, may not be at fault: what
        a cell of the student's own left behind may come back with some delay. Tries it without each of these."""
        outputs, ran = cell.outputs, list(self.ran)
        suspects = [one for one in self._suspects(ran) if one not in self.cleared and not self._is_instructors(one)]
        for suspect in suspects[:MOST_SUSPECTS]:
            if not self._may_start():
                break
            self.ran = [other for other in ran if other != suspect]
            if self._start_and_repeat(self.ran) is None:
                self._attempt(index, cell, self.process)
                if self.process.gone() is None:
                    self.done_here += 1
                    return
            self.cleared.add(suspect)
        if suspects:
            self._let_go()  # the next one repeats all of them
            cell.outputs, self.ran = outputs, ran

    def _suspects(self, cells: list[int]) -> list[int]:
        """The cells, in the order in which they are to be tried without: the student's own first, from the last on."""
        return sorted(reversed(cells), key=self._is_instructors)

    def _is_instructors(self, index: int) -> bool:
        return "grade_id" in self.notebook.cells[index].metadata.get("nbgrader", {})

    def _seconds_left(self) -> float:
        """How long the next cell may run."""
        return min(self.allowance.cell_seconds, self.deadline - time.monotonic())

    def _let_go(self) -> None:
        if self.process is not None:
            self.suspicious += self.process.suspicious
            self.process.close()
            self.process = None


def expect_nothing(notebook: NotebookNode) -> None:
    """Puts an error into every graded code cell, to be taken away by running it."""
    for cell in notebook.cells:
        forget(cell)
        if cell.cell_type == "code":
            cell.outputs = [error("NotRun", "this cell was never run")] if utils.is_grade(cell) else []
            cell.execution_count = None


def error(name: str, message: str) -> NotebookNode:
    """An error output with a one-line traceback."""
    # Not by nbformat's new_output, which takes a millisecond to validate it.
    return NotebookNode(output_type="error", ename=name, evalue=message, traceback=[f"{name}: {message}"])
