"""Makes the report of an assignment and writes what was asked for: page, CSV, JSON, each to a file or to stdout."""

import sys
from pathlib import Path

from course.grading.course_root import CourseError
from course.grading.records import write_text_whole
from course.grading.report.anonymous import anonymised
from course.grading.report.exports import as_csv, as_json
from course.grading.report.gathering import gather
from course.grading.report.page import page
from course.grading.report.table import table

STDOUT = "-"
BESIDE = ""  # in place of a file's name: beside the page, under its name


def write_report(root, assignment, *, output=None, csv=None, json=None, anonymous=False, progress=iter, stdout=None):
    """Writes the page and what else is asked for. Returns (the table as text, list of the files written).

    output: the page's file, by default reports/<assignment>.html, or -anonymous.html, in the course's folder. csv, json:
    a file; None for none; BESIDE. STDOUT in place of a file writes there, which one of the three may. progress: wraps the
    students' names while they are read. Raises CourseError when there is nothing to report or a file cannot be written.
    """
    default = Path(root) / "reports" / f"{assignment}{'-anonymous' if anonymous else ''}.html"
    targets = {page: output or str(default)}
    beside = default if targets[page] == STDOUT else Path(targets[page])
    targets |= {write: str(beside.with_suffix(suffix)) if target == BESIDE else target
                for write, target, suffix in ((as_csv, csv, ".csv"), (as_json, json, ".json")) if target is not None}
    refuse_two_in_one(list(targets.values()))
    gathered = gather(root, assignment, progress)
    if anonymous:
        gathered = anonymised(gathered)
    written = [write(target, make(gathered), stdout or sys.stdout) for make, target in targets.items()]
    return table(gathered), [path for path in written if path]


def refuse_two_in_one(targets):
    """Raises CourseError where two of them would go to one place."""
    places = [target if target == STDOUT else str(Path(target).absolute()) for target in targets]
    for place in places:
        if places.count(place) > 1:
            where = "stdout" if place == STDOUT else place
            raise CourseError(f"page, CSV and JSON cannot go to one place: only one of them can be written to {where}")


def write(target, text, stdout):
    """Writes the text. Returns the file's path, or None when it went to stdout. Raises CourseError when it cannot."""
    if target == STDOUT:
        stdout.write(text)
        return None
    try:
        write_text_whole(Path(target), text)
    except OSError as error:
        raise CourseError(f"cannot write {target}: {error.strerror or error}") from None
    return Path(target)
