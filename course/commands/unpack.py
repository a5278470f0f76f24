"""`course unpack`: a learning platform's zip of submissions, put where grading looks for them."""

import argparse

from .options import add_command, add_gradebook, add_quiet, heeds_ctrl_c

MORE = """
Whose a file is, its name says by a number, and the platform's CSV says whose number that is. A student has the name that
the gradebook has for them, by user name, number, address or full name; one who is not in it yet is called by the first
of the columns Username, ID number, Email address that says something (Canvas: SIS Login ID, SIS User ID, ID).

Moodle's worksheet says when each was handed in, which goes into timestamp.txt; it is read in the course's time zone.

Moodle names the worksheet's columns in the teacher's language. They are then known by what stands in them, and a line says
which was taken for what; --column says it where that is wrong, or nothing fits: left of the = stands Identifier, Full name,
Username, ID number, Email address or "Last modified (submission)".

exit codes:
  0  everything is in its place
  1  something needs a person, and is listed
"""


def add(commands):
    command = add_command(
        commands, "unpack", run, "put a zip of submissions from Moodle or Canvas where grading looks for them",
        "course unpack submissions.zip linear_model --moodle worksheet.csv",
        "course unpack submissions.zip linear_model --canvas from_canvas.csv",
        "course unpack submissions.zip linear_model --moodle worksheet.csv --named-by 'Email address'",
        "course unpack submissions.zip linear_model --moodle bewertung.csv --column 'Username=Anmeldename'", more="\n" + MORE,
    )
    command.add_argument("zip", metavar="FILE", help="the zip, as downloaded")
    command.add_argument("assignment", metavar="ASSIGNMENT", help="its folder's name in source/, such as linear_model")
    roster = command.add_mutually_exclusive_group(required=True)
    roster.add_argument("--moodle", metavar="WORKSHEET", help="the assignment's grading worksheet, a CSV downloaded from Moodle")
    roster.add_argument("--canvas", metavar="ROSTER", help="the gradebook that Canvas exports, a CSV")
    command.add_argument("--named-by", metavar="COLUMN", default="",
                         help="the column that names the folders of students who are not in the gradebook yet")
    command.add_argument("--column", action="append", default=[], type=pair, metavar="NAME=COLUMN",
                         help="which column of the CSV is the one that is called NAME in English, for each that is not found")
    command.add_argument("--force", action="store_true", help="replace what lies at a student's place and is different")
    add_gradebook(command)
    add_quiet(command)
    heeds_ctrl_c(command)


def pair(text):
    """(the platform's name of a column, its name in the CSV)."""
    name, equals, column = text.partition("=")
    if not (name and equals and column):
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=COLUMN")
    return name, column


def run(root, options):
    from course.grading.progress import bar_over
    from course.grading.unpack import unpack

    report = unpack(root, options.zip, options.assignment, platform="moodle" if options.moodle else "canvas",
                    roster=options.moodle or options.canvas, named_by=options.named_by, columns=dict(options.column), force=options.force,
                    progress=bar_over(options.quiet))
    print("\n".join(report.lines()))
    return 0 if report.is_done else 1
