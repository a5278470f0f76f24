"""Reads names, addresses and numbers of students from a file, in the columns of `nbgrader db student import`."""

import csv
import io
from dataclasses import replace
from pathlib import Path

from course.grading.course_root import CourseError

COLUMNS = {"first_name": "first_name", "last_name": "last_name", "email": "email", "lms_user_id": "lms_id"}


def completed(people, path):
    """The people, each with what the file says of them. Raises CourseError when it cannot be read, or has no column id."""
    rows = list(csv.DictReader(io.StringIO(read_text(path))))
    if not rows or "id" not in rows[0]:
        raise CourseError(f"{path} has no column id: its first line must be such as id,first_name,last_name,email,lms_user_id")
    told = {(row["id"] or "").strip(): row for row in rows}
    return [replace(one, **{ours: told[one.id][theirs].strip() for theirs, ours in COLUMNS.items() if told[one.id].get(theirs)})
            if one.id in told else one for one in people]


def read_text(path):
    """What a CSV holds, without a byte order mark. Raises CourseError when it cannot be read."""
    try:
        return Path(path).read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise CourseError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not in UTF-8: save it as CSV UTF-8") from None
