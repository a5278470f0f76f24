"""Refuses an assignment in which a region's first or last line is misspelt or missing: what it hides would be released."""

import difflib
import re

from nbgrader.preprocessors import NbGraderPreprocessor

from course.grading.course_root import CourseError
from course.grading.preprocessors.saying import said_first

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
MARKS = [f"{edge} {region}" for region in REGIONS for edge in ("BEGIN", "END")]
# A comment in capitals, or one that begins like a mark: "### HIDDEN TESTS", "# begin solution".
LIKE_A_MARK = re.compile(r"\s*#[#\s]*((?-i:[A-Z][A-Z ]+)|(?i:begin|end)\b.{0,30})\s*")
NEAR = 0.75


class RequireRegions(NbGraderPreprocessor):
    """Raises CourseError, with cell and line, for a line that was probably meant to begin or end a region and does not, and for
    a region that does not end or does not begin. nbgrader would release the first, and tells no place of the second.
    """

    def preprocess(self, nb, resources):
        found = [f"in cell {told(cell, number)}, {line}" for number, cell in enumerate(nb.cells, 1)
                 if "nbgrader" in cell.metadata for line in faults(cell.source)]
        with said_first(self.log):
            if found:
                raise CourseError("; ".join(found))
        return nb, resources


def told(cell, number):
    """What a person finds the cell by."""
    return repr(cell.metadata["nbgrader"].get("grade_id", number))


def faults(source):
    """Yields what is wrong with the regions of a cell's text, and with which line of it. A mark scheme may stand in a solution."""
    begun = {}  # {region that has not ended: number of the line where it began}
    for number, line in enumerate(source.splitlines(), 1):
        mark = next((mark for mark in MARKS if mark in line), None)
        if mark is None:
            if meant := meant_by(line):
                yield f"line {number}: '{line.strip()}' begins and ends nothing: write '### {meant}'"
            continue
        edge, region = mark.split(" ", 1)
        if edge == "END":
            if begun.pop(region, None) is None:
                yield f"line {number}: '{mark}' without a '### BEGIN {region}' above it"
        elif region in begun:
            yield f"line {number}: '{mark}' before that of line {begun[region]} has ended"
        else:
            begun[region] = number
    for region, number in begun.items():
        yield f"line {number}: 'BEGIN {region}' without a '### END {region}' below it"


def meant_by(line):
    """The mark that a line of a cell was probably meant to be, or None."""
    like = LIKE_A_MARK.fullmatch(line)
    near = like and difflib.get_close_matches(" ".join(like[1].upper().split()), [*MARKS, *REGIONS], n=1, cutoff=NEAR)
    if near and near[0] in REGIONS:
        return f"BEGIN {near[0]}' or '### END {near[0]}"
    return near[0] if near else None
