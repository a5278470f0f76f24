"""Slips of a chapter's author that no test of it finds: points of a heading that its cells do not give, hints to no exercise.

And tests that are not marked as locked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from course.grading import hint_file
from course.grading.chapter_text import master_notebook
from course.grading.preprocessors.locks import UNLOCKED, unlocked_tests
from course.headings import begins_section, challenges, headings

EXERCISE, CHALLENGE = "### Exercise 4.5 · a name · 2 points · ●●○ · 10 min", "## Challenge · a name · 0 points · ●●● · 15 min"
MARKED = '"grade_id": "{}"'
MEANT = re.compile(r"^##+ (?:(?:Exercise|Question) \d+\.\d+|(?P<unpaid>Challenge)) · .*$", re.MULTILINE)


@dataclass
class Announced:
    """What a heading promises. text: "Exercise 4.5 · a name". points: said there. given: {grade_id: points} of its cells."""

    text: str
    points: int
    given: dict[str, float] = field(default_factory=dict)


def slips(root, name: str) -> list[str]:
    """A line for each slip in the assignment `name` of source/: the file, the line, what does not fit, and what to do.

    Raises CourseError where the chapter's text can be no notebook.
    """
    root, folder = Path(root), Path(root) / "source" / name
    path = folder / f"{name}.py"
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        notebook = master_notebook(text, name)
        return _of_notebook(notebook, _Places(path.relative_to(root), text)) + _of_hints(root, name, notebook)
    return [line for path in sorted(folder.glob("*.ipynb"))
            for line in _of_notebook(nbformat.read(path, as_version=4), _Places(path.relative_to(root), ""))]


@dataclass(frozen=True)
class _Places:
    """Says where something is written. text: of the file, empty where its lines tell nobody anything."""

    shown: Path
    text: str

    def of(self, words: str) -> str:
        for number, line in enumerate(self.text.splitlines(), 1):
            if words in line:
                return f"{self.shown}:{number}"
        return str(self.shown)


def _of_notebook(notebook, places: _Places) -> list[str]:
    found = []
    for said, example in (one for cell in notebook.cells for one in _unread(_text(cell))):
        found.append(f"{places.of(said)}: '{said}' is not read as a heading, so that its cells belong to none: write it like "
                     f"'{example}'")
    for one in _announced(notebook):
        given = sum(one.given.values())
        if given != one.points:
            cells = ", ".join(f"{name} {points:g}" for name, points in one.given.items()) or "it has none"
            found.append(f"{places.of(f'{one.text} · ')}: '{one.text}' says {one.points} point{'' if one.points == 1 else 's'}, and its "
                         f"graded cells give {given:g} ({cells}): change the heading, or \"points\" in the line above a cell")
    return found + [f"{places.of(MARKED.format(name))}: in '{name}', {UNLOCKED}" for name in unlocked_tests(notebook)]


def _text(cell) -> str:
    """The text of a cell that is neither code nor an answer; else empty."""
    is_text = cell.cell_type == "markdown" and not cell.metadata.get("nbgrader", {}).get("solution")
    return cell.source if is_text else ""


def _unread(text: str):
    """Yields (line, how it is written) of what was meant to be a heading of an exercise, a question or a challenge."""
    for meant in MEANT.finditer(text):
        if not headings(meant[0]) and not challenges(meant[0]):
            yield meant[0], CHALLENGE if meant["unpaid"] else EXERCISE


def _announced(notebook) -> list[Announced]:
    """What each heading promises; a graded cell belongs to the heading above it, up to the next section."""
    found: list[Announced] = []
    current = None
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        text = _text(cell)
        begun = [Announced(f"{one.kind} {one.number} · {one.name}", one.points) for one in headings(text)]
        begun = begun or [Announced(f"Challenge · {one}", 0) for one in challenges(text)]
        found += begun
        if begun or begins_section(text):
            current = begun[-1] if begun else None
        if current and marks.get("grade"):
            current.given[marks["grade_id"]] = marks.get("points", 0)
    return found


def _of_hints(root: Path, name: str, notebook) -> list[str]:
    path = root / "source" / name / hint_file.NAME
    if not path.is_file():
        return []
    exercises = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    shown = str(path.relative_to(root))
    try:
        return hint_file.read(path.read_text(encoding="utf-8"), shown, name, exercises)[1]
    except UnicodeDecodeError as error:
        return [f"{shown} is not TOML: {error}"]
