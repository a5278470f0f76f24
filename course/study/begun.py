"""Whether a learner's notebook holds an answer to be checked: told before anything that takes seconds to import."""

from __future__ import annotations

import nbformat

from course.grading.course_root import CourseError
from course.study.copies import own_copy
from course.study.exercises import Chapter, Exercise, marks_of
from course.study.results import digest_of


def refuse_unanswered(root, chapter: Chapter, wanted=()):
    """Raises CourseError where the saved notebook holds none of the answers asked for.

    What cannot be read, or was changed by hand, is left for the check itself to repair and to tell.
    """
    try:
        answers = answers_in(nbformat.read(own_copy(root, chapter.name), as_version=4))
    except Exception:  # whatever a broken or missing file makes nbformat raise: the check says what to do about it
        return
    refuse_stubs(root, chapter, wanted, answers)


def refuse_stubs(root, chapter: Chapter, wanted, answers: dict[str, str]):
    """Raises CourseError where each exercise asked for, all or those `wanted`, has its cell and that holds no answer."""
    asked = [one for one in chapter.exercises if not wanted or one in wanted]
    if all(one.name in answers and not is_written(one, answers[one.name]) for one in asked):
        path = own_copy(root, chapter.name).relative_to(root)
        what = f"{path} holds" if not wanted else f"{', '.join(one.label for one in asked)}: the cell holds"
        raise CourseError(f"{what} no answer yet: write one, save with Ctrl+S, then check")


def answers_in(notebook) -> dict[str, str]:
    """{name: text} of the answer cells."""
    return {marks_of(cell).get("grade_id"): cell.source for cell in notebook.cells if marks_of(cell).get("solution")}


def is_written(exercise: Exercise, answer: str) -> bool:
    """Whether an answer is another than the stub."""
    return bool(answer.strip()) and digest_of(exercise, answer) != digest_of(exercise, exercise.stub)
