"""What is said after a grading run: how many, and a line for every submission that a person should look at."""

from course.grading.in_short import in_short
from course.grading.records import FAILED, FLAGGED, GRADED


def summary(results):
    """(text, whether every submission was graded) of a list of `grade.Result`."""
    failed = [one for one in results if one.status == FAILED]
    flagged = [one for one in results if one.status == FLAGGED]
    new = sum(one.is_new and one.status != FAILED for one in results)
    unchanged = sum(not one.is_new and one.status != FAILED for one in results)
    lines = [f"graded {new}, unchanged {unchanged}, not graded {len(failed)}"]
    retimed = sum(one.has_new_time for one in results)
    if retimed:
        lines[0] += f"; of {retimed} of the unchanged only timestamp.txt was new, which counts now"
    if flagged:
        are = "is" if len(flagged) == 1 else "are"
        lines[0] += f"; {len(flagged)} of all {new + unchanged} graded {are} flagged, for a person to look at"
    lines += [f"  {FAILED}  {one.student}: {one.reason}" for one in failed]
    lines += [f"  flagged  {one.student}: {in_short(one.suspicious) or one.reason}" for one in flagged]
    lines += [f"  graded, but  {one.student}: {in_short(one.incidents) or one.reason}"
              for one in results if one.status == GRADED and one.reason]
    return "\n".join(lines), not failed
