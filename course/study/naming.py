"""Which chapter and which exercise a learner means: by name or by number, or the one that was worked on last."""

from __future__ import annotations

import re

from course.grading.course_root import CourseError
from course.grading.misspelt import did_you_mean
from course.headings import CHALLENGE
from course.study.copies import last_worked_on, own_copy
from course.study.exercises import Chapter, Exercise, read_chapter, read_chapters
from course.study.suggesting import unknown_exercise

NUMBER = re.compile(r"\d+\.\d+")


def chapter_meant(root, name: str | None) -> Chapter:
    """The chapter of this name or number; without one, the one that was worked on last. Raises CourseError."""
    if name is None:
        return read_chapter(root, worked_on_last(root))
    if name.isdigit():
        found = [one for one in read_chapters(root) if one.number == int(name)]
        if found:
            return found[0]
    return read_chapter(root, name)


def worked_on_last(root) -> str:
    """Name of the chapter whose copy was saved last. Raises CourseError when none was begun."""
    last = last_worked_on(root)
    if last is None:
        raise CourseError("no chapter is begun yet: run `course start`")
    return last


def chapters_begun(root) -> list[Chapter]:
    """All chapters with a copy in work/, in the course's order. Raises CourseError when there is none."""
    found = [one for one in read_chapters(root) if own_copy(root, one.name).is_file()]
    if not found:
        raise CourseError("no chapter is begun yet: run `course start`")
    return found


def exercises_meant(root, chapter: str | None, asked: str) -> tuple[Chapter, list[Exercise]]:
    """The exercises that `asked` names: one by its name, or all answers under a number such as 4.4, or the challenge.

    Without a chapter a number tells it; a name is looked for where was worked last, then everywhere. Raises CourseError.
    """
    if chapter is not None:
        return _within(chapter_meant(root, chapter), asked)
    if NUMBER.fullmatch(asked):
        return _within(chapter_meant(root, asked.partition(".")[0]), asked)
    last = last_worked_on(root)
    if last is not None and _named(read_chapter(root, last), asked):
        return _within(read_chapter(root, last), asked)
    holding = [one for one in read_chapters(root) if _named(one, asked)]
    if len(holding) == 1:
        return _within(holding[0], asked)
    if holding:
        raise CourseError(f"'{asked}' is in {' and in '.join(one.name for one in holding)}: name the chapter, too")
    raise CourseError(unknown_exercise(asked, read_chapters(root)))


def _within(chapter: Chapter, asked: str) -> tuple[Chapter, list[Exercise]]:
    found = _named(chapter, asked)
    if not found:
        names = [one.name for one in chapter.exercises]
        known = ", ".join(dict.fromkeys(one.label for one in chapter.exercises))
        raise CourseError(f"{chapter.name} has no exercise '{asked}': {did_you_mean(asked, names)}there are {known}")
    return chapter, found


def _named(chapter: Chapter, asked: str) -> list[Exercise]:
    """The exercises of a chapter with this name or number, in order."""
    wanted = CHALLENGE if asked.lower() == CHALLENGE else asked
    return [one for one in chapter.exercises if wanted in (one.name, one.number)]
