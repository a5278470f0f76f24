"""Writes the feedback pages of an assignment: whose, which of them are out of date, and by how many processes."""

import multiprocessing
import signal
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from course.grading import gradebook
from course.grading.course_root import CourseError, course_directory, load_config, require_assignment
from course.grading.grade import autograded_notebooks, graded_students
from course.grading.marks import Marks, read_marks
from course.grading.records import FAILED, Records
from course.grading.submissions import students_below

from .current import BESIDE, file_bytes, is_current, page_mark
from .page import FeedbackPage

# Students that one process is given at a time; and how many make it worth to start processes at all.
AT_A_TIME = 8
WORTH_A_PROCESS = 24
NOT_YET = "not graded yet"


@dataclass(frozen=True)
class Written:
    """What stands under feedback/ after a run.

    pages: paths of the pages there are, sorted by student. failed: {student: why there is none, which is a fault}.
    unchanged: students whose pages were up to date. left_out: {student: why} of those who handed in and have no graded
    notebook that a page could be of. waiting: students with pages who still wait for points by hand.
    """

    pages: list
    failed: dict
    unchanged: list
    left_out: dict = field(default_factory=dict)
    waiting: list = field(default_factory=list)

    def told(self):
        """What a person is told: how many, and who has none and why."""
        new, none = len({path.parts[-3] for path in self.pages} - set(self.unchanged)), {**self.failed, **self.left_out}
        first = f"pages of {new} student{'' if new == 1 else 's'} written under feedback/, {len(self.unchanged)} up to date"
        first += f", none for {len(none)}:" if none else ""
        waiting = [student for student, reason in none.items() if reason == NOT_YET]
        lines = [f"no feedback  {student}: {reason}" for student, reason in none.items() if reason != NOT_YET]
        return "\n".join([first, *lines, *([f"no feedback  {', '.join(waiting)}: {NOT_YET}"] if waiting else [])])


def write_feedback(root, assignment, *, students=(), force=False, jobs=1, progress=iter):
    """Writes feedback/<student>/<assignment>/ for `students` (default: all graded ones) where it is missing or out of date.

    force: write every page anew. jobs: processes. progress: wraps the list of students as a progress bar does.
    Returns a Written. Raises CourseError when nothing was graded.
    """
    root = Path(root)
    require_assignment(root, assignment)
    chosen = choose(root, assignment, students)
    with gradebook.opened(root) as book:
        marks = by_student(read_marks(book, assignment, students))
    directory = course_directory(root)
    link = FeedbackPage(config=load_config(root)).chapter_link
    left_out = {} if students else without_a_notebook(root, assignment, chosen)
    todo = [student for student in chosen
            if force or not all_current(root, directory, assignment, student, marks[student], link)]
    failed = dict(run(root, assignment, [(student, marks[student]) for student in todo], jobs, progress))
    pages = [page_of(root, assignment, student, path.stem)
             for student in chosen if student not in failed for path in autograded_notebooks(root, assignment, student)]
    return Written(pages, failed, [student for student in chosen if student not in todo], left_out,
                   [student for student in chosen if student not in failed and waits(marks[student])])


def without_a_notebook(root, assignment, graded):
    """{student: why} of those who handed in and are not among the `graded`."""
    others = sorted(set(students_below(root / "submitted", assignment)) - set(graded))
    return {student: why_no_notebook(root, assignment, student) for student in others}


def why_no_notebook(root, assignment, student):
    """Why a student has no graded notebook, in words."""
    record = Records(root, assignment).get(student)
    return f"{FAILED}: {record.reason}" if record is not None and record.status == FAILED else NOT_YET


def choose(root, assignment, students):
    """The students whose pages are wanted, sorted."""
    graded = graded_students(root, assignment)
    unknown = sorted(set(students) - set(graded))
    if unknown:
        raise CourseError(f"there is no feedback on {assignment} for "
                          + "; ".join(f"{student}: {why_no_notebook(root, assignment, student)}" for student in unknown))
    if not graded:
        raise CourseError(f"nothing graded yet: run `course grade {assignment}`")
    return sorted(set(students)) or graded


def by_student(marks):
    """{student: {notebook: Marks}}."""
    found = defaultdict(dict)
    for (student, notebook), one in marks.items():
        found[student][notebook] = one
    return found


def waits(marks):
    """Whether a person has yet to mark something. marks: {notebook: Marks} of one student."""
    return any(mark.waits for one in marks.values() for mark in one.cells.values())


def page_of(root, assignment, student, notebook):
    return root / "feedback" / student / assignment / f"{notebook}.html"


def all_current(root, directory, assignment, student, marks, link):
    """Whether each of a student's notebooks has a page that says what it would say now."""
    names = [path.stem for path in autograded_notebooks(root, assignment, student)]
    return bool(names) and is_beside_too(root, assignment, student) and all(
        is_current(page_of(root, assignment, student, name),
                   page_mark(directory, student, assignment, name, marks.get(name, Marks()), link)) for name in names)


def is_beside_too(root, assignment, student):
    """Whether what the exchange needs beside a page is what lies beside the graded notebook."""
    graded, page = (root / folder / student / assignment for folder in ("autograded", "feedback"))
    return all(file_bytes(graded / name) == file_bytes(page / name) for name in BESIDE if (graded / name).is_file())


def run(root, assignment, work, jobs, progress):
    """Writes the pages of `work`, a list of (student, marks), and yields (student, why not) for those that failed."""
    if not work:
        return
    parts = [work[start:start + AT_A_TIME] for start in range(0, len(work), AT_A_TIME)]
    with workers(jobs if len(work) >= WORTH_A_PROCESS else 1) as submit:
        from .convert import write_some

        asked = {student: answer for part in parts for answer in [submit(write_some, root, assignment, part)] for student, _ in part}
        for student in progress(list(asked)):
            reason = asked[student]()[student]
            if reason:
                yield student, reason


@contextmanager
def workers(jobs):
    """Gives submit(function, *arguments), which returns a function that waits for the result."""
    if jobs < 2:
        yield lambda function, *arguments: once(lambda: function(*arguments))
        return
    how = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(how)
    if how == "forkserver":
        context.set_forkserver_preload(["course.grading.feedback.convert", "course.check.mistakes"])
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        yield lambda function, *arguments: pool.submit(function, *arguments).result
    finally:
        pool.shutdown(cancel_futures=True)


def once(function):
    """The function, called when its result is first asked for, and not again."""
    kept = []

    def ask():
        if not kept:
            kept.append(function())
        return kept[0]

    return ask
