"""Grades as a CSV that Canvas imports into its gradebook.

The format is that of Canvas's own export: Instructor Guide, "How do I import grades in the Gradebook?",
https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807, and lib/gradebook_importer.rb
of https://github.com/instructure/canvas-lms: the columns Student, ID, SIS User ID, SIS Login ID, Section in this order, then
assignments; a first row "Points Possible"; a student is found by ID, SIS User ID, SIS Login ID or name, in this order.
"""

import re

from .plugin import CourseExport
from .table import number_cell, text_cell

HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
NUMBERED = re.compile(r"(.*?)(?: \(\d+\))?", re.DOTALL)


class CanvasExport(CourseExport):
    """The gradebook as Canvas imports it. With `roster`, Canvas's own export, ids and names of columns are just as there.

    Without it Canvas makes new assignments, and finds students by SIS Login ID, which is the student's name here.
    """

    default_name = "canvas.csv"
    identities = {
        "SIS Login ID": lambda one: (one.id, one.email),
        "SIS User ID": lambda one: (one.id, one.lms_id),
        "ID": lambda one: (one.lms_id,),
    }

    def rows(self, people, columns):
        possible = ["    Points Possible", "", "", "", "", *(number_cell(one.maximum) for one in columns)]
        students = [[*map(text_cell, (one.sorted_name, one.lms_id, "", one.id, "")),
                     *(number_cell(column.grades[one.id].points) for column in columns)] for one in people]
        return [[*HEADER, *(text_cell(one.assignment) for one in columns)], possible, *students]

    def is_column_of(self, header, assignment):
        """Canvas adds the assignment's number: `linear_model (1234)`."""
        return NUMBERED.fullmatch(header)[1].strip().casefold() == assignment.casefold()
