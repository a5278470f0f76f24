"""Runs an export plugin on the course's gradebook, as `nbgrader export` does."""

from course.grading import gradebook
from course.grading.course_root import CourseError, load_config
from course.grading.stock import quiet_log

from . import BY_FORMAT


def export(root, to_format, assignments=(), *, to="", students=(), roster="", columns=None, students_file="", unfinished=False):
    """Writes the grades of `assignments` (default: all) in one of BY_FORMAT's formats.

    Options are the plugin's, see CourseExport. Returns (path written, lines on what a person should know). Raises
    CourseError for what a person can mend; nothing is written then.
    """
    if roster and to_format == "nbgrader":
        raise CourseError("--roster is for --format canvas or moodle")
    given = {"to": to, "roster": roster, "columns": columns or {}, "students_file": students_file, "unfinished": unfinished}
    with quiet_log() as (log, _), gradebook.opened(root) as book:
        plugin = BY_FORMAT[to_format](config=load_config(root), log=log, assignment=list(assignments), student=list(students),
                                      **{name: value for name, value in given.items() if value})
        target = plugin.export(book)
    return target, plugin.notices
