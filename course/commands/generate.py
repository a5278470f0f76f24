"""`course generate`: makes what students get of an assignment, and enters it into the gradebook."""

import sys

from .options import add_assignment, add_command, add_discard, add_gradebook

MORE = """

The notebook is run first, in the way in which submissions are graded. Where its own solution fails a test, or a test could
not be judged, release/ stays as it was: a line says which exercise, which test and why, and the command ends with 1.
"""


def add(commands):
    command = add_command(
        commands, "generate", run, "make what students get of an assignment, and enter it into the gradebook",
        "course generate linear_model", "course generate linear_model --allow-failing", more=MORE,
    )
    add_assignment(command)
    add_gradebook(command)
    add_discard(command)
    command.add_argument("--allow-failing", action="store_true",
                         help="generate also where the notebook's own solution fails one of its tests; by default that is refused")


def run(root, options):
    from course.grading.build import generate

    for warning in generate(root, options.assignment, force=options.force, allow_failing=options.allow_failing):
        print(f"warning  {warning}", file=sys.stderr)
    print(f"generated  release/{options.assignment}/, and entered into the gradebook")
