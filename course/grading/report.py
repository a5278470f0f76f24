"""The table of an assignment: each student's points and what went wrong most, then what went wrong most in the class."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from course.grading import gradebook
from course.grading.course_root import CourseError, require_assignment
from course.grading.grade import autograded_notebooks
from course.grading.outcomes import is_untouched, mistake_name, mostly, read_outcomes
from course.grading.records import FAILED, FLAGGED, Records
from course.grading.submissions import students_below

WIDTH = 72  # of the last column; the table then fits a terminal of about 110 columns


@dataclass(frozen=True)
class Row:
    """One student's line. score, maximum: points, None when not graded. remark: what went wrong most, in words.

    flagged: whether a person should look at it.
    """

    student: str
    score: float | None
    maximum: float | None
    remark: str
    mistakes: frozenset = frozenset()
    flagged: bool = False


def rows(root, assignment):
    """List of Row, one a student who submitted or was graded, sorted by name. Raises CourseError if there is none."""
    root = Path(root)
    require_assignment(root, assignment)
    scores = gradebook.scores(root, assignment)
    students = sorted({*students_below(root / "submitted", assignment), *scores})
    if not students:
        raise CourseError(f"nothing to report: no submissions of {assignment}")
    records = Records(root, assignment)
    return [row(root, assignment, student, scores.get(student), records.get(student)) for student in students]


def row(root, assignment, student, score, record):
    """The Row of one student. score: (points, maximum) or None. record: the last grading's Record or None."""
    notebooks = autograded_notebooks(root, assignment, student)
    if record and record.status == FAILED:
        return Row(student, None, None, f"{FAILED}: {record.reason}")
    if not notebooks or score is None:
        return Row(student, None, None, "waiting to be graded")
    outcomes = [one for path in notebooks for one in read_outcomes(path)]
    remark = mostly(outcomes)
    if record and record.reason and (record.status == FLAGGED or not is_untouched(outcomes)):
        remark = record.reason
    mistakes = frozenset(one.mistake for one in outcomes if one.mistake)
    return Row(student, *score, remark, mistakes, record is not None and record.status == FLAGGED)


def report(root, assignment):
    """The table as plain text, its columns aligned."""
    found = rows(root, assignment)
    width = max(len("student"), *(len(one.student) for one in found))
    lines = [f"{'student':<{width}}  {'points':>11}  what went wrong most", f"{'-' * width}  {'-' * 11}  {'-' * 40}"]
    lines += [f"{one.student:<{width}}  {points(one):>11}  {shortened(one.remark)}".rstrip() for one in found]
    return "\n".join(lines + summary(found))


def summary(found):
    """Lines under the table: how many were graded, their mean, and the mistakes that most students made."""
    graded = [one for one in found if one.score is not None]
    lines = ["", f"{len(graded)} of {len(found)} graded"]
    if graded:
        lines[-1] += f", mean {sum(one.score for one in graded) / len(graded):.1f} points"
    if any(one.flagged for one in found):
        lines[-1] += f"; {sum(one.flagged for one in found)} flagged, for a person to look at"
    made = Counter(mistake for one in found for mistake in one.mistakes)
    if made:
        ranked = sorted(made.items(), key=lambda item: (-item[1], item[0]))[:10]
        lines += ["", "students  mistake"] + [f"{count:>8}  {shortened(mistake_name(which))}" for which, count in ranked]
    return lines


def points(row):
    """'3 / 5', '2.5 / 5', or '-' when there are none yet."""
    return "-" if row.score is None else f"{row.score:g} / {row.maximum:g}"


def shortened(text):
    return text if len(text) <= WIDTH else text[: WIDTH - 1].rstrip() + "…"
