"""Results on which every comparison holds, or without end, and calls that change what they are compared with, earn nothing in plain tests."""

import pytest
from judge_stand_in import Graded
from test_judge_plain_data import graded

from course.grading.judge import asking

TWICE = "f = lambda x: 2 * x"
CLOSE = "x = torch.ones(2)\nassert torch.allclose(f(x), 2 * x)"
# Name: (test, solution, wrong answers that plain Python would pass, right ones).
VOID = {
    "close to nothing": (CLOSE, TWICE, ["f = lambda x: torch.empty(0, 1)", "f = lambda x: x[:0, None]"], ["f = lambda x: x + x"]),
    "a number close to nothing": ("assert torch.allclose(f(torch.ones(2)), torch.tensor(2.0))", "f = lambda x: x.sum()",
                                  ["f = lambda x: torch.empty(0)"], ["f = lambda x: x.mean() * len(x)"]),
    "all of nothing": ("x = torch.ones(2)\nassert (f(x) == 2 * x).all() and not (f(x) != 2 * x).any()", TWICE,
                       ["f = lambda x: torch.empty(0, 1)"], ["f = lambda x: x + x"]),
    "nothing among results": ("one, two = f(torch.ones(2))\nassert torch.allclose(one, torch.ones(2)) and torch.allclose(two, torch.ones(2))",
                              "f = lambda x: (x, x)", ["f = lambda x: (x[:0, None], x[:0, None])"], ["f = lambda x: [x, x]"]),
    "a loop over nothing": ("for one, due in zip(f([1, 2]), [2, 4]):\n    assert one == due", "f = lambda x: [2 * i for i in x]",
                            ["f = lambda x: []", "f = lambda x: ()", "f = lambda x: iter(())", "f = lambda x: (i for i in ())"],
                            ["f = lambda x: (2 * i for i in x)", "f = lambda x: tuple(2 * i for i in x)"]),
    "a text within a text": ("assert f(1) in 'ABC'", "f = lambda x: 'A'", ["f = lambda x: ''"], ["f = lambda x: 'B'"]),
    "not far": ("assert not abs(f(3.0) - 6) > 1e-6", TWICE, ["f = lambda x: float('nan')", "f = lambda x: torch.tensor(float('nan'))"],
                ["f = lambda x: x + x"]),
    "not far at most": ("if (f(torch.ones(2)) - 2).abs().max() > 1e-6:\n    raise AssertionError", TWICE,
                        ["f = lambda x: torch.tensor([float('nan'), 7])"], ["f = lambda x: x + x"]),
    "not far for NumPy": ("if abs(f(2.0) - 4) > 1e-6:\n    raise AssertionError", TWICE, ["import numpy as np\nf = lambda x: np.float32('nan')"],
                          ["import numpy as np\nf = lambda x: np.float32(4)"]),
}  # fmt: skip
DATASET = "class D:\n    def __len__(self): return {}\n    def __getitem__(self, place): return place{}"


def test_an_object_without_items_fails_where_the_solutions_has_some():
    test = "items = D()\nassert all(items[place] == place for place in range(len(items)))"
    for wrong in (DATASET.format(0, ""), DATASET.format(3, " + 1")):
        assert graded(test, wrong, DATASET.format(3, "")).error().startswith("AssertionError"), wrong
    assert graded(test, DATASET.format(2, ""), DATASET.format(3, "")).error() == ""
    assert graded(test, DATASET.format(0, ""), DATASET.format(0, "")).error() == ""


def test_a_list_that_the_test_lends_is_not_emptied():
    test = "lent = judge.inout([3, 1])\nf(lent)\nfor one, due in zip(lent, [1, 3]):\n    assert one == due"
    assert graded(test, "f = lambda x: x.clear()", "f = lambda x: x.sort()").error().startswith("AssertionError: what came holds nothing")
    assert graded(test, "def f(x):\n    x[:] = sorted(x)", "f = lambda x: x.sort()").error() == ""
    emptied = "lent = judge.inout([3, 1])\nf(lent)\nassert lent == []"
    assert graded(emptied, "def f(x):\n    x[:] = []", "f = lambda x: x.clear()").error() == ""


REFERENCE = "w, x = torch.tensor(2.0, requires_grad=True), torch.ones(3)\nassert torch.isclose(f(x, w), (x * w).sum())"
SET = "def f(x, w):\n    w.data.fill_({0})\n    return torch.tensor({0}) * x.numel()"
MODULE = "m, x = torch.nn.Linear(2, 1), torch.ones(3, 2)\nassert torch.allclose(f(m, x), m(x))"
EMPTIED = "def f(m, x):\n    with torch.no_grad():\n        m.weight.zero_()\n        m.bias.zero_()\n    return torch.zeros(3, 1)"
STEP = "w = torch.tensor(2.0, requires_grad=True)\nf(w)\nassert w == 1.0"
IN_PLACE = "def f(w):\n    with torch.no_grad():\n        w -= 1"


