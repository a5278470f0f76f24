"""One assignment's way: released, fetched, validated, submitted, collected, graded, and its feedback read."""

import json
from dataclasses import dataclass, field

import nbformat
from machine import IS_ROOT

from course.grading.answers import with_answers

ASSIGNMENT = "one_loss"
NOTEBOOK = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
RIGHT = "def loss(predictions, targets):\n    return ((predictions - targets) ** 2).mean()"
SUMMED = RIGHT.replace("mean", "sum")
# Right only where it finds nothing of the course folder that lies in the home of whom it is graded by.
SPYING = """from pathlib import Path

def loss(predictions, targets):
    seen = [path for path in PLACES if Path(path).exists()]
    return ((predictions - targets) ** 2).mean() + len(seen)
"""


@dataclass
class Story:
    """What people saw: rows of assignment lists, answers of the Validate button, results, pages."""

    lists: dict = field(default_factory=dict)
    validated: dict = field(default_factory=dict)
    graded: dict = field(default_factory=dict)
    scores: dict = field(default_factory=dict)
    feedback: str = ""


def go_through(machine, people):
    """Takes the assignment through the hub. Returns the Story."""
    story, prof, ada = Story(), people.prof, people.ada
    prof.formgrader(f"assignment/{ASSIGNMENT}/assign")
    story.lists["before the release"] = ada.assignments()
    prof.formgrader(f"assignment/{ASSIGNMENT}/release")
    story.lists["released"] = ada.assignments()
    story.lists["fetched"] = ada.assignments("fetch", ASSIGNMENT)
    for name, answer in {"untouched": None, "right": RIGHT, "summed": SUMMED}.items():
        write(ada, answer)
        story.validated[name] = ada.lab("POST", "assignments/validate", json={"path": NOTEBOOK})
    story.lists["submitted"] = ada.assignments("submit", ASSIGNMENT)
    if IS_ROOT:  # else ben would be the same user as ada
        submit_by_command(machine, "ben")
    prof.formgrader(f"assignment/{ASSIGNMENT}/collect")
    grade(machine, prof, story)
    prof.formgrader(f"assignment/{ASSIGNMENT}/generate_feedback")
    prof.formgrader(f"assignment/{ASSIGNMENT}/release_feedback")
    story.lists["graded"] = ada.assignments("fetch_feedback", ASSIGNMENT)
    story.feedback = ada.lab("GET", f"files/{feedback_folder(story.lists['graded'])}/{ASSIGNMENT}.html")
    return story


def write(person, answer):
    """Edits the fetched notebook, as JupyterLab does when it saves."""
    if answer is not None:
        model = person.lab("GET", f"api/contents/{NOTEBOOK}")
        notebook = with_answers(nbformat.from_dict(model["content"]), {"loss": answer})
        person.lab("PUT", f"api/contents/{NOTEBOOK}", json={"type": "notebook", "content": notebook})


def submit_by_command(machine, person):
    """A student who uses a terminal fetches the assignment, answers it, and submits."""
    fetched = machine.do(person, "nbgrader", "fetch_assignment", ASSIGNMENT)
    assert not fetched.returncode, fetched.stdout
    path = machine.home(person) / NOTEBOOK
    places = [str(place) for place in (machine.course, machine.home("prof"), machine.exchange)]
    answer = SPYING.replace("PLACES", repr(places))
    nbformat.write(with_answers(nbformat.read(path, as_version=4), {"loss": answer}), path)
    submitted = machine.do(person, "nbgrader", "submit", ASSIGNMENT)
    assert not submitted.returncode, submitted.stdout


def grade(machine, prof, story):
    """The formgrader's button for ada, `course grade` for the rest of the class."""
    prof.formgrader(f"submission/{ASSIGNMENT}/{machine.student_id('ada')}/autograde")
    done = machine.do("prof", "course", "grade", ASSIGNMENT, "--json", "--quiet", cwd=machine.course)
    assert not done.returncode, done.stdout
    results = json.loads(done.stdout[done.stdout.index("{"):])
    story.graded = {one["student"]: one for one in results["submissions"]}
    rows = prof.lab("GET", f"formgrader/api/submissions/{ASSIGNMENT}")
    story.scores = {row["student"]: row["score"] for row in rows}


def feedback_folder(rows):
    """Where the assignment list says the feedback of the last submission is."""
    return next(row for row in rows if "submissions" in row)["submissions"][-1]["local_feedback_path"]
