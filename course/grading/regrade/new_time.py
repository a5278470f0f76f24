"""A submission of which only timestamp.txt is new: its grades stay, and when it was handed in and what that costs follow."""

from course.grading.engine.task import FAILED, NotebookGrades, Result
from course.grading.submissions import TIMESTAMP, NotGradable, fingerprint, read_submission


def only_time_is_new(desk, student, tests):
    """Whether the submission is the one that was graded on the tests with this digest, but for its timestamp.txt.

    The one that it had then lies beside the graded notebook: with that in its place it must be the recorded submission.
    """
    record = desk.records.get(student)
    if record is None or record.status == FAILED or not desk.has_result(record):
        return False
    try:
        now = read_submission(desk.submitted(student))
        then = {path: content for path, content in now.items() if path != TIMESTAMP} | stamp_in(desk.autograded(student))
    except (NotGradable, OSError):
        return False
    return then != now and fingerprint(then, tests) == record.fingerprint


def stamp_in(folder):
    """{timestamp.txt: content}, empty where there is none."""
    path = folder / TIMESTAMP
    return {TIMESTAMP: path.read_bytes()} if path.is_file() else {}


def with_new_time(desk, student):
    """The Result that merges the new time, and what follows from it, with nothing run and no points changed."""
    record, about = desk.records.get(student), desk.assignment
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(desk.autograded(student).glob("*.ipynb"))}
    return Result(
        student, record.status, record.reason, tuple(NotebookGrades(one.name, {}, {}) for one in about.notebooks), texts,
        record.incidents, record.suspicious, dict(record.seconds), record.seed, desk.timestamp(student),
        desk.fingerprint_on(student, about.digest), record.cell_seconds)
