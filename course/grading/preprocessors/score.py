"""Scores a graded code cell by one rule, an error costs all its points, and leaves to a person an answer not found for certain."""

import copy

from nbgrader import utils
from nbgrader.preprocessors import SaveAutoGrades

from course.grading.elsewhere import said_of


class ScoreErrorsOnly(SaveAutoGrades):
    """Saves the grades as SaveAutoGrades does, but shows it only the errors of a graded code cell.

    Stock nbgrader gives 0 for anything on stderr (a warning, a log line, a progress bar), and reads the value a cell
    ends with as its score. An answer whose text may stand elsewhere is not taken for one that was left as it was handed out.
    """

    def _add_score(self, cell, resources):
        if cell.cell_type == "code" and not utils.is_solution(cell):
            cell = copy.deepcopy(cell)
            cell.outputs = [output for output in cell.outputs if output.output_type == "error"]
        super()._add_score(cell, resources)
        if said_of(cell):
            grade = self.gradebook.find_grade(*self._names(cell))
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()

    def _add_comment(self, cell, resources):
        super()._add_comment(cell, resources)
        if said := said_of(cell):
            self.gradebook.find_comment(*self._names(cell)).auto_comment = said
            self.gradebook.db.commit()

    def _names(self, cell):
        return cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id
