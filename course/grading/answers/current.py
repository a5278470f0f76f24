"""The chapter that answers are run against: what its text says now, whether or not it was built since."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.grading.build import built_files, cells_of
from course.grading.chapter_text import master_notebook, notebook_bytes

from .plan import Chapter, chapter_of, read_chapter


def current(root: Path, name: str) -> tuple[Chapter, NotebookNode | None]:
    """The chapter and its release, None where there is none. What was changed since the last build is built, and not written.

    Raises CourseError where the text cannot be built, AnswersError where there is neither a text nor a notebook.
    """
    text, path = (root / "source" / name / f"{name}.{end}" for end in ("py", "ipynb"))
    released = root / "release" / name / f"{name}.ipynb"
    if text.is_file():
        master = notebook_bytes(master_notebook(text.read_text(encoding="utf-8"), name))
        if not path.is_file() or cells_of(path.read_bytes()) != cells_of(master):
            release = _notebook(built_files(root, name)[released])
            print(f"{text.relative_to(root)} is not what {path.name} was built from: the answers run against the text, and "
                  f"`course build {name}` writes its notebooks", file=sys.stderr)
            return chapter_of(_notebook(master), name, path.parent), release
    chapter = read_chapter(path)
    if released.is_file():
        return chapter, nbformat.read(released, as_version=4)
    print(f"{released} does not exist: stubs are not run", file=sys.stderr)
    return chapter, None


def _notebook(content: bytes) -> NotebookNode:
    return nbformat.reads(content.decode("utf-8"), as_version=4)
