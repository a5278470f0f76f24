"""`course answers`: the tests of the tests."""

from .options import add_command, add_jobs, add_quiet, seconds


def add(commands):
    command = add_command(
        commands, "answers", run, "run the answers that a chapter's checks must accept or refuse",
        "course answers linear_model", "course answers linear_model compute-loss --show",
    )
    command.add_argument("chapter", metavar="CHAPTER", help="its folder's name in source/ and tests/answers/")
    command.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this exercise (default: all)")
    command.add_argument("--only", metavar="TEXT", default="", help="only answers with this text in their title")
    command.add_argument("--show", action="store_true", help="show what each graded cell said, in full")
    command.add_argument("--limit", type=seconds, metavar="SECONDS", default=60, help="for each answer (default: 60)")
    add_jobs(command)
    add_quiet(command)


def run(root, options):
    from course.grading.answers.report import report
    from course.grading.workers import available

    options.workers = options.jobs or available()
    return report(root, options)
