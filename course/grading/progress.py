"""How far a grading run has come: a bar with rate, time left and counts, and the same run as JSON for programs."""

import json
import sys
from collections import Counter

from course.grading.records import FAILED, FLAGGED, GRADED

SHOWN = {GRADED: "graded", FLAGGED: "flagged", FAILED: "failed"}


class GradingBar:
    """A progress bar on stderr; call it with (new records, how many there will be in all), close it at the end."""

    def __init__(self):
        self.bar = None
        self.counts = Counter()

    def __call__(self, records, total):
        if self.bar is None:
            from tqdm import tqdm

            self.bar = tqdm(total=total, unit="student", dynamic_ncols=True, smoothing=0.05)
        self.counts.update(SHOWN[record.status] for record in records)
        self.bar.set_postfix({name: self.counts[name] for name in SHOWN.values()}, refresh=False)
        self.bar.update(len(records))

    def close(self):
        if self.bar is not None:
            self.bar.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Silence(GradingBar):
    """In place of the bar: shows nothing."""

    def __call__(self, records, total):
        pass


def bar_for(quiet):
    """A GradingBar, or silence when that is asked for or nobody looks at the terminal."""
    return Silence() if quiet or not sys.stderr.isatty() else GradingBar()


def as_json(results):
    """The results of a run, a list of `grade.Result`, as one JSON object; `course grade --help` says what is in it."""
    counts = Counter(SHOWN[one.status] for one in results)
    return json.dumps({
        "counts": {name: counts[name] for name in SHOWN.values()},
        "submissions": [
            {"student": one.student, "status": SHOWN[one.status], "reason": one.reason, "new": one.is_new, "seed": one.seed,
             "suspicious": list(one.suspicious), "incidents": list(one.incidents)}
            for one in results
        ],
    }, indent=1)
