"""The plugin that says what a late submission loses: free late days first, then per cent of its points for each day."""

from nbgrader.api import Assignment, SubmittedAssignment
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy import select
from traitlets import Float, Integer

from course.grading.late.dates import zone_of
from course.grading.late.days import HandedIn, Policy, standings


class LateDays(LateSubmissionPlugin):
    """Late days as universities count them; without configuration, what nbgrader's own plugin does, which is nothing.

    nbgrader tells a plugin how many seconds late one submission is. Free days are a budget over all assignments, so the
    student's other submissions are read from the gradebook that the calling step, this plugin's parent, has open.
    """

    free_days = Integer(
        0, min=0, help="Days that each student may be late for nothing, over all assignments of the course. They are spent "
        "in the order in which the assignments were due.").tag(config=True)
    percent_a_day = Float(
        0, min=0, max=100, help="Per cent of the points earned that each late day costs, once it has begun and the free days "
        "are spent. 0: no penalty, and penalty_method decides as in nbgrader.").tag(config=True)
    most_percent = Float(100, min=0, max=100, help="However late, a submission loses no more per cent than these.").tag(config=True)
    grace_minutes = Float(
        0, min=0, help="Minutes after the due time, and after the end of each late day, that still count as in time."
    ).tag(config=True)

    @property
    def is_on(self):
        """Whether late days cost anything here."""
        return self.percent_a_day > 0

    def policy(self):
        """What is configured, as a Policy."""
        return Policy(self.free_days, self.percent_a_day, self.most_percent, self.grace_minutes, zone_of(self.config)[1])

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """Points that one notebook of the student loses, or None.

        score: its points. total_seconds_late: not used where the gradebook can be asked, since a late day can have 23 or
        25 hours.
        """
        if not self.is_on:
            return super().late_submission_penalty(student_id, score, total_seconds_late)
        book, assignment = getattr(self.parent, "gradebook", None), getattr(self.parent, "assignment_id", None)
        if book is None or assignment is None:
            raise RuntimeError("LateDays is the plugin_class of AssignLatePenalties, and asks the gradebook that this opens")
        standing = standings(handed_in(book, [student_id]), self.policy()).get((student_id, assignment))
        return round(score * standing.percent / 100, 6) if standing and standing.percent else None


def handed_in(book, students=None):
    """List of HandedIn of these students (default: all), over all assignments that have a due date."""
    asked = select(
        SubmittedAssignment.student_id, Assignment.name, Assignment.duedate, SubmittedAssignment.extension,
        SubmittedAssignment.timestamp,
    ).join(Assignment, Assignment.id == SubmittedAssignment.assignment_id).where(Assignment.duedate.is_not(None))
    if students is not None:
        asked = asked.where(SubmittedAssignment.student_id.in_(list(students)))
    return [HandedIn(student, name, due, due + extension if extension else due, at)
            for student, name, due, extension, at in book.db.execute(asked)]

