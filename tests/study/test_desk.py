"""study.desk: a panel on a learner's own copy in JupyterLab, one line everywhere else, at no cost and touching no file."""

import ast
import os
import shutil
import threading
import time

import nbformat
import pytest
from IPython.testing import globalipapp
from learner import DOUBLE, FITTED, in_a_new_process
from nbclient import NotebookClient

from course.study import pages, panel, seat
from course.study.background import BackgroundCheck

HEAVY = ("nbgrader", "nbformat", "sqlalchemy", "ipywidgets", "matplotlib", "torch", "course.grading", "course.study.panel")
LINUX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "syslog"}
ASK = "from course import study; import sys; print(study.desk('small')); print([m for m in {heavy!r} if m in sys.modules])"


def files_below(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def shell():
    """A running IPython shell, as a kernel has one."""
    return globalipapp.start_ipython()


@pytest.fixture
def page(learner, shell, monkeypatch):
    """The learner's notebook is open on a page of JupyterLab."""
    monkeypatch.chdir(learner.notebook.parent)
    monkeypatch.setenv("JPY_SESSION_NAME", str(learner.notebook))
    monkeypatch.setattr(seat.sys.modules["IPython"], "get_ipython", lambda: shell)
    return learner


def test_where_no_page_is_open_it_is_one_line_light_and_leaves_every_file_alone(learner):
    before = files_below(learner.root)
    said = in_a_new_process(ASK.format(heavy=HEAVY), learner.notebook.parent).splitlines()
    assert said == [seat.ELSEWHERE, "[]"] and "\n" not in seat.ELSEWHERE
    assert files_below(learner.root) == before


def test_an_executed_notebook_shows_that_line_and_no_widget(learner):
    cell = nbformat.v4.new_code_cell("from course import study\nstudy.desk('small')")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(learner.notebook.parent)}}).execute()
    assert notebook.cells[0].outputs[0].data == {"text/plain": seat.ELSEWHERE} and "widgets" not in notebook.metadata


def test_in_a_class_without_source_it_is_that_line(page):
    shutil.rmtree(page.root / "source")
    assert repr(seat.desk_at("small")) == seat.ELSEWHERE


def test_on_another_file_than_ones_own_copy_it_says_how_to_get_there(page, monkeypatch):
    release = page.root / "release" / "small"
    monkeypatch.chdir(release)
    monkeypatch.setenv("JPY_SESSION_NAME", str(release / "small.ipynb"))
    assert "course start small --lab" in repr(seat.desk_at("small"))


