"""What every export shares: which grades, from where, to which file, and what a person has to be told of them."""

from dataclasses import replace
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, List, Unicode

from .columns import recognise, taken_for
from .grades import WAITS, read_class
from .lateness import not_settled
from .roster import Roster, filled
from .students_file import completed
from .table import write_table


class CourseExport(ExportPlugin):
    """An export plugin of nbgrader's whose file is written by `table`; `notices` holds what a person should know."""

    default_name = "grades.csv"
    # Columns of a file of the platform that tell who a row is, with what each may hold of a Person.
    identities = {}
    # As of a Platform of course.grading.unpack: further columns of such a file, and whether they can be known by their contents.
    number = name = handed_in = ""
    results, guess = (), False
    assignment_or = "an assignment, or "  # what else --column may name

    roster = Unicode("", help="A CSV exported by the platform: its rows, ids and columns are kept, and grades filled in.").tag(config=True)
    students_file = Unicode("", help="A CSV with a column id, and first_name, last_name, email or lms_user_id, which say more than "
                                     "the gradebook does.").tag(config=True)
    columns = Dict(help="{assignment: name of its column in the roster}, where the two are not called alike, and {English name of a "
                        "column, such as Grade: its name there}.").tag(config=True)
    unfinished = Bool(False, help="Whether points so far are exported where a person has still to mark something; "
                                   "what could not be graded has no points so far.").tag(config=True)
    notices = List()

    def export(self, gradebook):
        """Writes the file. Raises CourseError for what a person can mend: nothing is written then."""
        root = CourseDirectory(config=self.config).root
        people, columns = read_class(gradebook, [str(one) for one in self.assignment], [str(one) for one in self.student], root)
        people = completed(people, self.students_file) if self.students_file else people
        columns = [self.finished(one) for one in columns]
        self.notices = []
        target = Path(self.to or self.default_name)
        if self.roster:
            known = {one.name for one in gradebook.assignments}
            given = {name: there for name, there in self.columns.items() if name not in known}
            roster, guessed = recognise(Roster.read(self.roster), self, given)
            rows, told = filled(roster, people, columns, self)
            write_table(target, rows, roster.delimiter, roster.start)
            self.notices = [*taken_for(roster, guessed), *told]
        else:
            write_table(target, self.rows(people, columns))
        self.notices = [*self.notices, *not_settled(gradebook, self.config, columns), *self.without_grade(people, columns)]
        for line in self.notices:
            self.log.warning(line)
        return target

    def finished(self, column):
        """The Column without the points that are not final, unless those are wanted, too."""
        if self.unfinished:
            return column
        return replace(column, grades={student: replace(one, points=None) if one.why == WAITS else one
                                       for student, one in column.grades.items()})

    def without_grade(self, people, columns):
        """A line for each assignment and reason for which grades are left empty, with everyone's names."""
        found = {}
        for column in columns:
            for one in people:
                grade = column.grades[one.id]
                if grade.points is None:
                    found.setdefault((column.assignment, grade.why), []).append(one.id)
        return [f"no grade  {assignment}, {why}: {', '.join(sorted(students))}" for (assignment, why), students in found.items()]

    def rows(self, people, columns):
        """The whole table, where there is no roster: a list of rows of texts."""
        raise NotImplementedError

    def is_column_of(self, header, assignment):
        """Whether a column of the roster is that of this assignment."""
        raise NotImplementedError

    def other_columns(self, roster, assignment):
        """Indices of columns that may be the assignment's where none has its name."""
        return []

    def other_maximum(self, roster, columns, places):
        """Lines on assignments that have other points in the roster's rows than in the gradebook."""
        return []

    def fill_comments(self, header, row, person, columns, places):
        """Writes a person's comments into their row, where the roster has a column for that. Returns lines on what was left."""
        return []
