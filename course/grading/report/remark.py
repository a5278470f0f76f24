"""Says in a few words what went wrong most in a submission: what tests refused, what a person took, what still waits."""

from course.grading.outcomes import RIGHT, UNPAID, cells_not_attempted, is_untouched, mostly


def remark_on(report):
    """What went wrong most, and what a person took. Where tests took no points, and a person did or may, that alone; a text
    that was written is an attempt.

    A person's comment is for the student alone, and no part of it.
    """
    outcomes = list(report.outcomes.values())
    waits = f"{points_told(report.waits)} to be marked by hand" if report.waits else ""
    by_hand = f"marked by hand: {report.by_hand[0]:g} of {points_told(report.by_hand[1])}" if report.by_hand else ""
    if (waits or by_hand) and not any(one.points for one in outcomes if one.outcome != RIGHT):
        return joined(by_hand, waits)
    if is_untouched(outcomes) and not report.is_untouched:
        told = cells_not_attempted(len(outcomes))
        return joined(told if any(one.points for one in outcomes) else f"{UNPAID} {told}", by_hand, waits)
    return joined(mostly(outcomes), by_hand)


def joined(*parts):
    return "; ".join(part for part in parts if part)


def points_told(points):
    """'2 points'."""
    return f"{round(points, 2):g} point{'' if points == 1 else 's'}"


def lost_by_hand(exercises, marks, outcomes):
    """(points, of how many) in the cells that a person marked, None where all were given.

    marks, outcomes: a CellMark and a CellOutcome by (notebook, grade_id). A test that fails has its own reason; one that
    passes counts where a person took points off.
    """
    found = [(mark.points, maximum) for one in exercises for cell, maximum in one.cells.items()
             if (mark := marks.get((one.notebook, cell))) and mark.by_hand
             and (cell in one.by_hand or mark.points < maximum and is_right(outcomes.get((one.notebook, cell))))]
    points, maximum = round(sum(points for points, _ in found), 2), sum(maximum for _, maximum in found)
    return (points, maximum) if points < maximum else None


def is_right(outcome):
    return outcome is not None and outcome.outcome == RIGHT
