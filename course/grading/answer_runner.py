"""Runs answers against their chapter: `python -m course.grading.answer_runner CHAPTER [EXERCISE] [--only TEXT] [--show]`.

One warm process (answer_process.py) runs the chapter's cells with the instructor's solutions, and forks at each exercise
a child per answer. A right answer is followed by the rest of the chapter, every other one by its exercise's graded cells.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .answer_children import DIED, LATE
from .answer_plan import Cell, Chapter, as_job
from .answer_results import AnswerResult, CellResult
from .answers import Answer

WORKERS = 2
LIMIT = 60.0  # seconds of wall clock that one answer may take, with the rest of the chapter for a right one
SILENCE = 300.0  # seconds beyond the limit without a report after which the warm process is given up


class ChapterBroken(RuntimeError):
    """The chapter does not run with the instructor's own solutions, so no answer to it can be judged."""


def run_answers(
    chapter: Chapter, answers: Sequence[Answer], *, workers: int = WORKERS, limit: float = LIMIT
) -> Iterator[AnswerResult]:
    """Run answers to one chapter, at most `workers` at a time; yields results as they end, in no fixed order.

    Raises ChapterBroken when a cell of the chapter fails with the instructor's solutions, unless its tag
    `raises-exception` says that it should; AnswersError when an answer belongs to no exercise of the chapter.
    """
    numbered = dict(enumerate(answers))
    job = as_job(chapter, numbered, workers, limit)
    for record in _reports(job, limit + SILENCE):
        if "number" in record:
            yield _result(chapter, numbered[record["number"]], record)
        elif not record["passed"]:
            _require_intent(chapter, record)


def _require_intent(chapter: Chapter, record: dict) -> None:
    cell = chapter.cells[record["cell"]]
    if not cell.may_raise:
        place = f"cell '{cell.grade_id}'" if cell.grade_id else f"the cell at place {cell.place}"
        raise ChapterBroken(f"{chapter.name}: {place} fails with the instructor's solutions:\n{record['message']}")


def _reports(job: dict, silence: float) -> Iterator[dict]:
    """Start the warm process and yield what it reports; it is ended, with its children, when the caller stops."""
    with tempfile.TemporaryDirectory(prefix="answers-") as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        with open(Path(folder) / "errors", "w+", encoding="utf-8", errors="replace") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "course.grading.answer_process", str(path)],
                stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
                env={**os.environ, "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"},
            )
            try:
                yield from map(json.loads, _lines(process, silence))
                if process.wait():
                    errors.seek(0)
                    raise ChapterBroken(f"the process that runs the chapter ended itself:\n{errors.read().strip()}")
            finally:
                _end(process)


def _lines(process: subprocess.Popen, silence: float) -> Iterator[bytes]:
    """The lines the process writes, until it closes its output. Raises ChapterBroken after so many silent seconds."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(silence):
                raise ChapterBroken(f"nothing came from the chapter for {silence:.0f} seconds: one of its cells hangs")
            chunk = os.read(process.stdout.fileno(), 1 << 20)
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines


def _end(process: subprocess.Popen) -> None:
    """Ask the warm process to end its children and itself; kill it when it does not."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _result(chapter: Chapter, answer: Answer, record: dict) -> AnswerResult:
    exercise = chapter.exercise(answer.exercise)
    ended = {entry["cell"]: entry for entry in record["records"] if "cell" in entry}
    started = [entry["starts"] for entry in record["records"] if "starts" in entry]
    broken_off = next((place for place in started if place not in ended), None)

    def cell(position: int) -> CellResult:
        return _cell_result(chapter.cells[position], ended.get(position), record["ended"], position == broken_off)

    others = [place for place in started if place != exercise.solution and place not in exercise.graded]
    return AnswerResult(
        answer=answer,
        own=cell(exercise.solution),
        graded=tuple(cell(place) for place in exercise.graded),
        others=tuple(cell(place) for place in others if not chapter.cells[place].may_raise),
        seconds=record["seconds"],
        trouble=next((entry["trouble"] for entry in record["records"] if "trouble" in entry), ""),
    )


def _cell_result(cell: Cell, record: dict | None, ended: str, broken_off: bool) -> CellResult:
    """record: how the cell ended, or None when the process died or was stopped in it or before it."""
    name = cell.grade_id or f"the cell at place {cell.place}"
    if record is None:
        why = {DIED: "the process died", LATE: "the time was over"}[ended]
        text = f"{why} in this cell" if broken_off else f"{why} before this cell"
        return CellResult(name, False, ended, text, text, "", 0.0, 0.0, cell.points)
    texts = {key: record[key] for key in ("passed", "ename", "evalue", "message", "printed", "seconds")}
    return CellResult(name, **texts, points=cell.points if record["passed"] else 0.0, max_points=cell.points)
