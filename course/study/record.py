"""What is remembered of a learner in work/progress.json: what was checked when, tries, hints shown, best outcomes.

One small file, written whole or not at all; deleting it loses nothing else. A damaged one is set aside.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout
from jsonschema import Draft4Validator

from course.grading.course_root import CourseError
from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, WRONG
from course.study.copies import WORK

VERSION = 1
NAME = "progress.json"
OUTCOMES = (NOT_ATTEMPTED, RAISED, WRONG, RIGHT)  # from worst to best
LOCK_SECONDS = 10

_WHEN = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_OUTCOME = {"enum": list(OUTCOMES)}
_EXERCISE = {"type": "object", "properties": {
    "tries": {"type": "array", "items": {"type": "string"}}, "hints_shown": _COUNT, "mistake": {"type": ["string", "null"]},
    "written": {"type": "boolean"}, "passed": _WHEN, "solution_shown": _WHEN,
    "checks": {"type": "object", "additionalProperties": {
        "type": "object", "properties": {"best": _OUTCOME, "last": _OUTCOME}, "required": ["best", "last"]}},
}}
SCHEMA = {"type": "object", "required": ["version", "chapters"], "properties": {
    "version": {"enum": [VERSION]},
    "chapters": {"type": "object", "additionalProperties": {"type": "object", "required": ["exercises"], "properties": {
        "checked": _WHEN, "seed": {"type": ["integer", "null"]},
        "exercises": {"type": "object", "additionalProperties": _EXERCISE}}}},
}}


class Record:
    """The content of the file. Ask and change it by exercise: `record.exercise("tensors", "column")`."""

    def __init__(self, data=None):
        self.data = data or {"version": VERSION, "chapters": {}}

    def chapter(self, name: str) -> dict:
        """{"checked", "seed", "exercises"} of a chapter, to be changed in place."""
        return self.data["chapters"].setdefault(name, {"checked": None, "seed": None, "exercises": {}})

    def exercise(self, chapter: str, name: str) -> dict:
        """What is known of an exercise, to be changed in place.

        tries: digests of the answers that count as honest tries. hints_shown: how many. mistake: that the last check
        named. written: whether a text was. passed, solution_shown: when first. checks: {grade_id: {"best", "last"}}.
        """
        known = self.chapter(chapter)["exercises"].setdefault(name, {})
        for key, value in untouched().items():
            known.setdefault(key, value)
        return known

    def text(self) -> str:
        """The content of the file: what is as at first is left out."""
        chapters = {}
        for name, chapter in self.data["chapters"].items():
            known = {one: {key: value for key, value in about.items() if value != untouched().get(key)}
                     for one, about in chapter["exercises"].items()}
            chapters[name] = {**chapter, "exercises": {one: about for one, about in known.items() if about}}
        return json.dumps({"version": VERSION, "chapters": chapters}, indent=1, ensure_ascii=False) + "\n"


def untouched() -> dict:
    """What is known of an exercise that nobody has begun."""
    return {"tries": [], "hints_shown": 0, "mistake": None, "written": False, "passed": None, "solution_shown": None, "checks": {}}


def read_record(root, say=None) -> Record:
    """What is remembered. A file that cannot be read as such is set aside, and `say` called with a line that tells so."""
    path = Path(root) / WORK / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Record()
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:  # no JSON, or no text at all
        data = None
    if isinstance(data, dict) and isinstance(data.get("version"), int) and data["version"] > VERSION:
        raise CourseError(f"{path} was written by a newer course: bring this one up to date, or move the file away")
    if data is None or not Draft4Validator(SCHEMA).is_valid(data):
        aside = set_aside(path)
        if say is not None:
            say(f"{WORK}/{NAME} was damaged: kept as {WORK}/{aside.name}; your progress starts anew, your notebooks are untouched")
        return Record()
    return Record(data)


def set_aside(path: Path) -> Path:
    """Moves the file to a dated name beside it, over no other. Returns the new path."""
    stamp = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
    for more in ("", *(f"-{number}" for number in range(2, 1000))):
        aside = path.with_name(f"progress-damaged-{stamp}{more}.json")
        if not aside.exists():
            os.replace(path, aside)
            return aside
    raise CourseError(f"{path} is damaged: move it away")


@contextlib.contextmanager
def changing(root, say=None):
    """The Record to change within the block; it is written when the block ends well, and nobody else writes meanwhile."""
    folder = Path(root) / WORK
    folder.mkdir(exist_ok=True)
    lock = FileLock(folder / f".{NAME}.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise CourseError(f"another command has been writing {WORK}/{NAME} for {LOCK_SECONDS} s: try again") from None
    except OSError as error:
        raise CourseError(f"nothing can be written in {folder}: {error.strerror}") from None
    with contextlib.ExitStack() as stack:
        stack.callback(lock.release)
        record = read_record(root, say)
        yield record
        write_whole(folder / NAME, record.text().encode())


def write_whole(path: Path, content: bytes):
    """Writes the file in one step, so that it holds the old content or the new one, and leaves nothing else behind."""
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(partial, path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def now() -> str:
    """This moment as it stands in the file: local time to the second."""
    return datetime.datetime.now().isoformat(timespec="seconds")


def better(one: str, other: str) -> str:
    """The better of two outcomes."""
    return max(one, other, key=OUTCOMES.index)
