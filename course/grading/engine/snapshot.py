"""Reads an assignment from this machine's gradebook and folders into the plain data that graders are given."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from ..course_root import CourseError
from ..regrade.tests import digest_of, tests_of
from .picture import picture_of
from .task import Allowance, Assignment, NotebookSource


def snapshot(book: Gradebook, directory: CourseDirectory, config: Config, name: str, allowance: Allowance) -> Assignment:
    """The assignment as it is now. Raises CourseError when it was never generated."""
    try:
        found = book.find_assignment(name)
    except MissingEntry:
        raise CourseError(f"{name} is not in the gradebook: run `course generate {name}`") from None
    source = Path(directory.format_path(directory.source_directory, ".", name))
    notebooks = tuple(with_text(picture_of(notebook), source) for notebook in found.notebooks)
    left_to_students = Autograde(config=config).exclude_overwriting.get(name, [])
    files = {path: content for path, content in files_below(source, directory.ignore).items()
             if path not in left_to_students}
    digest = digest_of(tests_of(notebooks, files))
    return Assignment(name, directory.course_id, notebooks, files, config, allowance, digest=digest)


def with_text(notebook: NotebookSource, folder: Path) -> NotebookSource:
    """The notebook with the instructor's text, where the source folder has it."""
    path = folder / f"{notebook.name}.ipynb"
    return replace(notebook, text=path.read_text(encoding="utf-8")) if path.is_file() else notebook


def files_below(folder: Path, ignore: list[str]) -> dict[str, bytes]:
    """{relative path: content} of what belongs beside the notebooks: neither notebooks nor what nbgrader is to ignore."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and is_kept(path.relative_to(folder).as_posix(), ignore)
    }


def is_kept(path: str, ignore: list[str]) -> bool:
    """Whether a file at this relative path goes with the notebooks."""
    return not any(fnmatch(part, pattern) for part in path.split("/") for pattern in [*ignore, "*.ipynb"])
