"""A learner's own copies of the released chapters in work/: made where they are missing, put back on request, never lost."""

import datetime
import os
import shutil
from pathlib import Path

import nbformat

from course.grading.course_root import CourseError
from course.study.suggesting import unknown_chapter

WORK = "work"


def own_copy(root, chapter):
    """Path of a learner's notebook of this chapter, there or not."""
    return Path(root) / WORK / chapter / f"{chapter}.ipynb"


def copy_chapters(root, chapter=None):
    """Copies each released chapter's files, or those of one, to work/<chapter>/ where they are missing; overwrites nothing.

    Returns the files copied, sorted. Raises CourseError when nothing has been released.
    """
    root = Path(root)
    copied = []
    for path in released_files(root, chapter):
        target = root / WORK / path.relative_to(root / "release")
        if not target.exists():
            put(path, target)
            copied.append(target)
    return copied


def released_files(root, chapter=None):
    """Files of all released chapters, or of one, sorted. Raises CourseError when there are none."""
    folder = Path(root) / "release"
    names = sorted(path.name for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))
    if not names:
        raise CourseError("release/ holds no chapter yet: run `course build`")
    if chapter is not None and chapter not in names:
        raise CourseError(unknown_chapter(root, chapter, names))
    found = sorted(folder.glob(f"{chapter or '*'}/**/*"))
    return [path for path in found if path.is_file() and not is_hidden(folder, path)]


def is_hidden(folder, path):
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def put(path, target):
    """A copy of the file at `target`, there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    shutil.copyfile(path, partial)
    os.replace(partial, target)


def start_afresh(root, chapter, now=None):
    """Puts the released notebook in the place of a learner's, and keeps the old one beside it under a dated name.

    Returns the path of what was kept, or None where there was nothing. Raises CourseError for an unknown chapter.
    """
    copied = copy_chapters(root, chapter)
    mine = own_copy(root, chapter)
    if mine in copied:
        return None
    kept = keep_beside(mine, now)
    put(Path(root) / "release" / chapter / mine.name, mine)
    return kept


def keep_beside(path, now=None):
    """Copies a file to one beside it with date and time in its name; never over another. Returns the copy's path."""
    stamp = (now or datetime.datetime.now()).strftime("%Y-%m-%d-%H%M")
    for more in ("", *(f"-{number}" for number in range(2, 1000))):
        kept = path.with_name(f"{path.stem}-{stamp}{more}{path.suffix}")
        try:
            with path.open("rb") as old, kept.open("xb") as new:
                shutil.copyfileobj(old, new)
            return kept
        except FileExistsError:
            continue
    raise CourseError(f"{path.parent} holds a thousand copies of this minute: move some away")


def last_worked_on(root):
    """Name of the chapter in work/ whose notebook was saved last, of those that hold an answer; without one, of all.

    None when nothing has been copied.
    """
    copies = [path for path in Path(root).glob(f"{WORK}/*/*.ipynb") if path.stem == path.parent.name and released(root, path).is_file()]
    copies.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    changed = (path for path in copies if answers_of(path) != answers_of(released(root, path)))
    newest = next(changed, copies[0] if copies else None)
    return newest and newest.stem


def released(root, path):
    """Path of the released notebook that this is a copy of."""
    return Path(root) / "release" / path.stem / path.name


def answers_of(path):
    """Texts of the answer cells of a notebook; None when it cannot be read as one."""
    try:
        cells = nbformat.read(path, as_version=4).cells
    except Exception:  # whatever a broken file makes nbformat raise: that file was changed, which is all we ask here
        return None
    return [cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
