"""What a regrade came to: whose points moved, which was only looked at, what could not be graded again."""

from dataclasses import dataclass, field

from course.grading.regrade.changes import NEW_TIME


@dataclass(frozen=True)
class Move:
    """A cell's points that are others now. cell: "notebook/grade_id", or the late penalty, whose points are below 0."""

    student: str
    cell: str
    before: float
    after: float
    why: str


@dataclass(frozen=True)
class Regraded:
    """What a regrade did, or with `dry_run` would do.

    works: a Work for each submission that had been graded. moves: list of Move. totals: {student: (points before, after)}.
    failed: {student: why it could not be graded again; its grades are as they were}. unsteady: [(student, cell)] that came
    out otherwise though nothing changed for them, and were kept. not_graded: names of those never graded. said: lines.
    ungraded: {student: why it could not be graded, or with `dry_run` why it cannot be; it has no grades then}. seconds, jobs: with `dry_run`, about how long
    running again takes, 0.0 for not known, and how many submissions at a time; None for as many as there are workers.
    """

    assignment: str
    works: list
    moves: list = field(default_factory=list)
    totals: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)
    unsteady: list = field(default_factory=list)
    not_graded: list = field(default_factory=list)
    said: list = field(default_factory=list)
    dry_run: bool = False
    continued: bool = False
    ungraded: dict = field(default_factory=dict)
    seconds: float = 0.0
    jobs: int | None = 1

    @property
    def runs(self):
        """Names of those of which code was run again, or would be."""
        return [work.student for work in self.works if work.runs and work.student not in {**self.failed, **self.ungraded}]


def moved(before, after, reasons):
    """{"moves": list of Move, "totals": {student: (before, after)}}, the largest change first, then by name."""
    moves, totals = [], {}
    for student, then in before.items():
        now_there = after.get(student, {})
        theirs = [Move(student, cell, then.get(cell, 0.0), points, reasons.get(student, {}).get(cell, "not by the regrade"))
                  for cell, points in now_there.items() if abs(points - then.get(cell, 0.0)) > 1e-9]
        if theirs:
            moves += theirs
            totals[student] = (sum(then.values()), sum(now_there.values()))
    rank = {student: (-abs(now_has - had), student) for student, (had, now_has) in totals.items()}
    return {"moves": sorted(moves, key=lambda move: rank[move.student]), "totals": totals}


def as_data(done):
    """The regrade as plain data, for its history and for programs."""
    return {
        "assignment": done.assignment, "dry_run": done.dry_run, "changed": changed(done),
        "run_again": done.runs,
        "only_points": [work.student for work in done.works if any(work.points.values()) and not work.runs],
        "new_time": [work.student for work in done.works if work.has_new_time],
        "not_concerned": [work.student for work in done.works if not work.matters],
        "not_graded": done.not_graded, "failed": done.failed, "ungraded": done.ungraded,
        "unsteady": [{"student": student, "cell": cell} for student, cell in done.unsteady],
        "moves": [{"student": one.student, "cell": one.cell, "from": one.before, "to": one.after, "why": one.why}
                  for one in done.moves],
        "totals": {student: {"from": before, "to": after} for student, (before, after) in done.totals.items()},
    }


def changed(done):
    """What has changed since the submissions were graded, a line each, in the order in which it is met."""
    found = {}
    for work in done.works:
        for name, cells in work.judge.items():
            found |= dict.fromkeys(f"{label(done, name, cell)}: {why}" for cell, why in cells.items())
        for name, cells in work.points.items():
            found |= dict.fromkeys(f"{label(done, name, cell)}: {then:g} → {now:g} points"
                                   for cell, (then, now) in cells.items())
        if work.has_new_time:
            found[f"{work.student}: {NEW_TIME}"] = None
        if work.whole and work.why:
            found[f"{work.student}: {work.why}"] = None
    return list(found)


def label(done, notebook, cell):
    """The cell's grade_id; with the notebook's name where the assignment has several."""
    several = len({name for work in done.works for name in (*work.judge, *work.points)}) > 1 or notebook != done.assignment
    return f"{notebook}/{cell}" if several else cell
