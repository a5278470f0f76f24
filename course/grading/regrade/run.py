"""Regrades an assignment after its tests, points or notebook were mended: only what that concerns, everything else is kept."""

import functools
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from course.grading import gradebook
from course.grading.course_root import CourseError, course_directory, load_config, require_assignment
from course.grading.engine.desk import Desk
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import FAILED, Submission
from course.grading.grade import engine_for
from course.grading.preprocessors import ExecuteOutside
from course.grading.regrade.changes import NEW_TIME, SUBMISSION, Decider
from course.grading.regrade.estimate import wall_seconds
from course.grading.regrade.history import PENALTY, History, now, points_of_class
from course.grading.regrade.keep import combined, notebooks_of, unrun
from course.grading.regrade.not_gradable import not_gradable
from course.grading.regrade.outcome import Regraded, as_data, moved
from course.grading.regrade.pending import as_generated_now, bring_up_to_date
from course.grading.regrade.tests import tests_of
from course.grading.submissions import choose_students


def regrade(root, assignment, *, students=(), dry_run=False, timeout=None, jobs=1, device="cpu", sandbox=True,
            scheduler=None, progress=None):
    """Judges again what changed tests, points, files or submissions concern, on the inputs of the earlier run.

    A cell has the time that it had then, unless `timeout` says another: else a feedback page would tell of two limits.

    A notebook that is concerned runs whole, since a student's functions may remember earlier calls; of what comes out
    only the cells concerned count.

    students: names, default all that submitted. dry_run: only say what would be done. The others: as for `grade.grade`.
    Returns a Regraded. Raises CourseError when there is nothing to regrade or it cannot go on; then the next one goes on.
    """
    root = Path(root)
    require_assignment(root, assignment)
    students = choose_students(root, assignment, students)
    config, directory = load_config(root), course_directory(root)
    allowance = replace(ExecuteOutside(config=config).allowance(), device=device)
    allowance = replace(allowance, cell_seconds=timeout) if timeout else allowance
    with gradebook.opened(root) as book:
        about = snapshot(book, directory, config, assignment, allowance)
    said = [] if dry_run else bring_up_to_date(root, about)
    with gradebook.opened(root) as book:
        there = snapshot(book, directory, config, assignment, allowance)
        about = as_generated_now(root, assignment, allowance) if dry_run else there
        if about.digest != there.digest:
            said.append(f"source/ has changed since {assignment} was generated; a regrade generates it first, and refuses "
                        "if the solution in it fails a test")
        with Desk(root, directory, config, book, about) as desk:
            if not dry_run:
                desk.merge_what_was_left()
            run = Run(desk, about, students, timeout)
            if dry_run:
                return replace(run.would_do(jobs, about.digest != there.digest), said=said)
            return replace(run.do(lambda: engine_for(about, sandbox, scheduler), jobs,
                                  progress or (lambda new, total: None)), said=said)


