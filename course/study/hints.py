"""Hints to exercises in three steps, from a nudge to nearly told: read from source/<chapter>/hints.toml, given one by one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.grading import hint_file
from course.grading.course_root import CourseError
from course.grading.hint_file import STEPS
from course.study.exercises import Chapter, Exercise
from course.study.record import changing


@dataclass(frozen=True)
class Hint:
    """What a learner is told. mistake: the catalogue's advice on what the last check named, or empty. step: from 1."""

    exercise: Exercise
    step: int
    text: str
    mistake: str = ""


def hints_path(root, chapter: str) -> Path:
    return Path(root) / "source" / chapter / hint_file.NAME


def read_hints(root, chapter: Chapter) -> dict[str, list[str]]:
    """{exercise: its three hints, Markdown} of a chapter; empty where it has none yet. Raises CourseError for a broken file."""
    path = hints_path(root, chapter.name)
    if not path.is_file():
        return {}
    shown = str(path.relative_to(root))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(f"{shown} is not TOML: {error}") from None
    hints, wrong = hint_file.read(text, shown, chapter.name, [one.name for one in chapter.exercises])
    if wrong:
        raise CourseError(wrong[0])
    return {name: [text.strip() for text in steps] for name, steps in hints.items()}


def without_hints(root, chapter: Chapter) -> list[str]:
    """Names of the exercises of a chapter that have no hints."""
    known = read_hints(root, chapter)
    return [one.name for one in chapter.exercises if one.name not in known]


def next_hint(root, chapter: Chapter, exercise: Exercise, say=None) -> Hint:
    """The next hint to an exercise, which is remembered as shown; the last one again after the third. Raises CourseError."""
    steps = read_hints(root, chapter).get(exercise.name)
    if steps is None:
        raise CourseError(f"{exercise.label} of {chapter.name} has no hints yet: look under its text for those by symptom")
    with changing(root, say) as record:
        known = record.exercise(chapter.name, exercise.name)
        step = min(known["hints_shown"] + 1, STEPS)
        known["hints_shown"] = step
        return Hint(exercise, step, steps[step - 1], advice_on(known["mistake"]))


def after_the_last(chapter: Chapter, hint: Hint, button="") -> str:
    """What there is beyond the third hint, in a sentence; empty before it. button: that shows the solution, if not a command."""
    exercise = hint.exercise
    if hint.step < STEPS:
        return ""
    which = exercise.number if exercise.number[:1].isdigit() else f"{chapter.name} {exercise.name}"
    when = "after three honest tries" if exercise.checks else "once `course check` has seen yours"
    how = f"*{button}*" if button else f"`course solution {which}`"
    return f"That was the last hint; {how} shows the worked solution {when}."


def advice_on(mistake: str | None) -> str:
    """What the catalogue advises on a mistake, in a sentence or two; empty where it knows none."""
    from course.check import mistakes

    try:
        entry = mistakes.find(mistake) if mistake else None
    except KeyError:
        entry = None
    return f"The last check named a mistake: {entry.name}. {entry.hint}".strip() if entry else ""


def first_open(exercises: list[Exercise], record, chapter: str) -> Exercise:
    """Of several answers under one number the first that has not passed; the last one where all have."""
    waiting = [one for one in exercises if not record.exercise(chapter, one.name)["passed"]]
    return waiting[0] if waiting else exercises[-1]
