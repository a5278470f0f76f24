"""What stands at the top of a feedback page: points in all and per exercise, and where points were lost."""

import re
from dataclasses import dataclass, field

from course.headings import headings

from .explain import LOST, PARTIAL, PASSED, UNPAID, WAITING, number, of

ANY_HEADING = re.compile(r"^ {0,3}#{1,6} +(.+?) *#* *$", re.MULTILINE)
FENCED = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
POINTS = re.compile(r" · \d+ points?\b.*")


@dataclass
class Exercise:
    """One line of the summary. anchor: of its heading, or None. cells: list of Explained."""

    name: str
    anchor: str | None = None
    cells: list = field(default_factory=list)

    @property
    def points(self):
        """'1 of 2', or a dash where there are none to be had."""
        points, maximum = sum(one.mark.points for one in self.cells), sum(one.mark.maximum for one in self.cells)
        return f"{number(points)} of {number(maximum)}" if maximum or points else "–"

    @property
    def open(self):
        """The cells that are not all right."""
        return [one for one in self.cells if one.state != PASSED]

    @property
    def state(self):
        states = {one.state for one in self.cells}
        return next((one for one in (LOST, PARTIAL, WAITING, UNPAID) if one in states), PASSED)


@dataclass(frozen=True)
class Summary:
    """exercises: list of Exercise. marks: the notebook's Marks."""

    exercises: list
    marks: object

    @property
    def points(self):
        return of(self.marks.points, self.marks.maximum)

    @property
    def penalty(self):
        return number(self.marks.penalty) if self.marks.penalty else ""

    @property
    def before_penalty(self):
        """'4 points': of how many stands above it."""
        points = number(self.marks.points_before_penalty)
        return f"{points} point{'' if points == '1' else 's'}"

    @property
    def lost(self):
        return sum(one.state in (LOST, PARTIAL) for exercise in self.exercises for one in exercise.cells)

    @property
    def waiting(self):
        return sum(one.state == WAITING for exercise in self.exercises for one in exercise.cells)


def exercises_of(cells, explained, anchors):
    """The Exercises of a notebook that have points, in its order.

    cells: of the notebook. explained: {grade_id: Explained}. anchors: {text of a heading: anchor}.
    A cell belongs to the exercise, the question or the section whose heading is the last one before it.
    """
    found, current = [], Exercise("The beginning of the notebook")
    for cell in cells:
        if cell.cell_type == "markdown":
            name = last_heading(cell.source)
            current = Exercise(name, anchors.get(name)) if name else current
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in explained:
            if not current.cells:
                found.append(current)
            current.cells.append(explained[grade_id])
    return found


def last_heading(source):
    """The last heading of a markdown text, without points and minutes, or None."""
    titles = ANY_HEADING.findall(FENCED.sub("", source))
    return short(titles[-1]) if titles else None


def short(title):
    """A heading as the summary and links call it."""
    exercise = headings(f"### {title}")
    return f"{exercise[0].kind} {exercise[0].number} · {exercise[0].name}" if exercise else POINTS.sub("", title)
