"""A small exam paper for the tests of the mock exam: two checked questions, one derivation, one of two cells."""

import json

CHECK_ONE = 'check.value("one", 1)'
CHECK_TWO = 'check.value("two", 2)'
CHECK_THREE = 'check.value("three", 3)\ncheck.value("three", 3.0)'


def text(source, cell_id="", **marks):
    return {"cell_type": "markdown", "id": cell_id, "source": source, "metadata": {"nbgrader": marks} if marks else {}}


def code(source, cell_id="", **marks):
    return {"cell_type": "code", "id": cell_id, "source": source.splitlines(keepends=True),
            "metadata": {"nbgrader": marks} if marks else {}}


def notebook(derivation="YOUR ANSWER HERE"):
    """A notebook as its file holds it: 7.1 (1 point), 7.2 (1 + 1 points), 7.3 by hand (2 points), and a challenge."""
    return {"cells": [
        text("# 7 · Small\n\nTwo ways."),
        code("exam = MockExam(minutes=30)"),
        text("### Question 7.1 · first · 1 point · ●○○ · 2 min\n\nSet `one`.", "heading-1"),
        code("# YOUR CODE HERE\nraise NotImplementedError()", "stub-1", grade_id="one", solution=True, grade=False),
        code(CHECK_ONE, "check-1", grade_id="one-value", grade=True, solution=False, points=1),
        text("### Question 7.2 · second, in two parts · 2 points · ●●○ · 2 min"),
        code(CHECK_TWO, "check-2", grade_id="two-value", grade=True, solution=False, points=1),
        text("A word between."),
        code(CHECK_THREE, "check-3", grade_id="three-value", grade=True, solution=False, points=1),
        text("### Question 7.3 · a proof · 2 points · ●●● · 9 min"),
        text(derivation, "proof", grade_id="proof", grade=True, solution=True, points=2),
        text("## Challenge · for nothing · 0 points · ●●● · 9 min"),
        code('check.value("four", 4)', "check-4", grade_id="four-value", grade=True, solution=False, points=0),
        text("## Marking"),
        text("### Marking 7.3\nOne point each way. Compare with `jacobian`\non numbers."),
    ]}


def write(folder, name="small.ipynb", **options):
    """The notebook as a file in `folder`. Returns its path."""
    path = folder / name
    path.write_text(json.dumps(notebook(**options)), encoding="utf-8")
    return path
