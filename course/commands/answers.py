"""`course answers`: the tests of the tests."""

from .options import add_command, add_jobs, add_quiet, seconds

MORE = """

Each answer in tests/answers/CHAPTER/ has a title that says whether it is right, or which mistake it makes. A line begins with

  ok       it was judged as its title says
  NOT OK   it was not: "to mend" below it says what came, and what to do
  missing  an exercise lacks answers: three right ones and six wrong ones are asked for

Two kinds of answers come from the release, by themselves: "stub" is what learners start from, of which each test must say
"Not attempted", and "copied" is code that learners can read in a visible test, which must not pass for an answer. The command
ends with 0 when all is ok, 1 when something is to be mended, 2 when the answers could not be run.
"""


def add(commands):
    command = add_command(
        commands, "answers", run, "run the answers that a chapter's checks must accept or refuse",
        "course answers linear_model", "course answers linear_model compute-loss --show", more=MORE,
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
