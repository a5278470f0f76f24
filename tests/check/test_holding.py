"""Claims about check.holds: a result of which many are right is judged by what must be true of each."""

import pytest
import torch
from answer_places import Here, judged

from course import check
from course.check.verdict import NotAttempted, Raised


@pytest.fixture
def place():
    return Here()


def one_of_each(arguments, order, again):
    if sorted(order.tolist()) != list(range(arguments[0])):
        return "sampling-with-replacement", "drew a number twice"
    if arguments[0] > 4 and torch.equal(order, again):
        return "reseeded-each-epoch", "gave the same order twice"
    return None


def draws_an_order():
    check.holds("order_of", rule=one_of_each, like=torch.randperm, inputs=lambda draw: draw.rows,
                mistaken={"last-row-left-out": lambda n: torch.randperm(n - 1)})


def written(line):
    return f"def order_of(n):\n    {line}\n"


@pytest.mark.parametrize("line", ["return torch.randperm(n)", "return torch.rand(n).argsort()",
                                  "return torch.tensor(np.random.permutation(n))"])
def test_any_result_of_which_the_rule_holds_is_right(place, line):
    assert judged(place, written(line), draws_an_order) is None


@pytest.mark.parametrize(("line", "mistake"), [
    ("return torch.randint(n, (n,))", "sampling-with-replacement"),
    ("torch.manual_seed(3); return torch.randperm(n)", "reseeded-each-epoch"),
    ("return torch.randperm(n - 1)", "last-row-left-out"),
    ("torch.randperm(n)", "no-return"),
])
def test_what_breaks_the_rule_is_named(place, line, mistake):
    assert judged(place, written(line), draws_an_order).verdict.mistake == mistake


@pytest.mark.parametrize("line", ["return torch.randperm(n).float()", "return torch.randperm(n).tolist()",
                                  "return torch.randperm(n)[:, None]"])
def test_another_kind_is_refused_before_the_rule_is_asked(place, line):
    assert judged(place, written(line), draws_an_order).verdict.aspect in ("dtype", "type", "shape")


def test_an_argument_changed_in_place_is_refused(place):
    def shuffled():
        check.holds("mix", rule=lambda arguments, rows, again: None, like=torch.clone,
                    inputs=lambda draw: draw.normal(draw.rows, 2))

    assert judged(place, "def mix(rows):\n    rows.add_(1)\n    return rows", shuffled).verdict.aspect == "side effects"


def test_a_stub_is_not_attempted_and_an_error_is_the_learners(place):
    assert isinstance(judged(place, written("raise NotImplementedError()"), draws_an_order), NotAttempted)
    assert isinstance(judged(place, written("return torch.randperm('n')"), draws_an_order), Raised)


def test_a_rule_may_be_asked_of_what_comes_beside_a_model(place):
    def gives_floats():
        check.holds("fit", rule=lambda _, result, again: None if type(result[1][0]) is float else (None, "gave no float"),
                    like=lambda n: (torch.nn.Linear(n, 1), [0.0]), inputs=lambda draw: 3, rows=(1,))

    fit = "def fit(n):\n    return torch.nn.Linear(n, 1), [{}]\n"
    assert judged(place, fit.format("0.5"), gives_floats) is None
    assert judged(place, fit.format("torch.tensor(0.5)"), gives_floats).verdict.aspect == "values"
