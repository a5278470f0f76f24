"""The `course` command: argparse only, one line of work a command."""

import argparse
import sys


def main(arguments=None):
    """Runs one command. Returns the exit code: 0 done, 1 told the person what is wrong, 2 wrong usage, 130 Ctrl-C."""
    options = parser().parse_args(arguments)
    # Imported here: `course --help` must not wait for nbgrader and torch.
    from course.grading.course_root import CourseError, find_root

    try:
        return options.command(find_root(options.root), options) or 0
    except CourseError as error:
        print(f"course: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("course: stopped; run the same command again to go on", file=sys.stderr)
        return 130


def parser():
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(prog="course", description="Build, grade and read the PyTorch course.")
    top.add_argument("--root", help="the course's folder (default: the nearest one above with nbgrader_config.py)")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    add_build(commands)
    return top


def add_command(commands, name, work, what, examples):
    """Adds one command whose --help ends with examples. Returns its parser."""
    command = commands.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  {line}" for line in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(command=work)
    return command


def add_build(commands):
    command = add_command(
        commands, "build", run_build, "make the notebooks in source/ and release/ from the chapters' text",
        ["course build", "course build linear_model", "course build --check"],
    )
    command.add_argument("chapters", nargs="*", metavar="CHAPTER", help="chapters to build (default: all)")
    command.add_argument("--check", action="store_true", help="write nothing; list stale files, exit 1 if there are any")


def run_build(root, options):
    from course.grading.build import build, stale

    changed = stale(root, options.chapters) if options.check else build(root, options.chapters)
    for path in changed:
        print(f"{'stale' if options.check else 'built'}  {path.relative_to(root)}")
    if not changed:
        print("everything is up to date")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
