"""Which graded cells make up an exercise, and what it is worth."""

from dataclasses import dataclass

from course.headings import begins_section, challenges, headings

CHALLENGE = "Challenge"

@dataclass(frozen=True)
class Exercise:
    """What is asked for under one heading, or in one solution cell where there is no heading.

    notebook: its name. number: such as "4.5", empty without a heading. name: a challenge's with
    "Challenge · " before it. cells: {grade_id: points} of the graded cells, in
    order. by_hand: those of them that a person grades.
    """

    notebook: str
    number: str
    name: str
    cells: dict[str, float]
    by_hand: frozenset = frozenset()

    @property
    def maximum(self):
        """Points that can be had in it."""
        return sum(self.cells.values())

    @property
    def short(self):
        """Its number, or its name when it has none."""
        return self.number or self.name

    @property
    def label(self):
        """Number and name."""
        return f"{self.number} {self.name}".strip()


def columns(exercises):
    """What stands above each exercise's column in a table: its number; above a challenge's that word, counted where there are several."""
    names = [one.short for one in exercises]
    unpaid = [place for place, name in enumerate(names) if name.startswith(f"{CHALLENGE} · ")]
    for count, place in enumerate(unpaid, 1):
        names[place] = CHALLENGE if len(unpaid) == 1 else f"{CHALLENGE} {count}"
    return names


def exercises_of(notebook):
    """List of Exercise of one notebook of the assignment (`engine.task.NotebookSource`), in its order.

    A graded cell belongs to the heading of an exercise or a challenge above it, up to the next section; outside of any to the solution
    cell above it; with no such cell it stands for itself. Graded cells that the notebook does not show come last.
    """
    points = {**notebook.grade_points, **notebook.task_points}
    by_hand = {name for name in points if name in notebook.solutions or name in notebook.task_points}
    groups = {}
    for name, key in _belonging(notebook.instructors_notebook().cells):
        if name in points:
            groups.setdefault(key, []).append(name)
    shown = {name for cells in groups.values() for name in cells}
    for name in points:
        if name not in shown:
            groups.setdefault(("", name), []).append(name)
    return [Exercise(notebook.name, number, name, {cell: points[cell] for cell in cells}, frozenset(cells) & by_hand)
            for (number, name), cells in groups.items()]


def _belonging(cells):
    """Yields (grade_id, (number, name) of the exercise) of each cell that nbgrader marks."""
    heading = solution = None
    for cell in cells:
        if cell.cell_type == "markdown":
            begun, unpaid = headings(cell.source), challenges(cell.source)
            if begun:
                heading = (begun[0].number, begun[0].name)
            elif begins_section(cell.source):
                heading = ("", f"{CHALLENGE} · {unpaid[-1]}") if unpaid else None
        marks = cell.metadata.get("nbgrader", {})
        name = marks.get("grade_id")
        if marks.get("solution"):
            solution = ("", name)
        if name:
            yield name, heading or (("", name) if marks.get("task") else solution or ("", name))
