"""Finds submissions, says what is wrong with one that cannot be graded, and tells whether one has changed."""

import hashlib
import json
from pathlib import Path

from course.grading.course_root import CourseError

SIGNATURES = {b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive", b"\x1f\x8b": "a gzip archive", b"\x89PNG": "a picture"}


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
        raise CourseError(f"no submissions: put them at submitted/<student>/{assignment}/{assignment}.ipynb")
    unknown = sorted(set(wanted) - set(there))
    if unknown:
        raise CourseError(f"no submission of {assignment} from {', '.join(unknown)}")
    return sorted(set(wanted)) or there


def require_notebooks(folder, names):
    """Raises NotGradable unless `folder` holds at least one of the notebooks `names`, and all there can be read."""
    there = [folder / f"{name}.ipynb" for name in names if (folder / f"{name}.ipynb").is_file()]
    if not there:
        others = sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) or ["nothing"]
        raise NotGradable(f"no {' or '.join(f'{name}.ipynb' for name in names)} in it; found {', '.join(others[:3])}")
    for path in there:
        require_notebook(path)


def require_notebook(path):
    """Raises NotGradable, saying what the file is instead, unless it is a notebook with cells."""
    content = path.read_bytes()
    for start, what in SIGNATURES.items():
        if content.startswith(start):
            raise NotGradable(f"{path.name} is not a notebook but {what}")
    if not content.strip():
        raise NotGradable(f"{path.name} is empty")
    try:
        notebook = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotGradable(f"{path.name} is not a notebook: {str(error).splitlines()[0]}") from error
    # Notebooks of format 3 keep their cells in worksheets.
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        raise NotGradable(f"{path.name} is JSON, but has no cells")


def fingerprint(folder, tests):
    """A hash of every file below `folder` and of `tests` (a text): equal when and only when names and contents are."""
    digest = hashlib.sha256(f"{tests}\n".encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()
