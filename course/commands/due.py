"""`course due`: when assignments are due."""

from .options import add_command, add_gradebook

MORE = """
A date alone means the end of that day, 23:59:59. Dates without an offset from UTC are in the time zone that
nbgrader_config.py names as NbGraderAPI.timezone, which is the formgrader's too (default: UTC). Penalties of what is
graded already follow at once.
"""


def add(commands):
    command = add_command(
        commands, "due", run, "show when an assignment is due, or set it",
        "course due", "course due linear_model", "course due linear_model 2026-12-01",
        "course due linear_model 2026-12-01T18:00", "course due linear_model 2026-12-01T18:00+01:00",
        "course due linear_model --remove", more="\n" + MORE,
    )
    command.add_argument("assignment", metavar="ASSIGNMENT", nargs="?", help="its folder's name in source/ (default: show all)")
    command.add_argument("date", metavar="DATE", nargs="?", help="the new due date, such as 2026-12-01 or 2026-12-01T18:00")
    command.add_argument("--remove", action="store_true", help="the assignment has no due date any more")
    add_gradebook(command)


def run(root, options):
    from course.grading.late.told import due_set, due_shown

    if options.date or options.remove:
        print(due_set(root, options.assignment, options.date, remove=options.remove))
    else:
        print(due_shown(root, options.assignment))
