"""`course demo`: a made-up class, graded in demo/."""

from .options import add_command, add_jobs, add_quiet, heeds_ctrl_c


def add(commands):
    command = add_command(
        commands, "demo", run, "grade a made-up class in demo/, without touching anything real",
        "course demo", "course demo linear_model --fresh",
    )
    command.add_argument("assignment", nargs="?", default="linear_model", metavar="ASSIGNMENT", help="default: linear_model")
    add_jobs(command)
    command.add_argument("--fresh", action="store_true", help="start over instead of going on with what demo/ holds")
    add_quiet(command)
    heeds_ctrl_c(command)


def run(root, options):
    from course.grading.demo import run_demo
    from course.grading.progress import bar_for, bar_over
    from course.grading.workers import available

    with bar_for(options.quiet, lines=True) as grading:
        run_demo(root, options.assignment, fresh=options.fresh, jobs=options.jobs or available(), grading=grading,
                 progress=bar_over(options.quiet))
