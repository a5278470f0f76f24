"""Finds late penalties that are not what they would be now, since somebody gave points by hand or the policy changed."""

from course.grading.late.settle import LEAST, penalty_step, wanted_penalty


def not_settled(book, config, columns):
    """A line for each assignment with such penalties among the grades of `columns`. Nothing is changed."""
    step, lines = penalty_step(config), []
    for column in columns if step else ():
        stale = sorted(one.student_id for one in book.assignment_submissions(column.assignment)
                       if one.student_id in column.grades and column.grades[one.student_id].points is not None
                       and one.total_seconds_late > 0 and differs(step, book, one))
        if stale:
            lines.append(f"late penalty  {column.assignment}, not up to date with points by hand or the policy: {', '.join(stale)}; give "
                         "`course late --settle`, then export again")
    return lines


def differs(step, book, submission):
    """Whether the penalties of a late submission's notebooks come to something else than is in the gradebook."""
    there = sum(one.late_submission_penalty or 0.0 for one in submission.notebooks)
    return abs(there - sum(wanted_penalty(step, book, submission, one) or 0.0 for one in submission.notebooks)) > LEAST
