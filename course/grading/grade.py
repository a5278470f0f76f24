"""Grades the submissions of an assignment: which to grade, in what order, and what is remembered of each."""

from dataclasses import dataclass, replace
from pathlib import Path

from course.grading import gradebook
from course.grading.course_root import course_directory, load_config, require_assignment
from course.grading.engine.desk import Desk
from course.grading.engine.local import Engine
from course.grading.engine.snapshot import snapshot
from course.grading.preprocessors import ExecuteOutside
from course.grading.regrade.new_time import only_time_is_new, with_new_time
from course.grading.submissions import choose_students, students_below


@dataclass(frozen=True)
class Result:
    """Where one submission stands after a run.

    status: GRADED, FLAGGED or FAILED. reason: why not graded, or what a person should look at, or what kept a cell from
    being run to its end; else empty. is_new: graded in this run, not in an earlier one. seed: its tests drew their inputs
    from it. suspicious: all that a person should look at, incidents: all that kept a cell from its end; one line each.
    has_new_time: its timestamp.txt was new, and nothing else, so that nothing of it was run.
    """

    student: str
    status: str
    reason: str
    is_new: bool
    seed: int | None = None
    suspicious: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    has_new_time: bool = False


def grade(root, assignment, *, students=(), timeout=None, force=False, resume=False, seed=None, jobs=1, device="cpu",
          sandbox=True, scheduler=None, progress=None):
    """Grades what has not been graded, or has changed since, or whose tests have; `force` grades everything again.

    students: names, default all that submitted. timeout: seconds a cell may run, default nbgrader_config.py's.
    resume: with `force`, not again what a run that was stopped has graded. seed: of the inputs that tests draw, default
    that of a run that was stopped, else a fresh one. jobs: submissions graded at a time. device: `cuda` lets student
    code see the GPU. sandbox: False grades without one. scheduler: address of a Dask scheduler whose workers are to grade;
    jobs None: as many at a time as they take. progress: called with (list of Records that are new, how many there will
    be in all), the first time with none.
    Returns a list of Result, one a student. Raises CourseError when there is nothing to grade, or grading cannot go on;
    then what was graded is kept, and the next run goes on from there. A submission that cannot be graded is recorded
    with its reason and a score of 0 that needs a person's look; it stops nobody else.
    """
    root = Path(root)
    require_assignment(root, assignment)
    students = choose_students(root, assignment, students)
    config, directory = load_config(root), course_directory(root)
    allowance = replace(ExecuteOutside(config=config).allowance(), device=device)
    if timeout:
        allowance = replace(allowance, cell_seconds=timeout)
    with gradebook.opened(root) as book:
        about = snapshot(book, directory, config, assignment, allowance)
        with Desk(root, directory, config, book, about) as desk:
            desk.merge_what_was_left()
            todo = what_to_do(desk, students, force, resume)
            retimed = [] if force else [student for student in todo if only_time_is_new(desk, student, about.digest)]
            if retimed:
                desk.merge([with_new_time(desk, student) for student in retimed])
            todo = [student for student in todo if student not in retimed]
            if todo:
                about = desk.assignment = replace(about, seed=desk.begin_run(seed))
                run(desk, about, todo, engine_for(about, sandbox, scheduler), jobs, progress or (lambda new, total: None))
                desk.records.end_run()
            elif students == choose_students(root, assignment):
                desk.records.end_run()  # the last one was killed when all was graded, and before it could say so
            stand = [desk.records.get(student) for student in students]
    return [Result(one.student, one.status, one.reason, one.student in todo, one.seed, one.suspicious, one.incidents,
                   one.student in retimed)
            for one in stand]


def what_to_do(desk, students, force, resume):
    """The students to grade now, in order."""
    stopped = desk.records.stopped_run() if resume else None

    def is_due(student):
        record = desk.records.get(student)
        of_the_stopped_run = record is not None and record.seed == stopped
        return force and not of_the_stopped_run or not desk.is_done(student)

    return [student for student in students if is_due(student)]


def engine_for(assignment, sandbox, scheduler):
    """What grades: this machine, or the workers of a Dask scheduler."""
    if scheduler is None:
        return Engine(sandbox=sandbox, device=assignment.allowance.device)
    from course.grading.engine.cluster import ClusterEngine

    return ClusterEngine(scheduler, sandbox=sandbox)


def run(desk, assignment, students, engine, jobs, progress):
    """Grades and merges these students' submissions."""
    progress([], len(students))
    with engine:
        for batch in engine.batches(assignment, desk.read(students), jobs):
            progress(desk.merge(batch), len(students))


def autograded_notebooks(root, assignment, student):
    """Paths of the student's graded notebooks, sorted."""
    return sorted((root / "autograded" / student / assignment).glob("*.ipynb"))


def graded_students(root, assignment):
    """Names of the students with a folder autograded/<student>/<assignment>, sorted."""
    return students_below(root / "autograded", assignment)
