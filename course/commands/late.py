"""`course late`: who was late, and what it costs."""

from .options import add_command, add_gradebook

MORE = """
The policy is LateDays in nbgrader_config.py: free late days, per cent a day, grace. Times are in the course's time zone
(NbGraderAPI.timezone there, default UTC). When something was handed in is what its timestamp.txt says, which nbgrader
writes when it collects; who hands in a folder without one is in time.
"""


def add(commands):
    command = add_command(
        commands, "late", run, "show who was late, extensions, free days left and penalties",
        "course late", "course late linear_model", "course late linear_model --all", "course late --settle", more="\n" + MORE,
    )
    command.add_argument("assignment", metavar="ASSIGNMENT", nargs="?", help="its folder's name in source/ (default: all)")
    command.add_argument("--all", action="store_true", help="everybody, also who was in time")
    command.add_argument("--settle", action="store_true",
                         help="bring penalties up to date with points given by hand, and with the policy, since grading")
    add_gradebook(command)


def run(root, options):
    from course.grading.late.table import late_table

    print(late_table(root, options.assignment, everybody=options.all, settle=options.settle))
