"""One sitting: the clock counts from the start, and what comes after the end does not count."""

import papers
import pytest

from course.mock_exam.paper import read_paper
from course.mock_exam.session import OVER, READY, RUNNING, Session

PAPER = read_paper(papers.notebook())


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def session(clock):
    return Session(PAPER, 30, clock)


def test_nothing_runs_before_the_start(session, clock):
    clock.now += 10_000
    assert session.state == READY and session.seconds_left == 0


def test_the_time_left_follows_from_the_start_alone(session, clock):
    session.start()
    assert (session.state, session.seconds_left) == (RUNNING, 1800)
    clock.now += 1799
    assert (session.state, session.seconds_left) == (RUNNING, 1)


def test_at_the_deadline_it_is_over(session, clock):
    session.start()
    clock.now += 1800
    assert (session.state, session.seconds_left, session.seconds_taken) == (OVER, 0, 1800)


def test_handing_in_ends_it_and_keeps_the_time_taken(session, clock):
    session.start()
    clock.now += 600
    session.hand_in()
    clock.now += 600
    assert (session.state, session.seconds_taken) == (OVER, 600)


def test_handing_in_late_does_not_stretch_the_time(session, clock):
    session.start()
    clock.now += 4000
    session.hand_in()
    assert session.seconds_taken == 1800


def test_an_exam_starts_once(session):
    session.start()
    with pytest.raises(RuntimeError):
        session.start()


def test_before_the_start_there_is_no_deadline(session):
    with pytest.raises(RuntimeError):
        _ = session.deadline


@pytest.mark.parametrize("minutes", [0, -5, float("inf"), float("nan"), "90", None, True])
def test_minutes_must_be_a_positive_number(minutes):
    with pytest.raises(ValueError, match="positive number of minutes"):
        Session(PAPER, minutes)


def test_observers_hear_of_the_start_and_the_end(session):
    heard = []
    session.observers.append(lambda: heard.append(session.state))
    session.start()
    session.hand_in()
    assert heard == [RUNNING, OVER]
