"""`course feedback`: the pages that students get back."""

from .options import add_assignment, add_command, add_gradebook, add_jobs, add_students, bar, heeds_ctrl_c


def add(commands):
    command = add_command(
        commands, "feedback", run, "write the feedback pages of what is graded, where they are missing or out of date",
        "course feedback linear_model", "course feedback linear_model --students amara --force",
    )
    add_assignment(command)
    add_students(command)
    add_gradebook(command)
    add_jobs(command)
    command.add_argument("--force", action="store_true", help="write every page anew, also those that are up to date")
    heeds_ctrl_c(command)


def run(root, options):
    from course.grading.feedback.write import write_feedback
    from course.grading.workers import available

    written = write_feedback(root, options.assignment, students=options.students, force=options.force,
                             jobs=options.jobs or available(), progress=bar)
    print(written.told())
    return 1 if written.failed else 0
