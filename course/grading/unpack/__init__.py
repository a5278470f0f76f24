"""Puts a learning platform's zip of submissions where nbgrader looks for them: submitted/<student>/<assignment>/."""

import shutil
from pathlib import Path

from course.grading.course_root import CourseError, load_config, require_assignment
from course.grading.late.dates import zone_of
from course.grading.unpack.packed import read_zip
from course.grading.unpack.placing import Report, put
from course.grading.unpack.platforms import PLATFORMS
from course.grading.unpack.sorting import names_in, sorted_out
from course.grading.unpack.who import People


def unpack(root, zip_path, assignment, *, platform, roster, named_by="", columns=None, force=False, progress=iter):
    """Unpacks the zip for `assignment`. Returns a Report.

    platform: a key of PLATFORMS. roster: the CSV that the platform exports, which says whose a number is. named_by: which of its
    columns names folders of students who are not known yet. columns: {the platform's name of a column: its name there}, where
    that cannot be told from what stands in it. force: what lies at a student's place and is different is
    replaced. progress: wraps the list of students.

    What is there is never changed otherwise, and each file of the zip is either put somewhere or told of. Raises CourseError,
    and writes nothing, for a zip that no platform makes: paths that lead out of it, links, passwords.
    """
    root = Path(root)
    require_assignment(root, assignment)
    notebooks = sorted(path.stem for path in (root / "source" / assignment).glob("*.ipynb"))
    with read_zip(zip_path) as files:
        people = People.read(root, roster, PLATFORMS[platform], named_by, columns, names_in(files, PLATFORMS[platform]))
        handed_in, report = sorted_out(files, PLATFORMS[platform], people, notebooks, notebooks_of_others(root, assignment))
        report.told[:0] = people.told
        if not handed_in and not report.not_placed:
            raise CourseError(f"{zip_path} has no submissions in it")
        away = root / "submitted" / ".unpacking"
        shutil.rmtree(away, ignore_errors=True)  # of a run that was stopped
        try:
            for one in progress(handed_in):
                put(root, assignment, one, away / one.student, report, zone_of(load_config(root)), force=force)
        finally:
            shutil.rmtree(away, ignore_errors=True)
    return report


def notebooks_of_others(root, assignment):
    """The names of all other assignments' notebooks, which nobody renamed by mistake."""
    paths = [*(root / "source").glob("*/*.ipynb"), *(root / "release").glob("*/*.ipynb")]
    return {path.stem for path in paths if path.parent.name != assignment}


__all__ = ["PLATFORMS", "Report", "unpack"]
