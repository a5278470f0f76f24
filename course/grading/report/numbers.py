"""The report's numbers: of the class, of each exercise, and which exercises deserve a look."""

import statistics
from collections import Counter
from dataclasses import dataclass

from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, WRONG
from course.grading.records import FAILED, FLAGGED
from course.grading.report.gathering import WAITING

OUTCOMES = (RIGHT, WRONG, RAISED, NOT_ATTEMPTED, WAITING)
LEAST = 10  # students, for a correlation to say anything
NEAR_ZERO = 0.1
# Hours before the due date, from and up to; a submission on the line counts as the earlier one.
PERIODS = (("more than a week before", 168, None), ("3 to 7 days before", 72, 168), ("1 to 3 days before", 24, 72),
           ("6 to 24 hours before", 6, 24), ("1 to 6 hours before", 1, 6), ("in the last hour", 0, 1),
           ("late, up to a day", -24, 0), ("later than that", None, -24))


@dataclass(frozen=True)
class Spread:
    """Of some numbers. deviation: of the sample, None for a single number. quartiles: first and third, interpolated."""

    count: int
    mean: float
    median: float
    deviation: float | None
    quartiles: tuple[float, float]
    least: float
    most: float


@dataclass(frozen=True)
class ExerciseNumbers:
    """One exercise over the class.

    count: students whose points are settled. share: mean share of their points, None where none can be had, or where answers
    wait and those settled are all unanswered ones. waiting: students whose answers wait for a person. discrimination: correlation of the points here with those in all other exercises, None where it cannot be
    told; why_not: then why. outcomes: {outcome: students}. look: why it deserves a look, or empty.
    """

    exercise: object
    count: int
    share: float | None
    discrimination: float | None
    why_not: str
    outcomes: dict
    look: str

    @property
    def waiting(self):
        return self.outcomes[WAITING]

    @property
    def of_how_many(self):
        """' (4 of 12)', students whom the share is of, where others still wait; empty where it is of everybody."""
        return f" ({self.count} of {self.count + self.waiting})" if self.waiting and self.share is not None else ""


@dataclass(frozen=True)
class Head:
    """How many students there are of each kind. untouched: handed in nothing that was found. late: with a penalty.

    points: Spread of the points after late penalties, None when nobody has any. waits: points that a person has yet to
    give. unsettled: students whom these belong to.
    """

    submitted: int
    graded: int
    flagged: int
    not_graded: int
    waiting: int
    untouched: int
    late: int
    points: Spread | None
    waits: float
    unsettled: int


def spread(numbers):
    """The Spread of a list of numbers, None of an empty one."""
    if not numbers:
        return None
    first, _, third = statistics.quantiles(numbers, n=4, method="inclusive") if len(numbers) > 1 else numbers * 3
    return Spread(len(numbers), statistics.fmean(numbers), statistics.median(numbers),
                  statistics.stdev(numbers) if len(numbers) > 1 else None, (first, third), min(numbers), max(numbers))


def head(gathered):
    """The Head of a class."""
    of = Counter(one.status for one in gathered.students)
    graded = gathered.graded
    return Head(len(gathered.students), len(graded), of[FLAGGED], of[FAILED], of[WAITING],
                sum(one.is_untouched for one in graded), sum(one.penalty > 0 for one in graded),
                spread([one.final for one in graded]), sum(one.waits for one in graded), sum(one.waits > 0 for one in graded))


def exercise_numbers(gathered):
    """List of ExerciseNumbers, in the order of the exercises, over the graded students."""
    rows = [one.marks for one in gathered.graded]
    complete = [number for number in range(len(gathered.exercises)) if all(row[number].points is not None for row in rows)]
    return [_numbers(exercise, number, rows, [other for other in complete if other != number])
            for number, exercise in enumerate(gathered.exercises)]


def _numbers(exercise, number, rows, others):
    """others: places of the exercises that make up the rest of the points, the same for every student."""
    settled = [row for row in rows if row[number].points is not None]
    outcomes = Counter(row[number].outcome for row in rows)
    # Who handed in nothing to mark has no points at once: while the others wait, that says nothing of the exercise.
    if outcomes[WAITING] and all(row[number].outcome == NOT_ATTEMPTED for row in settled):
        settled = []
    points = [row[number].points for row in settled]
    rest = [sum(row[other].points for other in others) for row in settled]
    discrimination, why_not = correlation(points, rest) if others else (None, "there is no other exercise")
    if not exercise.maximum:
        discrimination, why_not = None, "it gives no points"
    if not points and outcomes[WAITING]:
        why_not = "nobody's answer is marked yet"
    share = statistics.fmean(points) / exercise.maximum if points and exercise.maximum else None
    return ExerciseNumbers(exercise, len(points), share, discrimination, why_not,
                           {outcome: outcomes[outcome] for outcome in OUTCOMES},
                           _look(points, exercise.maximum, discrimination))


def correlation(points, rest):
    """(Pearson's correlation, '') of points and the rest of the points, or (None, why it cannot be told)."""
    if len(points) < LEAST:
        return None, f"fewer than {LEAST} students"
    if min(points) == max(points):
        return None, "everybody has the same points here"
    if min(rest) == max(rest):
        return None, "everybody has the same points elsewhere"
    return statistics.correlation(points, rest), ""


def _look(points, maximum, discrimination):
    """Why an exercise deserves a look, or ''."""
    if len(points) < LEAST or not maximum:
        return ""
    if min(points) >= maximum:
        return "everybody has all points: nobody is told apart"
    if max(points) < maximum:
        return "nobody has all points: is the text clear, and the test right?" if max(points) > 0 else (
            "nobody has a point: is the text clear, and the test right?")
    if discrimination is None or discrimination >= NEAR_ZERO:
        return ""
    return ("who does well elsewhere does worse here: look for a flaw in its text or its test" if discrimination < 0 else
            "points here have next to nothing to do with points elsewhere")


def histogram(gathered):
    """List of (from, up to, students) over the points after penalties; the last bin begins at the points to be had.

    Bins are a point wide where 25 will do, else wider; a number on a line between two counts as the upper one, so that
    with whole points full points stand alone.
    """
    points = [one.final for one in gathered.graded]
    if not points:
        return []
    top = max(gathered.maximum, *points)
    width = next(width for width in (1, 2, 5, 10, 20, 50, 100, 200, 500, top) if top // width < 25)
    places = Counter(int(one // width) for one in points)
    return [(place * width, (place + 1) * width, places[place]) for place in range(int(top // width) + 1)]


def periods(gathered):
    """List of (name, students) by how long before their due date they handed in, of those of whom it is known."""
    known = [one.early for one in gathered.students if one.early is not None]
    return [(name, sum((since is None or early >= since) and (until is None or early < until) for early in known))
            for name, since, until in PERIODS]


def step_seconds(gathered):
    """{step: Spread} of the seconds that grading took, `all` for its steps together; empty where none were kept."""
    found = {}
    for one in gathered.students:
        for step, seconds in [*one.seconds.items(), *([("all", one.grading_seconds)] if one.grading_seconds else [])]:
            found.setdefault(step, []).append(seconds)
    return {step: spread(seconds) for step, seconds in found.items()}
