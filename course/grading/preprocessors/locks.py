"""Refuses an assignment in which a cell for an answer is marked as locked, and warns of a test that is not."""

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool

from course.grading.course_root import CourseError
from course.grading.preprocessors.saying import said_first


class RequireLocks(NbGraderPreprocessor):
    """Raises CourseError for an answer's cell with "locked": true, whoever grades it: what learners write there is theirs.

    A test with "locked": false is warned of: nbgrader locks it all the same, and puts its text back when it grades.
    """

    warned = Bool(True, help="Whether a test that is not marked as locked is warned of.").tag(config=True)

    def preprocess(self, nb, resources):
        with said_first(self.log):
            if locked := [f"cell {name!r} is for an answer and has \"locked\": true, so nobody could tell whether learners may write in "
                          "it: write \"locked\": false" for name in locked_answers(nb)]:
                raise CourseError("; ".join(locked))
        if self.warned and (unlocked := unlocked_tests(nb)):
            self.log.warning("in %s, %s", ", ".join(map(repr, unlocked)), UNLOCKED)
        return nb, resources


UNLOCKED = 'a test has "locked": false: it is locked all the same, and grading puts its text back, so write "locked": true'


def locked_answers(nb):
    """grade_ids of the cells that learners write in, and that are marked as locked."""
    return [name for name, cell in marked(nb) if is_solution(cell) and cell.metadata["nbgrader"].get("locked")]


def unlocked_tests(nb):
    """grade_ids of the tests that are not marked as locked."""
    return [name for name, cell in marked(nb)
            if is_grade(cell) and not is_solution(cell) and not cell.metadata["nbgrader"].get("locked")]


def marked(nb):
    """Yields (grade_id, cell) of the cells that nbgrader knows."""
    return ((cell.metadata["nbgrader"].get("grade_id", str(number)), cell) for number, cell in enumerate(nb.cells, 1)
            if "nbgrader" in cell.metadata)
