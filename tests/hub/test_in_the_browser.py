"""What a student and the instructor see in a browser that goes through the hub: its login, the list, a notebook, the formgrader."""

import re
import shutil

import pytest
from environment import REPOSITORY
from one_assignment import ASSIGNMENT, NOTEBOOK
from playwright.sync_api import sync_playwright

PATIENCE = 120_000  # milliseconds
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser():
    """One Chromium; everybody gets a profile of one's own."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "these tests need Chromium (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def log_in(browser, machine, hub, story):
    """`log_in(person, path)`: a page of that person's, who came to `path` of the own server and had to log in first."""
    contexts = []

    def page_of(person, path):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{hub.url}/user/{machine.name(person)}/{path}")
        page.locator("#username_input").fill(machine.name(person))
        page.locator("#password_input").fill(hub.password)
        page.locator("#login_submit").click()
        return page

    yield page_of
    for context in contexts:
        context.close()


def picture(page, name):
    """Writes what the page shows to screenshots/, for people to look at."""
    folder = REPOSITORY / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


def menu(page, *labels):
    """Chooses an entry from JupyterLab's menu bar."""
    first, *rest = labels
    page.locator(".lm-MenuBar-itemLabel").get_by_text(first, exact=True).click()
    for label in rest:
        page.locator(".lm-Menu-itemLabel").get_by_text(re.compile(f"^{re.escape(label)}…?$")).last.click()


def test_a_student_finds_the_assignment_and_its_feedback_in_the_list_and_no_formgrader(log_in):
    page = log_in("ada", "lab")
    menu(page, "Nbgrader", "Assignment List")
    submitted = page.locator("#submitted_assignments_list, .submitted_assignments").get_by_text(ASSIGNMENT).first
    submitted.wait_for()
    feedback = page.get_by_text("view feedback").first
    feedback.wait_for()
    picture(page, "hub-assignment-list")
    assert page.get_by_text("official Jupyter news").count() == 0
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Nbgrader", exact=True).click()
    assert page.locator(".lm-Menu-itemLabel").get_by_text("Formgrader").count() == 0


def test_a_students_notebook_runs_and_its_checks_explain_what_is_wrong(log_in):
    page = log_in("ada", f"lab/tree/{NOTEBOOK}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text(re.compile(r"^Python 3.* \| Idle$")).wait_for()
    menu(page, "Run", "Run All Cells")
    page.locator(".jp-OutputArea-output").get_by_text("gave the value 4").wait_for()
    picture(page, "hub-notebook")


def test_the_instructor_grades_in_a_tab_of_its_own(log_in, story):
    page = log_in("prof", "formgrader/manage_assignments")
    row = page.locator("tbody tr", has_text=ASSIGNMENT)
    row.wait_for()
    picture(page, "hub-formgrader")
    assert row.locator(".num-submissions").inner_text() == str(len(story.graded))
