"""What the commands share: how one is declared, and the options that several take."""

import argparse
import os


def add_command(commands, name, work, what, *examples, more=""):
    """Adds one command whose --help ends with examples, and `more`. Returns its parser."""
    command = commands.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  {line}" for line in examples) + more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(work=work, parser=command)
    return command


def heeds_ctrl_c(command):
    """Ctrl-C ends this command within moments, and what it did until then is kept."""
    command.set_defaults(heeds_ctrl_c=True)


def says_when_stopped(command, line):
    """What Ctrl-C is answered with, by a command that does not go on where it stopped."""
    command.set_defaults(when_stopped=f"\ncourse: {line}")


def hands_on_options(command, where=None):
    """Options of this command that are not ours are in `options.others`, for the program that it starts.

    where: only with this option of ours, such as "lab"; without it they are refused.
    """
    command.set_defaults(hands_on_options=where or True)


def are_handed_on(options):
    """Whether options that are not ours go on to the program that the command starts."""
    where = options.hands_on_options
    return getattr(options, where) if isinstance(where, str) else where


def add_assignment(command):
    command.add_argument("assignment", metavar="ASSIGNMENT", help="its folder's name in source/, such as linear_model")


def add_exercise(command):
    command.add_argument("chapter", metavar="CHAPTER", nargs="?", help="its name or number (default: the one that has the exercise)")
    command.add_argument("exercise", metavar="EXERCISE", help="its number, such as 4.4, or the name that `course progress CHAPTER` lists")


def add_students(command):
    command.add_argument("--students", "--student", nargs="+", default=(), metavar="STUDENT", help="only these (default: all)")


def add_jobs(command):
    command.add_argument("--jobs", type=at_least_one, metavar="N", help="how many at a time (default: one a core)")


def add_gradebook(command):
    command.add_argument(
        "--db", metavar="URL", default=os.environ.get("COURSE_DB") or None,
        help="the gradebook, as in nbgrader's own commands: sqlite:////path, or postgresql://user@host/name with "
             "pip install 'course[postgres]' and the password in ~/.pgpass (default: the environment variable COURSE_DB, "
             "then db_url in nbgrader_config.py, then gradebook.db in the course's folder)",
    )


def at_least_one(text):
    """A whole number, at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number, 1 or more")
    return int(text)


def seconds(text):
    """A number of seconds, at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds, 1 or more")
    return int(text)


def add_quiet(command):
    command.add_argument("--quiet", action="store_true", help="no progress bar")


def add_discard(command):
    command.add_argument("--force", action="store_true", help="discard changes made in a notebook that is built from a text")
