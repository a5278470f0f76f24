"""Feedback pages as zips: one for all, one a student, and one that Moodle's upload of feedback files takes."""

import re
import tempfile
import zipfile
from pathlib import Path

from course.grading.course_root import CourseError
from course.grading.unpack.platforms import PLATFORMS
from course.grading.unpack.who import People

# The earliest time a zip can tell: the same pages give the same bytes, whenever they are packed.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


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


def pack_for_moodle(root, pages, worksheet, target):
    """Writes a zip for Moodle: View all submissions, Upload multiple feedback files in a zip. Returns (path, students left out).

    worksheet: the assignment's "grading worksheet" as downloaded from Moodle, a CSV. Moodle finds a student by the folder's
    name, <full name>_<participant's number>_assignfeedback_file, as mod/assign/feedback/file/importziplib.php of Moodle 4.1
    and later reads it. Raises CourseError when the worksheet has no such columns, or knows nobody.
    """
    students = students_of(pages)
    folders = moodle_folders(root, worksheet, students)
    entries = [(f"{folders[student]}/{page.name}", page) for student, own in students.items() if student in folders for page in own]
    return pack(entries, target), [student for student in students if student not in folders]


def moodle_folders(root, worksheet, students):
    """{student: name of their folder in Moodle's zip} of those students whom the worksheet knows.

    They are found in it as `course unpack` and `course export` find them. Raises CourseError when there are none.
    """
    by_number = People.read(root, worksheet, PLATFORMS["moodle"]).by_number
    found = {one.student: f"{plain_name(one.name)}_{number}_assignfeedback_file" for number, one in by_number.items()
             if one.student in students}
    if students and not found:
        raise CourseError(f"{worksheet} knows none of the students: neither the names of their folders nor what the gradebook has for "
                          "them is in it; enter names and addresses with `nbgrader db student import class.csv`")
    return found


def plain_name(name):
    """A full name as part of a folder's name, which Moodle divides at each _."""
    return re.sub(r"[_/\\:*?\"<>|]+", " ", name).strip() or "student"


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
