"""The instructor's side of the warm shells, all that the grader needs of them."""

from course.grading.sandbox.limits import Limits
from course.grading.shell.cells import CellRunner
from course.grading.shell.connection import Gone, StartError, Student, StudentTimeout

__all__ = ["CellRunner", "Gone", "Limits", "StartError", "Student", "StudentTimeout"]
