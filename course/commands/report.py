"""`course report`: what became of a class."""

from .options import add_assignment, add_command, add_gradebook


def add(commands):
    command = add_command(
        commands, "report", run, "show each student's points and what went wrong most",
        "course report linear_model",
    )
    add_assignment(command)
    add_gradebook(command)


def run(root, options):
    from course.grading.report import report

    print(report(root, options.assignment))
