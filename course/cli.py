"""The `course` command: finds what is to be done, and tells in one line what kept it from being done."""

import argparse
import contextlib
import sys

from course import commands
from course.commands.options import are_handed_on
from course.grading import ctrl_c, reader_gone


def main(arguments=None):
    """Runs one command. Returns the exit code: 0 done, 1 told the person what is wrong, 2 wrong usage, 130 Ctrl-C."""
    with reader_gone.heeded():
        return run(arguments)


def run(arguments):
    """Does what the command line says. Returns the exit code."""
    options = parse(arguments)
    try:
        with ctrl_c.heeded(options.when_stopped) if options.heeds_ctrl_c else contextlib.nullcontext():
            return work(options)
    except KeyboardInterrupt:
        if options.heeds_ctrl_c and arguments is None:
            ctrl_c.end_now(options.when_stopped)  # unloading torch and the rest takes a moment more, for nothing
        print(options.when_stopped, file=sys.stderr)
        return ctrl_c.EXIT_CODE


def work(options):
    """Does what the command says. Returns the exit code."""
    # Imported here: `course --help` must not wait for nbgrader and torch.
    from course.grading.course_root import CourseError, find_root, use_gradebook

    try:
        use_gradebook(getattr(options, "db", None))
        return options.work(find_root(options.root), options) or 0
    except CourseError as error:
        print(f"course: {error}", file=sys.stderr)
        return 1


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that tells a mistake in one line."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parse(arguments):
    """The options of one command. Options unknown here are `others` where the command hands them on, else refused."""
    options, others = parser().parse_known_args(arguments)
    if others and not are_handed_on(options):
        where = options.hands_on_options
        options.parser.error(f"unrecognized arguments: {' '.join(others)}{f', which go on only with --{where}' if where else ''}")
    options.others = others
    return options


def parser():
    """The parser of the whole command line."""
    top = Parser(prog="course", description="Build, grade and read the PyTorch course.")
    top.add_argument("--root", help="the course's folder (default: the nearest one above with nbgrader_config.py)")
    top.set_defaults(heeds_ctrl_c=False, when_stopped=ctrl_c.SAID, hands_on_options=False)
    below = top.add_subparsers(metavar="COMMAND", required=True)
    for command in commands.ALL:
        command.add(below)
    return top


if __name__ == "__main__":
    sys.exit(main())
