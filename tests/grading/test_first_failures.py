"""Of the failures in an executed notebook the first are told, and with them those that only follow for want of a name."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course.grading.engine.rehearsal import not_passed
from course.grading.first_failures import first_failures


def cell(source, error=None, name="AssertionError", grade_id=None, solution=False):
    """A cell as it stands after its run; graded where it has a grade_id and is no solution."""
    made = new_code_cell(source)
    if grade_id:
        made.metadata["nbgrader"] = {"grade": not solution, "solution": solution, "locked": not solution, "grade_id": grade_id,
                                     "schema_version": 3, "task": False}
    if error is not None:
        made.outputs = [new_output("error", ename=name, evalue=error, traceback=[])]
    return made


def missing(name):
    return f"name '{name}' is not defined"


def told(*cells):
    """{what fails first: what follows from it}."""
    return {first.name: [one.name for one in first.following] for first in first_failures(new_notebook(cells=list(cells)))}


FIRST = cell("assert f(1) == 2\nhelper = 3", "", grade_id="a")
WANTS = cell("assert f(helper)", missing("helper"), "NameError", grade_id="b")


def test_a_cell_that_wants_what_a_stopped_one_would_have_made_follows_from_it():
    assert told(FIRST, WANTS) == {"a": ["b"]}
    assert first_failures(new_notebook(cells=[FIRST, WANTS]))[0].wanted == ["helper"]


def test_a_cell_that_fails_for_a_reason_of_its_own_is_told_as_well():
    assert told(FIRST, cell("assert f(3) == 4", "", grade_id="b")) == {"a": [], "b": []}


def test_a_name_that_no_stopped_cell_would_have_made_is_a_fault_of_its_own():
    assert told(FIRST, cell("hepler", missing("hepler"), "NameError", grade_id="b")) == {"a": [], "b": []}
    assert told(cell("helper = 3", grade_id="a"), WANTS) == {"b": []}


def test_what_follows_from_a_cell_that_follows_belongs_to_the_first():
    between = cell("more = helper + 1", missing("helper"), "NameError")
    last = cell("assert more", missing("more"), "NameError", grade_id="c")
    assert told(FIRST, between, WANTS, last) == {"a": ["b", "c"]}


@pytest.mark.parametrize("said", [missing("f"), "f(3) raised NameError: name 'f' is not defined", "There is no `f` yet: write it"])
def test_a_solution_that_stops_is_told_in_place_of_its_tests(said):
    solution = cell("def f(x:\n    return x", "invalid syntax", "SyntaxError", grade_id="f", solution=True)
    assert told(solution, cell("assert f(1)", said, "NameError", grade_id="a")) == {"f": ["a"]}


def test_an_error_on_which_no_graded_cell_hangs_is_not_told():
    assert told(cell("1 / 0", "division by zero", "ZeroDivisionError"), cell("assert True", grade_id="a")) == {}


def test_cells_that_were_not_run_follow_from_the_one_that_took_the_time():
    late = cell("while True: pass", "still running", "CellTimeoutError", grade_id="a")
    never = [cell("assert True", "no time left", "NotRun", grade_id=name) for name in "bc"]
    assert told(late, *never) == {"a": ["b", "c"]}
    assert told(*never) == {"b": ["c"]}


def test_a_rehearsal_says_which_cells_are_not_passed_and_which_of_them_only_follow():
    firsts = first_failures(new_notebook(cells=[FIRST, WANTS]))
    assert not_passed({"a", "b"}, firsts) == "the solution in it does not pass a (b follows from that)"
    assert not_passed({"a"}, firsts) == "the solution in it does not pass a"
    assert not_passed({"z"}, firsts) == "the solution in it does not pass z"
    solution = cell("f = 1 / 0", "division by zero", "ZeroDivisionError", grade_id="f", solution=True)
    tests = [cell("assert f", missing("f"), "NameError", grade_id=name) for name in "ab"]
    firsts = first_failures(new_notebook(cells=[solution, *tests]))
    assert not_passed({"a", "b"}, firsts) == "the solution in it stops in f (a, b follow from that)"
