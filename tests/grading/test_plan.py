"""Tests who owns which name in a notebook: the judge's side, the student's, or both."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.grading.judge.plan import Plan


def cell(text, grade_id=None, *, grade=False, solution=False, locked=False, tags=()):
    made = new_code_cell(text)
    if grade_id:
        made.metadata["nbgrader"] = {"grade_id": grade_id, "grade": grade, "solution": solution, "locked": locked}
    made.metadata["tags"] = list(tags)
    return made


def plan_of(*cells):
    return Plan.of(new_notebook(cells=list(cells)))


def solution(text):
    return cell(text, "answer", solution=True)


def locked(text):
    return cell(text, "helpers", locked=True)


def test_cell(text, name="test", **more):
    return cell(text, name, grade=True, locked=True, **more)


test_cell.__test__ = False


def judges_names(plan, grade_id="test"):
    """What the judge's namespace holds when it comes to this cell."""
    namespace = {}
    for name in plan.judged:
        for chunk in plan.trusted_before(name):
            exec(chunk.code, namespace)
        if name == grade_id:
            break
    return {name: value for name, value in namespace.items() if not name.startswith("__")}


def test_what_a_solution_binds_is_the_students():
    plan = plan_of(solution("def f(x):\n    return x\ny = 3"), test_cell("assert f(1) == 1 and y == 3"))
    assert plan.student_names == {"f", "y"}
    assert judges_names(plan) == {}


def test_what_is_computed_from_a_solution_is_the_students_too():
    plan = plan_of(solution("def f(x):\n    return x"), cell("a = f(2)"), cell("b = a + 1"), test_cell("assert b == 3"))
    assert plan.student_names == {"f", "a", "b"}


def test_open_cells_give_the_judge_the_data_that_tests_need_and_nothing_else():
    plan = plan_of(cell("points = [1, 2]\nunused = 1 / 0"), solution("def f(x):\n    return x"), test_cell("f(points)"))
    assert judges_names(plan) == {"points": [1, 2]}
    assert plan.open_names == {"points", "unused"}


def test_changes_in_place_are_kept():
    plan = plan_of(cell("points = [1]\npoints.append(2)\npoints[0] = 7"), test_cell("assert points"))
    assert judges_names(plan) == {"points": [7, 2]}


def test_what_a_needed_name_needs_is_needed():
    plan = plan_of(cell("a = 1"), cell("b = a + 1"), cell("def g():\n    return b"), test_cell("assert g() == 2"))
    assert judges_names(plan)["g"]() == 2


def test_a_locked_function_that_calls_the_students_stays_the_judges():
    plan = plan_of(solution("def f(x):\n    return x"), locked("def twice(x):\n    return f(f(x))"), test_cell("twice(1)"))
    assert "twice" not in plan.student_names and "twice" in judges_names(plan)


def test_an_open_function_that_calls_the_students_is_the_students():
    plan = plan_of(solution("def f(x):\n    return x"), cell("def twice(x):\n    return f(f(x))"), test_cell("twice(1)"))
    assert "twice" in plan.student_names and "twice" not in judges_names(plan)


def test_a_locked_value_that_calls_the_students_is_the_students():
    plan = plan_of(solution("def f(x):\n    return x"), locked("made = f(1)"), test_cell("assert made == 1"))
    assert "made" in plan.student_names and "made" not in judges_names(plan)


def test_a_locked_name_stays_the_judges_though_an_open_cell_binds_it_too():
    plan = plan_of(locked("line = 5"), solution("def f(x):\n    return x"), cell("line = f(1)"), test_cell("assert line == 5"))
    assert judges_names(plan) == {"line": 5}
    assert "line" not in plan.student_names


def test_displays_of_the_instructor_are_not_run_by_the_judge():
    plan = plan_of(cell("data = [1]"), locked("data\nprint(data)\nsorted(data)[5]"), test_cell("assert data"))
    assert judges_names(plan) == {"data": [1]}


