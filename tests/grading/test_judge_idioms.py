"""Plain test cells outside: every idiom passes with a right solution and refuses a wrong one."""

import judge_idioms
import pytest
from judge_idioms import IDIOMS, OUTSIDE, SOLUTION
from judge_stand_in import Graded


def graded(test, solution=SOLUTION, rehearsal=None):
    cells = (("locked", judge_idioms.IMPORTS), ("locked", judge_idioms.LOCKED), ("solution", SOLUTION), ("test", test))
    seen = Graded(*cells, answers=[solution], source=solution, rehearsal=rehearsal)
    assert seen.ran == ["", "", ""], "the student's own cells must run"
    return seen


@pytest.mark.parametrize("name", IDIOMS)
def test_a_right_solution_passes(name):
    assert graded(IDIOMS[name][0]).error() == ""


@pytest.mark.parametrize("name", IDIOMS)
def test_a_right_solution_passes_as_it_did_in_rehearsal(name):
    test = IDIOMS[name][0]
    recorded = graded(test).judge.recorded
    assert recorded.passed == {"test0"} and graded(test, rehearsal=recorded).error() == ""


@pytest.mark.parametrize("name", IDIOMS)
def test_a_wrong_solution_is_refused(name):
    test, right, wrong = IDIOMS[name]
    assert SOLUTION.count(right) >= 1
    assert graded(test, SOLUTION.replace(right, wrong)).error()


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_cannot_be_judged_outside_says_so(name):
    test, says = OUTSIDE[name]
    assert graded(test).error().startswith(says)


def test_prints_of_judge_and_student_come_in_order():
    assert graded(IDIOMS["printing"][0]).text() == "J1\nstudent says 5\nJ2\n"


def test_an_error_of_the_students_names_their_line():
    seen = graded("careful(-5)")
    assert seen.error() == "ValueError: negative"
    shown = "".join(seen.judged["test0"].outputs[-1].traceback)
    assert "<grade cell test0>" in shown and "In the student's careful" in shown and "/judge/" not in shown


def test_the_last_value_is_shown_unless_it_is_an_object():
    assert graded("f(1) * 10").judged["test0"].outputs[-1].data["text/plain"] == "20"
    assert graded("Net()").judged["test0"].outputs == []


def test_a_test_can_use_what_an_earlier_one_defined():
    cells = (("locked", judge_idioms.IMPORTS), ("solution", SOLUTION), ("test", "def helper(n): return [f(i) for i in range(n)]"),
             ("test", "assert helper(2) == [1, 2]"))  # fmt: skip
    assert Graded(*cells).error("test1") == ""


def test_what_a_test_sets_is_there_for_the_students_next_cell():
    cells = (("locked", judge_idioms.IMPORTS), ("solution", "limit = 3"), ("test", "size = 7"), ("plain", "seen = size"),
             ("solution", "def look(): return seen"), ("test", "assert look() == 7"))  # fmt: skip
    assert Graded(*cells).error("test1") == ""
