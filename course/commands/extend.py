"""`course extend`: more time for some students."""

from .options import add_assignment, add_command, add_gradebook, at_least_one

MORE = """
An extension takes the place of one that the student has. Days end at the same time by the clock of the course's time
zone (NbGraderAPI.timezone in nbgrader_config.py). Penalties of what is graded already follow at once: nothing is run
again, and everybody whose points move is told.
"""


def add(commands):
    command = add_command(
        commands, "extend", run, "give students more time for an assignment",
        "course extend linear_model amara --days 2", "course extend linear_model amara benoit --days 1 --hours 12",
        "course extend linear_model amara --until 2026-12-05", "course extend linear_model amara --revoke", more="\n" + MORE,
    )
    add_assignment(command)
    command.add_argument("students", metavar="STUDENT", nargs="+", help="their folders' names in submitted/")
    command.add_argument("--days", type=at_least_one, default=0, metavar="N", help="so many days more")
    command.add_argument("--hours", type=at_least_one, default=0, metavar="N", help="so many hours more")
    command.add_argument("--until", metavar="DATE", help="more time until then, in place of --days and --hours")
    command.add_argument("--revoke", action="store_true", help="take the extension away")
    add_gradebook(command)


def run(root, options):
    from course.grading.late.told import extended

    print(extended(root, options.assignment, options.students, days=options.days, hours=options.hours,
                   until=options.until, revoked=options.revoke))
