"""nbgrader's generate_feedback for many students, one after the other, with one exporter and marks read beforehand."""

import functools
import os
import warnings
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import SAWarning

from course.grading.course_root import course_directory, load_config
from course.grading.marks import Marks
from course.grading.stock import quiet_log

from .current import BESIDE


class FeedbackMany(GenerateFeedback):
    """Writes one student's pages at a time; its exporter is made once, which takes longer than a page."""

    marks = {}

    def init_notebooks(self):
        """None yet: start() then only makes the exporter."""
        self.assignments = {}

    def write(self, student, marks):
        """Writes the pages of one student. marks: {notebook: Marks}. Raises NbGraderException when it fails."""
        self.marks = marks
        self.coursedir.student_id = student
        # nbgrader would read brackets in a student's name as a pattern.
        folder = self._format_source(self.coursedir.assignment_id, student)
        self.assignments = {folder: sorted(str(path) for path in Path(folder).glob("*.ipynb"))}
        before = os.getcwd()
        os.chdir(self.coursedir.root)
        try:
            self.convert_notebooks()
        finally:
            os.chdir(before)

    def init_single_notebook_resources(self, notebook_filename):
        resources = super().init_single_notebook_resources(notebook_filename)
        resources["course"] = {"marks": self.marks.get(resources["nbgrader"]["notebook"], Marks())}
        return resources

    def init_assignment(self, assignment_id, student_id):
        """Copies what the exchange needs, and no file that a student may have handed in to be opened here."""
        source, target = (Path(place(assignment_id, student_id)) for place in (self._format_source, self._format_dest))
        target.mkdir(parents=True, exist_ok=True)
        for name in BESIDE:
            if (source / name).is_file():
                (target / name).write_bytes((source / name).read_bytes())


class Writer:
    """A converter that is ready, and the memory of what it logs."""

    def __init__(self, root, assignment):
        config = load_config(root, assignment_id=assignment)
        with quiet_log() as (log, self.memory):
            self.converter = FeedbackMany(coursedir=course_directory(root, assignment_id=assignment), config=config, log=log,
                                          force=True)
            self.converter.start()

    def write(self, student, marks):
        """Writes the pages of one student. Returns why it could not, on one line, or None."""
        self.memory.messages.clear()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SAWarning)
                self.converter.write(student, marks)
        except NbGraderException:
            return self.memory.reason()


@functools.lru_cache(maxsize=1)
def writer(root, assignment):
    """The Writer of this process."""
    return Writer(root, assignment)


def write_some(root, assignment, work):
    """Writes the pages of some students. work: list of (student, {notebook: Marks}). Returns {student: why not or None}."""
    return {student: writer(root, assignment).write(student, marks) for student, marks in work}
