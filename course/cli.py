"""The `course` command: argparse only, one line of work a command."""

import argparse
import contextlib
import os
import sys

from course.grading import ctrl_c

GRADE_EXIT_CODES = """
exit codes:
  0    everything is graded; flagged submissions count as graded
  1    something could not be graded (it is listed), or the course or the gradebook is not as it must be
  2    wrong usage
  130  stopped by Ctrl-C; the same command goes on from there

what --json prints, one object:
  counts       how many are "graded", "flagged" and "failed"
  submissions  a list, one for each student:
    student     name
    status      "graded"; "flagged": graded, but a person should look at it; "failed": not graded
    reason      one line: why not graded, or the first of what follows; else empty
    new         whether it was graded in this run, and not in an earlier one
    seed        tests drew their inputs from it, or null
    suspicious  list of lines: what looked like an attempt to forge a result
    incidents   list of lines: which graded cells were not run to their end, and why
"""


def main(arguments=None):
    """Runs one command. Returns the exit code: 0 done, 1 told the person what is wrong, 2 wrong usage, 130 Ctrl-C."""
    options = parse(arguments)
    grades = options.work in (run_grade, run_demo)
    try:
        with ctrl_c.heeded() if grades else contextlib.nullcontext():
            return work(options)
    except KeyboardInterrupt:
        if grades and arguments is None:
            ctrl_c.end_now()  # unloading torch and the rest takes a moment more, for nothing
        print(ctrl_c.SAID, file=sys.stderr)
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
    """The options of one command; `lab` alone takes options that are not ours, and hands them on."""
    top = parser()
    options, others = top.parse_known_args(arguments)
    if others and options.work is not run_lab:
        top.error(f"unrecognized arguments: {' '.join(others)}")
    options.others = others
    return options


def parser():
    """The parser of the whole command line."""
    top = Parser(prog="course", description="Build, grade and read the PyTorch course.")
    top.add_argument("--root", help="the course's folder (default: the nearest one above with nbgrader_config.py)")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    build = add_command(
        commands, "build", run_build, "make the notebooks in source/ and release/ from the chapters' text",
        "course build", "course build linear_model", "course build --check",
    )
    build.add_argument("chapters", nargs="*", metavar="CHAPTER", help="chapters to build (default: all)")
    build.add_argument("--check", action="store_true", help="write nothing; list stale files, exit 1 if there are any")

    generate = add_command(
        commands, "generate", run_generate, "release an assignment and enter it into the gradebook",
        "course generate linear_model",
    )
    add_assignment(generate)
    add_gradebook(generate)

    grade = add_command(
        commands, "grade", run_grade, "grade what was submitted and is not graded yet, or has changed since",
        "course grade linear_model", "course grade linear_model --students amara benoit --force",
        "course grade linear_model --timeout 60 --device cuda", "course grade linear_model --json --quiet > results.json",
        "course grade linear_model --db postgresql://me@host/gradebook",
        "course grade linear_model --scheduler tcp://host:8786", more=GRADE_EXIT_CODES,
    )
    add_assignment(grade)
    add_students(grade)
    add_gradebook(grade)
    add_jobs(grade)
    grade.add_argument("--timeout", type=seconds, metavar="SECONDS", help="how long a cell may run (default: 30)")
    grade.add_argument("--device", choices=("cpu", "cuda"), default="cpu",
                       help="what student code sees in torch: the CPU alone, or the GPU too (default: cpu)")
    grade.add_argument("--force", action="store_true", help="grade again what is graded and unchanged")
    grade.add_argument("--resume", action="store_true",
                       help="go on with a run that was stopped, which happens anyway; with --force, without grading again "
                            "what that run had graded")
    grade.add_argument("--no-sandbox", action="store_true",
                       help="run student code with your own rights, where no sandbox can be had")
    grade.add_argument("--scheduler", metavar="ADDRESS",
                       help="grade on the workers of this Dask scheduler, such as tcp://host:8786, which have this course "
                            "installed, with pip install 'course[cluster]'; --jobs is then for all of them together")
    grade.add_argument("--quiet", action="store_true", help="no progress bar")
    grade.add_argument("--json", action="store_true", help="print the results as JSON")

    feedback = add_command(
        commands, "feedback", run_feedback, "write the feedback pages of what is graded",
        "course feedback linear_model", "course feedback linear_model --students amara",
    )
    add_assignment(feedback)
    add_students(feedback)
    add_gradebook(feedback)

    report = add_command(
        commands, "report", run_report, "show each student's points and what went wrong most",
        "course report linear_model",
    )
    add_assignment(report)
    add_gradebook(report)

    demo = add_command(
        commands, "demo", run_demo, "grade a made-up class in demo/, without touching anything real",
        "course demo", "course demo linear_model --fresh",
    )
    demo.add_argument("assignment", nargs="?", default="linear_model", metavar="ASSIGNMENT", help="default: linear_model")
    add_jobs(demo)
    demo.add_argument("--fresh", action="store_true", help="start over instead of going on with what demo/ holds")

    answers = add_command(
        commands, "answers", run_answers, "run the answers that a chapter's checks must accept or refuse",
        "course answers linear_model", "course answers linear_model compute-loss --show",
    )
    answers.add_argument("chapter", metavar="CHAPTER", help="its folder's name in source/ and tests/answers/")
    answers.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this exercise (default: all)")
    answers.add_argument("--only", metavar="TEXT", default="", help="only answers with this text in their title")
    answers.add_argument("--show", action="store_true", help="show what each graded cell said, in full")
    answers.add_argument("--limit", type=seconds, metavar="SECONDS", default=60, help="for each answer (default: 60)")
    add_jobs(answers)

    assessment = add_command(
        commands, "assessment", run_assessment, "write docs/assessment.md: outcomes, exercises, and mistakes told apart",
        "course assessment", "course assessment --check",
    )
    assessment.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is stale")

    add_command(
        commands, "lab", run_lab, "copy the released chapters to work/ where they are missing, and open JupyterLab there",
        "course lab", "course lab --no-browser --port=9999   (options go on to JupyterLab)",
    )
    return top


