"""What a chapter asks of a learner: its exercises with their checks, stubs and worked solutions, read off its notebooks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.grading.course_root import CourseError, assignments
from course.headings import CHALLENGE, begins_section, challenges, headings, sections
from course.study.suggesting import unknown_chapter

CODE, TEXT = "code", "text"
SCHEME = re.compile(r"^### BEGIN MARK SCHEME[ \t]*$", re.MULTILINE)
MARKER = re.compile(r"^[ \t]*### (?:BEGIN|END) (?:SOLUTION|MARK SCHEME)[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Exercise:
    """One answer cell, and the checks below it.

    name: its grade_id. number: of its heading, such as "4.4", CHALLENGE, or empty; several answers may share it. title:
    of that heading. section: to read again. kind: CODE or TEXT. checks: {grade_id: points}. by_hand: points that a
    person gives. stub, solution: what the cell holds at first, and the instructor's.
    """

    name: str
    number: str
    title: str
    section: str
    kind: str
    checks: dict[str, float]
    by_hand: float
    stub: str
    solution: str

    @property
    def points(self) -> float:
        return sum(self.checks.values()) + self.by_hand

    @property
    def label(self) -> str:
        """Such as "4.4 compute-loss"."""
        return f"{self.number} {self.name}".strip()


@dataclass(frozen=True)
class Chapter:
    """A chapter with its exercises in order. source: the instructor's notebook, hidden tests included. title: of page one."""

    name: str
    title: str
    source: NotebookNode
    exercises: tuple[Exercise, ...]

    @cached_property
    def number(self) -> int:
        """Of its exercises; a chapter without numbers comes last."""
        numbers = [int(one.number.partition(".")[0]) for one in self.exercises if one.number[:1].isdigit()]
        return min(numbers, default=1000)

    @property
    def points(self) -> float:
        return sum(one.points for one in self.exercises)


def read_chapters(root) -> list[Chapter]:
    """All chapters that source/ and release/ hold, in the course's order."""
    names = [name for name in assignments(root) if released_path(root, name).is_file()]
    return sorted((read_chapter(root, name) for name in names), key=lambda one: (one.number, one.name))


def read_chapter(root, name: str) -> Chapter:
    """Raises CourseError when there is no such chapter, or it was not released."""
    root = Path(root)
    known = assignments(root)
    if not known:
        raise CourseError("source/ is not here: checks, hints and solutions are for learners who have the whole course")
    if name not in known:
        raise CourseError(unknown_chapter(root, name, known))
    if not released_path(root, name).is_file():
        raise CourseError(f"release/ does not hold {name}: run `course build {name}`")
    source = nbformat.read(root / "source" / name / f"{name}.ipynb", as_version=4)
    released = nbformat.read(released_path(root, name), as_version=4)
    stubs = {marks_of(cell).get("grade_id"): cell.source for cell in released.cells}
    return Chapter(name, title_of(source, name), source, tuple(_exercises(source, stubs)))


def released_path(root, name: str) -> Path:
    return Path(root) / "release" / name / f"{name}.ipynb"


def marks_of(cell) -> dict:
    """What nbgrader knows of a cell."""
    return cell.metadata.get("nbgrader", {})


def title_of(notebook, name: str) -> str:
    """Such as "Tensors": the first heading without its number; the chapter's name where there is none."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    first = next((line for text in texts for line in text.splitlines() if line.startswith("# ")), f"# {name}")
    return first.removeprefix("# ").rpartition(" · ")[2].strip()


def worked(source: str) -> str:
    """An answer cell as the instructor wrote it, without the marks that nbgrader reads."""
    return MARKER.sub("", SCHEME.sub("**How a person marks it**\n", source)).strip("\n")


def _exercises(source, stubs):
    """The exercises in order; a graded cell belongs to the answer before it."""
    number, title, section, current, checks = "", "", "", None, {}
    for cell in source.cells:
        marks = marks_of(cell)
        if cell.cell_type == "markdown" and not marks:
            section = _section(cell.source, section)
            number, title = _heading(cell.source, number, title)
        elif marks.get("solution"):
            if current:
                yield Exercise(checks=checks, **current)
            checks = {}
            current = {
                "name": marks["grade_id"], "number": number, "title": title, "section": section,
                "kind": CODE if cell.cell_type == "code" else TEXT, "solution": worked(cell.source),
                "by_hand": float(marks["points"]) if marks.get("grade") else 0.0, "stub": stubs.get(marks["grade_id"], ""),
            }
        elif marks.get("grade") and cell.cell_type == "code" and current:
            checks[marks["grade_id"]] = float(marks["points"])
    if current:
        yield Exercise(checks=checks, **current)


def _section(text, section):
    """The section to read again that holds after a cell with this text; a challenge has none."""
    if not begins_section(text):
        return section
    return (sections(text) or [""])[-1]


def _heading(text, number, title):
    """Number and title that hold after a cell with this text."""
    begun = headings(text)
    if begun:
        return begun[-1].number, begun[-1].name
    challenge = challenges(text)
    if challenge:
        return CHALLENGE, challenge[-1]
    return ("", "") if begins_section(text) else (number, title)
