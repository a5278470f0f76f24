"""`course export`: grades for other programs."""

import argparse

from .options import add_command, add_gradebook, add_students

FORMATS = ("nbgrader", "canvas", "moodle")


def add(commands):
    command = add_command(
        commands, "export", run, "write the grades to a CSV file, for Canvas, Moodle or a spreadsheet",
        "course export linear_model --format canvas --roster from_canvas.csv --to to_canvas.csv",
        "course export linear_model --format moodle --roster worksheet.csv",
        "course export tensors autograd --format moodle --students-file class.csv", "course export --to grades.csv",
    )
    command.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all in the gradebook")
    command.add_argument("--format", choices=FORMATS, default="nbgrader", help="for whom (default: nbgrader, a row a grade)")
    command.add_argument("--to", metavar="FILE", default="", help="default: grades.csv, canvas.csv or moodle.csv, here")
    command.add_argument("--roster", metavar="FILE", default="",
                         help="a gradebook exported by Canvas or Moodle as CSV, or Moodle's grading worksheet of an assignment: its "
                              "rows, ids and columns are kept, and grades filled in; who is missing on one side is listed")
    command.add_argument("--column", action="append", default=[], type=pair, metavar="ASSIGNMENT=NAME",
                         help="what an assignment's column is called in the roster, where that is not the assignment's name; left of the "
                              "= may stand a column's English name, too, such as 'Feedback comments', where it was not recognised")
    command.add_argument("--students-file", metavar="FILE", default="",
                         help="a CSV with a column id, and any of first_name, last_name, email, lms_user_id, which says more than "
                              "the gradebook")
    command.add_argument("--unfinished", action="store_true",
                         help="also points so far, where something waits to be marked by hand; else such a grade is left empty; "
                              "what could not be graded is always left empty, and listed")
    add_students(command)
    add_gradebook(command)


def pair(text):
    """(assignment, name of a column)."""
    assignment, equals, name = text.partition("=")
    if not (assignment and equals and name):
        raise argparse.ArgumentTypeError(f"'{text}' is not ASSIGNMENT=NAME")
    return assignment, name


def run(root, options):
    from course.grading.exports.writing import export

    target, notices = export(
        root, options.format, options.assignments, to=options.to, students=options.students, roster=options.roster,
        columns=dict(options.column), students_file=options.students_file, unfinished=options.unfinished)
    print("\n".join([f"wrote {target}", *notices]))
