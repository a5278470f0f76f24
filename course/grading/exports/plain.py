"""Grades as nbgrader's own CSV: a row for each assignment and student."""

from course.grading.course_root import CourseError

from .plugin import CourseExport
from .table import text_cell

HEADER = ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
          "late_submission_penalty", "score", "max_score"]


class PlainExport(CourseExport):
    """The columns and numbers of nbgrader's CsvExportPlugin, which breaks at a comma in a name, and gives 0 for no grade.

    Here names are quoted, and what is not graded is empty.
    """

    default_name = "grades.csv"

    def rows(self, people, columns):
        return [HEADER, *(self.row(column, one) for column in columns for one in people)]

    @staticmethod
    def row(column, one):
        grade = column.grades[one.id]
        scores = ["", "", ""] if grade.points is None else [float(number) for number in (grade.raw, grade.penalty, grade.points)]
        return [text_cell(cell) for cell in (column.assignment, grade.duedate, grade.timestamp, one.id, one.last_name,
                                             one.first_name, one.email, *scores, column.maximum)]

    def is_column_of(self, header, assignment):
        raise CourseError("a roster is for --format canvas or moodle")
