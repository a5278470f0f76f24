"""Writes the feedback pages of an assignment with nbgrader, one student after the other."""

from pathlib import Path

from course.grading.course_root import CourseError, require_assignment
from course.grading.grade import autograded_notebooks, graded_students
from course.grading.stock import feedback_one


def write_feedback(root, assignment, *, students=(), progress=iter):
    """Writes feedback/<student>/<assignment>/ for `students` (default: all graded ones).

    Returns (list of the pages written, {student: why not}). Raises CourseError when nothing was graded.
    """
    root = Path(root)
    require_assignment(root, assignment)
    graded = graded_students(root, assignment)
    unknown = sorted(set(students) - set(graded))
    if unknown:
        raise CourseError(f"{assignment} of {', '.join(unknown)} has not been graded")
    if not graded:
        raise CourseError(f"nothing graded yet: run `course grade {assignment}`")
    failed = {}
    written = []
    for student in progress(sorted(set(students)) or graded):
        try:
            feedback_one(root, assignment, student)
        except CourseError as error:
            failed[student] = str(error)
            continue
        pages = (path.stem for path in autograded_notebooks(root, assignment, student))
        written += [root / "feedback" / student / assignment / f"{page}.html" for page in pages]
    return written, failed