@pytest.mark.parametrize("name", VOID)
def test_what_compares_as_nothing_does_fails_where_the_solution_gives_something(name):
    test, solution, wrong, right = VOID[name]
    for answer in wrong:
        seen = graded(test, answer, solution)
        assert seen.error().startswith("AssertionError: ") and seen.suspicious == [], answer
        assert graded(test, answer, solution, rehearse=False).error() == "", "the test alone would have refused it"
    assert [graded(test, answer, solution).error() for answer in right] == [""] * len(right)


@pytest.mark.parametrize(("test", "solution"), [
    ("assert f([]) == [] and f('') == []", "f = list"), ("assert f(torch.ones(2)[:0]).shape == (0,)", "f = lambda x: x"),
    ("assert f(0.0) != f(0.0)", "f = lambda x: x * float('inf')"), ("assert list(f(0)) == []", "def f(n):\n    yield from range(n)"),
    ("assert f(1) == [1, []] and f(2) == {2: []}", "f = lambda n: [1, []] if n == 1 else {2: []}"),
])  # fmt: skip
def test_it_passes_where_the_solution_gives_the_same(test, solution):
    assert graded(test, solution, solution).error() == ""


def test_an_empty_part_of_an_answer_is_no_empty_answer():
    assert graded("assert f(1)[0] == 1", "f = lambda x: (1, [])", "f = lambda x: (1, [2])").error() == ""


def test_a_name_read_in_two_places_is_judged_alike_in_both():
    test = "assert kept == [] and f(1) == 1\nassert kept == []\nassert len(kept) == 0"
    assert graded(test, "kept, f = [], lambda x: x", "kept, f = [], lambda x: x").error() == ""
    assert graded(test, "kept, f = [2], lambda x: x", "kept, f = [], lambda x: x").error()


@pytest.mark.parametrize("number", ["0.0", "float('inf')"])
def test_a_weight_of_the_tests_is_not_changed_for_what_it_is_compared_with(number):
    solution = "f = lambda x, w: (x * w).sum()"
    assert graded(REFERENCE, SET.format(number), solution, rehearse=False).error() == ""
    assert graded(REFERENCE, SET.format(number), solution).error().startswith("AssertionError: the call changed a tensor in place")
    assert graded(REFERENCE, "f = lambda x, w: x.sum() * w", solution).error() == ""


def test_nor_are_the_parameters_of_its_module():
    solution = "f = lambda m, x: m(x)"
    assert graded(MODULE, EMPTIED, solution, rehearse=False).error() == ""
    assert graded(MODULE, EMPTIED, solution).error().startswith("AssertionError: the call changed a tensor in place")
    assert graded(MODULE, "f = lambda m, x: x @ m.weight.T + m.bias", solution).error() == ""


def test_they_are_changed_where_the_solution_changes_them():
    assert graded(STEP, IN_PLACE, IN_PLACE).error() == ""
    assert graded(STEP, IN_PLACE.replace("-= 1", "-= 2"), IN_PLACE).error()
    inout = "w = judge.inout(torch.tensor(2.0, requires_grad=True))\nf(w)"
    assert graded(inout, IN_PLACE, "f = lambda w: None").error() == ""


def test_a_gradient_that_is_not_a_number_is_refused_too():
    test = "w = torch.tensor(2.0, requires_grad=True)\nf(w).backward()\nif abs(w.grad - 3) > 1e-6:\n    raise AssertionError"
    poisoned = "def f(w):\n    w.grad = torch.tensor(float('nan'))\n    return w * 1"
    assert graded(test, poisoned, "f = lambda w: 3 * w").error().startswith("AssertionError: NaN came")
    assert graded(test, "f = lambda w: w + w + w", "f = lambda w: 3 * w").error() == ""


def test_a_model_of_the_students_own_gone_to_nan_fails_no_other_cell():
    cells = (("plain", "import torch"), ("solution", "model = torch.nn.Linear(1, 1)\nf = lambda x: x"),
             ("test", "assert model.weight.shape == (1, 1)"), ("solution", "kept = 1"), ("test", "assert f(1) == 1"))
    recorded = Graded(*cells).judge.recorded
    answers = ["model = torch.nn.Linear(1, 1)\nf = lambda x: x", "kept = model.weight.data.fill_(float('nan'))"]
    seen = Graded(*cells, answers=answers, rehearsal=recorded)
    assert seen.error("test0") == "" and seen.error("test1") == ""

ENDLESS = "import torch\nbig = torch.ones(2_000_000)\ndef f(n):\n    while True:\n        yield big + 1"


def test_an_iterator_without_end_does_not_fill_the_judges_memory(monkeypatch):
    """A test that makes a list of it would; one that looks at an item at a time may look as long as it has time."""
    monkeypatch.setattr(asking, "MOST_KEPT", 200 * 1024**2)
    solution = "def f(n):\n    yield from torch.ones(n, 1)"
    seen = graded("assert len(list(f(3))) == 3", ENDLESS, solution)
    assert seen.error().startswith("BadAnswer: the answers that this cell keeps take more than") and seen.suspicious == []
    each = "for place, one in zip(range(40), f(40)):\n    assert one.sum() == 2 * len(one)"
    assert graded(each, ENDLESS, solution.replace("torch.ones(n, 1)", "2 * torch.ones(n, 1)")).error() == ""