class Run:
    """One regrade: who is concerned, and what became of it. timeout: seconds for a cell, None for those of the earlier run."""

    def __init__(self, desk, about, students, timeout=None):
        self.desk, self.about, self.timeout = desk, about, timeout
        self.decider = Decider(desk, tests_of(about.notebooks, about.files))
        works = {student: self.decider.work(student) for student in students}
        self.works = [work for work in works.values() if work is not None]
        self.not_graded = [student for student, work in works.items() if work is None]
        self.history = History(desk.records.folder)
        self.failed, self.ungraded, self.unsteady = {}, {}, []
        if not self.works:
            raise CourseError(f"{about.name} has not been graded: run `course grade {about.name}`")

    def do(self, engine, jobs, progress):
        """Judges, merges and tells. engine: makes one, where anything is to be run."""
        continued = self.history.stopped() is not None
        todo = [work for work in self.works if work.matters]
        if not todo and not continued:
            self._note(self.works)
            return self.outcome()
        before = points_of_class(self.desk.writer.db, self.desk.writer.assignment_id)
        began, before, reasons = self.history.begin(before, {work.student: self._reasons(work, before) for work in todo})
        self._note([work for work in self.works if not work.matters])
        self._judge([work for work in todo if work.runs], len(todo), engine, jobs, progress)
        self._rescore([work for work in todo if not work.runs], len(todo), progress)
        after = points_of_class(self.desk.writer.db, self.desk.writer.assignment_id)
        done = replace(self.outcome(), continued=continued, **moved(before, after, reasons))
        self.history.end({"began": began, "ended": now(), **as_data(done)})
        return done

    def outcome(self):
        return Regraded(self.about.name, self.works, failed=self.failed, ungraded=self.ungraded, unsteady=self.unsteady,
                        not_graded=self.not_graded)

    def would_do(self, jobs, generates):
        """The Regraded of a dry run. jobs: as for `regrade`. generates: whether the assignment would be generated first."""
        records = {work.student: self.desk.records.get(work.student) for work in self.works if work.runs}
        # Whatever could be graded and has not changed since can be now: only the others are read.
        doubtful = [work.student for work in self.works if work.whole and not is_graded(records[work.student], work)]
        self.ungraded = not_gradable(self.desk.read(doubtful), self.about)
        runs = [record for student, record in records.items() if student not in self.ungraded]
        seconds = wall_seconds(runs, jobs or 1, generates, self.timeout)  # as grading the same took
        return replace(self.outcome(), dry_run=True, jobs=jobs, seconds=seconds)

    def _reasons(self, work, before):
        """{cell: why its points may move} of one submission."""
        penalty = NEW_TIME if work.has_new_time and not work.runs else "follows from the points"
        return {cell: work.reason(*cell.split("/", 1)) if cell != PENALTY else penalty
                for cell in before.get(work.student, {})
                if work.whole or cell == PENALTY or self._concerns(work, *cell.split("/", 1))}

    @staticmethod
    def _concerns(work, notebook, cell):
        return cell in work.judge.get(notebook, {}) or cell in work.points.get(notebook, {})

    def _note(self, works):
        """Remembers that these submissions' grades hold on the tests that are there now."""
        for work in works:
            record = self.desk.records.get(work.student)
            if not self.decider.is_noted(work.student):
                self.desk.note(record)

    def _judge(self, works, total, engine, jobs, progress):
        """Runs what is to be run, those of one seed and one limit together, and merges it."""
        if not works:
            return
        progress([], total)
        seed_of = {work.student: work.seed for work in works}
        fresh = self.desk.begin_run(None) if None in seed_of.values() else 0
        terms = functools.partial(self._terms, fresh)
        with engine() as grading:
            for (seed, limit), group in groupby(sorted(works, key=terms), key=terms):
                by_student = {work.student: work for work in group}
                about = self.desk.assignment = replace(self.about, seed=seed, allowance=replace(self.about.allowance, cell_seconds=limit))
                submissions = (only_concerned(one, by_student[one.student]) for one in self.desk.read(by_student))
                for batch in grading.batches(about, submissions, jobs):
                    kept = [self._kept(by_student[result.student], result) for result in batch]
                    progress(self.desk.merge([result for result in kept if result is not None]), total)
        if None in seed_of.values():
            self.desk.records.end_run()

    def _terms(self, fresh, work):
        """(seed, seconds for a cell) on which a submission is run again. fresh: the seed of one whose own is not known."""
        limit = self.timeout or work.cell_seconds or self.about.allowance.cell_seconds
        return fresh if work.seed is None else work.seed, limit

    def _kept(self, work, result):
        """The Result to merge, None where the submission's grades are to stay as they are."""
        record = self.desk.records.get(work.student)
        had_grades = work.why != SUBMISSION and (record is None or record.status != FAILED)
        if result.status == FAILED and had_grades:
            self.failed[work.student] = result.reason
            return None
        if result.status == FAILED:
            self.ungraded[work.student] = result.reason
        if work.whole:
            return result
        kept = combined(work, result, notebooks_of(self.desk.autograded(work.student)), record, self.about)
        self.unsteady += [(work.student, cell) for cell in kept.unsteady]
        return kept.result

    def _rescore(self, works, total, progress):
        """Gives new points, and the time of a new timestamp.txt, to what is not run again."""
        for work in works:
            record = self.desk.records.get(work.student)
            fingerprint = self.desk.fingerprint_on(work.student, self.about.digest)
            before = notebooks_of(self.desk.autograded(work.student))
            result = unrun(work, record, before, fingerprint, self.about).result
            progress(self.desk.merge([replace(result, timestamp=self.desk.timestamp(work.student))]), total)


def is_graded(record, work):
    """Whether the submission is one that was graded, and is still the same. record: its Record, or None."""
    return record is not None and record.status != FAILED and work.why != SUBMISSION


def only_concerned(submission, work):
    """The submission without the notebooks in which nothing is to be judged again."""
    if work.whole or not isinstance(submission, Submission):
        return submission
    wanted = {f"{name}.ipynb" for name, why in work.judge.items() if why}
    files = {path: content for path, content in submission.files.items() if path in wanted or not path.endswith(".ipynb")}
    return replace(submission, files=files)
