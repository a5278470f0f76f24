"""In a real IPython shell: an exam keeps verdicts to itself, and only an exam does."""

import subprocess
import sys
import textwrap

import papers
import pytest
from IPython.core.interactiveshell import InteractiveShell

from course.check import verdict
from course.check.verdict import NOT_ATTEMPTED, RAISED, RIGHT, WRONG
from course.mock_exam import listening
from course.mock_exam.listening import Listener
from course.mock_exam.paper import read_paper
from course.mock_exam.session import OVER, Session

PAPER = read_paper(papers.notebook())


@pytest.fixture(scope="module")
def shell():
    shell = InteractiveShell.instance()
    shell.run_cell("from course import check", silent=True)
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def exam(shell):
    """A session of 30 minutes that listens to the shell; `exam.now` is its clock."""
    session = Session(PAPER, 30, lambda: session.now)
    session.now = 0.0
    listener = Listener(shell, session)
    listener.begin()
    session.start()
    yield session
    if listening._listening is listener:
        listener.end()
    for name in ("one", "two", "three"):
        shell.user_ns.pop(name, None)


def run(shell, source, capsys):
    """(whether the cell ran without an error, what was printed)."""
    capsys.readouterr()
    result = shell.run_cell(source, store_history=False)
    return result.success, capsys.readouterr().out


def test_right_wrong_and_raising_answers_look_the_same(shell, exam, capsys):
    seen = set()
    for line in ("one = 1", "one = 2", "one = [0]"):
        shell.run_cell(line)
        seen.add(run(shell, papers.CHECK_ONE, capsys))
    assert seen == {(True, "Question 7.1: recorded.\n")}


@pytest.mark.parametrize(("answer", "outcome"), [("one = 1", RIGHT), ("one = 2", WRONG), ("pass", NOT_ATTEMPTED)])
def test_the_verdict_is_kept(shell, exam, capsys, answer, outcome):
    shell.run_cell(answer)
    run(shell, papers.CHECK_ONE, capsys)
    assert exam.runs["one-value"].outcome == outcome


def test_the_message_is_kept_for_the_sheet(shell, exam, capsys):
    shell.run_cell("one = 2")
    run(shell, papers.CHECK_ONE, capsys)
    assert "`one`" in exam.runs["one-value"].message


def test_an_unwritten_answer_is_told_since_that_is_no_secret(shell, exam, capsys):
    assert run(shell, papers.CHECK_TWO, capsys) == (True, "Question 7.2: nothing to record yet.\n")


def test_the_last_run_counts(shell, exam, capsys):
    for answer, outcome in (("one = 1", RIGHT), ("one = 2", WRONG), ("one = 1", RIGHT)):
        shell.run_cell(answer)
        run(shell, papers.CHECK_ONE, capsys)
        assert exam.runs["one-value"].outcome == outcome


def test_a_cell_of_two_checks_is_wrong_when_the_second_refuses(shell, exam, capsys):
    shell.run_cell("three = 3")
    run(shell, papers.CHECK_THREE, capsys)
    assert exam.runs["three-value"].outcome == RIGHT
    shell.run_cell("three = 4")
    run(shell, papers.CHECK_THREE, capsys)
    assert exam.runs["three-value"].outcome == WRONG


def test_an_error_of_the_cell_itself_is_recorded_and_not_shown(shell, exam, capsys, monkeypatch):
    monkeypatch.setitem(shell.user_ns, "check", None)
    assert run(shell, papers.CHECK_ONE, capsys) == (True, "Question 7.1: recorded.\n")
    assert exam.runs["one-value"].outcome == RAISED


def test_other_cells_run_as_ever(shell, exam, capsys):
    assert run(shell, "print(6 * 7)", capsys) == (True, "42\n")
    assert run(shell, "1 / 0", capsys)[0] is False


def test_the_same_check_in_a_cell_that_is_no_question_speaks(shell, exam, capsys):
    shell.run_cell("four = 5")
    assert run(shell, 'check.value("four", 4)', capsys)[0] is False


def test_a_run_after_the_end_does_not_count_and_the_checks_speak_again(shell, exam, capsys):
    shell.run_cell("one = 1")
    run(shell, papers.CHECK_ONE, capsys)
    exam.now = 1800.0
    assert exam.state == OVER
    shell.run_cell("one = 2")
    assert run(shell, papers.CHECK_ONE, capsys)[0] is False
    assert exam.runs["one-value"].outcome == RIGHT
    assert listening._listening is None and verdict._confidant is None


def test_a_cell_that_began_in_time_counts(shell, exam, capsys):
    shell.run_cell("one = 1")
    shell.user_ns["exam_of_the_test"] = exam
    exam.paper = type("Paper", (), {"check_cell": lambda self, *_: PAPER.check_cell("check-1", "")})()
    run(shell, f"exam_of_the_test.now = 1801.0\n{papers.CHECK_ONE}", capsys)
    assert exam.runs["one-value"].outcome == RIGHT and exam.state == OVER


def test_importing_and_showing_an_exam_leaves_checks_as_they_are(tmp_path):
    papers.write(tmp_path)
    program = textwrap.dedent("""
        from IPython.core.interactiveshell import InteractiveShell
        shell = InteractiveShell.instance()
        shell.run_cell("from course import check\\nfrom course.mock_exam import MockExam")
        shell.run_cell("exam = MockExam(minutes=30)\\nexam._start()\\none = 2")
        print(shell.user_ns["exam"].session.state, shell.run_cell('check.value("one", 1)').success)
    """)
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert run.stdout.splitlines()[-1] == "ready False", run.stderr


def test_an_answer_that_a_checks_helper_asks_for_and_does_not_find_is_not_recorded(shell, exam, capsys):
    exam.paper = type("Paper", (), {"check_cell": lambda self, *_: PAPER.check_cell("check-1", "")})()
    source = 'def drawn():\n    return never_written_here()\n\n\ncheck.example("drawn", gives=1)'
    assert run(shell, source, capsys) == (True, "Question 7.1: nothing to record yet.\n")
    assert exam.runs["one-value"].outcome == NOT_ATTEMPTED
