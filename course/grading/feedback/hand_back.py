"""The ways of feedback pages back to students, and what is told of each."""

from pathlib import Path

from course.grading.course_root import CourseError

from .archive import moodle_folders, pack_all, pack_each, pack_for_moodle
from .release import release
from .write import choose


def check_worksheet(root, assignment, students, zip_to, worksheet):
    """Raises CourseError, before any page is written, where Moodle's worksheet would be refused afterwards.

    students: whose pages are wanted; empty for all.
    """
    if worksheet and zip_to is None:
        raise CourseError("--moodle says how the folders of a zip are named: give --zip too")
    if worksheet:
        moodle_folders(root, worksheet, choose(Path(root), assignment, students))


def hand_back(root, assignment, pages, *, release_them=False, zip_to=None, each_to=None, worksheet=None, waiting=(), progress=iter):
    """Releases and packs pages as asked; yields a line on each thing done.

    release_them: into nbgrader's exchange. zip_to: a file, '' for feedback/<assignment>.zip. each_to: a folder. worksheet:
    Moodle's, for zip_to. waiting: students whose points may still change, whose pages go with the others. progress: wraps
    a list of students. Raises CourseError for what a person can mend.
    """
    if release_them:
        left_out = release(root, assignment, pages, progress=progress)
        yield "released to the exchange"
        yield from (f"not released  {student}: handed in without the exchange; use --zip for these" for student in left_out)
    if zip_to is not None:
        target = Path(zip_to) if zip_to else Path(root) / "feedback" / f"{assignment}.zip"
        left_out = []
        if worksheet:
            target, left_out = pack_for_moodle(root, pages, worksheet, target)
        else:
            pack_all(pages, target)
        yield f"packed {target}"
        yield from (f"not packed  {student}: not in {worksheet}" for student in left_out)
    if each_to:
        yield f"packed {len(pack_each(pages, each_to))} zips in {each_to}"
    if waiting and (release_them or zip_to is not None or each_to):
        yield f"to be marked by hand yet  {', '.join(waiting)}: their pages say that points may still change"
