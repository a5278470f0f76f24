"""nbgrader's formgrader in JupyterLab, on a course whose chapters and grades are made by this project."""

from course_folders import CHAPTER, ONE_LOSS
from journey_pages import Formgrader
from playwright.sync_api import expect


def formgrader(lab):
    """Opens the formgrader with JupyterLab's menu. Returns its frame."""
    lab.open().menu("Nbgrader", "Formgrader")
    frame = lab.page.frame_locator("iframe")
    frame.get_by_role("heading", name="Manage Assignments").first.wait_for()
    return frame


def row(frame, text):
    """The row of a table that holds `text`, once it is there."""
    found = frame.locator("tbody tr", has_text=text)
    found.wait_for()
    return found


def test_the_formgrader_lists_the_assignments_and_what_course_grade_made_of_a_submission(instructors_lab, snap):
    frame = formgrader(instructors_lab)
    row(frame, CHAPTER)
    submissions = row(frame, ONE_LOSS).locator(".num-submissions")
    snap(instructors_lab.page, "formgrader-assignments")
    assert submissions.inner_text() == "2"

    submissions.get_by_role("link").click()
    graded = row(frame, "ada")
    row(frame, "ben")
    snap(instructors_lab.page, "formgrader-submissions")
    assert graded.locator(".status").inner_text() == "graded"
    assert graded.locator(".score").inner_text() == "3 / 3"


def test_the_autograde_button_grades_a_submission_whose_cells_then_show_their_scores_and_reasons(instructors_lab, snap):
    frame = formgrader(instructors_lab)
    row(frame, ONE_LOSS).locator(".num-submissions a").click()
    row(frame, "ben").locator(".autograde a").click()
    done = frame.locator(".modal.in")
    done.get_by_text("Successfully autograded").wait_for()
    done.get_by_role("button", name="OK").click()
    done.wait_for(state="detached")
    assert row(frame, "ben").locator(".score").inner_text() == "1 / 3"

    row(frame, "ben").locator(".student-name a").click()
    row(frame, "1 / 3").locator(f"a:text-is('{ONE_LOSS}')").click()
    scores = frame.locator("input.score")
    scores.first.wait_for()
    frame.get_by_text("gave the value 4").scroll_into_view_if_needed()
    snap(instructors_lab.page, "formgrader-submission")
    assert [score.get_attribute("placeholder") for score in scores.all()] == ["0", "1"]
    assert frame.get_by_text("Not right yet").is_visible()


def test_the_shortcuts_of_the_keyboard_work_where_no_other_machine_can_be_reached(instructors_lab):
    asked = []

    def refuse(route):
        asked.append(route.request.url)
        route.abort()

    instructors_lab.page.route(lambda url: not url.startswith(instructors_lab.url), refuse)
    grading = Formgrader(instructors_lab)
    grading.grade_by_hand(ONE_LOSS, ONE_LOSS)
    boxes = grading.frame.locator(".tabbable")
    grading.frame.locator(".tabbable:focus").wait_for()  # the page's own script chooses the first
    grading.frame.locator(".panel-title").first.click()
    for place in (1, 2):
        instructors_lab.page.keyboard.press("Tab")
        expect(boxes.nth(place)).to_be_focused()
    grading.frame.locator(".help").click()
    grading.frame.get_by_text("Move to the same score or comment input of the next submission", exact=True).wait_for()
    grading.frame.get_by_role("button", name="Close").last.click()
    grading.frame.locator("#help-dialog").wait_for(state="detached")
    here = grading.frame.locator("body").evaluate("() => location.pathname")
    instructors_lab.page.keyboard.press("Control+.")
    instructors_lab.page.wait_for_function(
        "here => document.querySelector('iframe').contentWindow.location.pathname !== here", arg=here)
    assert asked == []
