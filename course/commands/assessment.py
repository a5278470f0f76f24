"""`course assessment`: writes docs/assessment.md."""

from .options import add_command


def add(commands):
    command = add_command(
        commands, "assessment", run, "write docs/assessment.md: outcomes, exercises, and mistakes told apart",
        "course assessment", "course assessment --check",
    )
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is stale")


def run(root, options):
    from course.grading.assessment import PAGE, differs, write_page

    if options.check:
        stale = differs(root)
        print(f"{'stale' if stale else 'up to date'}  {PAGE}")
        return 1 if stale else 0
    print(f"wrote  {write_page(root).relative_to(root)}")
