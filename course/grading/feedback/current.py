"""Tells whether a page says what it would say if it were written now, from a mark at its end."""

import functools
import hashlib
import re
from importlib.metadata import version
from pathlib import Path

# What goes with a page: nbgrader's exchange finds the student's place by these.
BESIDE = ("timestamp.txt", "submission_secret.txt")
MARK = re.compile(rb"<!-- course feedback ([0-9a-f]{64}) -->\s*\Z")


def fingerprint(*inputs):
    """A hash of all that a page is made of. inputs: bytes, or what has a repr that tells it apart."""
    digest = hashlib.sha256(of_the_code())
    for one in inputs:
        content = one if isinstance(one, bytes) else repr(one).encode()
        digest.update(f"\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


@functools.cache
def of_the_code():
    """A hash of what turns a notebook into a page, down to the mistakes' words."""
    course = Path(__file__).parent.parent.parent
    digest = hashlib.sha256(" ".join(version(name) for name in ("nbconvert", "nbgrader", "mistune", "pygments", "bleach")).encode())
    for part in ("grading/feedback", "grading/preprocessors", "grading/outcomes.py", "grading/stopped.py", "grading/marks.py",
                 "check/mistakes.py", "check/catalogue"):
        root = course / part
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix in (".py", ".j2", ".css"):
                digest.update(path.read_bytes())
    return digest.digest()


def is_current(path, expected):
    """Whether the page at `path` is whole, and made of just this."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 200))
            found = MARK.search(file.read())
    except OSError:
        return False
    return bool(found) and found[1].decode() == expected


def file_bytes(path):
    """What a file holds; nothing where there is none."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def page_mark(directory, student, assignment, notebook, marks, settings):
    """The mark of the page that would be written now. directory: nbgrader's CourseDirectory. settings: of the page."""
    paths = notebook_files(directory, student, assignment, notebook)
    return fingerprint(*(file_bytes(path) for path in paths), marks, settings)


def notebook_files(directory, student, assignment, notebook):
    """Where a student's notebook is (as graded, as handed in)."""
    folders = (directory.autograded_directory, directory.submitted_directory)
    return tuple(Path(directory.format_path(folder, student, assignment)) / f"{notebook}.ipynb" for folder in folders)


def coursedir_of(step):
    """The CourseDirectory of the nbgrader program that a step, or an exporter, works in; None outside of any."""
    owner = step.parent
    while owner is not None and not hasattr(owner, "coursedir"):
        owner = owner.parent
    return owner.coursedir if owner else None
