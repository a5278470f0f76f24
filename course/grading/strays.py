"""Finds what was handed in at a wrong place below submitted/, where no grading looks, and says where it should lie."""

from dataclasses import dataclass
from pathlib import Path

from course.grading.course_root import assignments
from course.grading.misspelt import nearest

MOST = 10
# What operating systems and Python leave behind; hidden files are nobody's work either.
LITTER = ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Stray:
    """A file, or a folder without a notebook, that nobody looks at. path: it, expected: where it should lie, from the root.

    student: whose it seems to be, or empty. taken: whether something lies where it should.
    """

    path: str
    expected: str
    student: str = ""
    taken: bool = False

    def told(self):
        """One line."""
        where = f"{self.expected} is there, too" if self.taken else f"expected {self.expected}"
        return f"not looked at: {self.path} ({where})"


def strays(root, assignment, students=()):
    """List of Stray, by path. students: only theirs, and all of them if none are named.

    The folders of all assignments in source/ and release/ are where they belong, whichever is graded.
    """
    root = Path(root)
    known = {*assignments(root), *(path.name for path in (root / "release").glob("*") if path.is_dir()), assignment}
    found = []
    for entry in visible(root / "submitted"):
        if not entry.is_dir():
            found.append(_stray(root, entry, "", _meant(entry.stem, known, assignment)))
            continue
        for below in visible(entry):
            if not below.is_dir():
                found.append(_stray(root, below, entry.name, _meant(below.stem, known, assignment)))
            elif below.name not in known:
                found += _in_folder(root, below, known, assignment)
    return [one for one in found if not students or one.student in students]


def _in_folder(root, folder, known, assignment):
    """The Strays in a folder submitted/<a>/<b> whose <b> is no assignment's name: misspelt, or the two are swapped."""
    student, meant = folder.parent.name, None
    if student in known:
        student, meant = folder.name, student
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_litter(path.relative_to(folder))]
    notebooks = [path for path in files if path.suffix == ".ipynb"]
    return [_stray(root, path, student, meant or _meant(folder.name, known, None) or _meant(path.stem, known, assignment))
            for path in notebooks or files and [folder]]


def _stray(root, path, student, assignment):
    expected = root / "submitted" / (student or "<student>") / assignment / f"{assignment}.ipynb"
    return Stray(path.relative_to(root).as_posix(), expected.relative_to(root).as_posix(), student, expected.exists())


def _meant(name, known, otherwise):
    """The assignment that a file or folder of this name is probably of."""
    return name if name in known else nearest(name, known) or otherwise


def visible(folder):
    """What lies in a folder, sorted, without hidden files and litter; nothing where there is no folder."""
    return sorted(path for path in folder.iterdir() if not _is_litter(path.relative_to(folder))) if folder.is_dir() else []


def _is_litter(path):
    return any(part.startswith(".") or part in LITTER for part in path.parts)


def told(found):
    """Lines about these Strays: the first few, and how many more there are."""
    more = [f"and {len(found) - MOST} more, which --json lists"] if len(found) > MOST else []
    return [*(one.told() for one in found[:MOST]), *more]
