"""An assignment's whole journey in JupyterLab: from the formgrader to a student and back, by mouse and keyboard alone."""

import nbformat
import pytest
from exchange_course import (
    CHAPTER,
    DERIVED,
    HIDDEN,
    MODEL,
    RIGHT_SLOPE,
    SCHEME,
    WRONG_SLOPE,
    as_student,
    make_exchange,
    slope_course,
    write_home,
)
from journey_pages import AssignmentList, Formgrader, save, write_in_words
from lab_pages import page_of
from lab_server import LabServer, lab_on_root
from test_learner import one_line
from test_readme_picture import reduce_to_palette

BY_HAND = "slope-by-hand"
COMMENT = "The slope is right. Set it to zero: where is $L$ smallest?"
SCREEN = {"width": 1180, "height": 620}
TALL = {"width": 1180, "height": 760}
SCROLLS = 800  # milliseconds that the page takes to move to the box that was chosen


class Journey:
    """The instructor's and the student's JupyterLab, and what each saw at each stage, for the tests to look at."""

    def __init__(self, instructor, student, root, own, snap):
        self.instructor, self.student, self.root, self.own = instructor, student, root, own
        self.snap = lambda page, name: reduce_to_palette(snap(page, f"journey-{name}"))
        self.formgrader = Formgrader(instructor)
        self.list = None

    def release(self):
        row = self.formgrader.row(CHAPTER)
        self.snap(self.instructor.page, "draft")
        dialog = self.formgrader.press(CHAPTER, "assign")
        self.snap(self.instructor.page, "generated")
        self.generated = self.formgrader.close(dialog)
        self.released = self.formgrader.does(CHAPTER, "release")
        row.get_by_text("released").wait_for()
        self.snap(self.instructor.page, "released")

    def fetch(self):
        self.list = AssignmentList(self.student)
        self.list.item("released", CHAPTER)
        self.snap(self.student.page, "to-fetch")
        self.list.press("released", CHAPTER, "Fetch", then="fetched")
        self.fetched = nbformat.read(self.own / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
        self.notebook = self.list.open_notebook(CHAPTER, CHAPTER)
        self.notebook.hide_side_bar()

    def solve(self):
        self.notebook.write(WRONG_SLOPE, grade_id="slope")
        self.first_validation = self.validate("validate-wrong")
        self.notebook.write(RIGHT_SLOPE, grade_id="slope")
        self.second_validation = self.validate("validate-right")
        write_in_words(self.notebook, DERIVED, BY_HAND)
        self.notebook.cell(grade_id=BY_HAND)
        self.snap(self.student.page, "derivation")
        save(self.notebook)

    def validate(self, picture):
        results = self.notebook.validate()
        self.snap(self.student.page, picture)
        said = one_line(results.inner_text())
        self.notebook.close(results)
        return said

    def submit(self):
        self.list = AssignmentList(self.student)
        self.list.press("fetched", CHAPTER, "Submit", then="submitted")
        self.snap(self.student.page, "submitted")

    def collect_and_grade(self):
        self.collected = self.formgrader.does(CHAPTER, "collect")
        self.formgrader.submissions(CHAPTER)
        self.snap(self.instructor.page, "collected")
        self.graded = self.formgrader.does("ada", "autograde")
        self.formgrader.row("needs manual grading")
        self.snap(self.instructor.page, "autograded")

    def grade_by_hand(self):
        page = self.instructor.page
        self.formgrader.grade_by_hand(CHAPTER, CHAPTER)
        scheme = self.formgrader.frame.locator(".rendered_html", has_text="Marking scheme").last
        self.marking = one_line(scheme.inner_text())
        self.formgrader.give(BY_HAND, "2.5", COMMENT)
        page.wait_for_timeout(SCROLLS)
        page.set_viewport_size(TALL)
        scheme.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 150)")
        self.snap(page, "marking")
        page.set_viewport_size(SCREEN)
        self.formgrader = Formgrader(self.instructor)
        self.formgrader.submissions(CHAPTER)
        self.final = one_line(self.formgrader.row("ada").inner_text())
        self.snap(self.instructor.page, "graded")

    def give_feedback(self):
        self.formgrader.assignments()
        self.feedback_written = self.formgrader.does(CHAPTER, "generate-feedback")
        self.feedback_released = self.formgrader.does(CHAPTER, "release-feedback")
        self.list = AssignmentList(self.student)
        self.list.press("submitted", CHAPTER, "Fetch Feedback", then="submitted").get_by_text("view feedback").wait_for()
        self.snap(self.student.page, "feedback-fetched")
        frame = self.list.open_feedback(CHAPTER, CHAPTER)
        self.student.hide_side_bar()
        self.snap(self.student.page, "feedback")
        self.feedback = one_line(frame.locator("body").inner_text())
        frame.get_by_text("A comment for you").first.scroll_into_view_if_needed()
        self.snap(self.student.page, "feedback-comment")


@pytest.fixture(scope="module")
def journey(browser, tmp_path_factory, snap):
    """The journey, made once. The student has only what was released, and a configuration of two people's own."""
    folder = tmp_path_factory.mktemp("journey")
    exchange = make_exchange(folder / "exchange")
    root, own = slope_course(folder / "course"), folder / "ada"
    own.mkdir()
    homes = write_home(folder / "instructor", exchange), write_home(folder / "home", exchange, as_student("ada"))
    with (
        LabServer(root, homes[0], lab_on_root(root)) as instructors,
        LabServer(own, homes[1], lab_on_root(own)) as students,
        page_of(browser, instructors, screen=SCREEN) as instructor, page_of(browser, students, screen=SCREEN) as student,
    ):
        made = Journey(instructor, student, root, own, snap)
        for stage in (made.release, made.fetch, made.solve, made.submit, made.collect_and_grade, made.grade_by_hand,
                      made.give_feedback):
            stage()
        yield made


def test_generating_and_releasing_by_button_gives_the_student_a_notebook_without_solution_scheme_or_hidden_test(journey):
    assert journey.generated.startswith("Success") and journey.released.startswith("Success")
    sources = "\n".join(cell.source for cell in journey.fetched.cells)
    assert "YOUR CODE HERE" in sources and "YOUR ANSWER HERE" in sources
    assert not any(secret in str(journey.fetched) for secret in (SCHEME, MODEL, HIDDEN))


def test_validate_tells_a_student_of_the_exchange_the_mistake_and_then_only_of_what_is_not_written(journey):
    assert "Not right yet" in journey.first_validation and "gave the value 6; 3 was due" in journey.first_validation
    assert "Not attempted `best_weight`" in journey.first_validation
    assert "Not right yet" not in journey.second_validation
    assert "Not attempted `best_weight`" in journey.second_validation
    assert "Traceback" not in journey.first_validation + journey.second_validation


def test_what_was_collected_is_graded_by_button_and_waits_for_a_person(journey):
    assert journey.collected.startswith("Success") and journey.graded.startswith("Success")


def test_whoever_grades_by_hand_sees_the_scheme_beside_the_answer_and_their_points_count(journey):
    assert SCHEME in journey.marking and "the chain rule" in journey.marking
    assert "4.5 / 6" in journey.final and "needs" not in journey.final


def test_the_student_opens_a_page_with_points_and_comment_and_without_hidden_test_or_scheme(journey):
    assert journey.feedback_written.startswith("Success") and journey.feedback_released.startswith("Success")
    assert "4.5 of 6 points" in journey.feedback
    assert "Set it to zero" in journey.feedback
    assert not any(secret in journey.feedback for secret in (SCHEME, MODEL, HIDDEN))
