"""What has changed between two versions of an assignment's tests is told cell by cell, and what cannot matter is left out."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes
from test_engine_merge import marked

from course.grading.engine.task import NotebookSource
from course.grading.regrade import tests as regrade_tests
from course.grading.regrade.tests import BUILDS_ON, CODE, FILES, NEW, TEST, changes, digest_of

CELLS = {
    "title": (new_markdown_cell, "# Title"),
    "exhibit": (new_code_cell, "def draw(): pass\ndraw()"),
    "used": (new_code_cell, "scale = 2"),
    "locked": (new_code_cell, "limit = 10"),
    "answer": (new_code_cell, "def f(x):\n    return x"),
    "first": (new_code_cell, "expected = f(1)\nassert expected == 1 * scale"),
    "second": (new_code_cell, "assert f(2) == 2"),
    "third": (new_code_cell, "assert expected == f(1)"),
}
GRADED = ("first", "second", "third")


def version(points=None, files=None, **changed):
    """The tests of the notebook with these cells' texts changed."""
    texts = {name: changed.get(name, text) for name, (_, text) in CELLS.items()}
    points = {name: 1.0 for name in GRADED} | (points or {})

    def cell(name):
        make = CELLS[name][0]
        if name in ("title", "exhibit", "used"):
            return make(texts[name])
        return marked(make, texts[name], name, points.get(name), solution=name == "answer", locked=name != "answer")

    text = writes(new_notebook(cells=[cell(name) for name in CELLS]))
    found = regrade_tests.tests_of([NotebookSource("a", None, (), points, {}, ("answer",), text)], files or {})
    return json.loads(json.dumps(found))  # as it is read from disk


def between(old, new):
    return changes(old, new)["a"]


@pytest.mark.parametrize("changed", [
    {"title": "# Another title"}, {"exhibit": "def draw(): print(1)\ndraw()"}, {"answer": "def f(x):\n    return 1 * x"}, {},
])
def test_prose_exhibits_and_solutions_change_nothing(changed):
    assert between(version(), version(**changed)) == ({}, {})
    assert digest_of(version()) == digest_of(version(**changed))


@pytest.mark.parametrize(("changed", "why"), [
    ({"second": "assert f(2) == 3"}, {"second": TEST}),
    ({"first": "expected = f(1)\nassert True"}, {"first": TEST, "third": BUILDS_ON}),
    ({"first": "assert f(1) == 1 * scale"}, {"first": TEST, "third": BUILDS_ON}),
    ({"used": "scale = 3"}, dict.fromkeys(GRADED, CODE)),
    ({"locked": "limit = 11"}, dict.fromkeys(GRADED, CODE)),
    ({"exhibit": "import math\ndef draw(): pass\ndraw()"}, dict.fromkeys(GRADED, CODE)),
    ({"files": {"data.csv": b"1"}}, dict.fromkeys(GRADED, FILES)),
])
def test_what_a_grade_depends_on_concerns_the_cells_that_depend_on_it(changed, why):
    assert between(version(), version(**changed)) == (why, {})
    assert digest_of(version()) != digest_of(version(**changed))


def test_new_points_are_told_apart_from_a_changed_test():
    assert between(version(), version(points={"second": 3.0})) == ({}, {"second": (1.0, 3.0)})
    assert digest_of(version()) != digest_of(version(points={"second": 3.0}))


def test_a_cell_that_was_not_there_is_new():
    old = version()
    old["notebooks"]["a"]["cells"] = [one for one in old["notebooks"]["a"]["cells"]
                                      if one["metadata"].get("nbgrader", {}).get("grade_id") != "second"]
    assert between(old, version()) == ({"second": NEW}, {})
