"""Grades as a CSV that Moodle imports into its gradebook.

Moodle asks which column is what: "Map from" Username, ID number or Email address; see "Grade import",
https://docs.moodle.org/en/Grade_import. A column with feedback is only imported beside its grades, as there.

A roster may also be the grading worksheet of one assignment, which goes back by "Upload grading worksheet". Of that Moodle
passes over grades larger than its maximum, and keeps comments as HTML: mod/assign/feedback/offline/importgradesform.php and
mod/assign/feedback/comments/locallib.php of https://github.com/moodle/moodle.
"""

import html
import re

from .plugin import CourseExport
from .roster import as_number
from .table import number_cell, text_cell

HEADER = ["Username", "ID number", "Email address", "First name", "Last name"]
WORKSHEET, GRADE, COMMENTS, MAXIMUM = "Identifier", "Grade", "Feedback comments", "maximum grade"
ITEM = re.compile(r"(?:[^:]*: )?(.*?)(?: \((?:Real|Points|Grade)\))?", re.DOTALL | re.IGNORECASE)


class MoodleExport(CourseExport):
    """The gradebook as Moodle imports it: for each assignment grade and feedback. With `roster`, Moodle's own export or an
    assignment's grading worksheet, its columns are kept and only grades filled in, and a worksheet's comments."""

    default_name = "moodle.csv"
    identities = {
        "Username": lambda one: (one.id,),
        "ID number": lambda one: (one.lms_id, one.id),
        "Email address": lambda one: (one.email, one.id),
        "Full name": lambda one: (f"{one.first_name} {one.last_name}".strip(), one.id),
    }

    def rows(self, people, columns):
        header = [*HEADER]
        for one in columns:
            header += [f"Assignment: {one.assignment} (Real)", f"Assignment: {one.assignment} (Feedback)"]
        return [header, *([*map(text_cell, (one.id, one.lms_id, one.email, one.first_name, one.last_name)),
                           *(cell for column in columns for cell in self.cells(column.grades[one.id]))] for one in people)]

    @staticmethod
    def cells(grade):
        """[grade, feedback] of one assignment."""
        return [number_cell(grade.points), text_cell(feedback(grade))]

    def is_column_of(self, header, assignment):
        """Moodle writes `Assignment: linear_model (Real)`."""
        return "(Feedback)" not in header and ITEM.fullmatch(header)[1].strip().casefold() == assignment.casefold()

    def columns_of_any(self, header):
        """A grading worksheet is of one assignment, and calls its column Grade."""
        return [index for index, name in enumerate(header) if name == GRADE] if WORKSHEET in header else []

    def other_maximum(self, roster, columns, places):
        """A worksheet says in each row out of how many points its grade is."""
        there = [index for index, name in enumerate(roster.header) if name.casefold() == MAXIMUM]
        said = {row[index].strip() for index in there for row in roster.rows if index < len(row)} - {""}
        return [f"maximum grade of {column.assignment}: {one} in {roster.path}, {number_cell(column.maximum)} in the gradebook; "
                "grades are out of the latter, and Moodle passes over those above its own"
                for column in columns if is_of_worksheet(roster.header, places[column.assignment])
                for one in sorted(said) if as_number(one) not in (None, round(column.maximum, 2))]

    def fill_comments(self, header, row, person, columns, places):
        """What a worksheet has for comments beside its grade, as HTML; what somebody wrote there stays."""
        told = []
        for column in columns:
            text = feedback(column.grades[person.id])
            if not text or COMMENTS not in header or not is_of_worksheet(header, places[column.assignment]):
                continue
            cell, place = text_cell(html.escape(text, quote=False).replace("\n", "<br>")), header.index(COMMENTS)
            if row[place].strip() in ("", cell):
                row[place] = cell
            else:
                told.append(f"comment kept  {person.id}, {column.assignment}: the worksheet has another than the gradebook")
        return told


def feedback(grade):
    """What a student is told beside a grade: what lateness cost, and comments by hand. Empty where there is no grade."""
    if grade.points is None:
        return ""
    late = [f"Handed in late: {number_cell(grade.penalty)} points taken off {number_cell(grade.raw)}."] if grade.penalty else []
    return "\n".join([*late, *grade.comments])


def is_of_worksheet(header, place):
    """Whether this is the column of grades of a grading worksheet."""
    return WORKSHEET in header and header[place] == GRADE
