"""Whose a number in a platform's file name is: by the CSV that the platform exports, the gradebook, and what was handed in."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from course.grading import gradebook
from course.grading.course_root import CourseError, course_directory
from course.grading.exports.columns import with_known_columns
from course.grading.exports.grades import read_class
from course.grading.exports.roster import Roster, finder

NUMBER = re.compile(r".*?(\d+)\s*")


@dataclass(frozen=True)
class Participant:
    """A row of the platform's CSV. student: the name of the folder, or empty with `why`. handed_in: the time as it stands there.

    name: what the platform calls them, or empty. also_called: what else their folder may be called, by other columns.
    """

    student: str
    handed_in: str = ""
    why: str = ""
    name: str = ""
    also_called: tuple = ()


class People:
    """Finds students by the platform's number. told: lines on which columns were taken for what."""

    def __init__(self, by_number, path, told=()):
        self.by_number, self.path, self.told = by_number, path, list(told)

    @classmethod
    def read(cls, root, path, platform, named_by="", columns=None, zipped=None):
        """From the CSV at `path`. Raises CourseError where it has no such columns.

        named_by: the column that names folders of those who are not known. columns: {the platform's name: the name here},
        as a person says. zipped: {number: name} of the files in the platform's zip.
        """
        roster, told = with_known_columns(Roster.read(path), platform, columns or {}, zipped or {})
        if named_by and named_by not in {*roster.header, *roster.known}:
            raise CourseError(f"{path} has no column {named_by}: it has {', '.join(filter(None, roster.header))}")
        if named_by in roster.header:
            named_by = roster.known[roster.header.index(named_by)]
        person_of, found = finder(known_people(root), roster, platform), {}
        for row in roster.rows:
            row = row + [""] * (len(roster.header) - len(row))
            cells = dict(zip(roster.known, (cell.strip() for cell in row), strict=False))
            if number := NUMBER.fullmatch(cells[platform.number]):
                person = person_of(row)
                found[number[1]] = participant(person.id if person else "", cells, path, named_by, platform)
        times = Counter(one.student for one in found.values())
        for number, one in found.items():  # what is somebody else's folder is not this one's
            found[number] = replace(one, also_called=tuple(name for name in one.also_called if name not in times))
        return cls({number: one if times[one.student] == 1 or not one.student else replace(
            one, student="", why=f"{path} has several people whose folder would be '{one.student}': name another column with --named-by")
            for number, one in found.items()}, path, told)

    def find(self, number, name):
        """The Participant with this number, or one that says why there is none: a group may have the number of a student."""
        found = self.by_number.get(number)
        if found is None:
            return Participant("", why=f"the number {number} is not in {self.path}")
        if found.name and plain(found.name) != plain(name):
            return Participant("", why=f"the number {number} is that of {found.name} in {self.path}")
        return found


def plain(name):
    """A name for comparison: its letters and digits that every system writes alike."""
    return "".join(letter for letter in unicodedata.normalize("NFC", name) if letter.isascii() and letter.isalnum()).casefold()


def participant(student, cells, path, named_by, platform):
    """The Participant of a row, {column: text}. student: what the gradebook calls them, or empty: then a column names them."""
    columns = [named_by] if named_by else platform.names
    student = student or next((cells[name] for name in columns if cells.get(name)), "")
    others = tuple(cells[name] for name in platform.names if cells.get(name) and cells[name] != student and can_be_a_folder(cells[name]))
    one = Participant(student, cells.get(platform.handed_in, ""), name=cells.get(platform.name, ""), also_called=others)
    if not student:
        return replace(one, why=f"{path} has no {' or '.join(columns)} for them: name a column with --named-by")
    if not can_be_a_folder(student):
        return replace(one, student="", why=f"'{student}' cannot be the name of a folder: name another column with --named-by")
    return one


def can_be_a_folder(name):
    """Whether a name is safe below submitted/, and one that nbgrader can work with."""
    return not name.startswith(".") and not re.search(r"[/\\:*?\"<>|\[\]\x00-\x1f]", name) and len(name.encode()) <= 200


def known_people(root):
    """List of Person that the gradebook knows; empty where there is no gradebook yet."""
    url = course_directory(root).db_url
    if url.startswith("sqlite:///") and not (root / url.removeprefix("sqlite:///")).is_file():
        return []
    with gradebook.opened(root) as book:
        return read_class(book)[0]
