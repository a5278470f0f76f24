"""What `course due` and `course extend` say: when something is due now, and whose points moved."""

from course.grading.course_root import CourseError
from course.grading.late.extensions import due_dates, extend, is_handed_in, revoke, set_due


def due_shown(root, assignment=None):
    """A line for the assignment, or for each in the gradebook."""
    found = due_dates(root, assignment)
    if not found:
        return "the gradebook has no assignment yet: run `course generate` first"
    width = max(map(len, found))
    return "\n".join(f"{name:<{width}}  {'due ' + due if due else 'no due date'}" for name, due in found.items())


def due_set(root, assignment, date, *, remove=False):
    """Sets or removes the due date. Returns what to say."""
    if assignment is None:
        raise CourseError("--remove needs to know which assignment: run `course due ASSIGNMENT --remove`")
    if date and remove:
        raise CourseError("give either a date or --remove")
    due, moved = set_due(root, assignment, date)
    return "\n".join([f"{assignment}  {'due ' + due if due else 'no due date'}", *points_moved(root, assignment, moved)])


def extended(root, assignment, students, *, days=0, hours=0, until=None, revoked=False):
    """Grants or revokes. Returns what to say. Raises CourseError unless exactly one of the ways is asked for."""
    ways = [bool(days or hours), until is not None, revoked]
    if sum(ways) != 1:
        raise CourseError("say how long: --days N, --hours N or both; or --until DATE; or --revoke")
    students = list(dict.fromkeys(students))
    if revoked:
        return taken_away(root, assignment, students)
    given, moved = extend(root, assignment, students, days=days, hours=hours, until=until)
    lines = [f"{assignment}  {one.student}: due {one.due}" + (", in place of an earlier extension" if one.was else "")
             for one in given]
    return "\n".join([*lines, *points_moved(root, assignment, moved)])


def taken_away(root, assignment, students):
    taken, moved = revoke(root, assignment, students)
    lines = [f"{assignment}  {one.student}: no extension any more, due {one.due}" for one in taken]
    return "\n".join([*lines, *points_moved(root, assignment, moved)])


def points_moved(root, assignment, moved):
    """Lines that tell whose points are others now; none where nothing is handed in yet."""
    if not moved:
        return ["nobody's points moved"] if is_handed_in(root, assignment) else []
    return [f"points moved  {len(moved)}:", *(f"  {one.line()}" for one in moved)]