def add_command(commands, name, work, what, *examples, more=""):
    """Adds one command whose --help ends with examples, and `more`. Returns its parser."""
    command = commands.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  {line}" for line in examples) + more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(work=work)
    return command


def add_assignment(command):
    command.add_argument("assignment", metavar="ASSIGNMENT", help="its folder's name in source/, such as linear_model")


def add_students(command):
    command.add_argument("--students", "--student", nargs="+", default=(), metavar="STUDENT", help="only these (default: all)")


def add_jobs(command):
    command.add_argument("--jobs", type=at_least_one, metavar="N", help="how many at a time (default: one a core)")


def add_gradebook(command):
    command.add_argument(
        "--db", metavar="URL", default=os.environ.get("COURSE_DB") or None,
        help="the gradebook, as in nbgrader's own commands: sqlite:////path, or postgresql://user@host/name with "
             "pip install 'course[postgres]' and the password in ~/.pgpass (default: the environment variable COURSE_DB, "
             "then db_url in nbgrader_config.py, then gradebook.db in the course's folder)",
    )


def at_least_one(text):
    """A whole number, at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number, 1 or more")
    return int(text)


def seconds(text):
    """A number of seconds, at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds, 1 or more")
    return int(text)


def bar(students):
    """A progress bar over a list of students."""
    from tqdm import tqdm

    return tqdm(students, unit="student", dynamic_ncols=True)


def run_build(root, options):
    from course.grading.build import build, stale

    changed = stale(root, options.chapters) if options.check else build(root, options.chapters)
    for path in changed:
        print(f"{'stale' if options.check else 'built'}  {path.relative_to(root)}")
    if not changed:
        print("everything is up to date")
    return 1 if options.check and changed else 0


def run_generate(root, options):
    from course.grading.build import generate

    for warning in generate(root, options.assignment):
        print(f"warning  {warning}", file=sys.stderr)
    print(f"released  release/{options.assignment}/, and entered into the gradebook")


def run_grade(root, options):
    from course.grading.grade import grade
    from course.grading.progress import as_json, bar_for
    from course.grading.summary import summary
    from course.grading.workers import available

    with bar_for(options.quiet) as progress:
        results = grade(root, options.assignment, students=options.students, timeout=options.timeout,
                        force=options.force, resume=options.resume,
                        jobs=options.jobs or (None if options.scheduler else available()), device=options.device,
                        sandbox=not options.no_sandbox, scheduler=options.scheduler, progress=progress)
    text, all_graded = summary(results)
    print(as_json(results) if options.json else text)
    return 0 if all_graded else 1


def run_feedback(root, options):
    from course.grading.feedback import write_feedback

    pages, failed = write_feedback(root, options.assignment, students=options.students, progress=bar)
    print(f"wrote {len(pages)} pages under feedback/")
    for student, reason in failed.items():
        print(f"no feedback  {student}: {reason}")
    return 1 if failed else 0


def run_report(root, options):
    from course.grading.report import report

    print(report(root, options.assignment))


def run_demo(root, options):
    from course.grading.demo import run_demo
    from course.grading.progress import bar_for
    from course.grading.workers import available

    with bar_for(quiet=False, lines=True) as grading:
        run_demo(root, options.assignment, fresh=options.fresh, jobs=options.jobs or available(), grading=grading,
                 progress=bar)


def run_answers(root, options):
    from course.grading.answer_report import report
    from course.grading.workers import available

    options.workers = options.jobs or available()
    return report(root, options)


def run_assessment(root, options):
    from course.grading.assessment import PAGE, differs, write_page

    if options.check:
        stale = differs(root)
        print(f"{'stale' if stale else 'up to date'}  {PAGE}")
        return 1 if stale else 0
    print(f"wrote  {write_page(root).relative_to(root)}")


def run_lab(root, options):
    from course.grading.lab import copy_chapters, open_lab

    for path in copy_chapters(root):
        print(f"copied  {path.relative_to(root)}")
    return open_lab(root, options.others)


if __name__ == "__main__":
    sys.exit(main())
