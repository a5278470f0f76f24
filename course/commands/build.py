"""`course build`: the notebooks from the chapters' text."""

import sys

from .options import add_command, add_discard

MORE = """

A line with "warning" tells of what would mislead learners and stops nothing: points in a heading that differ from those of its
cells, a heading that is not read as one, names in hints.toml that are no exercise. It names file and line. --check, which a
continuous check of the repository can run, ends with 1 for these as well.
"""


def add(commands):
    command = add_command(
        commands, "build", run, "make the notebooks in source/ and release/ from the chapters' text",
        "course build", "course build linear_model", "course build --check", more=MORE,
    )
    command.add_argument("chapters", nargs="*", metavar="CHAPTER", help="chapters to build (default: all)")
    command.add_argument("--check", action="store_true", help="write nothing; list stale files, exit 1 if there are any")
    add_discard(command)


def run(root, options):
    from course.grading.build import build, stale
    from course.grading.course_root import chapters
    from course.grading.slips import slips

    changed = stale(root, options.chapters) if options.check else build(root, options.chapters, force=options.force)
    for path in changed:
        print(f"{'stale' if options.check else 'built'}  {path.relative_to(root)}")
    if not changed:
        print("everything is up to date")
    warnings = [line for name in options.chapters or chapters(root) for line in slips(root, name)]
    for line in warnings:
        print(f"warning  {line}", file=sys.stderr)
    return 1 if options.check and (changed or warnings) else 0
