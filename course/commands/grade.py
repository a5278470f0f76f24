"""`course grade`: grades what was submitted."""

import sys

from .options import (
    add_assignment,
    add_command,
    add_gradebook,
    add_jobs,
    add_quiet,
    add_students,
    heeds_ctrl_c,
    seconds,
)

EXIT_CODES = """
exit codes:
  0    everything that lies where it should is graded; flagged submissions count as graded, and files at a wrong place below
       submitted/, which are listed on stderr, change nothing (a script finds them under not_looked_at in --json)
  1    something could not be graded (it is listed), or the course or the gradebook is not as it must be
  2    wrong usage
  130  stopped by Ctrl-C; the same command goes on from there

what --json prints, one object:
  counts       how many are "graded", "flagged" and "not_graded"
  submissions  a list, one for each student:
    student     name
    status      "graded"; "flagged": graded, but a person should look at it; "not graded"
    reason      one line: why not graded, or the first of what follows; else empty
    new         whether it was graded in this run, and not in an earlier one
    seed        tests drew their inputs from it, or null
    suspicious  list of lines: what looked like an attempt to forge a result
    incidents   list of lines: which graded cells were not run to their end, and why; which answers were not found for certain
  not_looked_at  a list of what lies at a wrong place: each its "path", and where it is "expected"
"""


def add(commands):
    command = add_command(
        commands, "grade", run, "grade what was submitted and is not graded yet, or has changed since",
        "course grade linear_model", "course grade linear_model --students amara benoit --force",
        "course grade linear_model --timeout 60 --device cuda", "course grade linear_model --json --quiet > results.json",
        "course grade linear_model --db postgresql://me@host/gradebook",
        "course grade linear_model --scheduler tcp://host:8786", more=EXIT_CODES,
    )
    add_assignment(command)
    add_students(command)
    add_gradebook(command)
    add_jobs(command)
    command.add_argument("--timeout", type=seconds, metavar="SECONDS", help="how long a cell may run (default: 30)")
    command.add_argument("--device", choices=("cpu", "cuda"), default="cpu",
                       help="what student code sees in torch: the CPU alone, or the GPU too (default: cpu)")
    command.add_argument("--force", action="store_true", help="grade again what is graded and unchanged")
    command.add_argument("--resume", action="store_true",
                       help="go on with a run that was stopped, which happens anyway; with --force, without grading again "
                            "what that run had graded")
    command.add_argument("--no-sandbox", action="store_true",
                       help="run student code with your own rights, where no sandbox can be had")
    command.add_argument("--scheduler", metavar="ADDRESS",
                       help="grade on the workers of this Dask scheduler, such as tcp://host:8786, which have this course "
                            "installed, with pip install 'course[cluster]'; --jobs is then for all of them together")
    add_quiet(command)
    command.add_argument("--json", action="store_true", help="print the results as JSON")
    heeds_ctrl_c(command)


def run(root, options):
    from course.grading.grade import grade
    from course.grading.late import stamps
    from course.grading.progress import as_json, bar_for
    from course.grading.strays import strays, told
    from course.grading.summary import summary
    from course.grading.workers import available

    with bar_for(options.quiet) as progress:
        results = grade(root, options.assignment, students=options.students, timeout=options.timeout,
                        force=options.force, resume=options.resume,
                        jobs=options.jobs or (None if options.scheduler else available()), device=options.device,
                        sandbox=not options.no_sandbox, scheduler=options.scheduler, progress=progress)
    text, all_graded = summary(results)
    not_looked_at = strays(root, options.assignment, options.students)
    print(as_json(results, not_looked_at) if options.json else text)
    for line in [*told(not_looked_at), *stamps.told(root, options.assignment, options.students)]:
        print(line, file=sys.stderr)
    return 0 if all_graded else 1
