"""`course hint`: the next of three hints to an exercise."""

from .options import add_command, add_exercise, says_when_stopped


def add(commands):
    command = add_command(
        commands, "hint", run, "tell the next of three hints to an exercise, from a nudge to nearly told",
        "course hint 1.2", "course hint tensors brighten",
    )
    add_exercise(command)
    says_when_stopped(command, "stopped; nothing is lost, and the same command begins anew")


def run(root, options):
    from course.study.command import hint

    hint(root, options.chapter, options.exercise)
