"""Shows the marking scheme and the model answer beside what a person grades by hand in the formgrader, and nowhere else."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearMarkScheme, ClearSolutions, NbGraderPreprocessor
from traitlets import List

# The page's Markdown is sanitised: styles that only colour stay, classes do not.
PANEL = """<div style="border-left: 4px solid #31708f; background-color: #f3f8fb; padding: 14px 18px">

**Marking scheme** · {title} · on this page only

{body}

</div>
"""
FOLDED = """<details><summary><b>Model answer</b></summary>

{answer}

</details>
"""


class ShowMarkingScheme(NbGraderPreprocessor):
    """Puts a cell with the source notebook's marking scheme above each answer that is graded by hand.

    It works on the page that the formgrader is making, in memory: no file gets the scheme. Feedback is made by the same
    exporter with the same configuration, so anything that is not the formgrader's page is left as it is.
    """

    # The HTML exporter configures this of every step; a step that does not take it logs a warning.
    display_data_priority = List().tag(config=True)

    def preprocess(self, nb, resources):
        if not is_page_for_grading(resources):
            return nb, resources
        schemes = self._schemes(resources["assignment_id"], resources["notebook_id"])
        cells = []
        for cell in nb.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if graded_by_hand(cell) and grade_id in schemes:
                cells.append(new_markdown_cell(schemes[grade_id]))
            cells.append(cell)
        nb.cells = cells
        return nb, resources

    def _schemes(self, assignment, notebook):
        """{grade_id: Markdown of its panel} of the source notebook; empty where that is gone."""
        directory = CourseDirectory(config=self.config)
        path = Path(directory.format_path(directory.source_directory, ".", assignment)) / f"{notebook}.ipynb"
        try:
            source = nbformat.read(path, as_version=4)
        except (OSError, ValueError):
            self.log.warning("no marking schemes: %s cannot be read", path)
            return {}
        return {cell.metadata.nbgrader.grade_id: self._panel(cell) for cell in source.cells if graded_by_hand(cell)}

    def _panel(self, cell):
        """Scheme and model answer of one cell of the source, as Markdown."""
        solution, scheme = ClearSolutions(config=self.config), ClearMarkScheme(config=self.config)
        marks = (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter)
        scheme_lines, others = divided(cell.source.split("\n"), *marks)
        edges = (solution.begin_solution_delimeter, solution.end_solution_delimeter)
        answer = "\n".join(line for line in others if not any(edge in line for edge in edges)).strip()
        if answer and cell.cell_type == "code":
            answer = f"```python\n{answer}\n```"
        body = ["\n".join(scheme_lines).strip() or "The source notebook has no marking scheme for this answer."]
        body += [FOLDED.format(answer=answer)] if answer else []
        marks = cell.metadata.nbgrader
        return PANEL.format(title=f"`{marks.grade_id}` · {counted(marks.points)}", body="\n\n".join(body))


def counted(points):
    """A number of points in words: "1 point", "2.5 points"."""
    return f"{points:g} point{'' if points == 1 else 's'}"


def is_page_for_grading(resources):
    """Whether this is a submission's page of the formgrader: it alone names what it shows by an id of the gradebook."""
    return "submission_id" in resources and "notebook_id" in resources and "nbgrader" not in resources


def graded_by_hand(cell):
    """Whether a cell is an answer, in words or in code, whose points a person gives."""
    return utils.is_grade(cell) and utils.is_solution(cell)


def divided(lines, begin, end):
    """Lines between a line with `begin` and one with `end`, and all the others; the two themselves are in neither."""
    inside, within, without = False, [], []
    for line in lines:
        if begin in line or end in line:
            inside = begin in line
        else:
            (within if inside else without).append(line)
    return within, without
