"""A file that a learning platform exported: everything in it is kept as it is, and grades are filled in."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from course.grading.course_root import CourseError

from .students_file import read_text
from .table import number_cell

EXCUSED = ("EX",)
NOBODYS = "points possible"
NAMES = ("Full name",)  # columns that may say the same of two people


@dataclass(frozen=True)
class Roster:
    """path: of the file. header: its first row. rows: the others. delimiter, start: how it was written.

    known: the header with the platform's own names, the English ones, above the columns that were recognised.
    """

    path: str
    header: list
    rows: list
    delimiter: str
    start: str
    known: list

    def cells(self, index):
        """What stands in a column below its name."""
        return [row[index].strip() if index < len(row) else "" for row in self.rows]

    @classmethod
    def read(cls, path):
        """Reads the file, with commas or semicolons. Raises CourseError when it is no table."""
        text = read_text(path)
        first = text.split("\n", 1)[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        table = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
        if len(table) < 2:
            raise CourseError(f"{path} holds no students: export the gradebook from your platform as CSV")
        start = "\ufeff" if Path(path).read_bytes().startswith(b"\xef\xbb\xbf") else ""
        return cls(path, table[0], table[1:], delimiter, start, table[0])


def filled(roster, people, columns, plugin):
    """(rows of the whole file with the grades of `columns` in it, lines on whom it lacks and whom the gradebook lacks).

    A cell changes only where there is a grade; what is excused stays so, and so does a comment that somebody wrote there.
    Raises CourseError when an assignment has no column, or the file has none that tells who a row is.
    """
    places = places_of(roster, columns, plugin)
    who, person_of = telling(roster, plugin), finder(people, roster, plugin)
    rows, met, told = [], set(), plugin.other_maximum(roster, columns, places)
    for row in roster.rows:
        row, person = row + [""] * (len(roster.header) - len(row)), person_of(row)
        rows.append(row)
        if is_nobodys(row, who):
            told += other_points(row, columns, places, roster)
        elif person is None:
            told.append(f"not in the gradebook  {named(row, roster, who)}")
        elif person.id in met:
            raise CourseError(f"{roster.path} has two rows for {person.id}")
        else:
            met.add(person.id)
            told += fill(row, person, columns, places) + plugin.fill_comments(roster.known, row, person, columns, places)
    told += [f"not in {roster.path}  {one.id}" for one in people if one.id not in met]
    return [roster.header, *rows], told


def telling(roster, plugin):
    """Indices of the columns that tell who a row is."""
    who = [index for index, name in enumerate(roster.known) if name in plugin.identities]
    if not who:
        raise CourseError(f"{roster.path} has none of the columns {', '.join(plugin.identities)}; if one has another name, say it with "
                          f"--column '{next(iter(plugin.identities))}=…': {', '.join(filter(None, roster.header))}")
    return who


def finder(people, roster, plugin):
    """A function of a row of the roster: the Person that it is of, or None. The first of plugin.identities counts first."""
    who = sorted(telling(roster, plugin), key=lambda index: list(plugin.identities).index(roster.known[index]))
    known = by_identity(people, roster, who, plugin)
    for index in (index for index in who if roster.known[index] in NAMES):
        times = Counter(key_of(row, index) for row in roster.rows)
        known = {key: one for key, one in known.items() if times[key] < 2}
    return lambda row: next((known[key] for index in who if (key := key_of(row, index)) in known), None)


def key_of(row, index):
    """(index of a column, what the row holds there in small letters)."""
    return index, row[index].strip().casefold() if index < len(row) else ""


def places_of(roster, columns, plugin):
    """{assignment: index of its column}. Raises CourseError where that is not clear, or one column would have two."""
    places = {column.assignment: place_of(roster, column.assignment, plugin) for column in columns}
    for place, times in Counter(places.values()).items():
        if times > 1:
            names = ", ".join(name for name, there in places.items() if there == place)
            raise CourseError(f"{roster.path} has one column, {roster.header[place]}, for {names}: name the assignment that it is of")
    return places


def place_of(roster, assignment, plugin):
    """The index of an assignment's column."""
    wanted = plugin.columns.get(assignment)
    fits = [index for index, name in enumerate(roster.header)
            if name == wanted or wanted is None and plugin.is_column_of(name, assignment)]
    fits = fits or ([] if wanted else plugin.other_columns(roster, assignment))
    if len(fits) == 1:
        return fits[0]
    names = [name for name in roster.header if name]
    what = "several columns" if fits else "no column"
    raise CourseError(f"{roster.path} has {what} for {wanted or assignment}; say which of its columns it is, "
                      f"--column '{assignment}=…': {', '.join(names)}")


def by_identity(people, roster, who, plugin):
    """{(index of a column, what it holds in small letters): Person}. What fits two people tells nobody."""
    found, twice = {}, set()
    for one in people:
        for index in who:
            for text in plugin.identities[roster.known[index]](one):
                key = (index, text.strip().casefold())
                if text and found.setdefault(key, one) is not one:
                    twice.add(key)
    return {key: one for key, one in found.items() if key not in twice}


def is_nobodys(row, who):
    """Whether a row is no student's: points possible, or how grades are posted."""
    return NOBODYS in row[0].lower() or not any(row[index].strip() for index in {0, *who})


def other_points(row, columns, places, roster):
    """A line for each assignment that has other points possible in the file than in the gradebook."""
    if NOBODYS not in row[0].lower():
        return []
    there = {column.assignment: row[places[column.assignment]].strip() for column in columns}
    return [f"points possible of {column.assignment}: {there[column.assignment]} in {roster.path}, "
            f"{number_cell(column.maximum)} in the gradebook; grades are out of the latter"
            for column in columns if as_number(there[column.assignment]) not in (None, round(column.maximum, 2))]


def as_number(text):
    try:
        return round(float(text.replace(",", ".")), 2)
    except ValueError:
        return None


def fill(row, person, columns, places):
    """Writes a person's grades into their row. Returns lines on what was left as it was."""
    told = []
    for column in columns:
        points, place = column.grades[person.id].points, places[column.assignment]
        if points is None:
            continue
        if row[place].strip().upper() in EXCUSED:
            told.append(f"left excused  {person.id}, {column.assignment}: {number_cell(points)} points in the gradebook")
        else:
            row[place] = number_cell(points)
    return told


def named(row, roster, who):
    """How a row of the file is told: its first cell and what identifies it."""
    return ", ".join(dict.fromkeys(filter(None, (row[index].strip() for index in (0, *who)))))
