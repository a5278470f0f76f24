"""How Moodle and Canvas name the files in their zips of submissions, and the columns that say whose they are."""

import re
from dataclasses import dataclass

from course.grading.exports import CanvasExport, MoodleExport

# The first match counts: what stands before it is the platform's, and what follows it may be the student's own choice.
# mod/assign/classes/downloader.php of Moodle 4: <full name>_<participant>_assignsubmission_<plugin>/<file>, or, where files are not
# downloaded in folders, with _ in place of the /. Older ones put a further _ before the /.
MOODLE = re.compile(r"(?P<name>.*?)_(?P<number>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?(?:/|(?<=_))(?P<file>.+)", re.DOTALL)
# lib/content_zipper.rb of Canvas: <name>_[LATE_]<user>_<attachment>_<file>, all in one folder; a text has no attachment.
CANVAS = re.compile(r"(?:.*/)?(?P<name>[^/]*?)_(?P<late>(?i:late)_)?(?P<number>\d+)_(?:\d+_)?(?P<file>[^/]+)", re.DOTALL)


@dataclass(frozen=True)
class Platform:
    """One platform. title: its name. pattern: of a path in its zip. number, name: the columns of its CSV with the pattern's.

    identities: {column: texts that it may hold of a Person}, as exports use them. names: columns that may name a new
    student's folder, the best first. handed_in: the column with the time, or empty. ask_for: where the CSV is had. guess:
    whether columns can be known by what stands in them; Moodle names them in the teacher's language. results: columns of
    grades that are used.
    """

    title: str
    pattern: re.Pattern
    number: str
    name: str
    identities: dict
    names: tuple
    handed_in: str
    ask_for: str
    guess: bool = False
    results: tuple = ()
    assignment_or = ""


PLATFORMS = {
    "moodle": Platform(
        "Moodle", MOODLE, "Identifier", "Full name",
        MoodleExport.identities, ("Username", "ID number", "Email address"), "Last modified (submission)",
        "Moodle's grading worksheet: switch on Offline grading worksheet under Feedback types, and download it under View all submissions",
        guess=True),
    "canvas": Platform(
        "Canvas", CANVAS, "ID", "Student", CanvasExport.identities, ("SIS Login ID", "SIS User ID", "ID"), "",
        "Canvas's gradebook export: Grades, Export, Export Entire Gradebook"),
}
