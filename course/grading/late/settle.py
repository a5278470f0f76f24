"""Brings late penalties up to date with due dates, extensions, points and policy, without running any submission again."""

from contextlib import contextmanager
from dataclasses import dataclass

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties

from course.grading.late import LateDays

LEAST = 1e-9  # points; less is no change


class SettleLatePenalties(AssignLatePenalties):
    """nbgrader's step, and after it the student's other assignments: the free days spent on this one are gone there."""

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        with Gradebook(self.db_url) as book:
            settle_others(self, book, self.assignment_id, [self.student_id])
            book.db.commit()
        return nb, resources


@dataclass(frozen=True)
class Moved:
    """A penalty that is another one now. points: earned, without any penalty. before, after: points lost."""

    student: str
    assignment: str
    points: float
    before: float
    after: float

    def line(self):
        """One line that tells it."""
        lost = f"late penalty {self.before:g} → {self.after:g}" if self.after else f"late penalty of {self.before:g} gone"
        return (f"{self.student}  {self.assignment}: {round(self.points - self.before, 6):g} → "
                f"{round(self.points - self.after, 6):g} points ({lost})")


def penalty_step(config):
    """The configured step that assigns late penalties, with its plugin; None where there is none, or it is switched off."""
    kinds = [kind for kind in Autograde(config=config).autograde_preprocessors
             if isinstance(kind, type) and issubclass(kind, AssignLatePenalties)]
    step = kinds[0](config=config) if kinds else None
    if step is None or not step.enabled:
        return None
    step.init_plugin()
    return step


def settle(step, book, *, students=None, assignments=None):
    """Sets the penalties of these students (default: all) in these assignments (default: all). Does not commit.

    Returns a list of Moved, one a submission whose points are others now, in the order of due dates and names.
    """
    asked = book.db.query(SubmittedAssignment).join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    asked = asked.filter(Assignment.duedate.is_not(None)).order_by(
        Assignment.duedate, Assignment.name, SubmittedAssignment.student_id)
    if students is not None:
        asked = asked.filter(SubmittedAssignment.student_id.in_(list(students)))
    if assignments is not None:
        asked = asked.filter(Assignment.name.in_(list(assignments)))
    moved = (settled(step, book, submission) for submission in asked.populate_existing())
    return [one for one in moved if one is not None]


def settled(step, book, submission):
    """Sets the penalties of one submission's notebooks. Returns Moved, or None where they are as they were."""
    before = after = points = 0.0
    for notebook in submission.notebooks:
        had, points = notebook.late_submission_penalty or 0.0, points + notebook.score
        wanted = wanted_penalty(step, book, submission, notebook)
        before, after = before + had, after + (wanted or 0.0)
        if abs(had - (wanted or 0.0)) > LEAST:
            notebook.late_submission_penalty = wanted
    if abs(before - after) <= LEAST:
        return None
    return Moved(submission.student_id, submission.assignment.name, points, before, after)


def wanted_penalty(step, book, submission, notebook):
    """What the plugin says a notebook of a late submission loses, within nbgrader's bounds; None for one in time."""
    late = submission.total_seconds_late
    if late <= 0:
        return None
    with asking_about(step, book, submission.assignment.name):
        penalty = step.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
    return None if penalty is None else step._check_late_penalty(notebook, penalty)


@contextmanager
def asking_about(step, book, assignment):
    """While the block runs, the step's plugin finds this gradebook and assignment there, as while nbgrader runs it."""
    before = getattr(step, "gradebook", None), getattr(step, "assignment_id", None)
    step.gradebook, step.assignment_id = book, assignment
    try:
        yield
    finally:
        step.gradebook, step.assignment_id = before


def settle_others(step, book, assignment, students):
    """Settles these students' other assignments, where free days are shared with this one. Returns a list of Moved."""
    plugin = step.plugin_inst
    if not (isinstance(plugin, LateDays) and plugin.is_on and plugin.free_days):
        return []
    others = [one.name for one in book.assignments if one.name != assignment]
    return settle(step, book, students=students, assignments=others)
