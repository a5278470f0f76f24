"""One check: a learner's notebook run with all the tests there are, and what came of it remembered."""

from __future__ import annotations

import datetime
import secrets

from course.grading.outcomes import NOT_ATTEMPTED, RIGHT
from course.study.begun import answers_in, refuse_stubs
from course.study.copies import own_copy
from course.study.exercises import Chapter, marks_of
from course.study.prepared import learners_notebook, prepared
from course.study.record import better, changing, now
from course.study.results import WRITTEN, Report, Result, digest_of, result_of
from course.study.running import run_notebook

SECONDS = 30  # for a cell, as in grading


def check_chapter(root, chapter: Chapter, *, wanted=(), seconds=SECONDS, progress=None, say=None) -> Report:
    """Checks a learner's saved notebook, all exercises or those `wanted`, and remembers what came of them.

    seconds: for each cell. progress: called with (cells done, cells in all). say: called with a line if the record was
    damaged. Raises CourseError where there is nothing to check.
    """
    path = own_copy(root, chapter.name)
    notebook = learners_notebook(root, chapter.name)
    saved = datetime.datetime.fromtimestamp(path.stat().st_mtime)
    asked = [one for one in chapter.exercises if not wanted or one in wanted]
    notebook = prepared(notebook, chapter)
    answers = answers_in(notebook)
    refuse_stubs(root, chapter, wanted, answers)
    seed = secrets.randbelow(2**31)
    last = None if not wanted else last_place(notebook, asked)
    run_notebook(notebook, path.parent, seconds=seconds, seed=seed, last=last, progress=progress)
    report = Report(chapter, tuple(result_of(one, notebook, answers) for one in asked), saved, seed)
    remember(root, report, say)
    return report


def last_place(notebook, asked) -> int:
    """Index of the last cell that these exercises need."""
    needed = {name for one in asked for name in (one.name, *one.checks)}
    return max((place for place, cell in enumerate(notebook.cells) if marks_of(cell).get("grade_id") in needed), default=0)


def remember(root, report: Report, say=None):
    """Puts a report into work/progress.json."""
    with changing(root, say) as record:
        chapter = record.chapter(report.chapter.name)
        chapter["checked"], chapter["seed"] = now(), report.seed
        for result in report.results:
            remember_one(record.exercise(report.chapter.name, result.exercise.name), result)


def remember_one(known: dict, result: Result):
    """Puts one result into what is known of its exercise."""
    for check in result.checks:
        last = NOT_ATTEMPTED if result.state == NOT_ATTEMPTED else check.outcome
        before = known["checks"].get(check.name, {}).get("best", NOT_ATTEMPTED)
        if {last, before} != {NOT_ATTEMPTED}:
            known["checks"][check.name] = {"best": better(before, last), "last": last}
    known["mistake"] = result.failing.mistake if result.failing else None
    known["written"] = known["written"] or result.state == WRITTEN
    if result.state == RIGHT and known["passed"] is None:
        known["passed"] = now()
    if is_honest_try(result):
        mine = digest_of(result.exercise, result.answer)
        if mine not in known["tries"]:
            known["tries"].append(mine)


def is_honest_try(result: Result) -> bool:
    """Whether an answer was there, was another than the stub, could be read by Python, and was run."""
    return result.answer is not None and not result.is_stub and not result.broken and result.state != NOT_ATTEMPTED
