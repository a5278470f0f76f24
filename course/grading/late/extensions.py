"""Due dates and extensions: read from and written to the gradebook as nbgrader has them, penalties brought up to date."""

import datetime
import difflib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry, Student, SubmittedAssignment
from sqlalchemy import select

from course.grading import gradebook
from course.grading.course_root import CourseError, load_config, require_assignment
from course.grading.late.dates import read_date, shown, zone_of
from course.grading.late.days import days_later
from course.grading.late.settle import penalty_step, settle
from course.grading.submissions import students_below


@dataclass(frozen=True)
class Extension:
    """One student's extension. due: until when, as people read it. was: the length of the one before, or None."""

    student: str
    due: str
    was: datetime.timedelta | None


def due_dates(root, assignment=None):
    """{assignment: its due date as people read it, or None} of one assignment, or of all in the gradebook."""
    zone = zone_of(load_config(root))
    if assignment is not None:
        require_assignment(root, assignment)
    with gradebook.opened(root) as book:
        found = [entry(book, assignment)] if assignment is not None else book.assignments
        return {one.name: one.duedate and shown(one.duedate, *zone) for one in found}


def set_due(root, assignment, text):
    """Sets the due date, or with text None takes it away. Returns (the date as people read it, list of Moved)."""
    config = load_config(root)
    zone = zone_of(config)
    require_assignment(root, assignment)
    due = read_date(text, *zone) if text is not None else None
    with gradebook.opened(root) as book:
        found = entry(book, assignment)
        if due is None:
            refuse_while_extended(book, found)
        found.duedate = due
        book.db.flush()
        with settled_after(config, book, assignment) as moved:
            if due is None:
                moved += without_penalties(found)
        return due and shown(due, *zone), moved


def extend(root, assignment, students, *, days=0, hours=0, until=None):
    """Gives each of these students an extension, in place of one they have. Returns (list of Extension, list of Moved).

    days: by the clock of the course's time zone. hours: on top. until: the new due date, as people write it, instead.
    Raises CourseError when the assignment has no due date, a student is unknown, or the extension ends before it begins.
    """
    config = load_config(root)
    zone = zone_of(config)
    require_assignment(root, assignment)
    with gradebook.opened(root) as book:
        found = entry(book, assignment)
        if found.duedate is None:
            raise CourseError(f"{assignment} has no due date to extend: run `course due {assignment} 2026-12-01` first")
        end = read_date(until, *zone) if until is not None else days_later(found.duedate, days, zone[1], hours)
        if end <= found.duedate:
            raise CourseError(f"an extension ends after the due date, which is {shown(found.duedate, *zone)}")
        require_students(root, book, students)
        given = [Extension(student, shown(end, *zone), put_extension(book, found, student, end - found.duedate))
                 for student in students]
        with settled_after(config, book, assignment, students) as moved:
            pass
        return given, moved


def revoke(root, assignment, students):
    """Takes these students' extensions away. Returns (list of Extension, list of Moved). Raises CourseError for one without."""
    config = load_config(root)
    zone = zone_of(config)
    require_assignment(root, assignment)
    with gradebook.opened(root) as book:
        found = entry(book, assignment)
        there = {one.student_id for one in found.submissions if one.extension}
        missing = [student for student in students if student not in there]
        if missing:
            raise CourseError(f"{', '.join(missing)} has no extension of {assignment}"
                              + (f"; {', '.join(sorted(there))} has" if there else ", and nobody has"))
        taken = [Extension(student, shown(found.duedate, *zone), put_extension(book, found, student, None))
                 for student in students]
        with settled_after(config, book, assignment, students) as moved:
            pass
        return taken, moved


def settle_all(root, assignment=None):
    """Brings the penalties of one assignment, or of all, up to date. Returns a list of Moved."""
    config = load_config(root)
    if assignment is not None:
        require_assignment(root, assignment)
    with gradebook.opened(root) as book, settled_after(config, book, assignment) as moved:
        pass
    return moved


def entry(book, assignment):
    """The assignment in the gradebook. Raises CourseError when it was never generated."""
    try:
        return book.find_assignment(assignment)
    except MissingEntry:
        raise CourseError(f"{assignment} is not in the gradebook: run `course generate {assignment}`") from None


def put_extension(book, assignment, student, length):
    """Writes one student's extension, with a submission to hold it where there is none yet. Returns the one before."""
    try:
        submission = book.find_submission(assignment.name, student)
    except MissingEntry:
        submission = book.add_submission(assignment.name, student)
    before, submission.extension = submission.extension, length
    return before


def require_students(root, book, students):
    """Raises CourseError when one of these is known neither to the gradebook nor by what was handed in; adds the latter."""
    known = set(book.db.scalars(select(Student.id)))
    handed_in = {one.parent.name for one in (Path(root) / "submitted").glob("*/*") if one.is_dir()}
    for student in students:
        if student not in known | handed_in:
            near = difflib.get_close_matches(student, known | handed_in, 1)
            raise CourseError(f"no student '{student}' in the gradebook or in submitted/"
                              + (f"; is it {near[0]}?" if near else f": add one with `nbgrader db student add {student}`"))
    for student in students:
        book.update_or_create_student(student)


def refuse_while_extended(book, assignment):
    """nbgrader cannot tell how late somebody is who has an extension and no due date."""
    held = sorted(one.student_id for one in assignment.submissions if one.extension is not None)
    if held:
        raise CourseError(f"{assignment.name} keeps its due date while somebody has an extension of it: run "
                          f"`course extend {assignment.name} {' '.join(held)} --revoke` first")


def without_penalties(assignment):
    """Takes away the penalties of an assignment that is no longer due. Returns a list of Moved."""
    from course.grading.late.settle import Moved

    moved = []
    for submission in assignment.submissions:
        before = sum(one.late_submission_penalty or 0.0 for one in submission.notebooks)
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = None
        if before:
            moved.append(Moved(submission.student_id, assignment.name, submission.score, before, 0.0))
    return moved


@contextmanager
def settled_after(config, book, assignment, students=None):
    """After the block: settles the penalties, of all assignments where they share free days, and commits. Yields Moved."""
    moved = []
    yield moved
    step = penalty_step(config)
    if step is not None:
        shared = getattr(step.plugin_inst, "free_days", 0)
        moved += settle(step, book, students=students, assignments=None if shared or assignment is None else [assignment])
    book.db.commit()
    moved.sort(key=lambda one: one.student)


def waiting(root, assignment, graded):
    """Names of those who handed the assignment in and are not among the graded ones, sorted."""
    return [student for student in students_below(Path(root) / "submitted", assignment) if student not in graded]


def is_handed_in(root, assignment):
    """Whether anybody's submission lies there, or was graded: an extension alone is a submission in the gradebook, too."""
    if students_below(Path(root) / "submitted", assignment):
        return True
    with gradebook.opened(root) as book:
        grades = (grade for one in entry(book, assignment).submissions for notebook in one.notebooks for grade in notebook.grades)
        return any(grade.auto_score is not None or grade.manual_score is not None for grade in grades)


def submissions_of(book, assignment):
    """List of the assignment's submissions in the gradebook, by student."""
    return sorted(book.db.query(SubmittedAssignment).filter(SubmittedAssignment.assignment_id == assignment.id),
                  key=lambda one: one.student_id)
