"""The mock exam in a real browser, from Start to the score sheet: by mouse and by keyboard, in both themes."""

import shutil

import pytest
from lab_pages import DARK, LIGHT, PANEL, page_of

EXAM = {"text": "exam = MockExam"}
WRITE_PROOF = f"""index => {PANEL}.content.widgets[index].model.sharedModel.setSource('Take $y = 1$ first.')"""


class ExamOnPage:
    """The exam's cell in an open notebook."""

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page

    def press(self, name, by="mouse"):
        """Presses a button by mouse, or by keyboard alone: focus and Enter."""
        button = self.notebook.cell(**EXAM).get_by_role("button", name=name, exact=True)
        button.wait_for()
        if by == "mouse":
            button.click()
        else:
            button.focus()
            self.page.keyboard.press("Enter")

    def reads(self, text):
        """Waits until the exam's output holds this text."""
        self.notebook.cell(**EXAM).locator(".jp-OutputArea").get_by_text(text).first.wait_for()
        return True

    def seconds_left(self):
        clock = self.notebook.cell(**EXAM).frame_locator("iframe[title='time left']").locator("#left")
        self.page.wait_for_timeout(600)
        hours, minutes, seconds = clock.inner_text().removesuffix(" left").split(":")
        return 3600 * int(hours) + 60 * int(minutes) + int(seconds)

    def answer(self, text, grade_id):
        """Writes an answer, runs it and its check. Returns what the check's cell shows."""
        self.notebook.write(text, grade_id=grade_id)
        self.notebook.run(grade_id=grade_id)
        return self.notebook.run(grade_id=f"{grade_id}-value").strip()


@pytest.fixture
def exam(browser, learners_server, learners_root, request):
    """The released review, its exam ready to start."""
    name = f"exam-{request.node.callspec.id}" if hasattr(request.node, "callspec") else "exam"
    shutil.copytree(learners_root / "work" / "review", learners_root / "work" / name)
    with page_of(browser, learners_server) as lab:
        notebook = lab.notebook(f"{name}/review.ipynb")
        notebook.hide_side_bar()
        notebook.run(grade_id="imports")
        notebook.run(**EXAM)
        yield ExamOnPage(notebook)
        notebook.use_theme(LIGHT)  # the choice is kept on the server, for the tests to come


@pytest.mark.parametrize(("by", "theme"), [("mouse", LIGHT), ("keyboard", DARK)], ids=["mouse-light", "keyboard-dark"])
def test_an_exam_from_start_to_score_sheet(exam, by, theme, snap):
    exam.notebook.use_theme(theme)
    exam.press("Start", by)
    assert exam.reads("0 of 15 answered")
    assert exam.answer('hold_99 = ["a", "c"]', "hold-99") == "Question 7.1: recorded."
    assert exam.answer("batch_facts = ((32, 28, 20), (6, 1), 3)", "batch-facts") == "Question 7.2: recorded."
    exam.page.evaluate(WRITE_PROOF, exam.notebook.index(grade_id="two-spellings"))
    exam.page.keyboard.press("Control+s")
    exam.page.locator(".jp-mod-dirty").wait_for(state="detached")
    assert exam.reads("3 of 15 answered")  # nothing was run since: the exam looks at the saved notebook from time to time
    snap(exam.page, f"exam-running-{by}")
    exam.press("Hand in", by)
    exam.press("Yes, hand in", by)
    assert exam.reads("1 of 20 points, and 2 to be marked.")
    menu = exam.notebook.cell(**EXAM).locator("select").first
    menu.focus()
    menu.select_option("1½")
    assert exam.reads("2½ of 20 points.")
    snap(exam.page, f"exam-sheet-{by}")
    assert exam.notebook.run(grade_id="hold-99-value").startswith("Not right yet")


def test_the_clock_goes_on_while_the_kernel_is_busy_and_after_the_page_is_loaded_again(exam):
    exam.press("Start")
    exam.reads("0 of 15 answered")
    exam.notebook.write("import time; time.sleep(8)", grade_id="hold-99")
    exam.notebook.cell(grade_id="hold-99").locator(".cm-content").click()
    exam.page.keyboard.press("Control+Enter")
    before = exam.seconds_left()
    exam.page.wait_for_timeout(2500)
    assert before - exam.seconds_left() >= 2
    exam.page.keyboard.press("Control+s")
    exam.page.locator(".jp-mod-dirty").wait_for(state="detached")
    path = exam.page.evaluate(f"() => {PANEL}.context.path")
    exam.page.reload()
    exam.page.wait_for_function("() => window.jupyterapp !== undefined")
    exam.page.wait_for_function(f"path => {PANEL}?.context?.path === path && {PANEL}.context.isReady", arg=path)
    exam.reads("0 of 15 answered")
    assert 0 < before - exam.seconds_left() < 110
