"""The one table of nbgrader's own tests that cannot pass on our grading, each with the reason and how it fails."""

import traceback
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Why a test of nbgrader's does not pass here. stops_at: text of the test's line where it fails, or of its message."""

    reason: str
    stops_at: str


NOT_RUN_BY_NBGRADER = "nbgrader skips it too: it takes long and needs a server or much memory"
DUPLICATES = "the copy's nbgrader metadata is taken away whole, as an empty one is read as an old schema and stops the run"
STUDENTS_MARKS = "marks of a hidden test in a student's own cell are the student's text; nbgrader gives no feedback at all then"
STAYS_INSIDE = "files that a submission writes are written in the sandbox, and end with it"
PYTHON_ONLY = "every notebook is run as Python, whatever kernel it names: students' services write odd names there"

TABLE = {
    "TestAutograde.test_many_students": Difference(NOT_RUN_BY_NBGRADER, "Skipped"),
    "TestAutograde.test_infinite_loop_with_output": Difference(NOT_RUN_BY_NBGRADER, "Skipped"),
    "TestAutograde.test_side_effects": Difference(STAYS_INSIDE, '"side-effect.txt"'),
    "TestAutograde.test_missing_source_kernelspec": Difference(PYTHON_ONLY, "unexpected return code: 0"),
    "TestAutograde.test_incorrect_source_kernelspec": Difference(PYTHON_ONLY, "unexpected return code: 0"),
    "TestForgetDuplicates.test_duplicate_grade_cell": Difference(DUPLICATES, "assert nb.cells[0].metadata.nbgrader == {}"),
    "TestForgetDuplicates.test_duplicate_solution_cell": Difference(DUPLICATES, "assert nb.cells[0].metadata.nbgrader == {}"),
    "TestForgetDuplicates.test_duplicate_locked_cell": Difference(DUPLICATES, "assert nb.cells[0].metadata.nbgrader == {}"),
    "TestHideTests.test_preprocess_code_cell_hidden_test_region": Difference(STUDENTS_MARKS, "DID NOT RAISE RuntimeError"),
    "TestHideTests.test_preprocess_text_cell_metadata": Difference(STUDENTS_MARKS, "DID NOT RAISE RuntimeError"),
}


def name_of(nodeid):
    """`Class.test` of a node id, parameters included: the key into TABLE."""
    return ".".join(nodeid.split("::")[-2:])


def require_listed(name, error):
    """Raises AssertionError unless TABLE lists the test `name` as failing the way that `error` tells, which may be None."""
    listed = TABLE.get(name)
    if error is None and listed:
        raise AssertionError(f"passes now, so take it out of the table; listed because {listed.reason}")
    if error is None:
        return
    if listed is None:
        raise AssertionError(f"fails, and the table does not list it: {type(error).__name__}: {error}") from error
    lines = [frame.line or "" for frame in traceback.extract_tb(error.__traceback__)]
    told = "\n".join([f"{type(error).__name__}: {error}", *lines])
    if listed.stops_at not in told:
        raise AssertionError(f"fails otherwise than listed ({listed.stops_at}):\n{told}") from error
