"""Tells another notebook, mostly of another assignment, which was handed in under this one's name, from one that is merely damaged."""

from course.grading.submissions import NotGradable

FOREIGN = 5  # times as many cells of others as of one's own: chapters share a name or two, and a cell may have been copied
MOST_OF_TITLE = 60


def require_own_cells(nb, known, name):
    """Raises NotGradable where the notebook's marked cells are those of another notebook.

    known: grade_ids of this one. name: of the file. A notebook without any marked cell, from Colab, is left to be mended.
    """
    ids = {grade_id_of(cell) for cell in nb.cells} - {None}
    own = ids & set(known)
    if len(ids - own) > FOREIGN * len(own):
        raise NotGradable(f"{name}.ipynb holds another notebook{title_told(nb)}: ask for the right one")


def grade_id_of(cell):
    """What nbgrader calls a cell, or None; whatever a student's metadata holds."""
    marks = cell.metadata.get("nbgrader")
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def title_told(nb):
    """In brackets, the first heading of a notebook; nothing where there is none."""
    lines = (line for cell in nb.cells if cell.cell_type == "markdown" for line in cell.source.splitlines())
    title = next((line.strip("# \t") for line in lines if line.startswith("#")), "")
    title = "".join(letter for letter in title if letter.isprintable())
    return f" (“{title[:MOST_OF_TITLE]}”)" if title else ""
