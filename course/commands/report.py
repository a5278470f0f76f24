"""`course report`: a report on a class."""

import sys

from .options import add_assignment, add_command, add_gradebook, add_quiet

WHAT_IS_IN_IT = """

what is written:
  the page   one HTML file that needs nothing else: figures of the class, facility and discrimination of each exercise, outcomes,
             the most frequent mistakes, time, submissions that are flagged or not graded, and a table of the students
  --csv      a line for each student
  --json     one object: class, exercises, mistakes, seconds, handed_in, students, with the numbers that the page shows; an
             exercise's facility is its "share", between 0 and 1

The table comes to stdout, or to stderr when a file is `-`. The files hold names and points: reports/ is not for git.
"""


def add(commands):
    command = add_command(
        commands, "report", run, "show each student's points and what went wrong most, and write a page about the class",
        "course report linear_model", "course report linear_model --anonymous",
        "course report linear_model --output meeting.html --csv --json numbers.json",
        "course report linear_model --json - > numbers.json", more=WHAT_IS_IN_IT,
    )
    add_assignment(command)
    command.add_argument("--output", metavar="FILE",
                         help="where the page goes (default: reports/ASSIGNMENT.html in the course's folder)")
    command.add_argument("--csv", nargs="?", const="", metavar="FILE",
                         help="write CSV, too; `-` is stdout (default: beside the page)")
    command.add_argument("--json", nargs="?", const="", metavar="FILE",
                         help="write JSON, too; `-` is stdout (default: beside the page)")
    command.add_argument("--anonymous", action="store_true",
                         help="numbers for names, everywhere; the page is then reports/ASSIGNMENT-anonymous.html")
    add_quiet(command)
    add_gradebook(command)


def run(root, options):
    from course.grading.progress import bar_over
    from course.grading.report.writing import STDOUT, write_report

    table, written = write_report(root, options.assignment, output=options.output, csv=options.csv, json=options.json,
                                  anonymous=options.anonymous, progress=bar_over(options.quiet))
    said = sys.stderr if STDOUT in (options.output, options.csv, options.json) else sys.stdout
    print(table, *([""] + [f"wrote  {path}" for path in written] if written else []), sep="\n", file=said)
