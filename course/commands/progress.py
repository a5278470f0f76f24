"""`course progress`: how far a learner has come."""

from .options import add_command, says_when_stopped


def add(commands):
    command = add_command(
        commands, "progress", run, "show how far you have come, and draw it in work/progress.png",
        "course progress", "course progress tensors",
    )
    command.add_argument("chapter", metavar="CHAPTER", nargs="?", help="each exercise of this chapter (default: all chapters)")
    says_when_stopped(command, "stopped; nothing is lost, and the same command begins anew")


def run(root, options):
    from course.study.command import progress

    progress(root, options.chapter)
