"""The worked solution of an exercise: shown when it has passed, or after three honest tries; until then, what is missing."""

from __future__ import annotations

from course.grading.course_root import CourseError
from course.study.exercises import Chapter, Exercise
from course.study.record import changing, now

TRIES = 3
COUNTS = "a try counts when the answer has changed since the last check, is not as it was handed out, and Python can read it"


def solution_of(root, chapter: Chapter, exercise: Exercise, say=None) -> str:
    """The instructor's answer, remembered as shown. Raises CourseError, saying what is missing, where it is not earned."""
    with changing(root, say) as record:
        known = record.exercise(chapter.name, exercise.name)
        missing = what_is_missing(chapter, exercise, known)
        if missing:
            raise CourseError(missing)
        known["solution_shown"] = known["solution_shown"] or now()
        return exercise.solution


def what_is_missing(chapter: Chapter, exercise: Exercise, known: dict) -> str:
    """Why the solution is not to be had yet, in one line; empty where it is.

    A text has no check to pass: it is had as soon as a check has seen one written, for it is then compared.
    """
    if not exercise.checks:
        return "" if known["written"] else (f"{exercise.label}: write your own first, save, and run `course check "
                                            f"{chapter.name}`; then the solution is here to compare with")
    more = TRIES - len(known["tries"])
    if known["passed"] or more <= 0:
        return ""
    tries = {1: "one more try", 2: "two more tries"}.get(more, "three tries")
    return f"{exercise.label}: the solution comes when it passes, or after {tries}; {COUNTS}"
