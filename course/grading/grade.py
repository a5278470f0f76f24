"""Grades the submissions of an assignment: which to grade, in what order, and what is remembered of each."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from course.grading import gradebook
from course.grading.course_root import CourseError, require_assignment
from course.grading.outcomes import read_incidents
from course.grading.records import FAILED, GRADED, Record, Records
from course.grading.stock import autograde_one
from course.grading.submissions import NotGradable, choose_students, fingerprint, require_notebooks, students_below
from course.grading.turns import turn
from course.grading.workers import Outcomes


@dataclass(frozen=True)
class Result:
    """Where one submission stands after a run.

    status: GRADED or FAILED. reason: why not graded, or what kept a cell from being run to its end; else empty.
    is_new: graded in this run, not in an earlier one.
    """

    student: str
    status: str
    reason: str
    is_new: bool


def grade(root, assignment, *, students=(), timeout=None, force=False, seed=None, jobs=1, progress=iter):
    """Grades what has not been graded, or has changed since, or whose tests have; `force` grades everything again.

    students: names, default all that submitted. timeout: seconds a cell may run, default nbgrader_config.py's.
    seed: of the inputs that tests draw, default a fresh one a run. jobs: submissions graded at a time.
    progress: wraps the records as they come.
    Returns a list of Result, one a student. Raises CourseError when there is nothing to grade. A submission that
    cannot be graded is recorded with its reason and a score of 0 that needs a person's look; it stops nobody else.
    """
    root = Path(root)
    require_assignment(root, assignment)
    students = choose_students(root, assignment, students)
    notebooks = gradebook.notebook_names(root, assignment)
    tests = gradebook.tests_digest(root, assignment)
    records = Records(root, assignment)
    todo = [student for student in students if force or not is_done(root, assignment, student, records, tests)]
    if todo:
        run_seed = records.begin_run(seed)
        one = partial(grade_one, root, assignment, notebooks=notebooks, tests=tests, timeout=timeout, seed=run_seed)
        with environment(COURSE_SEED=str(run_seed)), shared_device():
            for record in progress(Outcomes(one, todo, jobs)):
                records.put(record)
        records.end_run()
    stand = [records.get(student) for student in students]
    return [Result(one.student, one.status, one.reason, one.student in todo) for one in stand]


def is_done(root, assignment, student, records, tests):
    """Whether the submission as it is now was dealt with on these tests already, and its result is still there."""
    record = records.get(student)
    if record is None or record.fingerprint != fingerprint(root / "submitted" / student / assignment, tests):
        return False
    return record.status == FAILED or (root / "autograded" / student / assignment).is_dir()


def grade_one(root, assignment, student, notebooks, tests, timeout, seed):
    """Grades one submission whatever it is, taking turns with other processes. Returns its Record."""
    with turn(root):
        return _grade_one(root, assignment, student, notebooks, tests, timeout, seed)


def _grade_one(root, assignment, student, notebooks, tests, timeout, seed):
    folder = root / "submitted" / student / assignment
    before = fingerprint(folder, tests)
    try:
        require_notebooks(folder, notebooks)
        try:
            autograde_one(root, assignment, student, timeout)
        except Exception:  # a kernel that did not start, a busy disk: what is the machine's passes, and this goes again
            autograde_one(root, assignment, student, timeout)
    except Exception as error:  # whatever is wrong with one submission is that submission's record, not the run's end
        known = isinstance(error, NotGradable | CourseError)
        reason = str(error) if known else f"{type(error).__name__}: {error}"
        gradebook.mark_ungraded(root, assignment, student)
        return Record(student, FAILED, reason.strip().split("\n")[0], before, seed)
    incidents = [line for path in autograded_notebooks(root, assignment, student) for line in read_incidents(path)]
    more = f" (and {len(incidents) - 1} more cells)" if len(incidents) > 1 else ""
    return Record(student, GRADED, incidents[0] + more if incidents else "", before, seed)


def autograded_notebooks(root, assignment, student):
    """Paths of the student's graded notebooks, sorted."""
    return sorted((root / "autograded" / student / assignment).glob("*.ipynb"))


def graded_students(root, assignment):
    """Names of the students with a folder autograded/<student>/<assignment>, sorted."""
    return students_below(root / "autograded", assignment)



@contextmanager
def shared_device():
    """One pretend device for all submissions: it takes seconds to start, and forks a child a request."""
    from course.check import devices

    with environment(**{devices.SHARED: devices.worker_address()}):
        yield
    devices.stop()


@contextmanager
def environment(**variables):
    """Sets environment variables for the kernels that are started meanwhile."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
