"""Runs answers against their chapter on the engine that grades submissions: `run_answers`, what `course answers` calls.

The chapter is run whole with the instructor's solutions. Each answer is run in a notebook of its own, see
notebook.py, its cells in a student's process and its graded cells at the judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import nbformat
from nbformat import NotebookNode

from ..engine.execution import OUT_OF_TIME
from ..engine.grader import Notebook, Ran
from ..engine.shared import run_notebooks
from ..engine.snapshot import files_below
from ..engine.task import Allowance, Assignment, NotebookSource
from ..sandbox import bubblewrap
from . import Answer
from .notebook import PLACE, AnswerNotebooks
from .plan import Cell, Chapter
from .results import DIED, LATE, AnswerResult, CellResult

WORKERS = 2
LIMIT = 60.0  # seconds of wall clock that one answer may take, with the rest of the chapter for a right one
OWN = Allowance(cell_seconds=300.0, notebook_seconds=900.0, restarts=0)  # of the chapter with its own solutions
NOT_FOR_STUDENTS = ["*.py", "__pycache__", ".*"]
MOST_TEXT = 20_000  # characters kept of what one cell prints, and of one traceback
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class ChapterBroken(RuntimeError):
    """The chapter does not run with the instructor's own solutions, so no answer to it can be judged."""


def run_answers(
    chapter: Chapter, answers: Sequence[Answer], *, workers: int = WORKERS, limit: float = LIMIT
) -> Iterator[AnswerResult]:
    """Run answers to one chapter, at most `workers` at a time; yields results as they end, in no fixed order.

    Without a sandbox where none can be had: answers are their author's own. Raises ChapterBroken, before any result, when
    a cell of the chapter fails with the instructor's solutions, unless its tag `raises-exception` says that it should;
    AnswersError when an answer belongs to no exercise of the chapter.
    """
    for answer in answers:
        chapter.exercise(answer.exercise)
    files = files_below(chapter.folder, NOT_FOR_STUDENTS) if chapter.folder else {}
    notebooks = AnswerNotebooks(chapter)
    own = Notebook(chapter.name, nbformat.writes(notebooks.own()), files, OWN)
    allowance = Allowance(cell_seconds=limit, notebook_seconds=limit)
    answered: dict[int, Answer] = {}

    def works() -> Iterator[Notebook]:
        yield own
        for answer in answers:
            work = Notebook(chapter.name, nbformat.writes(notebooks.of(answer)), files, allowance)
            answered[id(work)] = answer
            waiting.append(work)
            yield work

    waiting: list = []  # keeps the works alive, whose ids are keys
    held: list[AnswerResult] | None = []  # until the chapter is known to be whole
    seconds = max(OWN.submission_seconds(1), allowance.submission_seconds(1))
    for work, reply in run_notebooks(assignment_of(chapter), works(), workers, seconds, sandbox=is_sandboxed()):
        if work is own:
            _require_whole(chapter, reply)
            yield from held
            held = None
        elif held is None:
            yield _result(chapter, answered[id(work)], reply)
        else:
            held.append(_result(chapter, answered[id(work)], reply))


def is_sandboxed() -> bool:
    """Whether answers run in the sandbox here."""
    return bubblewrap.availability() is None


def assignment_of(chapter: Chapter) -> Assignment:
    """What the engine needs to know of a chapter."""
    text = nbformat.writes(chapter.notebook)
    return Assignment(chapter.name, "", (NotebookSource(chapter.name, None, (), {}, {}, (), text),))


def _require_whole(chapter: Chapter, reply: Ran | str) -> None:
    """Raises ChapterBroken when the chapter failed with its own solutions."""
    if isinstance(reply, str):
        raise ChapterBroken(f"{chapter.name} could not be run: {reply}")
    ended = _by_place(reply)
    for cell in chapter.cells:
        if cell.place in ended and not cell.may_raise and not (result := _cell_result(cell, *ended[cell.place])).passed:
            place = f"cell '{cell.grade_id}'" if cell.grade_id else f"the cell at place {cell.place}"
            raise ChapterBroken(f"{chapter.name}: {place} fails with the instructor's solutions:\n{result.message}")


def _result(chapter: Chapter, answer: Answer, reply: Ran | str) -> AnswerResult:
    exercise = chapter.exercise(answer.exercise)
    ended = {} if isinstance(reply, str) else _by_place(reply)

    def cell(position: int) -> CellResult:
        known = chapter.cells[position]
        return _cell_result(known, *ended.get(known.place, (None, 0.0)))

    after = [place for place in range(exercise.solution + 1, len(chapter.cells)) if place not in exercise.graded]
    before = [place for place in range(exercise.solution)
              if chapter.cells[place].place in ended and not chapter.cells[place].may_raise]
    trouble = next((f"{one.name} fails: {one.message}" for one in map(cell, before) if not one.passed), "")
    return AnswerResult(
        answer=answer,
        own=cell(exercise.solution),
        graded=tuple(cell(place) for place in exercise.graded),
        others=tuple(cell(place) for place in after if chapter.cells[place].place in ended and not chapter.cells[place].may_raise),
        seconds=sum(seconds for _, seconds in ended.values()),
        trouble=reply if isinstance(reply, str) else trouble,
        suspicious=() if isinstance(reply, str) else reply.suspicious,
    )


def _by_place(ran: Ran) -> dict[int, tuple[NotebookNode, float]]:
    """The executed cells and their seconds, by their places in the chapter."""
    cells = nbformat.reads(ran.text, as_version=4).cells
    return {cell.metadata[PLACE]: (cell, seconds) for cell, seconds in zip(cells, ran.seconds, strict=True)
            if PLACE in cell.metadata}


def _cell_result(cell: Cell, ran: NotebookNode | None, seconds: float) -> CellResult:
    """ran: the executed cell, None where the answer could not be run at all."""
    name = cell.grade_id or f"the cell at place {cell.place}"
    outputs = ran.outputs if ran is not None else []
    errors = [output for output in outputs if output.output_type == "error"]
    passed = ran is not None and not errors
    ename, evalue, message = "", "", ""
    if errors:
        ename, evalue = _outcome_of(errors[-1]), errors[-1].evalue
        message = evalue if ename in (DIED, LATE) else _plain("\n".join(errors[-1].traceback))
    printed = _plain("".join(map(_text_of, outputs)))
    return CellResult(name, passed, ename, evalue, message, printed, seconds, cell.points if passed else 0.0, cell.points)


def _outcome_of(error: NotebookNode) -> str:
    """The name of the error, or that the process died or the time was over."""
    if error.ename == "CellTimeoutError" or (error.ename == "NotRun" and error.evalue == OUT_OF_TIME):
        return LATE
    return DIED if error.ename in ("KernelDied", "NotRun") else error.ename


def _text_of(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return output.text
    return f"{output.data.get('text/plain', '')}\n" if output.output_type == "execute_result" else ""


def _plain(text: str) -> str:
    text = _COLOURS.sub("", text)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}\n… {len(text) - MOST_TEXT} characters more"