def test_imports_of_all_cells_are_the_judges():
    plan = plan_of(cell("import math as m"), solution("import json\ndef f(x):\n    return m.pi"), test_cell("f(1)"))
    assert set(judges_names(plan)) == {"m", "json"}
    assert plan.student_names == {"f"}


def test_trusted_code_runs_in_the_notebooks_order():
    plan = plan_of(cell("x = 1"), test_cell("assert x == 1", "first"), cell("x = 2"), test_cell("assert x == 2", "second"))
    assert judges_names(plan, "first") == {"x": 1}
    assert judges_names(plan, "second") == {"x": 2}


def test_cells_with_magics_are_left_to_the_student():
    plan = plan_of(cell("%matplotlib inline\nfiles = !ls\nx = 3"), test_cell("assert x == 3"))
    assert judges_names(plan) == {"x": 3}


@pytest.mark.parametrize("text", ["def f(:\n", "x = = 1", "\x00"])
def test_a_cell_that_is_not_python_is_nobodys(text):
    plan = plan_of(cell(text), cell("x = 3"), test_cell("assert x == 3"))
    assert judges_names(plan) == {"x": 3}


def test_cells_marked_to_run_inside_are_not_judged():
    plan = plan_of(test_cell("z = 1", "inside", tags=["run-inside"]), test_cell("assert z == 1"))
    assert plan.inside == {"inside"} and set(plan.judged) == {"test"}
    assert "z" in plan.student_names


def test_names_that_tests_set_for_the_student_are_known():
    plan = plan_of(solution("def f():\n    return vocabulary"), test_cell("vocabulary = {1}\nassert f() == {1}"))
    assert plan.pushed == {"vocabulary"}


def test_hidden_lines_and_what_can_be_seen():
    source = "def shown(x):\n    return x\n### BEGIN HIDDEN TESTS\ndef kept(x):\n    return x\n### END HIDDEN TESTS\nlast = lambda: 1"
    plan = plan_of(test_cell(source))
    namespace = {}
    exec(compile(source, "<grade cell test>", "exec"), namespace)
    assert plan.hidden_lines == {"<grade cell test>": (range(3, 7),)}
    assert plan.is_visible(namespace["shown"].__code__) and plan.is_visible(namespace["last"].__code__)
    assert not plan.is_visible(namespace["kept"].__code__)


def test_a_hidden_region_that_is_never_closed_goes_to_the_end():
    plan = plan_of(test_cell("x = 1\n### BEGIN HIDDEN TESTS\nassert x\nassert x"))
    assert plan.hidden_lines["<grade cell test>"] == (range(2, 5),)


def test_a_name_that_nothing_of_the_notebook_binds_is_the_students():
    plan = plan_of(cell("# your answer"), cell("b = a + 1"), test_cell("assert a == 1 and b == 2\nabs(a)\nassert __name__"))
    assert plan.student_names == {"a", "b"}
    assert judges_names(plan) == {}


@pytest.mark.parametrize("binds", [
    "for a in (1,):\n    pass", "(a := 1)", "import json as a", "with open('/dev/null') as a:\n    pass", "match 1:\n    case a:\n        pass",
    "def g():\n    global a\n    a = 1\ng()", "try:\n    1 / 0\nexcept ZeroDivisionError as a:\n    pass", "from math import *",
])  # fmt: skip
def test_a_name_that_a_test_binds_itself_is_not_the_students(binds):
    assert plan_of(test_cell(f"{binds}\nassert a")).student_names == frozenset()


def test_cells_that_look_at_the_students_objects_themselves_are_known_from_those_that_leave_it_to_the_checks():
    plan = plan_of(
        cell("from course import check"), solution("def f(x):\n    return x"), locked("def helper(x):\n    return f(x)"),
        test_cell("check.example('f', 1, gives=1)", "verb"), test_cell("assert f(1) == 1", "own"),
        test_cell("assert helper(1) == 1", "through-a-helper"), test_cell("def again(x):\n    return f(x)", "in-a-function"),
    )
    assert plan.plain == {"own", "through-a-helper", "in-a-function"}