def test_in_vs_code_the_notebook_is_known_by_its_variable(page, shell, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME")
    monkeypatch.setitem(shell.user_ns, "__vsc_ipynb_file__", str(page.notebook))
    assert isinstance(seat.desk_at("small"), panel.Panel)


def test_the_panel_keeps_that_line_for_pages_without_widgets(page):
    desk = seat.desk_at("small")
    bundle = desk._repr_mimebundle_()
    assert bundle["text/plain"] == seat.ELSEWHERE and "application/vnd.jupyter.widget-view+json" in bundle


def wait(desk, seconds=120):
    """Until the check that the desk has begun is over."""
    desk.check.thread.join(seconds)
    assert not desk.check.thread.is_alive()


def test_check_everything_runs_in_the_background_and_lists_what_came_of_each_exercise(page):
    page.writes({"double": FITTED})
    desk = seat.desk_at("small")
    desk._draw(None)
    before = desk._picture.value
    desk._start(None)
    wait(desk)
    assert desk._picture.value != before and "1 of 7 points" in desk._picture.value
    assert first_page(desk) is desk._results
    shown = desk._results.value
    assert "1 of 5 points" in shown and "wrong on a larger number" in shown and "◐</span> partly right" in shown
    assert desk._bar.value == desk._bar.max > 5 and desk._checking.children == (desk._check,)
    assert page.record["exercises"]["double"]["tries"]


def test_after_a_check_the_first_that_is_not_right_is_chosen_and_a_choice_is_left_alone(page):
    page.writes({"double": DOUBLE, "girth": "def girth(radius):\n    return 0", "why": "Two lengths."})
    desk = seat.desk_at("small")
    desk._start(None)
    wait(desk)
    assert desk._which.value.name == "girth" and "choose it above, press Solution" in desk._results.value
    desk._which.value = desk.chapter.exercises[1]
    desk._start(None)
    wait(desk)
    assert desk._which.value.name == "area"


def test_it_waits_until_what_was_run_is_saved(page, monkeypatch):
    page.writes({"double": DOUBLE})
    desk = seat.desk_at("small")
    monkeypatch.setattr(panel, "_last_run", [time.time() + 3600])
    desk._start(None)
    assert "Save the notebook" in desk._status.value
    assert desk._checking.children[-1].value == "<b>Save the notebook first</b>"
    time.sleep(1)
    assert desk.check.process is None
    os.utime(page.notebook, (time.time() + 7200, time.time() + 7200))
    wait(desk)
    assert "3 of 5 points" in desk._results.value


def test_a_check_that_waits_or_runs_can_be_stopped(page, monkeypatch):
    page.writes({"double": "import time\ntime.sleep(60)"})
    desk = seat.desk_at("small")
    desk._start(None)
    while desk.check.process is None:
        time.sleep(0.05)
    desk.check.stop()
    wait(desk, 20)
    assert "Stopped." in desk._status.value and not desk._results.value
    assert not (page.root / "work" / "progress.json").exists()


def test_what_keeps_a_check_from_running_is_told(page):
    desk = seat.desk_at("small")
    desk._start(None)
    wait(desk)
    assert "holds no answer yet: write one" in desk._status.value


def test_a_check_that_cannot_be_started_ends_with_a_reason(page):
    ended = threading.Event()
    told = []
    check = BackgroundCheck(page.root, "small", print, lambda *what: (told.append(what), ended.set()))
    check.command = [str(page.root / "no-such-program")]
    check.start()
    assert ended.wait(20) and told == [(None, "The check ended without a result: No such file or directory")]


def test_hints_and_solutions_are_for_the_chosen_exercise(page):
    desk = seat.desk_at("small")
    desk._which.value = desk.chapter.exercises[0]
    desk._hint(None)
    assert "1.1 double, hint 1 of 3" in desk._told.value and "Think twice." in desk._told.value
    desk._hint(None), desk._hint(None)
    assert "<em>Solution</em> shows the worked solution after three honest tries" in desk._told.value
    desk._solution(None)
    assert "after three tries" in desk._told.value
    page.writes({"double": DOUBLE})
    page.types("check")
    desk._solution(None)
    assert "return 2 * number" in desk._told.value


def test_the_picture_has_alt_text(page):
    desk = seat.desk_at("small")
    desk._draw(None)
    assert 'alt="Tiles of all exercises' in desk._picture.value and "data:image/png;base64," in desk._picture.value


def first_page(desk):
    """What stands right below the buttons."""
    return desk.widget.children[4]


def test_what_was_asked_for_last_stands_right_below_the_buttons_and_nothing_is_lost(page):
    desk = seat.desk_at("small")
    every = set(desk.widget.children)
    desk._draw(None)
    assert first_page(desk) is desk._picture
    desk._hint(None)
    assert first_page(desk) is desk._told and desk._picture.value
    assert set(desk.widget.children) == every and desk.widget.children[-1] is desk._after


def test_what_an_answer_prints_cannot_become_markup():
    one = {"name": "a", "number": "1.1", "title": "", "state": "not right", "earned": 0, "points": 1, "lines": ["<script>x</script>"]}
    page = pages.results({"exercises": [one], "closing": "0 of 1 points.", "saved": "2026-11-22T12:00:00", "earned": 0, "points": 1})
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_nothing_of_it_needs_linux():
    program = ("import sys, course.study.command, course.study.panel\n"
               "print([one.__file__ for name, one in sorted(sys.modules.items()) if name.startswith('course.')])")
    loaded = ast.literal_eval(in_a_new_process(program, "."))
    assert len(loaded) > 20
    for path in loaded:
        with open(path, encoding="utf-8") as file:
            top = ast.parse(file.read()).body
        names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module for node in top if isinstance(node, ast.ImportFrom)}
        assert not names & LINUX_ONLY, path
    # The sandbox and the warm shells do need it.
    assert not [path for path in loaded if "/sandbox/" in path or "/shell/" in path]
