"""What a visible check gives away is found, and refused or told."""

import copy

import pytest
from answer_chapter import CHECKS, STUB, marked
from nbformat.v4 import new_code_cell, new_notebook

from course.grading.answers.copied import copied
from course.grading.answers.plan import chapter_of
from course.grading.answers.results import faults
from course.grading.answers.runner import run_answers

HELPER = "def twice(n):\n    return n + n\n\ndef of_two(a, b):\n    return a\n\ndef wrong(n):\n    return 3 * n"
CHECK = "give('double', (2,), 4)\nagrees('double', reference=lambda n: n + n)\nagrees('other', reference=lambda n: 2 * n)"


@pytest.fixture
def helped():
    """A notebook whose exercise `double` is followed by a locked helper cell and a check that shows its reference."""
    helper = marked(HELPER, "helpers", points=1)
    helper.metadata.nbgrader.update(grade=False)
    del helper.metadata.nbgrader["points"]
    return new_notebook(cells=[
        new_code_cell(CHECKS + "\ndef agrees(*arguments, **named): pass"),
        marked("def double(x):\n    return 2 * x", "double"),
        helper,
        marked(CHECK, "double-two", points=1),
        marked("def other(x):\n    return x", "other"),
        marked("give('other', (2,), 2)", "other-two", points=1),
    ])


@pytest.fixture
def answers(helped):
    release = copy.deepcopy(helped)
    for cell in release.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = cell.source.split("\n")[0] + "\n    " + STUB.replace("\n", "\n    ")
    return copied(chapter_of(helped, "numbers"), release)


def test_functions_with_as_many_arguments_and_references_on_the_exercise_are_taken(answers):
    assert [(answer.exercise, answer.how) for answer in answers] == [
        ("double", "twice"), ("double", "wrong"), ("double", "lambda n: n + n")]


def test_what_passes_is_a_fault_and_what_is_refused_is_none(helped, answers):
    told = {result.answer.how: bool(faults(result)) for result in run_answers(chapter_of(helped, "numbers"), answers)}
    assert told == {"twice": True, "wrong": False, "lambda n: n + n": True}
