"""What a learner sees of a mock exam: only a press on a page starts it, the sheet comes at its end, marks add up."""

import json

import ipywidgets
import papers
import pytest
from IPython.core.interactiveshell import InteractiveShell

from course.mock_exam import exam as exam_module
from course.mock_exam import listening
from course.mock_exam.exam import MockExam
from course.mock_exam.session import OVER, READY, RUNNING


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(exam_module, "_session", None)
    papers.write(tmp_path)
    yield tmp_path
    if listening._listening is not None:
        listening._listening.end()
    InteractiveShell.clear_instance()


@pytest.fixture
def on_a_page(monkeypatch):
    """As if every press came from a page."""
    shell = InteractiveShell.instance()
    monkeypatch.setattr(exam_module, "pressed_on_a_page", lambda: shell)
    return shell


def button(exam, name):
    found = [child for child in exam._row.children if getattr(child, "description", "") == name]
    assert found, f"no button {name!r} is shown"
    return found[0]


def test_a_new_exam_waits_with_one_button(folder):
    exam = MockExam(minutes=90)
    assert exam.session.state == READY
    assert [child.description for child in exam._row.children] == ["Start"]
    assert "3 questions, 5 points, 1 h 30 min" in exam._top.value


def test_a_press_that_comes_from_no_page_starts_nothing(folder):
    exam = MockExam(minutes=90)
    button(exam, "Start").click()
    assert exam.session.state == READY and listening._listening is None


@pytest.mark.parametrize(("message", "shell_is_given"), [("comm_msg", True), ("execute_request", False), (None, False)])
def test_only_a_message_from_a_widget_counts_as_a_press(monkeypatch, message, shell_is_given):
    class Kernel:
        def get_parent(self, channel):
            return {"header": {"msg_type": message}} if message else {}

    shell = type("Shell", (), {"kernel": Kernel()})()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    assert (exam_module.pressed_on_a_page() is shell) == shell_is_given


def test_started_on_a_page_it_counts_down_and_shows_what_is_open(folder, on_a_page):
    exam = MockExam(minutes=90)
    button(exam, "Start").click()
    assert exam.session.state == RUNNING and listening._listening is not None
    assert "time left" in exam._clock.value and "0 of 3 answered" in exam._page.value


def test_running_the_cell_again_goes_on_with_the_same_exam(folder, on_a_page):
    exam = MockExam(minutes=90)
    button(exam, "Start").click()
    again = MockExam(minutes=90)
    assert again.session is exam.session
    assert button(again, "Hand in")


def test_the_sheet_is_not_given_while_the_exam_runs(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    with pytest.raises(RuntimeError, match="when the exam is over"):
        _ = exam.sheet
    assert "Score" not in exam._page.value


def test_handing_in_asks_once_more(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    button(exam, "Hand in").click()
    assert exam.session.state == RUNNING
    button(exam, "No, go on").click()
    button(exam, "Hand in").click()
    button(exam, "Yes, hand in").click()
    assert exam.session.state == OVER
    assert "0 of 5 points" in exam._page.value and not exam._row.children


def test_a_derivation_is_marked_by_oneself_and_the_total_follows(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    papers.write(folder, derivation="Take $r = Xw - y$.")
    button(exam, "Hand in").click()
    button(exam, "Yes, hand in").click()
    menu = next(child for child in exam._marking.children if isinstance(child, ipywidgets.Dropdown))
    assert menu.description == "my mark for 7.3"
    assert [value for _, value in menu.options] == [None, 0, 0.5, 1, 1.5, 2]
    assert "0 of 5 points, and 2 to be marked." in exam._page.value and "Compare with jacobian" in exam._page.value
    menu.value = 1.5
    assert "1½ of 5 points." in exam._page.value
    menu.value = None
    assert "and 2 to be marked." in exam._page.value


def test_a_derivation_that_was_saved_shows_as_answered_though_no_cell_runs(folder, on_a_page, monkeypatch):
    later = []
    monkeypatch.setattr(exam_module, "_call_later", lambda seconds, function: later.append((seconds, function)))
    exam = MockExam()
    button(exam, "Start").click()
    papers.write(folder, derivation="A proof.")
    seconds, look = later.pop()
    assert seconds == exam_module.LOOK_AGAIN
    look()
    assert "1 of 3 answered" in exam._page.value and len(later) == 1
    exam.session.hand_in()
    later.pop()[1]()
    assert not later


def test_whoever_is_asked_once_more_may_take_time_over_the_answer(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    button(exam, "Hand in").click()
    exam._look_again()
    assert button(exam, "Yes, hand in") and button(exam, "No, go on")
    button(exam, "No, go on").click()
    assert button(exam, "Hand in")


def test_the_last_look_comes_when_the_time_is_up(folder, on_a_page, monkeypatch):
    later = []
    monkeypatch.setattr(exam_module, "_call_later", lambda seconds, function: later.append(seconds))
    exam = MockExam(minutes=0.1)
    button(exam, "Start").click()
    assert 5.9 < later.pop() < 6.1


def test_a_derivation_on_paper_has_a_menu_too(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    button(exam, "Hand in").click()
    button(exam, "Yes, hand in").click()
    menu = next(child for child in exam._marking.children if isinstance(child, ipywidgets.Dropdown))
    assert "One point each way" not in exam._page.value
    menu.value = 2
    assert "2 of 5 points." in exam._page.value and "One point each way" in exam._page.value


def test_what_is_written_after_the_end_does_not_count_by_itself(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    button(exam, "Hand in").click()
    button(exam, "Yes, hand in").click()
    papers.write(folder, derivation="Too late.")
    exam.session.tell()
    assert "to be marked" not in exam._page.value


def test_time_up_brings_the_sheet(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    exam.session._began -= 3 * 3600
    exam._look_again()
    assert "Score sheet" in exam._top.value


def test_without_a_notebook_that_asks_questions_there_is_nothing_to_start(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exam = MockExam()
    assert "No questions were found" in exam._top.value and not exam._row.children


def test_places_without_widgets_get_what_is_asked(folder):
    bundle = MockExam()._repr_mimebundle_()
    assert "second, in two parts" in bundle["text/html"]
    assert bundle["text/plain"].startswith("[exhibit: Mock exam. 3 questions")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_an_unreadable_file_leaves_the_derivations_as_they_were(folder, on_a_page):
    exam = MockExam()
    button(exam, "Start").click()
    papers.write(folder, derivation="A proof.")
    exam.session.tell()
    assert "1 of 3 answered" in exam._page.value
    (folder / "small.ipynb").write_text("{ half a f")
    exam.session.tell()
    assert "1 of 3 answered" in exam._page.value


def test_the_chapters_own_paper_has_its_questions_and_advice_for_each_derivation():
    from course.grading.course_root import find_root
    from course.mock_exam.paper import read_paper

    release = find_root(__file__ and exam_module.Path(__file__).parent) / "release" / "review" / "review.ipynb"
    paper = read_paper(json.loads(release.read_text(encoding="utf-8")))
    assert len(paper.questions) == 15 and paper.points == 20
    assert sum(cell.points for question in paper.questions for cell in question.cells) == 20
    assert all(question.advice for question in paper.questions if question.derivations)
