"""How far a learner has come, over all chapters: as a table of text, and what the picture is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from course.grading.outcomes import NOT_ATTEMPTED, RIGHT
from course.headings import CHALLENGE
from course.study.copies import WORK
from course.study.exercises import Chapter, Exercise
from course.study.record import Record, write_whole
from course.study.results import NOT_RIGHT, PARTLY, WRITTEN
from course.study.telling import SIGNS

PICTURE = "progress.png"
LEGEND = "   ".join(f"{SIGNS[state]} {state}{', for you to mark' if state == WRITTEN else ''}"
                    for state in (RIGHT, PARTLY, WRITTEN, NOT_RIGHT, NOT_ATTEMPTED))


@dataclass(frozen=True)
class Standing:
    """Where an exercise stands, by the best that was seen of each check. label: its number within the chapter, or its name."""

    label: str
    points: float
    earned: float
    state: str


def standing(exercise: Exercise, known: dict) -> Standing:
    """Where one answer stands. known: what the record has of it."""
    best = {name: known["checks"].get(name, {}).get("best", NOT_ATTEMPTED) for name in exercise.checks}
    earned = sum(points for name, points in exercise.checks.items() if best[name] == RIGHT)
    if not best:
        state = WRITTEN if known["written"] else NOT_ATTEMPTED
    elif all(one == RIGHT for one in best.values()):
        state = RIGHT
    elif RIGHT in best.values():
        state = PARTLY
    else:
        state = NOT_ATTEMPTED if all(one == NOT_ATTEMPTED for one in best.values()) else NOT_RIGHT
    return Standing(exercise.label, exercise.points, earned, state)


def standings(chapter: Chapter, record: Record) -> list[Standing]:
    """One a number: answers under one number stand together."""
    found = []
    for number, group in groupby(chapter.exercises, key=lambda one: one.number or one.name):
        parts = [standing(one, record.exercise(chapter.name, one.name)) for one in group]
        label = number if number == CHALLENGE else number.rpartition(".")[2]
        found.append(Standing(label, sum(one.points for one in parts), sum(one.earned for one in parts), together(parts)))
    return found


def together(parts: list[Standing]) -> str:
    """The state of several answers as one."""
    states = {one.state for one in parts}
    if len(states) == 1:
        return states.pop()
    if states == {RIGHT, WRITTEN}:
        return WRITTEN
    return PARTLY if states & {RIGHT, PARTLY, WRITTEN} else NOT_RIGHT


def as_table(chapters: list[Chapter], record: Record) -> str:
    """A line for each chapter: points, and a sign for each exercise in order."""
    width = max(len("chapter"), *(len(one.name) for one in chapters))
    lines = [f"   {'chapter':<{width}}   points  exercises", ""]
    for place, chapter in enumerate(chapters, 1):
        found = standings(chapter, record)
        signs = "".join(("  " if one.label == CHALLENGE else " ") + SIGNS[one.state] for one in found)
        earned = f"{sum(one.earned for one in found):g} / {chapter.points:g}"
        lines.append(f"{place:>2} {chapter.name:<{width}}  {earned:>7} {signs}".rstrip())
    return "\n".join([*lines, "", LEGEND, "", total(chapters, record)])


def total(chapters: list[Chapter], record: Record) -> str:
    """All points in one sentence."""
    found = [one for chapter in chapters for one in standings(chapter, record)]
    points = sum(one.points for one in found)
    waiting = sum(one.by_hand for chapter in chapters for one in chapter.exercises)
    more = f"; of the {points:g}, {waiting:g} are for derivations that you mark yourself" if waiting else ""
    return f"{sum(one.earned for one in found):g} of {points:g} points{more}."


def chapter_table(chapter: Chapter, record: Record) -> str:
    """A line for each answer of one chapter: points, state, honest tries, hints shown."""
    width = max(len("exercise"), *(len(one.label) for one in chapter.exercises))
    lines = [f"  {'exercise':<{width}}   points  {'state':<13}  tries  hints"]
    for exercise in chapter.exercises:
        known = record.exercise(chapter.name, exercise.name)
        here = standing(exercise, known)
        solution = "  solution shown" if known["solution_shown"] else ""
        lines.append(f"{SIGNS[here.state]} {exercise.label:<{width}}  {f'{here.earned:g} / {here.points:g}':>7}  {here.state:<13}  "
                     f"{len(known['tries']):>5}  {known['hints_shown']:>5}{solution}")
    return "\n".join([*lines, "", total([chapter], record)])


def draw(chapters: list[Chapter], record: Record):
    """The picture of the progress, as a figure with alt text."""
    from course.plots.progress import progress

    return progress([(f"{place} {chapter.name}", [(one.label, one.points, one.earned, one.state)
                                                   for one in standings(chapter, record)])
                     for place, chapter in enumerate(chapters, 1)])


def write_picture(root, chapters: list[Chapter], record: Record) -> Path:
    """Writes work/progress.png, whole or not at all. Returns its path."""
    from course.plots import theme

    path = Path(root) / WORK / PICTURE
    path.parent.mkdir(exist_ok=True)
    write_whole(path, theme.png(draw(chapters, record)))
    return path
