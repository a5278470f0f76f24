"""`course start`: a learner's own copies of the chapters, and fresh ones on request."""

from .options import add_command, hands_on_options, says_when_stopped


def add(commands):
    command = add_command(
        commands, "start", run, "copy chapters to work/ where they are missing, and say what to open",
        "course start", "course start tensors --lab", "course start --lab --no-browser --port=9999   (options go on to JupyterLab)",
        "course start --reset tensors   (the old notebook is kept beside the fresh one)",
    )
    command.add_argument("chapter", metavar="CHAPTER", nargs="?", help="only this chapter (default: all)")
    command.add_argument("--reset", metavar="CHAPTER", help="put a fresh notebook of this chapter in the place of yours, which is "
                                                            "kept under a name with date and time")
    command.add_argument("--lab", action="store_true", help="open it in JupyterLab, which gets all options that are not named here")
    hands_on_options(command, where="lab")
    says_when_stopped(command, "stopped; nothing is lost, and the same command begins anew")


def run(root, options):
    from course.study.lab import open_lab
    from course.study.starting import start

    chapter = start(root, options.chapter, options.reset)
    return open_lab(root, options.others, chapter) if options.lab else 0
