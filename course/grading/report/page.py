"""The report as one HTML page that needs nothing else: pictures, style and script are in it, and nothing is fetched."""

import base64
import datetime
import hashlib
from pathlib import Path

import jinja2
from markupsafe import Markup

from course.grading.in_short import each_once
from course.grading.late.dates import span
from course.grading.outcomes import NOT_ATTEMPTED, RAISED, RIGHT, WRONG
from course.grading.records import FAILED, FLAGGED, GRADED
from course.grading.report import numbers, pictures
from course.grading.report.exercises import columns
from course.grading.report.gathering import WAITING
from course.grading.report.mistakes_made import mistakes_made

HERE = Path(__file__).parent
# Class of a table cell by outcome: page.css gives each a sign and a colour.
SIGNS = {RIGHT: "r", WRONG: "w", RAISED: "e", NOT_ATTEMPTED: "n", WAITING: "p"}
STEP_NAMES = {"all": "all of it", "sanitise": "read and mend the notebook", "execute": "run and judge its cells",
              "score": "score", "cpu": "processor time of the grader"}


def page(gathered, now=None):
    """The page's text. now: when the report was made, by default this moment."""
    now = now or datetime.datetime.now(datetime.UTC)
    script = (HERE / "page.js").read_text(encoding="utf-8")
    template = environment().get_template("page.html.jinja")
    return template.render(
        report=gathered, made=f"{now.astimezone(datetime.UTC):%d %B %Y, %H:%M} UTC", signs=SIGNS,
        style=Markup((HERE / "page.css").read_text(encoding="utf-8")), script=Markup(script), script_hash=digest(script),
        **told(gathered), **drawn(gathered))


def environment():
    """Where the template lives. Everything is escaped: messages quote what learners wrote."""
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"points": points, "share": share, "fixed": fixed, "seconds": seconds, "early": early, "each_once": each_once}
    return made


def told(gathered):
    """What the template says in words and tables."""
    counted = numbers.exercise_numbers(gathered)
    steps = numbers.step_seconds(gathered)
    look = {}
    for one in counted:
        if one.look:
            look.setdefault(one.look, []).append(gathered.label(one.exercise))
    return {
        "head": numbers.head(gathered), "exercises": counted, "mistakes": mistakes_made(gathered),
        "columns": list(zip(gathered.exercises, columns(gathered.exercises), strict=True)),
        "by_hand": any(one.by_hand for one in gathered.exercises), "look": look, "least": numbers.LEAST,
        "flagged": [one for one in gathered.students if one.status == FLAGGED],
        "not_graded": [one for one in gathered.students if one.status == FAILED],
        "stopped": [one for one in gathered.students if one.status == GRADED and one.incidents],
        "any_stopped": any(each.stopped for one in gathered.graded for each in one.outcomes.values()),
        "steps": [(name, steps[step]) for step, name in STEP_NAMES.items() if step in steps],
        "untimed": sum(one.grading_seconds is None for one in gathered.graded),
        "undated": sum(one.submitted is None for one in gathered.students),
        "dated": [one.early for one in gathered.students if one.early is not None],
        "periods": numbers.periods(gathered), "any_penalty": any(one.penalty for one in gathered.students),
    }


def drawn(gathered):
    """{name: Shown, or None where there is nothing to draw}, a fixed number of pictures however large the class."""
    counted = numbers.exercise_numbers(gathered)
    labels = [gathered.label(one.exercise) for one in counted]
    bins, spread = numbers.histogram(gathered), numbers.head(gathered).points
    periods = numbers.periods(gathered)
    has_rows = bool(bins and labels)
    by_label = list(zip(labels, counted, strict=True))
    return {
        "points_picture": pictures.shown(pictures.points, bins, spread, gathered.maximum) if bins else None,
        "facility_picture": pictures.shown(pictures.facility, by_label) if has_rows else None,
        "outcomes_picture": pictures.shown(
            pictures.outcomes, [(label, one.outcomes) for label, one in by_label]) if has_rows else None,
        "time_picture": pictures.shown(pictures.handed_in, periods) if any(count for _, count in periods) else None,
    }


def digest(script):
    """What the page's own policy names the script by, so that a browser runs no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def points(number):
    """Points without needless zeros, or a dash."""
    return "–" if number is None else f"{round(number, 2):g}".replace("-", "−")


def share(number):
    """A share as a percentage without decimals."""
    return pictures.told(number, "{:.0%}")


def fixed(number, decimals=2):
    """A number with so many decimals and a true minus sign, or a dash."""
    return pictures.told(number, f"{{:.{decimals}f}}")


def seconds(number):
    """Seconds with as many decimals as matter."""
    return pictures.told(number, "{:.2f} s" if number is not None and number < 10 else "{:.0f} s")


def early(hours):
    """'3 d 2 h', '40 min', '5 h late', or a dash."""
    return "–" if hours is None else span(abs(3600 * hours)) + (" late" if hours < 0 else "")
