"""Feedback pages as zips: one for all, one a student, and one that Moodle's upload of feedback files takes."""

import csv
import io
import re
import tempfile
import zipfile
from pathlib import Path

from course.grading.course_root import CourseError

# The earliest time a zip can tell: the same pages give the same bytes, whenever they are packed.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
PARTICIPANT = re.compile(r".*?(\d+)")


def students_of(pages):
    """{student: paths of pages}, sorted, of pages at …/<student>/<assignment>/<notebook>.html."""
    found = {}
    for page in sorted(pages):
        found.setdefault(page.parts[-3], []).append(page)
    return found


def pack_all(pages, target):
    """Writes one zip with a folder a student. Returns its path."""
    return pack([(f"{student}/{page.name}", page) for student, own in students_of(pages).items() for page in own], target)


def pack_each(pages, folder):
    """Writes <student>.zip for each student into `folder`, for a mail merge. Returns their paths."""
    return [pack([(page.name, page) for page in own], Path(folder) / f"{student}.zip")
            for student, own in students_of(pages).items()]


def pack_for_moodle(pages, worksheet, target):
    """Writes a zip for Moodle: View all submissions, Upload multiple feedback files in a zip. Returns (path, students left out).

    worksheet: the assignment's "grading worksheet" as downloaded from Moodle, a CSV. Moodle finds a student by the folder's
    name, <full name>_<participant's number>_assignfeedback_file, as mod/assign/feedback/file/importziplib.php of Moodle 4.1
    and later reads it. A student here is found there by username, ID number, e-mail address or full name.
    Raises CourseError when the worksheet has no such columns, or knows nobody.
    """
    participants = read_worksheet(worksheet)
    entries, left_out = [], []
    for student, own in students_of(pages).items():
        found = participants.get(student.casefold())
        if not found:
            left_out.append(student)
            continue
        number, name = found
        entries += [(f"{name}_{number}_assignfeedback_file/{page.name}", page) for page in own]
    if not entries:
        raise CourseError(f"{worksheet} knows none of the students: one of its columns must have the names of the folders in feedback/")
    return pack(entries, target), left_out


def read_worksheet(path):
    """{what a student may be called, in small letters: (participant's number, name for a folder)} of Moodle's worksheet."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or "Identifier" not in rows[0]:
        raise CourseError(f"{path} is no grading worksheet of Moodle: it has no column Identifier; in Moodle switch on Offline "
                          "grading worksheet under Feedback types, and download it under View all submissions")
    found = {}
    for row in rows:
        number = PARTICIPANT.fullmatch((row["Identifier"] or "").strip())
        name = re.sub(r"[_/\\:*?\"<>|]+", " ", row.get("Full name") or "").strip() or "student"
        for column in ("Username", "ID number", "Email address", "Full name"):
            if number and (called := (row.get(column) or "").strip()):
                found.setdefault(called.casefold(), (number[1], name))
    return found


def pack(entries, target):
    """Writes a zip of (name in it, path), in one step. Returns its path."""
    if not entries:
        raise CourseError("there are no feedback pages to pack")
    target = Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Pages of thousands need not fit into memory; and whoever opens the zip finds the old one or the new one.
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        partial = Path(file.name)
        try:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, path in entries:
                    about = zipfile.ZipInfo(name, LONG_AGO)
                    about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    archive.writestr(about, path.read_bytes())
        except BaseException:
            partial.unlink()
            raise
    partial.chmod(0o644)
    partial.replace(target)
    return target
