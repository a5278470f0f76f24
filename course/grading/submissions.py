"""Finds submissions, says what is wrong with one that cannot be graded, and tells whether one has changed."""

import hashlib
from pathlib import Path

from course.grading.course_root import CourseError
from course.grading.misspelt import did_you_mean
from course.grading.strays import strays

MOST_BYTES = 200_000_000
MOST_NAMES = 3
TIMESTAMP = "timestamp.txt"  # when it was handed in, which is not the student's to say
ASK_FOR_IT = "ask for the .ipynb file as Jupyter saved it"


class NotGradable(Exception):
    """This submission cannot be graded; the message says why, on one line."""


def students_below(folder, assignment):
    """Names of the students with a folder <folder>/<student>/<assignment>, sorted; hidden folders are nobody's."""
    found = Path(folder).glob(f"*/{assignment}")
    return sorted(path.parent.name for path in found if path.is_dir() and not path.parent.name.startswith("."))


def choose_students(root, assignment, wanted=()):
    """The students to work on: `wanted`, or all that submitted. Raises CourseError if there is none, or one unknown."""
    there = students_below(Path(root) / "submitted", assignment)
    if not there:
        raise CourseError(f"no submissions: put them at submitted/<student>/{assignment}/{assignment}.ipynb"
                          + at_a_wrong_place(root, assignment))
    unknown = sorted(set(wanted) - set(there))
    if unknown:
        meant = did_you_mean(unknown[0], there).rstrip() if len(unknown) == 1 else ""
        raise CourseError(f"no submission of {assignment} from {', '.join(unknown)}"
                          + (at_a_wrong_place(root, assignment, unknown) or (meant and f": {meant}")))
    return sorted(set(wanted)) or there


def at_a_wrong_place(root, assignment, students=()):
    """What to add to a message about submissions that are missing: the first that lies at a wrong place, or nothing."""
    found = strays(root, assignment, students)
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"; {found[0].told()}{more}" if found else ""


def read_submission(folder):
    """{relative path: content} of the files below `folder`. Raises NotGradable when they are too large in all.

    Links are left out: what they lead to was not handed in, and need not be the student's.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
                   and not any(parent.is_symlink() for parent in path.parents if parent.is_relative_to(folder)))
    size = sum(path.stat().st_size for path in paths)
    if size > MOST_BYTES:
        raise NotGradable(f"its files are {size / 1e6:.0f} MB in all; at most {MOST_BYTES / 1e6:.0f} MB can be graded")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def require_one_of(files, names):
    """Those of the notebooks `names` that are among the files. Raises NotGradable when none is."""
    there = [name for name in names if f"{name}.ipynb" in files]
    if not there:
        wanted = " or ".join(f"{name}.ipynb" for name in names)
        raise NotGradable(f"no {wanted} in it; {what_lies_there(files)}")
    return there


def what_lies_there(files):
    """What is there in place of the notebook, and what to do about it. files: relative paths."""
    notebooks = sorted(path for path in files if path.endswith(".ipynb") and not path.startswith("."))
    if notebooks:
        which = "it if that is the one" if len(notebooks) == 1 else "the right one"
        return f"found {in_a_few(notebooks)}: rename {which}"
    others = sorted({path.split("/")[0] for path in files if not path.startswith(".") and path != TIMESTAMP})
    return f"found {in_a_few(others) or 'nothing'}: {ASK_FOR_IT}"


def in_a_few(names):
    """The first names of a list, and how many more there are."""
    return ", ".join(names[:MOST_NAMES]) + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


def fingerprint(files, tests):
    """A hash of `files` ({path: content}) and of `tests` (a text): equal when and only when names and contents are."""
    digest = hashlib.sha256(f"{tests}\n".encode())
    for path, content in sorted(files.items()):
        digest.update(f"{path}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()
