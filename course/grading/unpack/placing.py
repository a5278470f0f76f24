"""Puts a student's files in their place in one step, never over others without being told to, and says what became of them."""

import contextlib
import datetime
import os
import re
import shutil
from dataclasses import dataclass, field

from dateutil import parser, tz

from course.grading.course_root import CourseError
from course.grading.exports.columns import NO_TIME
from course.grading.submissions import TIMESTAMP
from course.grading.unpack.any_language import in_any_language

# A month in letters, a year and a time of day: "Tuesday, 24 November 2026, 3:05 PM", as Moodle writes it in English.
WHOLE = re.compile(r"(?=.*[A-Za-z]{3})(?=.*\b\d{4}\b)(?=.*\d:\d\d)", re.DOTALL)


@dataclass
class Report:
    """What became of a zip: lists of lines. placed, replaced, unchanged, kept: students. unclear: placed, but a person must look."""

    placed: list = field(default_factory=list)
    replaced: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    told: list = field(default_factory=list)
    unclear: list = field(default_factory=list)
    not_placed: list = field(default_factory=list)

    @property
    def is_done(self):
        """Whether nothing is left for a person to do."""
        return not (self.kept or self.unclear or self.not_placed)

    def lines(self):
        """All of it, what needs a person last."""
        counts = [(len(self.placed), "new"), (len(self.replaced), "replaced"), (len(self.unchanged), "there already"),
                  (len(self.kept), "left as they were")]
        yield "submissions: " + (", ".join(f"{count} {what}" for count, what in counts if count) or "none")
        yield from self.told
        yield from (f"kept  {student}: another version lies there already; --force puts the zip's in its place" for student in self.kept)
        yield from (f"look at  {line}" for line in self.unclear)
        yield from (f"not placed  {line}" for line in self.not_placed)


def put(root, assignment, one, away, report, zone, *, force):
    """Puts one student's files at submitted/<student>/<assignment>/. away: a folder on the same disk to make them in."""
    target = root / "submitted" / one.student / assignment
    if earlier := placed_as(root, assignment, one):
        report.not_placed.append(f"{one.student}: lies in submitted/{earlier} already: rename that folder to {one.student} first, and in "
                                 "autograded and feedback")
        return
    try:
        contents = {name: packed.read() for name, packed in one.files.items()}
    except CourseError as error:
        report.not_placed.append(f"{one.student}: {error}")
        return
    stamp = timestamp(one, report, zone)
    there = contents_of(target)
    if there is not None and {name: text for name, text in there.items() if name != TIMESTAMP} == contents:
        report.unchanged.append(one.student)
        if stamp and TIMESTAMP not in there:
            (target / TIMESTAMP).write_text(stamp, encoding="utf-8")
        return
    if there and not force:
        report.kept.append(one.student)
        return
    for name, content in (contents | ({TIMESTAMP: stamp.encode()} if stamp else {})).items():
        path = away / "new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    exchange(target, away)
    (report.replaced if there else report.placed).append(one.student)


def placed_as(root, assignment, one):
    """The other name under which a student's submission was placed, before a class list or a column told this one; or empty."""
    if (root / "submitted" / one.student / assignment).exists():
        return ""
    return next((name for name in one.also_called if (root / "submitted" / name / assignment).is_dir()), "")


def exchange(target, away):
    """Puts the folder <away>/new at `target`, in place of what is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    before = target.exists()
    if before:
        os.replace(target, away / "old")
    try:
        os.replace(away / "new", target)
    except BaseException:
        if before:
            os.replace(away / "old", target)
        raise
    shutil.rmtree(away)


def contents_of(folder):
    """{path as text: content} of what lies there, or None where there is no such folder."""
    if not folder.is_dir():
        return None
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def timestamp(one, report, zone):
    """What timestamp.txt says of when this was handed in; empty, with a line on it, where that cannot be known."""
    if one.late:
        report.told.append(f"late  {one.student}: the platform says so, but not when; write {TIMESTAMP} if that costs points")
    if one.when in NO_TIME:
        return ""
    when = moment(one.when)
    if when is None:
        report.told.append(f"no time  {one.student}: '{one.when}' is not understood, so that it counts as in time; write {TIMESTAMP}, "
                           "as 2026-12-01 22:59:59 UTC")
        return ""
    when = when if when.tzinfo else when.replace(tzinfo=zone[1])
    return f"{when.astimezone(tz.UTC):%Y-%m-%d %H:%M:%S} UTC"


def moment(text):
    """The datetime that a text says, or None where it could be read in two ways, or only in part."""
    with contextlib.suppress(ValueError):
        return datetime.datetime.fromisoformat(text)
    if WHOLE.search(text):
        with contextlib.suppress(ValueError, OverflowError):
            return parser.parse(text)
    return in_any_language(text)
