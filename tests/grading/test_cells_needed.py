"""Tests what of a notebook has to run for some of its cells, and what some names are used by."""

import pytest
from nbformat.v4 import new_code_cell

from course.grading.judge.needed import cells_needed, cells_touched
from course.grading.judge.statements import Cell


def cells(*given):
    """Cells by place: texts are plain cells, (kind, text) the others."""
    found = {}
    for place, one in enumerate(given):
        kind, text = one if isinstance(one, tuple) else ("plain", one)
        marks = {"grade_id": f"cell-{place}", "grade": kind == "judged", "solution": kind == "solution",
                 "locked": kind in ("judged", "locked")}
        found[place] = Cell(place, new_code_cell(text, metadata={} if kind == "plain" else {"nbgrader": marks}))
    return found


def needed(*given, kept=None):
    """The sources that run for the last cell, or for those at the places `kept`."""
    return list(cells_needed(cells(*given), kept or [len(given) - 1]).values())


@pytest.mark.parametrize(("given", "runs"), [
    (("a = 1", "b = 2", "b"), ["b = 2", "b"]),
    (("a = 1", "b = a", "b"), ["a = 1", "b = a", "b"]),
    (("a = 1", "a = 2", "a"), ["a = 2", "a"]),
    (("a = 1", "if a: a = 2", "a"), ["a = 1", "if a: a = 2", "a"]),
    (("a = [1]", "a.append(2)", "a"), ["a = [1]", "a.append(2)", "a"]),
    (("a = [1]", "a[0] = 2", "a"), ["a = [1]", "a[0] = 2", "a"]),
    (("a = [1]", "a.append(2)", "a = []", "a"), ["a = []", "a"]),
    (("a = 1\nprint(a)\nb = 2", "a"), ["a = 1", "a"]),
    (("import os", "a = 1", "2"), ["import os", "2"]),
    (("def f(): return g()", "def g(): return 1", "f()"), ["def f(): return g()", "def g(): return 1", "f()"]),
    (("g = 1", "def f(): return g", "g = 2", "f()"), ["g = 1", "def f(): return g", "g = 2", "f()"]),
    (("f = lambda: g", "g = 2", "f()"), ["f = lambda: g", "g = 2", "f()"]),
    (("a = 1", "b = 2"), ["b = 2"]),
])
def test_what_binds_or_changes_a_name_that_is_read(given, runs):
    assert needed(*given) == runs


def test_a_training_step_changes_the_model_that_its_optimiser_was_made_for():
    training = "from torch import nn, optim", "model = nn.Linear(1, 1)", "optimiser = optim.SGD(model.parameters())", "optimiser.step()"
    assert needed(*training, "model") == [*training, "model"]


def test_a_backward_pass_changes_what_its_result_was_made_of():
    passes = "import torch", "x = torch.ones(2, requires_grad=True)", "def f(x): return x.sum()", "f(x).backward()"
    assert needed(*passes, "x.grad") == [*passes, "x.grad"]


def test_a_function_of_the_notebook_may_change_what_it_is_given():
    fitting = "def fit(losses): losses.append(1)", "losses = []", "fit(losses)"
    assert needed(*fitting, "losses") == [*fitting, "losses"]


def test_data_are_not_changed_by_training_on_them():
    reading = "import torch\nfrom course import data", "x = data.tasks()"
    training = "model = torch.nn.Linear(1, 1)", "loss = model(x).sum()\nloss.backward()"
    assert needed(*reading, *training, "x") == [*reading, "x"]


def test_seeds_are_set_before_numbers_are_drawn():
    assert needed("import torch", "torch.manual_seed(1)\na = 2", "b = torch.rand(1)", "b") == [
        "import torch", "torch.manual_seed(1)", "b = torch.rand(1)", "b"]


def test_tests_need_what_they_name_as_text_but_not_keys():
    test = ("judged", "check('f', {'g': 1})")
    assert needed(("solution", "def f(): pass"), ("solution", "def g(): pass"), test) == ["def f(): pass", test[1]]


@pytest.mark.parametrize("kind", ["judged", "solution"])
def test_an_answer_or_a_test_runs_as_a_whole_with_what_its_parts_need(kind):
    whole = (kind, "a = 1\nshow(b)")
    assert needed("b = 2", whole, "a") == ["b = 2", whole[1], "a"]


def test_cells_between_run_only_as_far_as_they_are_needed():
    assert needed("a = 1", "b = a", "c = 2", "b", kept=[0, 3]) == ["a = 1", "b = a", "b"]


def test_a_cell_that_is_no_python_is_kept_where_it_is_asked_for():
    assert needed("a = 1", "def f(", "b", kept=[1, 2]) == ["def f(", "b"]


@pytest.mark.parametrize(("given", "touched"), [
    (("f = 1", "f", "2"), [1]),
    (("f = 1", "a = f", "b = a", "2", "b"), [1, 2, 4]),
    (("f = 1", "def g(): return f", "g()", "2"), [1, 2]),
    (("f = 1", ("judged", "check('f')"), "2"), [1]),
    (("f = 1", "a = []", "a.append(f)", "a"), [1, 2, 3]),
    (("f = 1", "f = 2"), [1]),
])
def test_cells_that_use_a_name_directly_or_through_others(given, touched):
    assert cells_touched(cells(*given), 0, {"f"}) == touched
