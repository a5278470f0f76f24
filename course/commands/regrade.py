"""`course regrade`: grades anew what a mended test, new points or a changed submission concerns."""

from pathlib import Path

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

MORE = """
Mend the test in source/, then run this: it generates the assignment if that is due, and runs the notebooks that a change
concerns once more, whole, on the inputs of the earlier run and within its limit of time. Of that only the cells
concerned count: all others keep their points and outputs, and points and comments given by hand stay. New points for a
cell need no run. Stopped, it goes on when it is run again.
autograded/.grading/ASSIGNMENT/regrades.jsonl keeps a line for each regrade.

exit codes:
  0    done
  1    something could not be graded again (it is listed, its grades stay), or the course is not as it must be
  2    wrong usage
  130  stopped by Ctrl-C; the same command goes on from there
"""


def add(commands):
    command = add_command(
        commands, "regrade", run, "grade anew what a mended test, new points or a changed submission concerns",
        "course regrade linear_model --dry-run", "course regrade linear_model",
        "course regrade linear_model --csv moved.csv", "course regrade linear_model --json --quiet", more="\n" + MORE,
    )
    add_assignment(command)
    add_students(command)
    command.add_argument("--dry-run", action="store_true", help="say what would be run again and why, and write nothing")
    command.add_argument("--csv", type=Path, metavar="FILE", help="write whose points moved to a file, too")
    command.add_argument("--json", action="store_true", help="print what was done as JSON")
    add_gradebook(command)
    add_jobs(command)
    command.add_argument("--timeout", type=seconds, metavar="SECONDS", help="how long a cell may run (default: as long as when it was graded)")
    command.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="as for `course grade` (default: cpu)")
    command.add_argument("--no-sandbox", action="store_true", help="as for `course grade`")
    command.add_argument("--scheduler", metavar="ADDRESS", help="as for `course grade`")
    add_quiet(command)
    heeds_ctrl_c(command)


def run(root, options):
    import json

    from course.grading.progress import bar_for
    from course.grading.regrade.outcome import as_data
    from course.grading.regrade.run import regrade
    from course.grading.regrade.table import told, write_csv
    from course.grading.workers import available

    with bar_for(options.quiet) as progress:
        done = regrade(root, options.assignment, students=options.students, dry_run=options.dry_run, timeout=options.timeout,
                       jobs=options.jobs or (None if options.scheduler else available()), device=options.device,
                       sandbox=not options.no_sandbox, scheduler=options.scheduler, progress=progress)
    if options.csv:
        write_csv(done, options.csv)
    print(json.dumps(as_data(done), indent=1, ensure_ascii=False) if options.json else told(done))
    return 1 if done.failed else 0
