"""The exam paper: which questions a notebook asks, which cells check them, and how derivations are marked by oneself.

Where a question begins and ends is said in `course/headings.py`. Its graded cells are nbgrader's. Marking advice stands
under a heading `### Marking 7.8`.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from course.headings import QUESTION, begins_section, headings

STUB = "YOUR ANSWER HERE"
_MARKING = re.compile(r"^### Marking (?P<number>\d+\.\d+)\n+(?P<advice>.+)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class GradedCell:
    """One graded cell. by_hand: a person reads it; otherwise it is a check cell with this source."""

    grade_id: str
    points: float
    by_hand: bool
    source: str
    cell_id: str


@dataclass(frozen=True)
class Question:
    """number: such as "7.3". points: those of the heading. advice: how to mark it oneself, plain text, may be empty."""

    number: str
    name: str
    points: int
    cells: tuple[GradedCell, ...]
    advice: str = ""

    @property
    def checks(self) -> tuple[GradedCell, ...]:
        return tuple(cell for cell in self.cells if not cell.by_hand)

    @property
    def derivations(self) -> tuple[GradedCell, ...]:
        return tuple(cell for cell in self.cells if cell.by_hand)


@dataclass(frozen=True)
class Paper:
    """The questions of a notebook, in its order."""

    questions: tuple[Question, ...]

    @property
    def points(self) -> int:
        return sum(question.points for question in self.questions)

    def check_cell(self, cell_id: str | None, source: str) -> tuple[Question, GradedCell] | None:
        """The question and the check cell that a cell about to run is, by its id or its text; None for any other cell."""
        for question in self.questions:
            for cell in question.checks:
                if (cell_id and cell.cell_id == cell_id) or cell.source.strip() == source.strip():
                    return question, cell
        return None


def read_paper(notebook: dict) -> Paper:
    """The paper in a notebook, given as the plain dict that its file holds. A notebook without questions gives none."""
    found: list[list] = []
    advice: dict[str, str] = {}
    inside = False
    for cell in notebook.get("cells", []):
        source = _text(cell)
        if cell.get("cell_type") == "markdown":
            advice |= {one["number"]: _plain(one["advice"]) for one in _MARKING.finditer(source)}
            asked = [heading for heading in headings(source) if heading.kind == QUESTION]
            if asked:
                found.append([asked[0], []])
            inside = bool(asked) or (inside and not begins_section(source))
        if inside and cell.get("metadata", {}).get("nbgrader", {}).get("grade"):
            found[-1][1].append(_graded(cell, source))
    return Paper(tuple(
        Question(heading.number, heading.name, heading.points, tuple(cells), advice.get(heading.number, ""))
        for heading, cells in found))


def _graded(cell: dict, source: str) -> GradedCell:
    marks = cell["metadata"]["nbgrader"]
    by_hand = bool(marks.get("solution") or marks.get("task"))
    return GradedCell(marks["grade_id"], float(marks.get("points", 0)), by_hand, source, cell.get("id", ""))


def written(notebook: dict) -> frozenset[str]:
    """The grade_ids of the cells for derivations that no longer hold their stub."""
    ids = set()
    for cell in notebook.get("cells", []):
        marks, source = cell.get("metadata", {}).get("nbgrader", {}), _text(cell).strip()
        if marks.get("grade") and (marks.get("solution") or marks.get("task")) and source and STUB not in source:
            ids.add(marks["grade_id"])
    return frozenset(ids)


def load(path: Path) -> dict:
    """A notebook's file as plain data. Raises OSError or ValueError for a file that cannot be read as one."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def find_notebook(folder: Path) -> Path | None:
    """The notebook that is running: the one Jupyter names, else the only one in `folder` that asks questions."""
    named = os.environ.get("JPY_SESSION_NAME", "")
    candidates = [folder / Path(named).name] if named.endswith(".ipynb") else []
    candidates = [path for path in candidates if path.is_file()] or sorted(folder.glob("*.ipynb"))
    asking = [path for path in candidates if _asks(path)]
    return asking[0] if len(asking) == 1 else None


def _asks(path: Path) -> bool:
    try:
        return bool(read_paper(load(path)).questions)
    except (OSError, ValueError, AttributeError):
        return False


def _text(cell: dict) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else source


def _plain(markdown: str) -> str:
    """Advice as one paragraph, without Markdown's marks for code."""
    return " ".join(markdown.replace("`", "").split())
