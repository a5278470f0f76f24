"""What a misspelt chapter or exercise is told: the likely meaning, and the chapters in the course's order with their numbers."""

from __future__ import annotations

from pathlib import Path

import nbformat

from course.grading.misspelt import did_you_mean
from course.headings import headings

LAST = 1000  # a chapter without a number comes last


def number_of(root, name: str) -> int:
    """The number of a released chapter, as its exercises have it; LAST without one."""
    path = Path(root) / "release" / name / f"{name}.ipynb"
    if not path.is_file():
        return LAST
    cells = nbformat.read(path, as_version=4).cells
    found = (heading for cell in cells if cell.cell_type == "markdown" for heading in headings(cell.source))
    return next((int(one.number.partition(".")[0]) for one in found), LAST)


def unknown_chapter(root, name: str, known) -> str:
    """A line about a chapter of this name, which is none of the `known` ones."""
    numbers = {one: number_of(root, one) for one in known}
    ordered = sorted(known, key=lambda one: (numbers[one], one))
    listed = ", ".join(f"{numbers[one]} {one}" if numbers[one] < LAST else one for one in ordered)
    return f"unknown chapter '{name}': {did_you_mean(name, known)}there are {listed}"


def unknown_exercise(asked: str, chapters) -> str:
    """A line about an exercise that none of these chapters has; a chapter may have been meant."""
    by_name = did_you_mean(asked, [one.name for chapter in chapters for one in chapter.exercises])
    chapter = did_you_mean(asked, [one.name for one in chapters])
    if chapter and not by_name:
        return f"no exercise '{asked}': {chapter.replace('mean ', 'mean the chapter ')}name an exercise of it, too, by number or name"
    return f"no exercise '{asked}': {by_name}an exercise is named by its number, such as 4.4, or its name, such as column"
