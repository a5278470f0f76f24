"""What a grading run remembers of each submission, on disk as it goes, so that a stopped run can go on."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from course.grading.engine.task import FAILED, FLAGGED, GRADED

__all__ = ["FAILED", "FLAGGED", "GRADED", "STEPS", "Record", "Records", "write_text_whole"]

# What a Record's seconds are of, one after the other. What else it names lies within these.
STEPS = ("sanitise", "execute", "score")


@dataclass(frozen=True)
class Record:
    """One submission's last grading.

    status: GRADED, FLAGGED (graded, but a person should look) or FAILED. reason: why not, or what went wrong on the
    way; one line, or empty. fingerprint: of the submission and the tests as they were then. seed: the tests drew their
    inputs from it. gradebook: which one has the scores. suspicious: what looked like forgery, incidents: what kept cells
    from being run to their end; one line each. seconds: {step: time} that grading took, empty in older records.
    tests: digest of what the graded cells were then, see `Records.tests`; empty in older records. cell_seconds: how long a
    cell was let run; None in older records.
    """

    student: str
    status: str
    reason: str
    fingerprint: str
    seed: int
    gradebook: str = ""
    suspicious: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    tests: str = ""
    cell_seconds: float | None = None


class Records:
    """The records of one assignment, a file each under autograded/.grading/, written whole or not at all."""

    def __init__(self, root, assignment):
        self.folder = Path(root) / "autograded" / ".grading" / assignment

    def get(self, student):
        """The student's Record, or None when there is none that can be read."""
        try:
            told = json.loads(self._path(student).read_text(encoding="utf-8"))
            return Record(**{name: tuple(value) if isinstance(value, list) else value for name, value in told.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def put(self, record):
        self._write(self._path(record.student), asdict(record))

    def keep_tests(self, digest, tests):
        """Keeps what graded cells were judged on, JSON, under its digest, unless it is kept already."""
        path = self._tests_file(digest)
        if not path.exists():
            self._write(path, tests)

    def tests(self, digest):
        """What graded cells were judged on when that was their digest, or None when it is not known."""
        try:
            return json.loads(self._tests_file(digest).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def stopped_run(self):
        """The seed of a run that was stopped before its end, or None."""
        try:
            return json.loads(self._run_file().read_text(encoding="utf-8"))["seed"]
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def begin_run(self, seed=None):
        """The seed of the run: `seed` if given, that of a run that was stopped, or a fresh one."""
        chosen = next(one for one in (seed, self.stopped_run(), secrets.randbelow(2**31)) if one is not None)
        self._write(self._run_file(), {"seed": chosen})
        return chosen

    def end_run(self):
        """The run came to its end: the next one draws a fresh seed."""
        self._run_file().unlink(missing_ok=True)

    def _run_file(self):
        return self.folder / "run"

    def _tests_file(self, digest):
        return self.folder / "tests" / digest

    def _path(self, student):
        return self.folder / f"{student}.json"

    def _write(self, path, content):
        write_text_whole(path, json.dumps(content))


def remove_partial(folder):
    """Removes what writers left that were killed while they wrote. For whoever alone writes there now."""
    for path in folder.glob(".*.*"):
        if path.suffix[1:].isdigit():
            path.unlink(missing_ok=True)


def write_text_whole(path, text):
    """Writes a file in one step: whoever reads it, and whenever this is killed, finds the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
