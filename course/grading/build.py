"""Builds source/<chapter>/<chapter>.ipynb and release/<chapter>/ from the chapter's text, and tells what is stale."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from fnmatch import fnmatch
from pathlib import Path

import nbformat

from course.grading.chapter_text import master_notebook, notebook_bytes
from course.grading.course_root import (
    CONFIG_NAME,
    CourseError,
    chapters,
    course_directory,
    refuse_pattern,
    require_assignment,
)
from course.grading.slips import slips
from course.grading.stock import generate_assignment


def build(root, names=(), *, force=False):
    """Writes what is stale of the chapters `names` (default: all). Returns the paths written or removed, sorted.

    Raises CourseError, and writes nothing, where that would discard what somebody changed in a built notebook; with
    `force` it is discarded.
    """
    root = Path(root)
    changed = []
    found = differences(root, names)
    for path, content in found if not force else ():
        refuse_to_discard(root, path, content)
    for path, content in found:
        changed.append(path)
        if content is None:
            path.unlink()
        else:
            write_whole(path, content)
    return sorted(changed)


def generate(root, name, *, force=False, allow_failing=False):
    """Builds the chapter `name` if it is stale, then has nbgrader release it and enter it into the gradebook.

    force: as in `build`. allow_failing: as in `generate_assignment`. Returns warnings, the author's slips first. Raises
    CourseError where it is refused; the release is then as it was before.
    """
    root = Path(root)
    with put_back_if_refused(root / "release" / name):
        if name in chapters(root):
            build(root, [name], force=force)
        warned = generate_assignment(root, require_assignment(root, name), allow_failing=allow_failing)
    return [*slips(root, name), *warned]


@contextlib.contextmanager
def put_back_if_refused(folder):
    """When the block raises, the folder is what it was before, or is not there if it was not: nbgrader takes it away first."""
    with tempfile.TemporaryDirectory(prefix="course-generate-") as away:
        kept = shutil.copytree(folder, Path(away) / "kept") if folder.is_dir() else None
        try:
            yield
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            if kept:
                shutil.copytree(kept, folder)
            raise


def refuse_to_discard(root, path, new):
    """Raises CourseError where a built notebook of source/ says something else than `new`, and is younger than its text."""
    text = path.with_suffix(".py")
    if path.parent.parent != root / "source" or not path.is_file() or not text.is_file():
        return
    if path.stat().st_mtime > text.stat().st_mtime and cells_of(path.read_bytes()) != cells_of(new):
        raise CourseError(f"{path.relative_to(root)} was changed after it was built from {text.name}, and would be overwritten: "
                          f"make the change in {text.relative_to(root)} instead, or give --force to discard it")


def cells_of(notebook):
    """What people write in a notebook, given as bytes: its cells without outputs. None where it is no notebook."""
    try:
        cells = nbformat.reads(notebook.decode("utf-8"), as_version=4).cells
    except Exception:  # nbformat raises many kinds
        return None
    return [(cell.cell_type, cell.source, cell.metadata.get("nbgrader")) for cell in cells]


def stale(root, names=()):
    """Paths that building the chapters `names` (default: all) would write or remove, sorted. Writes nothing."""
    return sorted(path for path, _ in differences(Path(root), names))


def differences(root, names):
    """List of (path, bytes that should be there, or None where the file should not be) over the chapters."""
    known = chapters(root)
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise CourseError(f"unknown chapter {', '.join(unknown)}: source/ has {', '.join(known) or 'none'}")
    found = []
    for name in names or known:
        wanted = built_files(root, name)
        there = files_below(root / "release" / name, course_directory(root).ignore)
        found += [(path, None) for path in there if path not in wanted]
        found += [(path, new) for path, new in wanted.items() if not path.is_file() or path.read_bytes() != new]
    return found


def built_files(root, name):
    """{path: bytes} of the chapter's master notebook and of everything in its release."""
    source = root / "source" / name
    master = notebook_bytes(master_notebook((source / f"{name}.py").read_text(encoding="utf-8"), name))
    with tempfile.TemporaryDirectory(prefix="course-build-") as folder:
        # A course of its own, gradebook included: building must never touch the grades of the real one.
        away = Path(folder).resolve()
        refuse_pattern(away)
        shutil.copytree(source, away / "source" / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        shutil.copy(root / CONFIG_NAME, away)
        (away / "source" / name / f"{name}.ipynb").write_bytes(master)
        try:
            generate_assignment(away, name, try_tests=False, db_url=throwaway_gradebook(away))
        except CourseError as error:
            raise CourseError(f"{name}: {error}") from error
        released = away / "release" / name
        files = {root / path.relative_to(away): path.read_bytes() for path in sorted(released.rglob("*")) if path.is_file()}
    return {source / f"{name}.ipynb": master, **files}


def throwaway_gradebook(folder):
    """URL of a gradebook nobody will open again. Nbgrader asks alembic, for seconds, to mark an empty one: give a table."""
    path = folder / "gradebook.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE throwaway (id INTEGER)")
    connection.commit()
    connection.close()
    return f"sqlite:///{path}"


def files_below(folder, ignore):
    """Files under `folder`, without those that nbgrader is told to ignore and that editors leave behind."""
    leftovers = [pattern for pattern in ignore if pattern not in ("*.py", "*.toml", "feedback")]
    return [
        path for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(fnmatch(part, p) for part in path.relative_to(folder).parts for p in leftovers)
    ]


def write_whole(path, content):
    """Writes `content` to `path` in one step, so that an interrupted build leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
