"""Whether `course` and `make` would take a command that a page names, without running it."""

import contextlib
import io
import re
import shlex
from pathlib import Path

from docs_blocks import ROOT, words

from course import cli


class Faulty(AssertionError):
    """A command in the documentation that no program would take."""


def look_up(command):
    """Raises Faulty where a command that is not run names a command, an option or a target that is not there."""
    program, *rest = words(command)
    if program == "docker" and "course" in rest:
        program, *rest = rest[rest.index("course"):]
    if Path(program).name == "course":
        understood(rest)
    elif program == "make":
        known_to_make(rest)


def understood(arguments):
    """Raises Faulty unless `course` takes these arguments."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            cli.parse(arguments)
    except SystemExit as ended:
        if ended.code:
            raise Faulty(f"course {shlex.join(arguments)}: {said.getvalue().strip()}") from None


def known_to_make(arguments):
    there = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    variables = re.findall(r"^(\w+) [?:]?=", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    for word in arguments:
        name, given, _ = word.partition("=")
        if name not in (variables if given else there):
            raise Faulty(f"make {word}: the Makefile has no such {'variable' if given else 'target'}")


def misspelled(span):
    """What of a piece of code in the text `course` or `make` does not know: a command, an option, a target; or None."""
    if "…" in span or not re.match(r"(?:\.venv/bin/)?(?:course|make) [a-z]", span):
        return None
    program, *rest = words(span)
    if program == "make":
        try:
            known_to_make([word for word in rest if not word.endswith("...")])
        except Faulty as error:
            return str(error)
        return None
    return misspelled_of_course(rest)


def misspelled_of_course(arguments):
    """The first word of `arguments` that names no command or option of `course`, or None. Arguments may be left out."""
    parser = cli.parser()
    while choices := next((action.choices for action in parser._actions if isinstance(action.choices, dict)), None):
        if not arguments or arguments[0] not in choices:
            return arguments[0] if arguments else None
        parser, arguments = choices[arguments[0]], arguments[1:]
    if parser.get_default("hands_on_options"):
        return None
    options = [word.partition("=")[0] for word in arguments if word.startswith("-")]
    return next((option for option in options if option not in parser._option_string_actions), None)
