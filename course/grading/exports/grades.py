"""The grades of a class as exports need them: a number where there is one, and why where there is none."""

from dataclasses import dataclass, field

from course.grading.course_root import CourseError
from course.grading.marks import read_marks
from course.grading.records import FAILED, Records

NOTHING, WAITS, NOT_GRADED = "nothing handed in", "waits to be marked by hand", "not graded ({})"


@dataclass(frozen=True)
class Person:
    """A student. lms_id: the number that the learning platform knows them by, or empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def sorted_name(self):
        """'Last, First', as far as it is known; else the id."""
        return ", ".join(filter(None, (self.last_name, self.first_name))) or self.id


@dataclass(frozen=True)
class Grade:
    """What one student has for one assignment.

    points: after the late penalty, at least 0; None where there is no grade. raw: before it. why: why there is none.
    comments: what was written by hand, a text each. duedate, timestamp: datetimes in UTC, or None.
    """

    points: float | None
    raw: float | None = None
    penalty: float = 0.0
    why: str = ""
    comments: tuple[str, ...] = ()
    duedate: object = None
    timestamp: object = None


@dataclass(frozen=True)
class Column:
    """One assignment. grades: {student's id: Grade}, for everyone in the class."""

    assignment: str
    maximum: float
    grades: dict = field(default_factory=dict)


def read_class(book, assignments=(), students=(), root=None):
    """(list of Person sorted by name, list of Column) from an open Gradebook; empty arguments mean all.

    root: the course's folder, whose records say what could not be graded: the gradebook has 0 points there, which is no grade.
    Raises CourseError, naming them, when an assignment or a student is not in the gradebook.
    """
    people = [Person(one.id, one.first_name or "", one.last_name or "", one.email or "", one.lms_user_id or "")
              for one in book.students]
    refuse_unknown("student", students, [one.id for one in people])
    refuse_unknown("assignment", assignments, [one.name for one in book.assignments])
    people = [one for one in people if not students or one.id in students]
    chosen = assignments or sorted(one.name for one in book.assignments)
    return sorted(people, key=lambda one: (one.sorted_name.casefold(), one.id)), [
        column(book, name, people, Records(root, name) if root else None) for name in chosen]


def refuse_unknown(kind, wanted, known):
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise CourseError(f"no {kind} {', '.join(unknown)} in the gradebook: it has {', '.join(sorted(known)) or 'none'}")


def column(book, assignment, people, records=None):
    """The Column of one assignment. records: the Records of its grading, where they are at hand."""
    marks = {}
    for (student, _), one in read_marks(book, assignment).items():
        marks.setdefault(student, []).append(one)
    handed_in = {one.student.id: one.timestamp for one in book.assignment_submissions(assignment)}
    entry = book.find_assignment(assignment)
    grades = {one.id: grade(marks.get(one.id), entry.duedate, handed_in.get(one.id),
                            why_not_graded(records, one.id, entry.id)) for one in people}
    return Column(assignment, entry.max_score, grades)


def why_not_graded(records, student, gradebook):
    """Why the student's submission could not be graded when it was tried last, or None. gradebook: a Record's."""
    record = records.get(student) if records else None
    return record.reason if record and record.status == FAILED and record.gradebook == gradebook else None


def grade(marks, duedate, timestamp, failed=None):
    """The Grade of one student. marks: of each notebook, or None. A grade that a person has still to give says so in `why`.

    failed: why the submission could not be graded; then there is no grade, until a person has marked all of it by hand.
    """
    if not marks:
        return Grade(None, why=NOTHING, duedate=duedate)
    raw, penalty = sum(one.points_before_penalty for one in marks), sum(one.penalty for one in marks)
    waits = any(mark.waits for one in marks for mark in one.cells.values())
    if failed is not None and waits:
        return Grade(None, why=NOT_GRADED.format(failed), duedate=duedate, timestamp=timestamp)
    comments = tuple(text.strip() for one in marks for text in one.comments.values() if text.strip())
    return Grade(max(0.0, raw - penalty), raw, penalty, WAITS if waits else "", comments, duedate, timestamp)
