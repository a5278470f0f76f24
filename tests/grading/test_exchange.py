"""An assignment's way through nbgrader's exchange by its own commands: out, back, graded, and feedback, twice."""

import re
import shutil

import pytest
from exchange_course import (
    CHAPTER,
    DERIVED,
    HIDDEN,
    MODEL,
    RIGHT_SLOPE,
    RIGHT_WEIGHT,
    SCHEME,
    WRONG_SLOPE,
    Person,
    answer,
    as_student,
    make_exchange,
    slope_course,
    write_home,
)

from course.grading import gradebook

BY_HAND = "slope-by-hand"
DOORS = {
    "nbgrader": (("nbgrader", "autograde", CHAPTER), ("nbgrader", "generate_feedback", CHAPTER)),
    "course": (("course", "grade", CHAPTER, "--quiet"), ("course", "feedback", CHAPTER)),
}


class Class:
    """An instructor, a student named ada, and the exchange between them; `door`: who grades and writes feedback."""

    def __init__(self, folder, door):
        exchange = make_exchange(folder / "exchange")
        self.grading, self.writing_feedback = DOORS[door]
        self.instructor = Person(slope_course(folder / "course"), write_home(folder / "instructor", exchange))
        own = folder / "ada"
        own.mkdir()
        self.student = Person(own, write_home(folder / "home", exchange, as_student("ada")))
        self.notebook = own / CHAPTER / f"{CHAPTER}.ipynb"

    def release(self):
        self.instructor.nbgrader("generate_assignment", CHAPTER)
        self.instructor.nbgrader("release_assignment", CHAPTER)

    def hand_in(self, **answers):
        """The student writes answers and submits; the instructor collects and grades. Returns what collecting said."""
        answer(self.notebook, **answers)
        self.student.nbgrader("submit", CHAPTER)
        said = self.instructor.nbgrader("collect", CHAPTER, "--update")
        self.instructor.does(*self.grading)
        return said

    def grade_by_hand(self, points, comment):
        """What the formgrader writes when somebody types a score and a comment."""
        with gradebook.opened(self.instructor.folder) as book:
            grade = book.find_grade(BY_HAND, CHAPTER, CHAPTER, "ada")
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(BY_HAND, CHAPTER, CHAPTER, "ada").manual_comment = comment
            book.db.commit()

    def give_feedback(self):
        """The instructor writes and releases it, the student fetches it. Returns the pages, the oldest submission's first."""
        self.instructor.does(*self.writing_feedback)
        self.instructor.nbgrader("release_feedback", CHAPTER)
        self.student.nbgrader("fetch_feedback", CHAPTER)
        pages = sorted((self.student.folder / CHAPTER / "feedback").glob(f"*/{CHAPTER}.html"))
        return [page.read_text(encoding="utf-8") for page in pages]

    def score(self):
        """(points, whether a person must look) of ada in the gradebook."""
        with gradebook.opened(self.instructor.folder) as book:
            submission = book.find_submission(CHAPTER, "ada")
            return submission.score, submission.needs_manual_grade


def points_on(page):
    """The score that a feedback page tells, as (points, points possible)."""
    return tuple(map(float, re.search(r"<title>.*: ([\d.]+) of ([\d.]+) points?</title>", page).groups()))


@pytest.mark.parametrize("door", DOORS)
def test_an_assignment_goes_out_and_comes_back_with_points_and_comment_also_when_it_is_handed_in_again(tmp_path, door):
    people = Class(tmp_path, door)
    people.release()
    assert f"pytorch {CHAPTER}" in people.student.nbgrader("list")
    people.student.nbgrader("fetch_assignment", CHAPTER)
    fetched = people.notebook.read_text(encoding="utf-8")
    assert "YOUR CODE HERE" in fetched and not any(secret in fetched for secret in (SCHEME, MODEL, HIDDEN))

    people.hand_in(slope=WRONG_SLOPE, slope_by_hand=DERIVED)
    assert f"pytorch ada {CHAPTER}" in people.instructor.nbgrader("list", "--inbound")
    assert people.score() == (0, True)
    people.grade_by_hand(2.5, "The last point is missing: where is the slope 0?")
    assert people.score() == (2.5, False)
    page, = people.give_feedback()
    assert points_on(page) == (2.5, 6) and "where is the slope 0?" in page and HIDDEN not in page

    said = people.hand_in(slope=RIGHT_SLOPE, best_weight=RIGHT_WEIGHT)
    assert f"Updating submission: ada {CHAPTER}" in said
    assert people.score() == (5.5, True)  # the points given by hand are kept, and a person is asked to look again
    people.grade_by_hand(3, "Now all of it.")
    first, second = people.give_feedback()
    assert first == page
    assert points_on(second) == (6, 6) and "Now all of it." in second
    assert "feedback already fetched" in people.student.nbgrader("list", "--cached")


def test_without_the_exchange_a_student_is_told_which_folder_is_missing(tmp_path):
    people = Class(tmp_path, "nbgrader")
    shutil.rmtree(tmp_path / "exchange")
    status, said = people.student.run("nbgrader", "fetch_assignment", CHAPTER)
    assert status != 0 and str(tmp_path / "exchange") in said


def test_a_submission_that_is_collected_again_without_being_newer_is_left_alone(tmp_path):
    people = Class(tmp_path, "nbgrader")
    people.release()
    people.student.nbgrader("fetch_assignment", CHAPTER)
    answer(people.notebook, slope=RIGHT_SLOPE)
    people.student.nbgrader("submit", CHAPTER)
    people.instructor.nbgrader("collect", CHAPTER)
    assert "No newer submission to collect: ada" in people.instructor.nbgrader("collect", CHAPTER, "--update")
