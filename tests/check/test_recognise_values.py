"""Claims about naming: relations between what came and what was due, tried on many seeds, and never by guessing."""

import pytest
import suite
import torch

from course.check import mistakes, recognise
from course.check.comparison import Tolerance, compare
from course.check.judge import Expected
from course.check.observation import Observation
from course.check.recognise import values as recognise_values
from course.check.seeing import see

DECOYS = [a for a in suite.read_answers() if a.file == "decoys"]
TABLE = torch.tensor([[1.5, -2.0, 4.25], [3.0, 0.5, -1.75]])


def found(came, due, rows=None, call="f(x (2, 3))", source="", mistaken=None, tolerance=None):
    """What is recognised when `came` is returned where `due` was wanted."""
    seen, wanted = see(came), see(due)
    observation = Observation("f", "returned", call, seen, source=source)
    wrongs = {mistake: see(value) for mistake, value in (mistaken or {}).items()}
    expected = Expected(wanted, mistaken=wrongs, rows=rows, tolerance=tolerance or Tolerance())
    named = recognise.value(observation, compare(seen, wanted), expected)
    return named and named.mistake


@pytest.mark.parametrize("answer", DECOYS, ids=lambda a: f"{a.how}, {a.exercise}")
def test_what_only_looks_like_a_mistake_is_not_named_by_it(answer):
    assert suite.named_here(answer) == answer.mistake


@pytest.mark.parametrize("rows, factor, mistake", [
    (7, 7, "sum-for-mean"), (7, 1 / 7, "mean-for-sum"), (7, 2, "factor-two"), (7, 0.5, "factor-half"),
    (7, -1, "sign-flipped"), (7, 7 / 6, "divided-by-n-minus-one"), (7, 3, None), (7, 1.37, None), (7, 6 / 7, None),
    (2, 2, None), (2, 0.5, None), (2, -1, "sign-flipped"),
])
def test_a_factor_is_named_where_the_number_of_rows_makes_it_one_mistake(rows, factor, mistake):
    due = torch.tensor(3.7)
    assert found(due * factor, due, rows=rows, call=f"f(x ({rows},))") == mistake


def test_the_number_of_columns_is_no_explanation_of_a_factor():
    assert found(torch.tensor(11.1), torch.tensor(3.7), rows=7, call="f(x (7, 3))") is None
    assert found(torch.tensor(7.4), torch.tensor(3.7), rows=7, call="f(x (7, 2))") is None


def test_a_factor_of_nothing_is_not_named():
    assert found(torch.ones(3), torch.zeros(3), rows=3) is None


def test_two_wrong_references_that_agree_name_nothing():
    wrongs = {"sum-for-mean": torch.tensor(2.0), "factor-two": torch.tensor(2.0)}
    assert found(torch.tensor(2.0), torch.tensor(1.0), mistaken=wrongs) is None


def test_a_wrong_reference_that_agrees_with_the_right_one_names_nothing():
    assert found(torch.tensor(9.0), torch.tensor(1.3), mistaken={"sum-for-mean": torch.tensor(1.3)}) is None


def test_a_table_that_is_its_own_transpose_is_not_called_transposed():
    same = torch.tensor([[1.0, 2.0], [2.0, 5.0]])
    assert found(same * 1.3, same) is None


def test_equal_numbers_in_any_order_are_not_called_another_order():
    assert found(torch.tensor([1.0, 0.0, 0.0]), torch.tensor([0.0, 1.0, 0.0])) is None


@pytest.mark.parametrize("came, due, mistake", [
    (TABLE.reshape(3, 2), TABLE.t(), "reshape-for-transpose"),
    (TABLE, TABLE.t(), "transposed"),
    (TABLE.sum(1, keepdim=True), TABLE.sum(1), "keepdim-extra"),
    (TABLE.sum(1), TABLE.sum(1, keepdim=True), "keepdim-missing"),
    (TABLE.sum(0), TABLE.sum(1), "wrong-dim"),
    (TABLE.sum(), TABLE.sum(1), "no-dim"),
    (TABLE.sum(0), TABLE.sum(), "builtin-sum"),
    (TABLE.max(1), TABLE.max(1).values, "max-pair"),
    (TABLE.tolist(), TABLE, "python-number-for-tensor"),
    (TABLE.numpy(), TABLE, "array-for-tensor"),
    (TABLE.double(), TABLE, "double-for-float"),
    (TABLE.float(), TABLE.double(), "float-for-double"),
    (TABLE.long(), TABLE, "integer-dtype"),
    (TABLE.flip(0), TABLE, "wrong-order"),
    (TABLE > 0, TABLE <= 0, "condition-inverted"),
    (TABLE.sum, TABLE.sum(), "parentheses-missing"),
    (TABLE + 1, TABLE, None),
    (TABLE[:1], TABLE.t(), None),
    ("text", TABLE, None),
    ({}, TABLE, None),
])
def test_a_relation_names_its_mistake(came, due, mistake):
    assert found(came, due) == mistake


def test_the_pair_of_min_or_max_is_told_as_a_pair_and_not_by_the_name_of_its_class():
    for both in (TABLE.max(1), TABLE.min(1)):
        assert compare(see(both), see(both.values)).says == "a pair (values, indices), not a tensor"


def test_the_difference_of_an_item_is_judged_by_the_item():
    assert found([TABLE, TABLE.sum(1, keepdim=True)], [TABLE, TABLE.sum(1)]) == "keepdim-extra"


def test_nothing_is_named_from_numbers_that_are_not_finite():
    assert found(torch.tensor([float("nan"), 2.0]), torch.tensor([1.0, 1.0])) is None


def test_every_mistake_that_the_answers_name_is_in_the_catalogue():
    named = {a.mistake for a in suite.read_answers()} - {None, suite.UNNAMED}
    assert named <= set(mistakes.catalogue())


ODD = [None, 3, 2.5, True, "text", [], [1, [2.0]], {}, {"a": 1}, (TABLE, 1), TABLE, TABLE > 0, TABLE.long(), TABLE[:0],
       TABLE[0, 0], TABLE.numpy(), TABLE.max(1), TABLE.to(torch.complex64), TABLE / 0, TABLE * float("nan"),
       torch.nn.Linear(2, 3), torch.zeros(2, 3, device="meta"), TABLE.to(torch.uint8), object(), len,
       torch.zeros(0, 3), torch.zeros(1, 1), torch.full((4,), 1e30), TABLE.unsqueeze(0), TABLE.sum(1)]
CODES = ["", "def f(", "def f(x):\n    return x // 2 == x.std() + x.exp().squeeze() @ torch.stack(x).item()"]


@pytest.mark.parametrize("call, rows, source", [
    ("f", None, CODES[0]), ("f(x (1,))", 1, CODES[2]), ("f(x (0, 3), y=2)", 0, CODES[1]),
    ("f(x (2, 3), y (3, 2))", 2, CODES[2]),
])
def test_no_pair_of_values_upsets_the_recognisers(call, rows, source):
    seen = [see(value) for value in ODD]
    for came in seen:
        for due in seen:
            difference = compare(came, due)
            if difference is None:
                continue
            observation = Observation("f", "returned", call, came, source=source)
            named = recognise_values.recognise(observation, difference, Expected(due, rows=rows))
            assert named is None or named.mistake in mistakes.catalogue()
        recognise_values.recognise_no_gradient(Observation("f", "returned", call, came, source=source), "x")
