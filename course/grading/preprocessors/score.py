"""Scores a graded code cell by one rule: an error costs all its points, and nothing else costs or gives any."""

import copy

from nbgrader import utils
from nbgrader.preprocessors import SaveAutoGrades


class ScoreErrorsOnly(SaveAutoGrades):
    """Saves the grades as SaveAutoGrades does, but shows it only the errors of a graded code cell.

    Stock nbgrader gives 0 for anything on stderr (a warning, a log line, a progress bar), and reads the value a cell
    ends with as its score.
    """

    def _add_score(self, cell, resources):
        if cell.cell_type == "code" and not utils.is_solution(cell):
            cell = copy.deepcopy(cell)
            cell.outputs = [output for output in cell.outputs if output.output_type == "error"]
        super()._add_score(cell, resources)
