"""Grades as a CSV that Moodle imports into its gradebook.

Moodle asks which column is what: "Map from" Username, ID number or Email address; see "Grade import",
https://docs.moodle.org/en/Grade_import. A column with feedback is only imported beside its grades, as there.

A roster may also be the grading worksheet of one assignment, which goes back by "Upload grading worksheet". Of that Moodle
passes over grades larger than its maximum, and keeps comments as HTML: mod/assign/feedback/offline/importgradesform.php and
mod/assign/feedback/comments/locallib.php of https://github.com/moodle/moodle.
"""

import re

from .columns import COMMENTS, GRADE, MAXIMUM
from .comments import as_html, as_words
from .plugin import CourseExport
from .roster import as_number
from .table import number_cell, text_cell

HEADER = ["Username", "ID number", "Email address", "First name", "Last name"]
WORKSHEET = "Identifier"
ITEM = re.compile(r"(?:[^:]*: )?(.*?)(?: \((?:Real|Points|Grade)\))?", re.DOTALL | re.IGNORECASE)
IN_ANY_LANGUAGE = re.compile(r"(?:[^:：]*[:：]\s*)?(.*?)(?:\s*[(（][^()（）]*[)）])?", re.DOTALL)
POINTS = re.compile(r"-|\d+(?:[.,]\d+)?")  # as Moodle exports them: no grade is -


class MoodleExport(CourseExport):
    """The gradebook as Moodle imports it: for each assignment grade and feedback. With `roster`, Moodle's own export or an
    assignment's grading worksheet, its columns are kept and only grades filled in, and a worksheet's comments."""

    default_name = "moodle.csv"
    number, name, guess, results = WORKSHEET, "Full name", True, (GRADE, MAXIMUM, COMMENTS)
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

    def other_columns(self, roster, assignment):
        """A grading worksheet is of one assignment, and calls its column Grade; a gradebook names it in the teacher's language."""
        if WORKSHEET in roster.known:
            return [index for index, name in enumerate(roster.known) if name == GRADE]
        return [index for index, name in enumerate(roster.header)
                if IN_ANY_LANGUAGE.fullmatch(name)[1].strip().casefold() == assignment.casefold()
                and all(map(POINTS.fullmatch, roster.cells(index)))]

    def other_maximum(self, roster, columns, places):
        """A worksheet says in each row out of how many points its grade is."""
        there = [index for index, name in enumerate(roster.known) if name.casefold() == MAXIMUM.casefold()]
        said = {cell for index in there for cell in roster.cells(index)} - {""}
        return [f"maximum grade of {column.assignment}: {one} in {roster.path}, {number_cell(column.maximum)} in the gradebook; "
                "grades are out of the latter, and Moodle passes over those above its own"
                for column in columns if is_of_worksheet(roster.known, places[column.assignment])
                for one in sorted(said) if as_number(one) not in (None, round(column.maximum, 2))]

    def fill_comments(self, header, row, person, columns, places):
        """What a worksheet has for comments beside its grade, as HTML; what somebody wrote there stays."""
        told = []
        for column in columns:
            cell = text_cell(feedback(column.grades[person.id]))
            if not cell or COMMENTS not in header or not is_of_worksheet(header, places[column.assignment]):
                continue
            place = header.index(COMMENTS)
            if not row[place].strip():
                row[place] = cell
            elif as_words(row[place]) != as_words(cell):
                told.append(f"comment kept  {person.id}, {column.assignment}: the worksheet has another than the gradebook")
        return told


def feedback(grade):
    """What a student is told beside a grade, as HTML: what lateness cost, and comments by hand. Empty where there is no grade."""
    if grade.points is None:
        return ""
    late = [f"<p>Handed in late: your answers earned {counted(grade.raw)}, and {number_cell(grade.penalty)} of "
            f"{'it' if grade.raw == 1 else 'them'} {'was' if grade.penalty == 1 else 'were'} taken off for lateness.</p>"]
    return "".join([*(late if grade.penalty else []), *map(as_html, grade.comments)])


def counted(points):
    """'1 point', '6 points'."""
    return f"{number_cell(points)} point{'' if points == 1 else 's'}"


def is_of_worksheet(header, place):
    """Whether this is the column of grades of a grading worksheet."""
    return WORKSHEET in header and header[place] == GRADE
