"""Says in words why a graded cell has the points that it has, whether its tests decided or a person."""

from dataclasses import dataclass

from course.grading.preprocessors.verdicts import Told

LOST, PASSED, WAITING = "lost", "passed", "waiting"
PARTIAL = "partial"  # a person gave some of the points
UNPAID = "unpaid"  # not solved, and there were no points to lose


@dataclass(frozen=True)
class Explained:
    """What a page says of one graded cell. state: LOST, PARTIAL, PASSED, WAITING or UNPAID. told: a Told. mark: its Mark."""

    grade_id: str
    state: str
    told: Told
    mark: object

    @property
    def points(self):
        """What it came to, or that it gives nothing."""
        return of(self.mark.points, self.mark.maximum) if self.mark.maximum or self.mark.points else "gives no points"


def explain(grade_id, mark, told, has_comment):
    """The Explained of a graded cell. told: the verdict of its tests, or None where only a person can say."""
    lost = mark.points < mark.maximum
    if told is None:
        return by_hand(grade_id, mark, lost, has_comment)
    if mark.by_hand is None:
        return Explained(grade_id, state_by_tests(mark, told, lost), told, mark)
    changed = f"A person set these points by hand: {of(mark.by_hand, mark.maximum)}."
    unsolved = not told.passed and not mark.maximum and not mark.points
    state = lost_by_hand(mark) if lost else UNPAID if unsolved else PASSED
    if told.passed and lost:
        told = Told(False, changed, "", ("The test itself passed.",))
    elif not unsolved:
        told = Told(not lost, told.headline, told.mistake, (*told.more, changed), told.chapter, told.section)
    return Explained(grade_id, state, told, mark)


def state_by_tests(mark, told, lost):
    """The state of a cell whose points come from its tests alone."""
    if lost or not told.passed:
        return LOST if mark.maximum else UNPAID
    return PASSED


def by_hand(grade_id, mark, lost, has_comment):
    """The Explained of an answer that is marked by hand."""
    if mark.waits and mark.by_hand is not None:
        more = ("You have handed in again since; its points may still change.",)
        return Explained(grade_id, WAITING, Told(False, "Marked by hand before, and to be looked at again.", "", more), mark)
    if mark.waits:
        more = ("A person reads this answer; its points may still change.",)
        return Explained(grade_id, WAITING, Told(False, "Not marked yet.", "", more), mark)
    if mark.by_hand is None and not mark.points and mark.maximum:
        return Explained(grade_id, LOST, Told(False, "Not attempted: the answer is as it was handed out."), mark)
    if not lost:
        return Explained(grade_id, PASSED, Told(True, "Marked by hand: all points."), mark)
    more = () if has_comment else ("There is no comment with it: ask whoever marked it what was missing.",)
    return Explained(grade_id, lost_by_hand(mark), Told(False, "Marked by hand: not all points.", "", more), mark)


def lost_by_hand(mark):
    """The state of a cell for which a person gave some points, or none."""
    return PARTIAL if mark.points > 0 else LOST


def number(points):
    """Points as people write them: 2, 1.5, 0.33."""
    return f"{round(points, 2) + 0:g}"


def of(points, maximum):
    """'1.5 of 2 points'."""
    return f"{number(points)} of {number(maximum)} point{'' if maximum == 1 else 's'}"
