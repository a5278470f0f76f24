"""A warm grader has imported what the judge's cells need, so that not every submission waits for it."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from nbformat.v4 import new_code_cell, new_notebook
from course.grading.answers.plan import chapter_of
from course.grading.answers.runner import assignment_of
from course.grading.engine import grader

def cell(source, is_test):
    marks = {"grade": is_test, "solution": not is_test, "locked": is_test, "schema_version": 3, "task": False, "points": 1}
    return new_code_cell(source, metadata={"nbgrader": {**marks, "grade_id": source}})

notebook = new_notebook(cells=[cell("def f(x): return x", False), cell(sys.argv[1], True)])
grader.preload()
before = set(sys.modules)
grader.Grader(assignment_of(chapter_of(notebook, "one")), "nowhere").warm_up()
print("torch._dynamo" in before, "torch._dynamo" in sys.modules)
"""


@pytest.mark.parametrize(("test", "there"), [("f(torch.optim.SGD)", "True"), ("assert f(1) == 2", "False")])
def test_pytorchs_compiler_is_there_where_the_judge_may_make_an_optimiser(test, there):
    done = subprocess.run([sys.executable, "-c", PROGRAM, test], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", there]
