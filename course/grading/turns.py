"""One process at a time in the gradebook and in nbgrader's own code, while the cells of many submissions run side by side.

SQLite lets one process write at a time and tells the others to give up; so those that grade take turns. The lock is a file
that the operating system frees when its holder dies.
"""

from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

_held: list[FileLock] = []


@contextmanager
def turn(root):
    """Wait for this process's turn with the gradebook of the course at `root`, and hold it."""
    path = Path(root) / "autograded" / ".grading" / "turn.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    lock.acquire()
    _held.append(lock)
    try:
        yield
    finally:
        _held.remove(lock)
        lock.release()


@contextmanager
def let_others():
    """Let other processes have their turn meanwhile; does nothing where this process holds none."""
    lock = _held[-1] if _held else None
    if lock:
        lock.release()
    try:
        yield
    finally:
        if lock:
            lock.acquire()
