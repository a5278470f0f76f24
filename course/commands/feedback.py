"""`course feedback`: the pages that students get back, and the ways back to them."""

from .options import add_assignment, add_command, add_gradebook, add_jobs, add_quiet, add_students, heeds_ctrl_c


def add(commands):
    command = add_command(
        commands, "feedback", run, "write the feedback pages of what is graded, and hand them back",
        "course feedback linear_model", "course feedback linear_model --students amara --force",
        "course feedback linear_model --release", "course feedback linear_model --zip pages.zip",
        "course feedback linear_model --zip-each mails/", "course feedback linear_model --zip moodle.zip --moodle worksheet.csv",
    )
    add_assignment(command)
    add_students(command)
    add_gradebook(command)
    add_jobs(command)
    command.add_argument("--force", action="store_true", help="write every page anew, also those that are up to date")
    command.add_argument("--release", action="store_true",
                         help="put the pages into nbgrader's exchange, for `nbgrader fetch_feedback`")
    command.add_argument("--zip", nargs="?", const="", metavar="FILE",
                         help="pack all pages into one zip with a folder a student (default: feedback/ASSIGNMENT.zip)")
    command.add_argument("--zip-each", metavar="FOLDER", help="pack a zip a student into this folder")
    command.add_argument("--moodle", metavar="WORKSHEET",
                         help="with --zip: name the folders as Moodle's upload of feedback files wants them, by the assignment's "
                              "grading worksheet, a CSV downloaded from Moodle")
    add_quiet(command)
    heeds_ctrl_c(command)


def run(root, options):
    from course.grading.feedback.hand_back import check_worksheet, hand_back
    from course.grading.feedback.write import write_feedback
    from course.grading.progress import bar_over
    from course.grading.workers import available

    check_worksheet(root, options.assignment, options.students, options.zip, options.moodle)
    bar = bar_over(options.quiet)
    written = write_feedback(root, options.assignment, students=options.students, force=options.force,
                             jobs=options.jobs or available(), progress=bar)
    print(written.told())
    for line in hand_back(root, options.assignment, written.pages, release_them=options.release, zip_to=options.zip,
                          each_to=options.zip_each, worksheet=options.moodle, waiting=written.waiting, progress=bar):
        print(line)
    return 1 if written.failed else 0
