"""A check as a learner reads it in a terminal, and as data for programs."""

from __future__ import annotations

import textwrap

from course.grading.outcomes import NOT_ATTEMPTED, RIGHT
from course.study.results import NOT_RIGHT, PARTLY, WRITTEN, Report, Result

SIGNS = {RIGHT: "✓", PARTLY: "◐", NOT_RIGHT: "✗", NOT_ATTEMPTED: "·", WRITTEN: "✎"}
BY_HAND = "no check can read it: compare with `course solution`, and give the points yourself"


def as_text(report: Report) -> str:
    """A line for each exercise, under it what its first failing check says, and the points at the end."""
    width = max(len(one.exercise.label) for one in report.results)
    lines = [f"{report.chapter.name}, as saved at {report.saved:%H:%M:%S on %d %B %Y}", ""]
    for result in report.results:
        lines.append(f"{SIGNS[result.state]} {result.exercise.label:<{width}}  {points_of(result):>7}  {result.state}")
        lines += [textwrap.indent(line, "    ") for line in details(result)]
    return "\n".join([*lines, "", closing(report), *helping(report)])


def points_of(result: Result) -> str:
    """Such as "1 / 2"; empty where no check gives points."""
    most = sum(check.points for check in result.checks)
    return f"{result.earned:g} / {most:g}" if most else ""


def details(result: Result) -> list[str]:
    """What is to be said under the line of an exercise, wrapped; nothing for one that is right or not begun."""
    if result.state == WRITTEN:
        return [BY_HAND]
    failing = result.failing
    if failing is None or result.state == NOT_ATTEMPTED:
        return []
    from course.check.verdict import WIDTH, wrap  # imports torch: only where there is something to wrap

    which = f"{failing.name}, {failing.points:g} {'point' if failing.points == 1 else 'points'}:"
    lines = [line for text in failing.lines for line in (wrap(text) if len(text) > WIDTH else text).split("\n")]
    return [which, *lines, ""]


def closing(report: Report) -> str:
    """The points in one sentence, and what is left for oneself to mark."""
    by_hand = sum(one.exercise.by_hand for one in report.results)
    more = f", and {by_hand:g} for you to mark" if by_hand else ""
    return f"{report.earned:g} of {report.points:g} points{more}."


def helping(report: Report) -> list[str]:
    """How to get a hint to the first exercise that is not right, in a line; none where all that was begun is right."""
    stuck = next((one.exercise for one in report.results if one.state in (PARTLY, NOT_RIGHT)), None)
    if stuck is None:
        return []
    which = stuck.number if stuck.number[:1].isdigit() else f"{report.chapter.name} {stuck.name}"
    return [f"Stuck at {stuck.label}? `course hint {which}` tells the next of three hints."]


def as_data(report: Report) -> dict:
    """The report for programs; `course check --help` says what is in it."""
    return {
        "chapter": report.chapter.name, "saved": report.saved.isoformat(timespec="seconds"), "earned": report.earned,
        "points": report.points, "right": report.is_right, "seed": report.seed, "closing": closing(report),
        "exercises": [exercise_as_data(one) for one in report.results],
    }


def exercise_as_data(result: Result) -> dict:
    exercise, failing = result.exercise, result.failing
    return {
        "name": exercise.name, "number": exercise.number, "title": exercise.title, "state": result.state,
        "earned": result.earned, "points": sum(check.points for check in result.checks), "by_hand": exercise.by_hand,
        "check": failing and failing.name, "outcome": failing and failing.outcome,
        "lines": list(failing.lines) if failing else [], "mistake": failing and failing.mistake,
    }
