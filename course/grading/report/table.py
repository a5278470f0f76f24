"""The report as a table for a terminal: each student's points and what went wrong most, then what went wrong in the class."""

import textwrap
from collections import Counter

from course.grading.outcomes import mistake_name
from course.grading.records import FLAGGED

WIDTH = 72  # of the last column; the table then fits a terminal of about 110 columns
MOST_LINES = 3  # of a remark


def table(gathered):
    """The table as plain text, its columns aligned."""
    students = gathered.students
    width = max(len("student"), *(len(one.name) for one in students))
    lines = [f"{'student':<{width}}  {'points':>11}  what went wrong most", f"{'-' * width}  {'-' * 11}  {'-' * 40}"]
    for one in students:
        first, *others = wrapped(remark(one))
        lines.append(f"{one.name:<{width}}  {points(one, gathered.maximum):>11}  {first}".rstrip())
        lines += [" " * (width + 15) + other for other in others]
    return "\n".join(lines + summary(gathered))


def summary(gathered):
    """Lines under the table: how many were graded, their mean, and the mistakes that most students made."""
    graded = gathered.graded
    lines = ["", f"{len(graded)} of {len(gathered.students)} graded"]
    if graded:
        lines[-1] += f", mean {sum(one.final for one in graded) / len(graded):.1f} points"
    flagged = sum(one.status == FLAGGED for one in graded)
    if flagged:
        lines[-1] += f"; {flagged} flagged, for a person to look at"
    waiting = sum(one.waits > 0 for one in graded)
    if waiting:
        whose = "1 student" if waiting == 1 else f"{waiting} students"
        lines.append(f"{sum(one.waits for one in graded):g} points of {whose} wait to be given by hand")
    made = Counter(mistake for one in graded for mistake in {each.mistake for each in one.outcomes.values()} - {None})
    if made:
        ranked = sorted(made.items(), key=lambda item: (-item[1], item[0]))[:10]
        lines += ["", "students  mistake"] + [f"{count:>8}  {shortened(mistake_name(which))}" for which, count in ranked]
    return lines


def points(student, maximum):
    """'3 / 5', '2.5 / 5' after a late penalty, or '-' when there are none yet."""
    return "-" if student.final is None else f"{round(student.final, 2):g} / {maximum:g}"


def remark(student):
    """What went wrong most, after what being late cost."""
    late = f"late, {round(student.penalty, 2):g} taken off" if student.penalty else ""
    return "; ".join(part for part in (late, student.remark) if part)


def wrapped(text):
    """Lines of a remark, at least one: what went wrong often stands at its end."""
    return textwrap.wrap(text, WIDTH, max_lines=MOST_LINES, placeholder=" …") or [""]


def shortened(text):
    return text if len(text) <= WIDTH else text[: WIDTH - 1].rstrip() + "…"
