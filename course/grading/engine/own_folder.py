"""A temporary folder that goes when it is not needed, and after the next start where its owner was killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "course-engine-"


class OwnFolder:
    """A folder, and the lock on it that tells others that its owner lives: the system takes it away with the owner."""

    def __init__(self, path: str, descriptor: int):
        self.path, self.descriptor = path, descriptor

    def remove(self) -> None:
        """Takes the folder away. May be called again."""
        if self.descriptor is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self.descriptor)
            self.descriptor = None


def make() -> OwnFolder:
    """A new folder that only this user can enter; those of owners that have ended are removed first."""
    remove_stale()
    while True:
        path = tempfile.mkdtemp(prefix=PREFIX)
        # None where another process found it before it was locked, and removed it.
        if (folder := taken(path)) is not None:
            return folder


def remove_stale() -> None:
    """Removes this user's folders whose owners have ended."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_uid == os.getuid() and (folder := taken(path)) is not None:
                folder.remove()


def taken(path: str | os.PathLike) -> OwnFolder | None:
    """The folder at `path`, locked; None where somebody else has it or it is not there any more."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), os.lstat(path)):
            return OwnFolder(os.fspath(path), descriptor)
    except OSError:
        pass
    os.close(descriptor)
    return None
