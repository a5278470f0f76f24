"""The table of `course late`: who handed in when, how late, with which extension, and what it costs."""

from dataclasses import dataclass
from pathlib import Path

from course.grading import gradebook
from course.grading.course_root import CourseError, load_config, require_assignment
from course.grading.late import LateDays, handed_in
from course.grading.late.dates import clock, shown, span, zone_of
from course.grading.late.days import standings
from course.grading.late.extensions import entry, settle_all, submissions_of, waiting
from course.grading.late.settle import LEAST, penalty_step, wanted_penalty
from course.grading.late.stamps import unreadable

COLUMNS = ("student", "handed in", "late by", "extension", "free days used/left", "penalty")


@dataclass(frozen=True)
class Row:
    """One submission's line. is_late: by any second. in_grace: late, and that costs nothing. stale: the penalty that it
    would have now, where that is another.
    """

    student: str
    cells: tuple[str, ...]
    is_late: bool
    is_extended: bool
    in_grace: bool
    stale: float | None = None


def late_table(root, assignment=None, *, everybody=False, settle=False):
    """The table of one assignment, or of each that has a due date, as text. settle: penalties are brought up to date first."""
    root, config = Path(root), load_config(root)
    if assignment is not None:
        require_assignment(root, assignment)
    moved = settle_all(root, assignment) if settle else []
    with gradebook.opened(root) as book:
        chosen = [entry(book, assignment)] if assignment else [one for one in book.assignments if one.duedate]
        if not chosen:
            raise CourseError("no assignment has a due date: run `course due ASSIGNMENT 2026-12-01`")
        step = penalty_step(config)
        parts = [part(root, book, step, one, zone_of(config), everybody) for one in chosen]
    told = [f"points moved  {one.line()}" for one in moved]
    return "\n\n".join(["\n".join([*told, policy_line(step)]), *parts])


def policy_line(step):
    """What lateness costs, in words."""
    plugin = step.plugin_inst if step else None
    if plugin is None:
        return "no late policy, so being late costs no points: nbgrader_config.py has no step that assigns penalties"
    if not isinstance(plugin, LateDays):
        return f"late penalty by {type(plugin).__name__}"
    if not plugin.is_on:
        return ("late submissions lose all their points (penalty_method is 'zero')" if plugin.penalty_method == "zero" else
                "no late policy is configured, so being late costs no points: set c.LateDays.percent_a_day in nbgrader_config.py")
    grace = f", {plugin.grace_minutes:g} minutes of grace" if plugin.grace_minutes else ""
    return (f"{plugin.free_days} free late days for each student{grace}, then {plugin.percent_a_day:g} % of the points a day, "
            f"at most {plugin.most_percent:g} %")


def part(root, book, step, assignment, zone, everybody):
    """One assignment's heading, table and remarks."""
    due = f"due {shown(assignment.duedate, *zone)}" if assignment.duedate else "no due date"
    plugin = step.plugin_inst if step else None
    standing = standings(handed_in(book), plugin.policy()) if isinstance(plugin, LateDays) and plugin.is_on else {}
    submissions = submissions_of(book, assignment)
    rows = [row(book, step, one, standing.get((one.student_id, assignment.name)), zone[1]) for one in submissions]
    listed = [one for one in rows if everybody or one.is_late or one.is_extended]
    lines = [f"{assignment.name}  {due}", *(aligned(listed) if listed else [])]
    lines += remarks(root, assignment.name, rows, listed, {one.student_id for one in submissions if one.notebooks})
    return "\n".join(lines)


def row(book, step, submission, standing, zone):
    """The Row of one submission."""
    late = submission.total_seconds_late if submission.assignment.duedate else 0
    penalty = sum(one.late_submission_penalty or 0.0 for one in submission.notebooks)
    cells = (
        submission.student_id,
        clock(submission.timestamp, zone) if submission.timestamp else "no timestamp",
        span(late) if late > 0 else "-",
        span(submission.extension.total_seconds()) if submission.extension else "-",
        f"{standing.free} / {standing.left}" if standing else "-",
        f"{penalty:g}" if penalty else "-",
    )
    wanted = sum(wanted_penalty(step, book, submission, one) or 0.0 for one in submission.notebooks) if step and late else 0.0
    in_grace = late > 0 and standing is not None and not standing.days
    return Row(submission.student_id, cells, late > 0, bool(submission.extension), in_grace,
               wanted if abs(wanted - penalty) > LEAST else None)


def aligned(rows):
    """The table's lines; the name on the left, all else on the right."""
    widths = [max(len(title), *(len(one.cells[n]) for one in rows)) for n, title in enumerate(COLUMNS)]

    def line(cells):
        return "  ".join(f"{cell:<{width}}" if n == 0 else f"{cell:>{width}}"
                         for n, (cell, width) in enumerate(zip(cells, widths, strict=True))).rstrip()

    return [line(COLUMNS), line(["-" * width for width in widths]), *(line(one.cells) for one in rows)]


def remarks(root, assignment, rows, listed, graded):
    """Lines under the table: who is not in it, and what a person should mend."""
    others, late, grace = len(rows) - len(listed), sum(one.is_late for one in rows), sum(one.in_grace for one in rows)
    lines = [f"{late} of {len(rows)} late" + (f", {grace} of them within the grace" if grace else "") + (f"; {others} in time and not listed (--all lists them)" if others else "")]
    stale = [one for one in rows if one.stale is not None]
    if stale:
        lines.append(f"not up to date  {', '.join(f'{one.student} (now {one.stale:g})' for one in stale)}: points or policy "
                     "have changed since; `course late --settle` brings penalties up to date")
    not_yet = waiting(root, assignment, graded)
    if not_yet:
        lines.append(f"not graded yet  {', '.join(not_yet)}: counted when `course grade {assignment}` has read them")
    lines += [f"timestamp.txt  {student}: {said}" for student, said in unreadable(root, assignment)]
    return lines
