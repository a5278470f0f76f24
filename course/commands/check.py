"""`course check`: the full verdict on a learner's own notebook, hidden tests included."""

from .options import add_command, add_quiet, heeds_ctrl_c, says_when_stopped, seconds

MORE = """
exit codes:
  0    every point that checks give is earned
  1    something is not right, or could not be checked; a line says why
  2    wrong usage
  130  stopped by Ctrl-C; what was remembered before is untouched

what --json prints, an object a line:
  {"done": …, "of": …}   how many cells have run
  {"report": …}          of a chapter, at the end: "chapter", when its notebook was "saved", "earned" and "points" that checks
                         give, "right", "seed", "closing", and a list of "exercises", each with "name", "number", "title",
                         "state", "earned", "points", "by_hand", and of its first failing "check" the "outcome", the "lines"
                         of its message and the "mistake"

What was checked when, tries, hints shown and the best outcomes are in work/progress.json; deleting it loses nothing else.
"""


def add(commands):
    command = add_command(
        commands, "check", run, "run your notebook from top to bottom with all tests, and tell what is right and what is not",
        "course check", "course check tensors", "course check tensors --exercise 1.2", "course check --exercise brighten",
        "course check --all", more=MORE,
    )
    command.add_argument("chapter", metavar="CHAPTER", nargs="?", help="its name or number (default: worked on last)")
    command.add_argument("--exercise", metavar="EXERCISE", help="only this one, by number or name; runs the notebook as far as it needs")
    command.add_argument("--all", action="store_true", help="all chapters that are begun")
    command.add_argument("--timeout", type=seconds, metavar="SECONDS", default=30, help="how long a cell may run (default: 30)")
    add_quiet(command)
    command.add_argument("--json", action="store_true", help="print JSON, for programs")
    heeds_ctrl_c(command)
    says_when_stopped(command, "stopped; this check changed nothing, and the next one begins at the top")


def run(root, options):
    from course.study.command import check

    return check(root, options)
