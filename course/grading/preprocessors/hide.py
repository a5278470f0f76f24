"""Takes the hidden tests out of the sources of the cells that feedback shows."""

from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests
from traitlets import List


class HideTests(ClearHiddenTests):
    """Removes hidden regions from the instructor's cells; what a student wrote between such marks stays theirs."""

    # The HTML exporter configures this of every step; a step that does not take it logs a warning.
    display_data_priority = List(ClearHiddenTests.display_data_priority.default()).tag(config=True)

    def preprocess_cell(self, cell, resources, cell_index):
        if utils.is_locked(cell) or utils.is_grade(cell) and not utils.is_solution(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources
