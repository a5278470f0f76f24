"""A gradebook made by hand: names that break a naive CSV, lateness, a score by hand, work that waits, work that is missing."""

from datetime import datetime

from nbgrader.api import Gradebook

from course.grading.stock import tools_on_path

STUDENTS = {
    "ada": ("Ada", "Lovelace", "ada@example.org", "101"),
    "bjork": ("Björk", "Guðmundsdóttir", "bjork@example.org", "102"),
    "comma": ('Jo "Jo"', "Smith, Jr.", "jo@example.org", "103"),
    "formula": ("Eve", '=HYPERLINK("http://example.org")', "@eve", ""),
    "late": ("Lee", "Late", "late@example.org", "105"),
    "missing": ("Mo", "Missing", "mo@example.org", "106"),
    "waiting": ("Wes", "Waits", "wes@example.org", "107"),
}
# {student: (points of the tests, points by hand or None, late penalty)} of `shapes`: 4 points by a test, 2 by hand
SCORES = {"ada": (4, 1.5, 0), "bjork": (3, 2, 0), "comma": (0, 0, 0), "formula": (1, 2, 0), "late": (4, 2, 1.25), "waiting": (4, None, 0)}


def make(path):
    """Writes the gradebook at `path`. Returns its URL."""
    url = f"sqlite:///{path}"
    with tools_on_path(), Gradebook(url, "pytorch") as book:
        book.add_assignment("shapes", duedate=datetime(2026, 5, 1, 12))
        book.add_notebook("shapes", "shapes")
        book.add_grade_cell("test", "shapes", "shapes", max_score=4, cell_type="code")
        book.add_grade_cell("essay", "shapes", "shapes", max_score=2, cell_type="markdown")
        book.add_solution_cell("essay", "shapes", "shapes")
        book.add_assignment("views")
        book.add_notebook("views", "views")
        book.add_grade_cell("only", "views", "views", max_score=3, cell_type="code")
        for student, (first, last, email, number) in STUDENTS.items():
            book.add_student(student, first_name=first, last_name=last, email=email, lms_user_id=number or None)
        for student, scores in SCORES.items():
            hand_in(book, student, *scores)
        book.add_submission("views", "ada")
        give(book, "only", "views", "ada", auto_score=2, needs_manual_grade=False)
    return url


def hand_in(book, student, by_test, by_hand, penalty):
    """One submission of `shapes`."""
    book.add_submission("shapes", student, timestamp=datetime(2026, 5, 1, 11))
    give(book, "test", "shapes", student, auto_score=by_test, needs_manual_grade=False)
    give(book, "essay", "shapes", student, manual_score=by_hand, needs_manual_grade=by_hand is None)
    book.find_submission_notebook("shapes", "shapes", student).late_submission_penalty = penalty
    if student == "bjork":
        book.find_comment("essay", "shapes", "shapes", student).manual_comment = "=neat, and well said"
    book.db.commit()


def give(book, cell, assignment, student, **values):
    grade = book.find_grade(cell, assignment, assignment, student)
    for name, value in values.items():
        setattr(grade, name, value)
    book.db.commit()
