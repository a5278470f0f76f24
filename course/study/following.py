"""What comes after a chapter: the next that is not done, the exam last, one that was left behind, or nothing any more."""

from __future__ import annotations

from dataclasses import dataclass

from course.grading.outcomes import RIGHT
from course.headings import CHALLENGE
from course.study.copies import own_copy
from course.study.exercises import Chapter
from course.study.overview import standings
from course.study.record import Record
from course.study.results import WRITTEN

EXAM = "MockExam("
ALL_DONE = "That was the last of the course: every chapter is done."
ONLY_THIS = "All other chapters are done: with this one you are through the course."


@dataclass(frozen=True)
class Following:
    """What to do after a chapter. here_done: whether that is done. chapter: what comes next, or None. is_last: of the course.

    goes_back: whether it stands before this one, as all after it are done.
    """

    here_done: bool
    chapter: Chapter | None
    is_last: bool = False
    goes_back: bool = False


def following(chapters: list[Chapter], record: Record, name: str) -> Following:
    """What comes after the chapter of this name. chapters: all, in the course's order."""
    place = [one.name for one in chapters].index(name)
    here_done = is_done(chapters[place], record)
    later = [one for one in chapters[place + 1:] if not is_done(one, record)]
    earlier = [one for one in chapters[:place] if not is_done(one, record)]
    if later:
        return Following(here_done, later[0], is_last=later[0] is chapters[-1])
    return Following(here_done, earlier[0] if earlier else None, goes_back=bool(earlier))


def is_done(chapter: Chapter, record: Record) -> bool:
    """Whether all exercises for points are right, and what is marked by hand is written."""
    found = [one.state for one in standings(chapter, record) if one.label != CHALLENGE]
    return bool(found) and set(found) <= {RIGHT, WRITTEN}


def sentence(what: Following, opened) -> str:
    """It in one sentence. opened: a function that says of a Chapter how it is opened."""
    if what.chapter is None:
        return ALL_DONE if what.here_done else ONLY_THIS
    exam = ", which you can sit as a mock exam" if holds_exam(what.chapter) else ""
    which = f"chapter {what.chapter.number}, {what.chapter.title}{exam}: {opened(what.chapter)}."
    if what.goes_back:
        return f"No chapter comes after this one, but one before it is still open, {which}"
    comes = "Last comes" if what.is_last else "Next comes"
    return f"{comes} {which}" if what.here_done else f"When you are through here, {comes.lower()} {which}"


def holds_exam(chapter: Chapter) -> bool:
    return any(cell.cell_type == "code" and EXAM in cell.source for cell in chapter.source.cells)


def in_terminal(root, chapter: Chapter) -> str:
    """How a chapter is opened by a command, or where it stands in the JupyterLab that is open already."""
    path = own_copy(root, chapter.name)
    command = f"`course start {chapter.name} --lab`"
    return f"{path.relative_to(root).as_posix()} in JupyterLab, or {command}" if path.is_file() else command


def in_notebook(root, chapter: Chapter) -> str:
    """The same in Markdown, for a notebook in work/<another chapter>/: a link, where the copy is there."""
    if own_copy(root, chapter.name).is_file():
        return f"[open {chapter.name}.ipynb](../{chapter.name}/{chapter.name}.ipynb)"
    return f"`course start {chapter.name} --lab` in a terminal"
