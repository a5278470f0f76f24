"""An interrupt ends what it was meant for, or nothing: it never hits the cell or question after that."""

import random
import signal
import threading

import pytest
from judge_stand_in import notebook
from shell_help import error_of, run, start

from course.grading.judge.judge import Judge
from course.grading.judge.plan import Plan
from course.grading.shell.client import Gone, StudentTimeout

# Answers two kinds of questions: "slow" sleeps, "back" calls the judge back; each notes how it ended.
AGENT = """
import time
import course.grading.judge.agent as module
def handle(self, message, blob):
    try:
        if message['kind'] == 'slow':
            time.sleep(message['seconds'])
        if message['kind'] == 'back':
            self.channel.send({'op': 'callback', 'id': message['id']})
            self.channel.receive()
            time.sleep(60)
        ended.append('by itself')
    except KeyboardInterrupt:
        ended.append('interrupted')
        if message.get('stubborn'):
            while True:
                try:
                    time.sleep(60)
                except KeyboardInterrupt:
                    pass
        raise
    return {}, b''
module.Agent.handle = handle
ended = []
"""


@pytest.fixture(params=[True, False], ids=["sandboxed", "plain"])
def student(request):
    with start(sandboxed=request.param) as student:
        yield student


class Stop(BaseException):
    """What a timer of the caller's raises."""


def delay_interrupts(student, seconds):
    """Has what is said to the server arrive later, as on a machine with too much to do."""
    send = student.control.send

    def later(message, **more):
        threading.Timer(seconds, lambda: send(message)).start()

    student.control.send = later


def assert_works(student, suspicious=()):
    """Three cells run, undisturbed for a while."""
    for cell in run(student, ["import time\ntime.sleep(0.3)\nx = 1", "time.sleep(0.3)\ny = 2", "assert x + y == 3"]).cells:
        assert error_of(cell) is None
    assert student.suspicious == list(suspicious)


def test_a_cell_that_ends_before_its_interrupt_arrives_leaves_it_to_nobody(student):
    delay_interrupts(student, 0.4)
    late = run(student, ["import time; time.sleep(0.25)"], timeout=0.2).cells[0]
    assert error_of(late).startswith("CellTimeoutError")
    assert_works(student)


def test_a_question_that_ends_before_its_interrupt_arrives_leaves_it_to_nobody(student):
    run(student, [AGENT])
    delay_interrupts(student, 0.4)
    with pytest.raises(StudentTimeout):
        student.ask("slow", {"seconds": 0.25}, timeout=0.2)
    assert_works(student)


def test_interrupts_around_the_end_of_a_cell(student):
    """Ends and limits of cells close to each other, in every order."""
    chance, late = random.Random(7), 0
    for number in range(40):
        seconds = chance.uniform(0.005, 0.02)
        first = run(student, [f"import time; time.sleep({seconds})"], timeout=max(0.001, seconds + chance.uniform(-0.004, 0.004))).cells[0]
        late += error_of(first) is not None
        second = run(student, [f"for _ in range(3000): pass\nmade_{number} = {number}"]).cells[0]
        assert error_of(second) is None
    kept = run(student, [f"assert [globals()[f'made_{{n}}'] for n in range({number + 1})] == list(range({number + 1}))"]).cells[0]
    assert error_of(kept) is None and 0 < late


def test_interrupts_around_the_end_of_a_question(student):
    run(student, [AGENT])
    chance, late = random.Random(8), 0
    for _ in range(40):
        seconds = chance.uniform(0.005, 0.02)
        try:
            student.ask("slow", {"seconds": seconds}, timeout=max(0.001, seconds + chance.uniform(-0.004, 0.004)))
        except StudentTimeout:
            late += 1
        assert error_of(run(student, ["for _ in range(3000): pass"]).cells[0]) is None
    assert 0 < late and student.suspicious == []


def test_interrupts_while_nothing_runs_are_swallowed(student):
    run(student, ["import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)"])
    for _ in range(20):
        student.interrupt()
    assert_works(student)


def test_a_question_that_the_judges_own_timer_ends_is_waited_for(student):
    run(student, [AGENT])

    def over(*_):
        raise Stop

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(Stop):
            student.ask("slow", {"seconds": 60}, timeout=30)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert_works(student)
    assert error_of(run(student, ["assert ended == ['interrupted']"]).cells[0]) is None


def test_a_question_whose_callback_fails_is_waited_for(student):
    run(student, [AGENT])

    def fails(*_):
        raise Stop

    with pytest.raises(Stop):
        student.ask("back", {}, timeout=30, on_callback=fails)
    assert_works(student)
    assert error_of(run(student, ["assert ended == ['interrupted']"]).cells[0]) is None


def test_a_question_that_nobody_waits_for_and_that_does_not_end_is_killed(student, monkeypatch):
    monkeypatch.setattr("course.grading.shell.connection.GRACE_SECONDS", 1.0)
    run(student, [AGENT])

    def fails(*_):
        raise Stop

    with pytest.raises(Stop):
        student.ask("back", {"stubborn": True}, timeout=30, on_callback=fails)
    assert student.gone().startswith("still running when nobody waited for it")
    with pytest.raises(Gone):
        student.ask("slow", {"seconds": 0}, timeout=5)


BOUND = """
def apply(function, value):
    return function(value)
"""
ENDLESS_AT_THE_JUDGE = """
def judges_own(value):
    ### BEGIN HIDDEN TESTS
    while True:
        pass
    ### END HIDDEN TESTS

apply(judges_own, 1)
"""
ENDLESS_THERE = """
def judges_own(value):
    ### BEGIN HIDDEN TESTS
    return again(value)
    ### END HIDDEN TESTS

apply(judges_own, 1)
"""


@pytest.mark.parametrize("test", [ENDLESS_AT_THE_JUDGE, ENDLESS_THERE], ids=["at the judge", "in a question meanwhile"])
def test_a_judged_cell_over_its_time_in_a_callback_harms_no_later_cell(student, test, monkeypatch):
    monkeypatch.setattr("course.grading.judge.cell.GRACE", 1.0)
    answers = BOUND + "def again(value):\n    while True:\n        pass\n"
    run(student, [answers])
    judge = Judge(Plan.of(notebook(("solution", answers), ("test", test))), timeout=2, seed=0)
    errors = [one.ename for one in judge.run("test0", student).outputs if one.output_type == "error"]
    assert errors == ["CellTimeoutError"]
    assert_works(student)
