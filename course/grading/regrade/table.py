"""What `course regrade` says: what has changed, what ran again, and the table of whose points moved and why."""

import csv
import io

from course.grading.records import write_text_whole
from course.grading.regrade.estimate import told_time
from course.grading.regrade.outcome import changed, label

COLUMNS = ("student", "total", "cell", "points", "why")


def told(done):
    """The whole text: lines before the table, the table, a summary."""
    lines = [*done.said, *("a regrade that was stopped has gone on; the table is of all of it" for _ in [0] if done.continued)]
    lines += [f"changed  {line}" for line in changed(done)] or ["changed  nothing that a grade depends on"]
    if done.dry_run:
        return "\n".join([*lines, *would_run(done)])
    if done.moves:
        lines += ["", *table(done)]
    return "\n".join([*lines, "", *summary(done)])


def would_run(done):
    """For a dry run: which submissions would be run again, and which only looked at."""
    points = [work.student for work in done.works if any(work.points.values()) and not work.runs]
    times = [work.student for work in done.works if work.has_new_time and not work.runs]
    left = [work.student for work in done.works if not work.matters]
    lines = [f"would run again         {names(done.runs)}", f"would only get points   {names(points)}",
             f"would be left as it is  {names(left)}"]
    lines += [f"would take a new time   {names(times)}"] if times else []
    lines += [f"cannot be graded        {len(done.ungraded)}: {why_each(done.ungraded)}"] if done.ungraded else []
    return [*lines, *not_graded(done), *told_time(done), "nothing was written (--dry-run)"]


def names(students):
    """'3: amara, benoit, chen', or '0'; a long list is cut."""
    shown = ", ".join(students[:10]) + (f" and {len(students) - 10} more" if len(students) > 10 else "")
    return f"{len(students)}: {shown}" if students else "0"


def why_each(reasons):
    """'yusuf (it is a PDF), zoe (it is empty)' of {student: why}."""
    return ", ".join(f"{student} ({reason})" for student, reason in reasons.items())


def table(done):
    """The lines of the table: the largest change first."""
    rows, last = [COLUMNS], None
    for one in done.moves:
        before, after = done.totals[one.student]
        new = one.student != last
        rows.append((one.student if new else "", f"{number(before)} → {number(after)}" if new else "",
                     label(done, *one.cell.split("/", 1)) if "/" in one.cell else one.cell,
                     f"{number(one.before)} → {number(one.after)}", one.why))
        last = one.student
    widths = [max(len(row[n]) for row in rows) for n in range(len(COLUMNS))]
    rows.insert(1, tuple("-" * width for width in widths))
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def summary(done):
    """Lines under the table: how many moved which way, what was kept, what could not be done."""
    ups = sum(after > before for before, after in done.totals.values())
    downs = sum(after < before for before, after in done.totals.values())
    same = len(done.works) - len(done.totals)
    only_points = sum(any(work.points.values()) and not work.runs for work in done.works)
    lines = [f"{len(done.runs)} of {len(done.works)} submissions ran again, {only_points} only got new points"]
    if done.ungraded:
        lines[0] += f", {len(done.ungraded)} not graded: {why_each(done.ungraded)}"
    if done.moves:
        level = len(done.totals) - ups - downs
        lines.append(f"points moved for {len(done.totals)}: {ups} up, {downs} down"
                     + (f", {level} with the same total" if level else "") + f"; {same} as before")
        lines.append(f"their feedback pages are older: `course feedback {done.assignment}` writes them anew")
    else:
        lines.append("nobody's points moved")
    lines += [f"kept     {student}: {cell} came out otherwise this time though nothing changed for it; its points stay"
              for student, cell in done.unsteady]
    lines += [f"not graded again  {student}: {reason}; the grades stay, and the next regrade tries again"
              for student, reason in done.failed.items()]
    return lines + not_graded(done)


def not_graded(done):
    if not done.not_graded:
        return []
    return [f"not graded yet  {names(done.not_graded)}; `course grade {done.assignment}` grades them"]


def number(points):
    """Points as people write them."""
    return f"{round(points, 4):g}"


def write_csv(done, path):
    """The table as a CSV file: a line for each cell of a student whose points moved."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "cell", "from", "to", "why", "total_from", "total_to"])
    for one in done.moves:
        writer.writerow([one.student, one.cell, number(one.before), number(one.after), one.why,
                         *map(number, done.totals[one.student])])
    write_text_whole(path, text.getvalue())
