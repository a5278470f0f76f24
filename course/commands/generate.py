"""`course generate`: releases an assignment."""

import sys

from .options import add_assignment, add_command, add_discard, add_gradebook


def add(commands):
    command = add_command(
        commands, "generate", run, "release an assignment and enter it into the gradebook",
        "course generate linear_model",
    )
    add_assignment(command)
    add_gradebook(command)
    add_discard(command)


def run(root, options):
    from course.grading.build import generate

    for warning in generate(root, options.assignment, force=options.force):
        print(f"warning  {warning}", file=sys.stderr)
    print(f"released  release/{options.assignment}/, and entered into the gradebook")
