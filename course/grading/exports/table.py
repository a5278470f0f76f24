"""CSV that spreadsheets and learning platforms read alike: quoted, UTF-8, and with no cell that acts as a formula."""

import csv
import io

from course.grading.records import write_text_whole

# With these a spreadsheet takes a cell for a formula, which a student's name could make harmful:
# https://owasp.org/www-community/attacks/CSV_Injection
ACTS = ("=", "+", "-", "@", "\t", "\r")


def text_cell(text):
    """A text as a cell: one that would act as a formula begins with an apostrophe."""
    text = "" if text is None else str(text)
    return f"'{text}" if text.startswith(ACTS) else text


def number_cell(points):
    """A number with at most two decimals, as Canvas keeps it; nothing for None, which is not 0."""
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def write_table(path, rows, delimiter=",", start=""):
    """Writes rows of texts as CSV, in one step. start: a byte order mark, where the file had one before."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    write_text_whole(path, start + text.getvalue())
