"""`course feedback`: the pages that students get back."""

from .options import add_assignment, add_command, add_gradebook, add_students, bar


def add(commands):
    command = add_command(
        commands, "feedback", run, "write the feedback pages of what is graded",
        "course feedback linear_model", "course feedback linear_model --students amara",
    )
    add_assignment(command)
    add_students(command)
    add_gradebook(command)


def run(root, options):
    from course.grading.feedback import write_feedback

    pages, failed = write_feedback(root, options.assignment, students=options.students, progress=bar)
    print(f"wrote {len(pages)} pages under feedback/")
    for student, reason in failed.items():
        print(f"no feedback  {student}: {reason}")
    return 1 if failed else 0
