"""The desk at a chapter's end in a real browser: check everything, a hint, a solution, the picture; and one line in a class."""

import json
import shutil

import nbformat
import pytest
from course_folders import REPOSITORY, learners_folder
from lab_pages import DARK, LIGHT, page_of
from lab_server import LabServer, lab_on_work

from course.check.mistakes import find

CHAPTER = "tensors"
DESK = {"text": "study.desk("}
WRONG = "def brighten(image, amount):\n    return image + amount"
RIGHT = "def column(numbers):\n    return torch.tensor(numbers, dtype=torch.float32)[:, None]"


class Desk:
    """The desk in an open notebook."""

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page
        notebook.run(**DESK)
        self.output = notebook.cell(**DESK).locator(".jp-Cell-outputArea")

    def press(self, name):
        self.output.get_by_role("button", name=name, exact=True).click()

    def choose(self, label):
        self.output.locator("select").select_option(label)

    def reads(self, text):
        """Waits until the desk holds this text."""
        self.output.get_by_text(text).first.wait_for()
        return True

    def save(self):
        self.page.keyboard.press("Control+s")
        self.page.locator(".jp-mod-dirty").wait_for(state="detached")

    def row(self, exercise):
        """What stands in the results' row of this exercise, as one line."""
        return " ".join(self.output.locator("tr", has_text=exercise).inner_text().split())


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The folder of a learner who has the whole course, two exercises of the chapter written."""
    root = learners_folder(tmp_path_factory.mktemp("alone") / "course")
    shutil.copytree(REPOSITORY / "source", root / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    path = root / "work" / CHAPTER / f"{CHAPTER}.ipynb"
    path.parent.mkdir(parents=True)
    notebook = nbformat.read(root / "release" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    answers = {"column": RIGHT, "brighten": WRONG}
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(notebook, path)
    return root


@pytest.fixture(scope="module")
def server(browser, alone, tmp_path_factory):
    """JupyterLab as `course lab` opens it there."""
    one = LabServer(alone, tmp_path_factory.mktemp("alone-home"), lab_on_work(alone))
    yield one
    one.stop()


@pytest.fixture
def desk(browser, server):
    """The desk at the end of that chapter, in the browser."""
    with page_of(browser, server) as lab:
        notebook = lab.notebook(f"{CHAPTER}/{CHAPTER}.ipynb")
        notebook.hide_side_bar()
        yield Desk(notebook)


def test_from_check_everything_to_the_picture(desk, alone, snap):
    desk.press("Check everything")
    assert desk.reads("the check begins as soon as it is saved")
    desk.save()
    assert desk.reads(" cells")
    snap(desk.page, "study-checking")
    assert desk.reads("1 of 20 points.")
    assert desk.reads("next comes chapter 2, Autograd")
    assert desk.row("1.1 column").endswith("1 / 1 ✓ right")
    assert desk.row("1.2 brighten").startswith("1.2 brighten 0 / 2 ✗ not right brighten(image")
    assert find("uint8-wraps").explanation in desk.row("1.2 brighten")
    assert "not attempted" in desk.row("1.4 read-cell")
    snap(desk.output, "study-results")

    desk.press("Next hint")  # to the exercise that the check found not right
    assert desk.reads("1.2 brighten, hint 1 of 3") and desk.reads("The last check named a mistake")
    for step in (2, 3):
        desk.press("Next hint")
        assert desk.reads(f"1.2 brighten, hint {step} of 3")
    snap(desk.page, "study-hint")
    desk.press("Solution")
    assert desk.reads("after two more tries")
    desk.choose("1.1 column")
    desk.press("Solution")
    assert desk.reads("return torch.tensor(numbers, dtype=torch.float32).view(-1, 1)")
    desk.press("Show my progress")
    picture = desk.output.locator("img")
    picture.wait_for()
    assert "1 tensors: 1 of 20 points" in picture.get_attribute("alt")
    desk.page.wait_for_timeout(500)
    snap(desk.page, "study-progress")
    known = json.loads((alone / "work" / "progress.json").read_text())["chapters"][CHAPTER]["exercises"]
    assert known["brighten"]["hints_shown"] == 3 and known["column"]["solution_shown"]


def test_the_last_line_opens_the_next_chapter(desk, alone):
    shutil.copytree(alone / "release" / "autograd", alone / "work" / "autograd", dirs_exist_ok=True)
    desk.notebook.run(**DESK)
    desk.output.get_by_role("link", name="open autograd.ipynb").click()
    desk.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="autograd.ipynb").wait_for()


def test_the_kernel_is_free_and_the_check_can_be_stopped_while_it_runs_in_the_dark(desk, snap):
    desk.notebook.use_theme(DARK)
    desk.press("Check everything")
    desk.save()
    assert desk.reads(" cells")
    snap(desk.page, "study-dark")
    desk.choose("1.2 brighten")
    desk.press("Next hint")
    assert desk.reads("1.2 brighten, hint 3 of 3")
    snap(desk.page, "study-dark-hint")
    assert desk.notebook.run(grade_id="imports").strip() == ""  # runs while the check does
    desk.notebook.cell(**DESK)
    desk.press("Stop")
    assert desk.reads("Stopped.")
    desk.notebook.use_theme(LIGHT)


def test_in_a_class_that_has_no_source_it_is_one_line(learners_lab, learners_root):
    shutil.copytree(learners_root / "work" / CHAPTER, learners_root / "work" / "desk-in-class")
    notebook = learners_lab.notebook(f"desk-in-class/{CHAPTER}.ipynb")
    told = notebook.run(**DESK)
    assert "The desk is for learners on their own" in told and "Check everything" not in told
