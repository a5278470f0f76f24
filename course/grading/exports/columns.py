"""Which column of a platform's CSV is which, where that is not called as in English: by what stands in it, or as a person says."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from course.grading.course_root import CourseError

GRADE, MAXIMUM, COMMENTS = "Grade", "Maximum Grade", "Feedback comments"
NO_TIME = ("", "-", "--")
# In any language a worksheet numbers people by one word, such as "Participant 123", "Teilnehmer/in123".
NUMBERED = re.compile(r"(?P<word>[^\W\d_][^\d@]*?)\s*(?P<number>\d+)")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
USERNAME = re.compile(r"(?=.*[a-z])[a-z0-9._-]+")  # Moodle has them in small letters
ID_NUMBER = re.compile(r"(?=.*\d)\S+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
DATE = re.compile(r"(?=.*(?<!\d)20\d\d(?!\d)).*\d:\d\d", re.DOTALL)


def with_known_columns(roster, platform, given, zipped):
    """(the Roster with the platform's own names for the columns that are known, list of lines on what was taken for what).

    given: {the platform's name of a column: its name here}, as a person says. zipped: {number: name} of the files in the
    zip, which tell which columns have these; empty where there is none. Raises CourseError where no column can be that of
    the numbers, or a name is wrong.
    """
    roster, guessed = recognise(roster, platform, given, zipped)
    if platform.number not in roster.known:
        raise CourseError(nothing_to_go_by(roster, platform))
    return roster, told(roster, platform, guessed)


def recognise(roster, platform, given, zipped=None):
    """(the Roster with the platform's own names for the columns that are known, {name: index} of those that were guessed).

    platform: a Platform, or the plugin of an export, with the names that it uses. given, zipped: as above. Raises
    CourseError where a name is wrong.
    """
    known = {name: index_of(roster, platform, name, there) for name, there in given.items()}
    guessed = {}
    if platform.guess and platform.number not in {*roster.header, *known}:
        guessed = recognised(roster, zipped or {})
    # What is called by a platform's name is that already, and one column is not two things.
    taken = {*roster.header, *known}
    guessed = {name: index for name, index in guessed.items()
               if name in names_of(platform) and name not in taken and index not in known.values()}
    places = {index: name for name, index in (known | guessed).items()}
    return replace(roster, known=[places.get(index, "" if name in known else name) for index, name in enumerate(roster.header)]), guessed


def names_of(platform):
    """The platform's own names of the columns that it uses."""
    return list(dict.fromkeys(filter(None, (platform.number, platform.name, *platform.identities, platform.handed_in, *platform.results))))


def taken_for(roster, guessed):
    """The line on what was recognised, {name: index}; none where nothing was."""
    if not guessed:
        return []
    taken = ", ".join(f"'{roster.header[index]}' for {name}" for name, index in guessed.items())
    return [f"columns  took {taken}; --column '{next(iter(guessed))}=…' says otherwise"]


def told(roster, platform, guessed):
    """Lines on what was recognised, and on times that are missing."""
    lines = taken_for(roster, guessed)
    if platform.handed_in and platform.handed_in not in roster.known:
        lines.append(f"no times  {roster.path} has no column {platform.handed_in}, so that all count as in time; if it has another "
                     f"name, say it with --column '{platform.handed_in}=…'")
    return lines


def index_of(roster, platform, name, there):
    """The index of the column that a person names. Raises CourseError where there is none, or the platform knows no such name."""
    if name not in names_of(platform):
        raise CourseError(f"--column '{name}={there}': left of the = stands {platform.assignment_or}one of "
                          f"{', '.join(names_of(platform))}")
    if there not in roster.header:
        raise CourseError(f"{roster.path} has no column {there}: it has {', '.join(filter(None, roster.header))}")
    return roster.header.index(there)


def nothing_to_go_by(roster, platform):
    """What is said where no column can be that of the numbers."""
    nor = ", nor one with a word and a number in each row, such as 'Participant 123'" if platform.guess else ""
    return (f"{roster.path} has no column {platform.number}{nor}: what is needed is {platform.ask_for}; if it is that, say which of its "
            f"columns it is, --column '{platform.number}=…': {', '.join(filter(None, roster.header))}")


def recognised(roster, zipped):
    """{name of a column in English: index}, as far as their contents tell, of what Moodle exports."""
    columns = [roster.cells(index) for index in range(len(roster.header))]
    number = number_column(columns, zipped)
    if number is None:  # no grading worksheet, but the whole gradebook
        there = [index for index, cells in enumerate(columns) if is_of_addresses(cells)]
        return {"Email address": there[0]} if len(there) == 1 else {}
    found = {"Identifier": number}
    name = name_column(columns, number, zipped)
    if name is not None:
        found["Full name"] = name
    found |= identities(columns, found)
    found |= results(columns, max(found.values()))
    times = [index for index in range(number + 1, len(columns)) if is_of_times(columns[index])]
    return found | ({"Last modified (submission)": times[0]} if times else {})  # the second is when it was graded


def is_of_addresses(cells):
    """Whether all that stands here are addresses of e-mail, no two of them alike."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(map(ADDRESS.fullmatch, said)) and len(set(said)) == len(said)


def results(columns, after):
    """{name in English: index} of what a worksheet has on grades, right of the column `after`.

    The maximum is the same number in each row, and the grade stands before it; a comment follows the last of the times.
    """
    found = {}
    most = next((index for index in range(after + 2, len(columns))
                 if len(set(columns[index])) == 1 and NUMBER.fullmatch(columns[index][0])
                 and all(NUMBER.fullmatch(cell) for cell in columns[index - 1] if cell)), None)
    if most is not None:
        found = {GRADE: most - 1, MAXIMUM: most}
    dated = [index for index in range((most or after) + 1, len(columns))
             if all(cell and (cell in NO_TIME or DATE.search(cell)) for cell in columns[index])]
    return found | ({COMMENTS: dated[-1] + 1} if dated and dated[-1] + 1 < len(columns) else {})


def number_column(columns, zipped):
    """The index of the column with a person's number in each row; the one with most of the zip's numbers, or None."""
    fits = [index for index, cells in enumerate(columns) if is_numbered(cells)]
    return max(fits, key=lambda index: (len(zipped.keys() & {number_in(cell) for cell in columns[index]}), -index), default=None)


def is_numbered(cells):
    """Whether each row has the same word here, and a number of its own."""
    found = [NUMBERED.fullmatch(cell) for cell in cells]
    return all(found) and len({one["word"].casefold() for one in found}) == 1 and len({one["number"] for one in found}) == len(found)


def number_in(cell):
    return NUMBERED.fullmatch(cell)["number"]


def name_column(columns, number, zipped):
    """The index of the column with the full names, or None: the names of the zip's files where there are any."""
    rows = {number_in(cell): row for row, cell in enumerate(columns[number])}
    others = [index for index in range(len(columns)) if index != number]
    if zipped:
        same = {index: sum(spelt(columns[index][rows[one]]) == spelt(name) for one, name in zipped.items() if one in rows)
                for index in others}
        best = max(same, key=lambda index: (same[index], -index), default=None)
        return best if best is not None and same[best] else None
    return next((index for index in others[number:number + 1] if all(map(is_name, columns[index]))), None)


def is_name(cell):
    return bool(cell) and not re.search(r"[\d@]", cell)


def spelt(name):
    """A name for comparison, as files and worksheets write it alike."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())


def identities(columns, found):
    """{Username, ID number, Email address: index} of the columns that follow the name and tell who a row is."""
    fits = {"Email address": ADDRESS, "Username": USERNAME, "ID number": ID_NUMBER}
    there = {}
    for index in range(max(found.values()) + 1, len(columns)):
        cells = [cell for cell in columns[index] if cell]
        if len(set(cells)) < len(cells):
            break
        name = next((name for name, pattern in fits.items() if cells and all(map(pattern.fullmatch, cells))), None)
        if cells and name is None:
            break
        if cells and name not in there:
            there[name] = index
    return there


def is_of_times(cells):
    """Whether a date and time stands in most cells that say anything, and not mostly the same one, as a due date would.

    In most: were one odd cell to hide this column, the one after it would be taken, which says when it was graded.
    """
    said = [cell for cell in cells if cell not in NO_TIME]
    times = [cell for cell in said if DATE.search(cell)]
    return bool(times) and 2 * len(times) >= len(said) and (len(times) < 3 or Counter(times).most_common(1)[0][1] <= len(times) / 2)
