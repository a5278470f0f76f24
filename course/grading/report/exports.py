"""The report for other programs: a line a student as CSV, and everything as JSON."""

import csv
import io
import json
from dataclasses import asdict

from course.grading.report import numbers
from course.grading.report.mistakes_made import mistakes_made


def as_csv(gathered):
    """One line a student: points before and after the late penalty, by exercise, seconds, and why a person should look."""
    dates = [] if gathered.anonymous else ["submitted", "hours_before_due"]
    columns = ["student", "status", "points", "maximum", "before_penalty", "penalty", "waiting_points",
               *(gathered.label(exercise) for exercise in gathered.exercises), "grading_seconds", *dates, "remark"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(column) for column in columns])
    for one in gathered.students:
        marks = [mark.points for mark in one.marks] or [None] * len(gathered.exercises)
        when = [] if gathered.anonymous else [one.submitted and one.submitted.isoformat(), rounded(one.early)]
        row = [one.name, one.status, rounded(one.final), rounded(gathered.maximum), rounded(one.points),
               rounded(one.penalty), rounded(one.waits), *map(rounded, marks), rounded(one.grading_seconds), *when, one.remark]
        writer.writerow([harmless(value) for value in row])
    return text.getvalue()


def as_json(gathered):
    """All of it as one JSON object; `course report --help` says what is in it."""
    head = numbers.head(gathered)
    made = mistakes_made(gathered)
    return json.dumps({
        "assignment": gathered.assignment, "anonymous": gathered.anonymous, "maximum": rounded(gathered.maximum),
        "due": gathered.due.isoformat() + "Z" if gathered.due else None,
        "class": {**asdict(head), "points": _spread(head.points)},
        "exercises": [_exercise(gathered, one) for one in numbers.exercise_numbers(gathered)],
        "mistakes": [{**asdict(one), "exercises": [gathered.label(gathered.exercises[place]) for place in one.exercises]}
                     for one in made.made],
        "unnamed_mistakes": {"cells": made.unnamed, "students": made.students},
        "seconds": {step: _spread(spread) for step, spread in numbers.step_seconds(gathered).items()},
        "handed_in": dict(numbers.periods(gathered)),
        "students": [_student(gathered, one) for one in gathered.students],
    }, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _spread(spread):
    return spread and {name: [rounded(one) for one in value] if isinstance(value, tuple) else rounded(value)
                       for name, value in asdict(spread).items()}


def _exercise(gathered, one):
    exercise = one.exercise
    return {"exercise": gathered.label(exercise), "notebook": exercise.notebook, "cells": exercise.cells,
            "by_hand": sorted(exercise.by_hand), "students": one.count, "share": rounded(one.share),
            "discrimination": rounded(one.discrimination), "outcomes": one.outcomes, "look": one.look}


def _student(gathered, one):
    told = {
        "student": one.name, "status": one.status, "reason": one.reason, "points": rounded(one.final),
        "before_penalty": rounded(one.points), "penalty": rounded(one.penalty), "waiting_points": rounded(one.waits),
        "exercises": [{"points": rounded(mark.points), "outcome": mark.outcome} for mark in one.marks],
        "mistakes": sorted({each.mistake for each in one.outcomes.values()} - {None}), "remark": one.remark,
        "suspicious": list(one.suspicious), "incidents": list(one.incidents), "seconds": one.seconds,
    }
    if not gathered.anonymous:
        told |= {"submitted": one.submitted.isoformat() + "Z" if one.submitted else None, "hours_before_due": rounded(one.early)}
    return told


def rounded(number):
    """A number to four decimals, whole ones without any; None stays."""
    if number is None:
        return None
    return int(number) if float(number).is_integer() else round(number, 4)


def harmless(value):
    """Text that a spreadsheet would take for a formula, with an apostrophe before it; nothing for None."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return "" if value is None else value
