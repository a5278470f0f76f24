"""Late days are counted by the clock, and free ones are spent in the order in which assignments were due."""

import datetime
import itertools

import pytest
from dateutil import tz

from course.grading.late.days import HandedIn, Policy, days_begun, days_later, standings

BERLIN = tz.gettz("Europe/Berlin")


def utc(text, zone=tz.UTC):
    """The moment, UTC and naive, of a time by the clock of the zone."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(tz.UTC).replace(tzinfo=None)


@pytest.mark.parametrize(("at", "days"), [
    ("2026-12-01T12:00:00", 0), ("2026-12-01T11:00:00", 0), ("2026-12-01T12:00:01", 1), ("2026-12-02T12:00:00", 1),
    ("2026-12-02T12:00:01", 2), ("2026-12-11T13:00:00", 11),
])
def test_a_day_counts_once_it_has_begun(at, days):
    assert days_begun(utc("2026-12-01T12:00:00"), utc(at), Policy()) == days


@pytest.mark.parametrize(("at", "days"), [
    ("2026-12-01T12:15:00", 0), ("2026-12-01T12:15:01", 1), ("2026-12-02T12:15:00", 1), ("2026-12-02T12:15:01", 2),
])
def test_grace_holds_at_the_due_time_and_at_the_end_of_each_late_day(at, days):
    assert days_begun(utc("2026-12-01T12:00:00"), utc(at), Policy(grace_minutes=15)) == days


@pytest.mark.parametrize(("due", "at", "in_berlin", "in_utc"), [
    # clocks go back: 25 hours from one evening to the next
    ("2026-10-24T23:59:00", "2026-10-25T23:30:00", 1, 2),
    # clocks go forward: 23 hours, and a minute after the same time the second day has begun
    ("2026-03-28T23:59:00", "2026-03-30T00:00:00", 2, 1),
    ("2026-03-28T23:59:00", "2026-03-29T23:59:00", 1, 1),
])
def test_on_the_day_when_clocks_change_a_late_day_ends_at_the_same_time_by_the_clock(due, at, in_berlin, in_utc):
    due, at = utc(due, BERLIN), utc(at, BERLIN)
    assert days_begun(due, at, Policy(zone=BERLIN)) == in_berlin
    assert days_begun(due, at, Policy()) == in_utc


def test_an_extension_of_days_ends_at_the_same_time_by_the_clock():
    due = utc("2026-10-24T23:59:00", BERLIN)
    assert days_later(due, 2, BERLIN) == utc("2026-10-26T23:59:00", BERLIN) == due + datetime.timedelta(days=2, hours=1)
    assert days_later(due, 1, BERLIN, hours=3) == utc("2026-10-26T02:59:00", BERLIN)


def handed_in(assignment, due, days):
    due = utc(f"2026-12-{due:02}T12:00:00")
    return HandedIn("amara", assignment, due, due, due + datetime.timedelta(days=days) - datetime.timedelta(hours=1))


def test_free_days_are_spent_in_the_order_of_due_dates_whatever_the_order_in_which_submissions_come():
    submissions = [handed_in("c-first", 1, 2), handed_in("b-second", 8, 3), handed_in("a-third", 15, 1)]
    policy = Policy(free_days=4, percent_a_day=10, most_percent=50)
    for order in itertools.permutations(submissions):
        found = {name: (one.days, one.free, one.left, one.percent) for (_, name), one in standings(order, policy).items()}
        assert found == {"c-first": (2, 2, 2, 0), "b-second": (3, 2, 0, 10), "a-third": (1, 0, 0, 10)}


def test_no_submission_loses_more_than_the_most():
    found = standings([handed_in("first", 1, 9)], Policy(free_days=1, percent_a_day=10, most_percent=50))
    assert found["amara", "first"].percent == 50


def test_each_student_has_free_days_of_their_own():
    one, due = handed_in("first", 1, 2), utc("2026-12-01T12:00:00")
    other = HandedIn("benoit", "first", due, due, due + datetime.timedelta(hours=1))
    found = standings([one, other], Policy(free_days=2, percent_a_day=10))
    assert found["amara", "first"].left == 0 and found["benoit", "first"].left == 1


def test_an_extension_moves_when_lateness_begins_and_not_the_order_of_spending():
    extended = HandedIn("amara", "first", utc("2026-12-01T12:00:00"), utc("2026-12-20T12:00:00"), utc("2026-12-21T11:00:00"))
    found = standings([handed_in("second", 8, 1), extended], Policy(free_days=1, percent_a_day=10))
    assert found["amara", "first"].free == 1 and found["amara", "second"].percent == 10


def test_who_handed_in_without_a_time_is_in_time():
    due = utc("2026-12-01T12:00:00")
    assert standings([HandedIn("amara", "first", due, due, None)], Policy(percent_a_day=10))["amara", "first"].days == 0
