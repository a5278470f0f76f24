"""`course solution`: the worked solution of an exercise, when it is earned."""

from .options import add_command, add_exercise, says_when_stopped


def add(commands):
    command = add_command(
        commands, "solution", run, "show the worked solution of an exercise that has passed, or after three honest tries",
        "course solution 1.2", "course solution autograd half-squared-length",
        more="\n\nA try counts when the answer has changed since the last check, is not as it was handed out, and Python can read it.\n"
             "A derivation has no check to pass: its solution is shown once `course check` has seen one written.\n",
    )
    add_exercise(command)
    says_when_stopped(command, "stopped; nothing is lost, and the same command begins anew")


def run(root, options):
    from course.study.command import solution

    solution(root, options.chapter, options.exercise)
