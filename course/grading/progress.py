"""How far a grading run has come: a bar with rate, time left and counts, and the same run as JSON for programs."""

import json
import os
import sys
import time
from collections import Counter

from course.grading.records import FAILED, FLAGGED, GRADED

LINE_SECONDS = 10
STATUSES = (GRADED, FLAGGED, FAILED)  # as people and programs read them


class Pace:
    """How fast submissions come, from the first that came: the seconds before that went into starting servers, too."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.first = self.first_when = self.last_when = None
        self.done = 0

    def note(self, done):
        """So many are done now, all together."""
        if done > self.done:
            self.done, self.last_when = done, self.clock()
            if self.first is None:
                self.first, self.first_when = done, self.last_when

    def per_second(self):
        """Submissions a second; 0 while that is not known."""
        seconds = self.last_when - self.first_when if self.done else 0
        return (self.done - self.first) / seconds if seconds > 0 else 0.0


class GradingBar:
    """A progress bar on stderr; call it with (new records, how many there will be in all), close it at the end."""

    def __init__(self, clock=time.monotonic):
        self.bar = None
        self.counts = Counter()
        self.pace = Pace(clock)

    def __call__(self, records, total):
        if self.bar is None:
            self.bar = paced_bar(self.pace)(total=total, unit="student", **self.size())
        self.counts.update(record.status for record in records)
        self.pace.note(self.counts.total())
        self.bar.set_postfix({name: self.counts[name] for name in STATUSES}, refresh=False)
        self.bar.update(len(records))

    @staticmethod
    def size():
        """tqdm follows the terminal's size, and shows nothing where that is unknown and said to be 0."""
        try:
            known = all(os.get_terminal_size(sys.stderr.fileno()))
        except (OSError, ValueError):
            known = False
        return {"dynamic_ncols": True} if known else {"ncols": 100, "nrows": 24}

    def close(self):
        if self.bar is not None:
            self.bar.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def paced_bar(pace):
    """The class tqdm, but with this Pace; at the end of all with the rate over everything."""
    from tqdm import tqdm

    class PacedBar(tqdm):
        @property
        def format_dict(self):
            told = super().format_dict
            return told | {"rate": None if self.n == self.total else pace.per_second()}

    return PacedBar


class Silence(GradingBar):
    """In place of the bar: shows nothing."""

    def __call__(self, records, total):
        pass


class Lines(GradingBar):
    """In place of the bar, where there is no terminal: a line on stderr after each tenth, or each 10 seconds."""

    def __init__(self, clock=time.monotonic):
        super().__init__(clock)
        self.clock = clock
        self.told_when = clock()
        self.told = 0

    def __call__(self, records, total):
        self.counts.update(record.status for record in records)
        done, now = self.counts.total(), self.clock()
        self.pace.note(done)
        if done == self.told:
            return
        if done == total or done - self.told >= total / 10 or now - self.told_when >= LINE_SECONDS:
            counts = ", ".join(f"{name} {self.counts[name]}" for name in STATUSES)
            rate = self.pace.per_second()
            left = f"; {(total - done) / rate:.0f} s left" if rate and done < total else ""
            print(f"     {done}/{total}: {counts}{left}", file=sys.stderr, flush=True)
            self.told, self.told_when = done, now


def bar_for(quiet, lines=False):
    """A GradingBar; where nobody looks at the terminal nothing or, if so wished, Lines; nothing if it is to be quiet."""
    if quiet:
        return Silence()
    if sys.stderr.isatty():
        return GradingBar()
    return Lines() if lines else Silence()


def bar_over(quiet):
    """What wraps a list of students in a bar; in nothing if it is to be quiet, or where nobody looks at the terminal."""
    if quiet or not sys.stderr.isatty():
        return iter

    def shown(students):
        from tqdm import tqdm

        return tqdm(students, unit="student", **GradingBar.size())

    return shown


def as_json(results, not_looked_at=()):
    """The results of a run, a list of `grade.Result`, as one JSON object; `course grade --help` says what is in it.

    not_looked_at: `strays.Stray`s.
    """
    counts = Counter(one.status for one in results)
    return json.dumps({
        "counts": {name.replace(" ", "_"): counts[name] for name in STATUSES},
        "submissions": [
            {"student": one.student, "status": one.status, "reason": one.reason, "new": one.is_new, "seed": one.seed,
             "suspicious": list(one.suspicious), "incidents": list(one.incidents)}
            for one in results
        ],
        "not_looked_at": [{"path": one.path, "expected": one.expected} for one in not_looked_at],
    }, indent=1)
