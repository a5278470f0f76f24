"""Where submissions are read and results are written on this machine: folders, records, and the one gradebook writer."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from ..course_root import CourseError
from ..late.settle import penalty_step
from ..records import Record, Records, remove_partial
from ..regrade.tests import tests_of
from ..submissions import NotGradable, fingerprint, read_submission
from . import journal
from .merge import Writer
from .snapshot import is_kept
from .task import FAILED, Assignment, Result, Submission, failed


class Desk:
    """Reads submissions of one assignment, and merges what became of them. One at a time has the assignment.

    What is merged goes to the journal first, then to the gradebook, the autograded folder and the records: a run that is
    stopped between two of these is finished by the next one, from the journal.
    """

    def __init__(self, root: Path, directory: CourseDirectory, config: Config, book: Gradebook, assignment: Assignment):
        self.root, self.directory, self.assignment = root, directory, assignment
        self.records = Records(root, assignment.name)
        self.journal = journal.Journal(self.records.folder)
        self.staging = self.journal.folder / "staging"
        converter = Autograde(config=config, coursedir=directory)
        self.permissions = int(str(converter.permissions), 8)
        self.writer = Writer(book, assignment.name, penalty_step(config))
        self.lock = FileLock(self.records.folder / "lock")
        self._with_scores: frozenset[str] | None = None

    def __enter__(self) -> Desk:
        with told_plainly():
            self.records.folder.mkdir(parents=True, exist_ok=True)
            try:
                self.lock.acquire(timeout=0)
            except Timeout:
                raise CourseError(f"{self.assignment.name} is being graded by another process") from None
            self._tidy_up()
        return self

    def __exit__(self, *error) -> None:
        journal.clear(self.staging)
        self.lock.release()

    def is_done(self, student: str) -> bool:
        """Whether the submission as it is now was dealt with on these tests already, and its result is still there.

        There means in this gradebook: another one, or one made anew, is to get the scores too.
        """
        record = self.records.get(student)
        return record is not None and self.has_result(record) and record.fingerprint == self._fingerprint(student)

    def has_result(self, record: Record) -> bool:
        """Whether what the record tells of is still there, in this gradebook and in the autograded folder."""
        if record.gradebook != self.writer.assignment_id:
            return False
        if self._with_scores is None:
            self._with_scores = self.writer.students_with_scores()
        return record.student in self._with_scores and (record.status == FAILED or self.autograded(record.student).is_dir())

    def read(self, students: Iterable[str]) -> Iterator[Submission | Result]:
        """The submissions, each read when it is asked for; in place of one that cannot be read, its Result."""
        for student in students:
            folder = self.submitted(student)
            try:
                files = read_submission(folder)
            except (NotGradable, OSError) as error:
                yield failed(Submission(student, {}, fingerprint=self._fingerprint(student)), self.assignment, str(error))
                continue
            sent = {path: content for path, content in files.items()
                    if path.endswith(".ipynb") or is_kept(path, self.directory.ignore)}
            yield Submission(student, sent, self.timestamp(student), fingerprint(files, self.assignment.digest))

    def merge(self, results: Iterable[Result]) -> list[Record]:
        """Writes the results whole. Returns their records. Raises CourseError when that is not possible now."""
        results = list(results)
        about = self.assignment
        with told_plainly():
            self.records.keep_tests(about.digest, tests_of(about.notebooks, about.files))
            for result in results:
                self.journal.put(result)
            self.writer.write(results)
            self._with_scores = None
            return [self._finish(result) for result in results]

    def merge_what_was_left(self) -> None:
        """Finishes what a stopped run had graded and not merged, where the submission is still the same."""
        left = list(self.journal)
        current = [one for one in left if one.fingerprint == self._fingerprint(one.student)]
        for result in left:
            if result not in current:
                self.journal.forget(result.student)
        if current:
            self.merge(current)

    def note(self, record: Record) -> None:
        """Remembers that the record's grades hold on the tests as they are now. For a submission that has not changed."""
        tests = self.assignment.digest
        with told_plainly():
            self.records.keep_tests(tests, tests_of(self.assignment.notebooks, self.assignment.files))
            self.records.put(replace(record, fingerprint=self.fingerprint_on(record.student, tests), tests=tests))

    def submitted(self, student: str) -> Path:
        return self.root / "submitted" / student / self.assignment.name

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / self.assignment.name

    def timestamp(self, student: str):
        """When it was handed in, from its timestamp.txt; None where there is none, or none that can be read."""
        with contextlib.suppress(ValueError, OverflowError, OSError, AttributeError):
            return self.directory.get_existing_timestamp(str(self.submitted(student)))
        return None

    def begin_run(self, seed: int | None) -> int:
        """As `Records.begin_run`. Raises CourseError when that cannot be written."""
        with told_plainly():
            return self.records.begin_run(seed)

    def _tidy_up(self) -> None:
        """Takes away what a run left half written that was killed."""
        remove_partial(self.records.folder)
        remove_partial(self.journal.folder)
        journal.clear(self.staging)

    def _finish(self, result: Result) -> Record:
        if result.status == FAILED:
            journal.remove(self.autograded(result.student), self.staging)
        else:
            journal.place(self.autograded(result.student), self._files(result), self.permissions, self.staging)
        record = Record(result.student, result.status, result.reason, result.fingerprint, result.seed,
                        self.writer.assignment_id, result.suspicious, result.incidents,
                        {step: round(seconds, 3) for step, seconds in result.seconds.items()}, self.assignment.digest,
                        result.cell_seconds)
        self.records.put(record)
        self.journal.forget(result.student)
        return record

    def _files(self, result: Result) -> dict[str, bytes]:
        """What belongs into the autograded folder: the student's other files, the instructor's, the graded notebooks."""
        theirs = read_submission(self.submitted(result.student))
        kept = {path: content for path, content in theirs.items() if is_kept(path, self.directory.ignore)}
        graded = {name: text.encode("utf-8", "replace") for name, text in result.files.items()}
        return {**kept, **self.assignment.files, **graded}

    def fingerprint_on(self, student: str, tests: str) -> str:
        """The fingerprint of the submission as it is now, had it been graded on the tests with this digest."""
        try:
            return fingerprint(read_submission(self.submitted(student)), tests)
        except NotGradable as error:
            return fingerprint({}, f"{tests} {error}")
        except OSError:
            return ""

    def _fingerprint(self, student: str) -> str:
        return self.fingerprint_on(student, self.assignment.digest)


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Raises CourseError, in one line, for a disk that is full or may not be written."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CourseError("the disk is full; nothing is lost: make room and run the same command again") from error
        raise CourseError(f"cannot write the results ({error}); nothing is lost: "
                          "mend that and run the same command again") from error
