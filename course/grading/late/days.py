"""Counts late days and spends the free ones: pure arithmetic, which knows neither gradebook nor configuration."""

import datetime
import math
from collections import defaultdict
from dataclasses import dataclass

from dateutil import tz

DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Policy:
    """What lateness costs.

    free_days: days that each student may be late for nothing, over all assignments. percent_a_day: of the points earned,
    for each day begun beyond those. most_percent: no submission loses more. grace_minutes: nobody is late within these,
    which holds at the end of every late day too. zone: a tzinfo; a day ends at the same time by the clock there.
    """

    free_days: int = 0
    percent_a_day: float = 0.0
    most_percent: float = 100.0
    grace_minutes: float = 0.0
    zone: datetime.tzinfo = datetime.UTC


@dataclass(frozen=True)
class HandedIn:
    """One submission. due: with the extension, original_due: without; both and `at` are in UTC, naive, as nbgrader's."""

    student: str
    assignment: str
    original_due: datetime.datetime
    due: datetime.datetime
    at: datetime.datetime | None


@dataclass(frozen=True)
class Standing:
    """What lateness comes to for one submission.

    days: late days begun. free: how many of them were free. left: free days that the student has after it. percent: of
    the points earned, that are lost.
    """

    days: int
    free: int
    left: int
    percent: float


def standings(submissions, policy):
    """{(student, assignment): Standing}. Free days are spent in the order in which the assignments were due.

    That order is by due date without extensions, then by name: when something was handed in or graded changes nothing.
    """
    by_student = defaultdict(list)
    for one in submissions:
        by_student[one.student].append(one)
    found = {}
    for student, theirs in by_student.items():
        left = policy.free_days
        for one in sorted(theirs, key=lambda each: (each.original_due, each.assignment)):
            days = days_begun(one.due, one.at, policy) if one.at else 0
            free = min(days, left)
            left -= free
            percent = min((days - free) * policy.percent_a_day, policy.most_percent)
            found[student, one.assignment] = Standing(days, free, left, percent)
    return found


def days_begun(due, at, policy):
    """How many days late: 0 up to the due time and the grace, 1 up to the same time by the clock on the next day, and on.

    due, at: UTC, naive. On the day on which clocks change a day has 23 or 25 hours, as it has for those who hand in.
    """
    at = at - datetime.timedelta(minutes=policy.grace_minutes)
    if at <= due:
        return 0
    days = math.ceil((at - due).total_seconds() / DAY_SECONDS)
    while days > 1 and at <= days_later(due, days - 1, policy.zone):
        days -= 1
    while at > days_later(due, days, policy.zone):
        days += 1
    return days


def days_later(moment, days, zone, hours=0):
    """The moment (UTC, naive) so many days later by the clock of `zone`, and so many hours after that."""
    local = moment.replace(tzinfo=tz.UTC).astimezone(zone) + datetime.timedelta(days=days)
    later = tz.resolve_imaginary(local).astimezone(tz.UTC).replace(tzinfo=None)
    return later + datetime.timedelta(hours=hours)
