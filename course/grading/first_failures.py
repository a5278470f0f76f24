"""Which failures of an executed notebook come first, and which only follow, for want of a name that a stopped cell would have made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nbformat import NotebookNode

from .judge.plan import is_judged
from .judge.statements import Cell

# What is not there, as Python says it and as a check says it.
MISSING = (re.compile(r"name '(\w+)' is not defined"), re.compile(r"^There is no `(\w+)` yet"))
MADE = re.compile(r"^(?:(?:async )?def |class )?(\w+)(?:[(:]| *=(?!=))", re.MULTILINE)  # in a cell that no parser takes
STOPPED, NOT_RUN = ("KernelDied", "CellTimeoutError"), "NotRun"


@dataclass
class Failure:
    """A cell that ended with an error, which the last one in its outputs is.

    makes: names that it binds, or would have bound. wants: the name that was not there, or empty. following: the graded
    cells that failed for want of what this one, or one of them, would have made; in the notebook's order.
    """

    cell: NotebookNode
    error: NotebookNode
    makes: set[str]
    wants: str = ""
    following: list[Failure] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its grade_id, or its first line where it has none."""
        return self.cell.metadata.get("nbgrader", {}).get("grade_id") or self.cell.source.strip().partition("\n")[0]

    @property
    def wanted(self) -> list[str]:
        """The names that were wanting below it, each once."""
        return list(dict.fromkeys(one.wants for one in self.following if one.wants))


def first_failures(notebook: NotebookNode) -> list[Failure]:
    """The failures on which a graded cell hangs and that follow from no other, in the notebook's order."""
    found: list[Failure] = []
    first_of: dict[int, Failure] = {}  # by a failure's place in `found`
    for place, cell in enumerate(notebook.cells):
        failure = _failure(place, cell)
        if failure is None:
            continue
        cause = _cause(failure, found)
        first = failure if cause is None else first_of[cause]
        if cause is not None and is_judged(cell):
            first.following.append(failure)
        first_of[len(found)] = first
        found.append(failure)
    firsts = {id(first): first for first in first_of.values()}.values()
    return [first for first in firsts if is_judged(first.cell) or first.following]


def _failure(place: int, cell: NotebookNode) -> Failure | None:
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    if not errors:
        return None
    last = errors[-1]
    wants = next((match[1] for pattern in MISSING if (match := pattern.search(last.evalue))), "")
    return Failure(cell, last, _made_by(place, cell), wants)


def _made_by(place: int, cell: NotebookNode) -> set[str]:
    statements = Cell(place, cell).statements
    return set().union(*(one.binds for one in statements)) if statements else set(MADE.findall(cell.source))


def _cause(failure: Failure, before: list[Failure]) -> int | None:
    """The place in `before` of the failure that this one follows from, the nearest one; None where it stands for itself."""
    if failure.error.ename == NOT_RUN:
        ends = [place for place, one in enumerate(before) if one.error.ename in (*STOPPED, NOT_RUN)]
    else:
        ends = [place for place, one in enumerate(before) if failure.wants in one.makes]
    return ends[-1] if ends else None
