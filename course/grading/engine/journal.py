"""Results on disk before they are in the gradebook, so that a run that is killed loses none and repeats none."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..records import write_text_whole
from .task import NotebookGrades, Result


class Journal:
    """Results that were graded and are not merged yet: one file a student, there whole or not at all.

    Merging is repeated for whatever is found here: it comes to the same when it was done already.
    """

    def __init__(self, folder: Path):
        self.folder = folder / ".unmerged"

    def put(self, result: Result) -> None:
        write_text_whole(self._path(result.student), as_text(result))

    def forget(self, student: str) -> None:
        self._path(student).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Result]:
        """The results in it. What cannot be read is dropped: its submission is graded again."""
        for path in sorted(self.folder.glob("*.json")):
            try:
                yield from_text(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, TypeError, KeyError):
                path.unlink(missing_ok=True)

    def _path(self, student: str) -> Path:
        return self.folder / f"{student}.json"


def as_text(result: Result) -> str:
    """The result as JSON."""
    plain = dict(vars(result))
    plain["notebooks"] = [vars(notebook) for notebook in result.notebooks]
    plain["timestamp"] = result.timestamp.isoformat() if result.timestamp else None
    return json.dumps(plain)


def from_text(text: str) -> Result:
    """The result that `as_text` made this of. Raises ValueError, TypeError or KeyError where it is none."""
    plain = json.loads(text)
    plain["timestamp"] = datetime.datetime.fromisoformat(plain["timestamp"]) if plain["timestamp"] else None
    plain["notebooks"] = tuple(
        NotebookGrades(one["name"], {name: tuple(score) for name, score in one["scores"].items()}, one["comments"])
        for one in plain["notebooks"]
    )
    plain["incidents"], plain["suspicious"] = tuple(plain["incidents"]), tuple(plain["suspicious"])
    return Result(**plain)


def place(folder: Path, files: dict[str, bytes], permissions: int, staging: Path) -> None:
    """Makes `folder` hold these files and nothing else, in one step as far as the file system allows.

    staging: a folder on the same file system for what is half made.
    """
    new, old = staging / "new", staging / "old"
    clear(staging)
    new.mkdir(parents=True)
    for path, content in files.items():
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(permissions)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def clear(staging: Path) -> None:
    """Takes away what is half made there."""
    shutil.rmtree(staging, ignore_errors=True)


def remove(folder: Path, staging: Path) -> None:
    """Takes the folder away, if it is there."""
    old = staging / "old"
    clear(staging)
    if folder.exists():
        staging.mkdir(parents=True, exist_ok=True)
        folder.rename(old)
        shutil.rmtree(old, ignore_errors=True)
