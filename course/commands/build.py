"""`course build`: the notebooks from the chapters' text."""

from .options import add_command, add_discard


def add(commands):
    command = add_command(
        commands, "build", run, "make the notebooks in source/ and release/ from the chapters' text",
        "course build", "course build linear_model", "course build --check",
    )
    command.add_argument("chapters", nargs="*", metavar="CHAPTER", help="chapters to build (default: all)")
    command.add_argument("--check", action="store_true", help="write nothing; list stale files, exit 1 if there are any")
    add_discard(command)


def run(root, options):
    from course.grading.build import build, stale

    changed = stale(root, options.chapters) if options.check else build(root, options.chapters, force=options.force)
    for path in changed:
        print(f"{'stale' if options.check else 'built'}  {path.relative_to(root)}")
    if not changed:
        print("everything is up to date")
    return 1 if options.check and changed else 0
