"""Grades as a CSV that Moodle imports into its gradebook.

Moodle asks which column is what: "Map from" Username, ID number or Email address; see "Grade import",
https://docs.moodle.org/en/Grade_import. A column with feedback is only imported beside its grades, as there.
"""

import re

from .plugin import CourseExport
from .table import number_cell, text_cell

HEADER = ["Username", "ID number", "Email address", "First name", "Last name"]
ITEM = re.compile(r"(?:[^:]*: )?(.*?)(?: \((?:Real|Points|Grade)\))?", re.DOTALL | re.IGNORECASE)


class MoodleExport(CourseExport):
    """The gradebook as Moodle imports it: for each assignment grade and feedback. With `roster`, Moodle's own export, its
    columns are kept and only grades filled in."""

    default_name = "moodle.csv"
    identities = {
        "Username": lambda one: (one.id,),
        "ID number": lambda one: (one.lms_id, one.id),
        "Email address": lambda one: (one.email, one.id),
    }

    def rows(self, people, columns):
        header = [*HEADER]
        for one in columns:
            header += [f"Assignment: {one.assignment} (Real)", f"Assignment: {one.assignment} (Feedback)"]
        return [header, *([*map(text_cell, (one.id, one.lms_id, one.email, one.first_name, one.last_name)),
                           *(cell for column in columns for cell in self.cells(column.grades[one.id]))] for one in people)]

    @staticmethod
    def cells(grade):
        """[grade, feedback] of one assignment: comments by hand, and what lateness cost."""
        if grade.points is None:
            return ["", ""]
        late = [f"Handed in late: {number_cell(grade.penalty)} points taken off {number_cell(grade.raw)}."] if grade.penalty else []
        return [number_cell(grade.points), text_cell("\n".join([*late, *grade.comments]))]

    def is_column_of(self, header, assignment):
        """Moodle writes `Assignment: linear_model (Real)`."""
        return "(Feedback)" not in header and ITEM.fullmatch(header)[1].strip().casefold() == assignment.casefold()
