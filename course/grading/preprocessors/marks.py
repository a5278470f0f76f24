"""Reads what the gradebook says of a notebook, for its feedback page."""

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from course.grading.feedback.current import coursedir_of
from course.grading.marks import Marks, read_marks


class ReadMarks(NbGraderPreprocessor):
    """Puts points, comments and penalty into resources["course"]["marks"], in the place of nbgrader's GetGrades.

    That asks the gradebook several times a cell, which takes longer than all the rest of a page. Marks that are there
    already, because they were read for many students at once, are left as they are.
    """

    display_data_priority = List().tag(config=True)

    def preprocess(self, nb, resources):
        about, course = resources["nbgrader"], resources.setdefault("course", {})
        if "marks" not in course:
            directory = coursedir_of(self)
            with Gradebook(about["db_url"], directory.course_id or None if directory else None) as book:
                found = read_marks(book, about["assignment"], (about["student"],))
            course["marks"] = found.get((about["student"], about["notebook"]), Marks())
        return nb, resources
