"""The mistakes that a class made most: how many students made each, where, and one message as an example."""

from collections import Counter
from dataclasses import dataclass

from course.check import mistakes
from course.grading.outcomes import NOT_ATTEMPTED, RIGHT, mistake_name
from course.grading.report.anonymous import Redactor, own_files

MOST = 15


@dataclass(frozen=True)
class Made:
    """One mistake of the catalogue. name: in words. students: how many made it. cells: graded cells it was seen in.

    exercises: their places in the report. example: what a check said to one of them, without anything that tells to
    whom. read_again: where it is taught, empty when the catalogue does not know it.
    """

    mistake: str
    name: str
    students: int
    cells: int
    exercises: tuple[int, ...]
    example: str
    read_again: str


@dataclass(frozen=True)
class MistakesMade:
    """made: the most frequent first. unnamed: graded cells refused without a known mistake; students: who have such."""

    made: tuple[Made, ...]
    unnamed: int
    students: int


def mistakes_made(gathered):
    """The MistakesMade of a class."""
    redact = Redactor(gathered.persons, own_files(gathered))
    place = {(exercise.notebook, cell): number
             for number, exercise in enumerate(gathered.exercises) for cell in exercise.cells}
    seen, unnamed = {}, Counter()
    for student in gathered.graded:
        for cell, one in student.outcomes.items():
            if one.mistake:
                seen.setdefault(one.mistake, []).append((student.name, cell, one))
            elif one.outcome not in (RIGHT, NOT_ATTEMPTED):
                unnamed[student.name] += 1
    made = [_made(mistake, cases, place, redact) for mistake, cases in seen.items()]
    made.sort(key=lambda one: (-one.students, -one.cells, one.name))
    return MistakesMade(tuple(made[:MOST]), unnamed.total(), len(unnamed))


def _made(mistake, cases, place, redact):
    """cases: list of (student, (notebook, grade_id), CellOutcome)."""
    cells = {cell for _, cell, _ in cases}
    known = mistakes.catalogue().get(mistake)
    return Made(mistake, mistake_name(mistake), len({student for student, _, _ in cases}), len(cases),
                tuple(sorted({place[cell] for cell in cells if cell in place})), example_of(cases, redact),
                known.read_again if known else "")


def example_of(cases, redact):
    """The message that most students were given; what only one was given is taken for their own words."""
    told = {}
    for student, _, one in cases:
        told.setdefault(redact(one.message), set()).add(student)
    message, students = min(told.items(), key=lambda item: (-len(item[1]), len(item[0]), item[0]))
    return message if len(students) > 1 else redact.strictly(message)
