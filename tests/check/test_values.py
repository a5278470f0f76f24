"""Claims about values: every right way of writing an answer is accepted, every wrong one refused and named."""

import pytest
import suite
import torch

from course import check
from course.check import families, mistakes
from course.check.describing import describe
from course.check.request import draw_arguments

FILES = ("losses", "reductions", "tables", "classification")
ANSWERS = [a for a in suite.read_answers() if a.file in FILES]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: f"{a.how}, {a.exercise}")
def test_an_answer_is_accepted_or_named_by_its_mistake(answer):
    assert suite.named_here(answer) == answer.mistake


FAMILIES = {
    "squared_error": (lambda p, t: ((p - t) ** 2).mean(), lambda d: (d.normal(d.rows, 1), d.normal(d.rows, 1))),
    "binary_cross_entropy": (
        lambda z, y: (z.clamp(min=0) - z * y + (-z.abs()).exp().log1p()).mean(),
        lambda d: (d.normal(d.rows), d.integers(0, 2, d.rows).float()),
    ),
    "cross_entropy": (
        lambda z, y: (z.logsumexp(1) - z[range(len(y)), y]).mean(),
        lambda d: (d.normal(d.rows, 4), d.integers(0, 4, d.rows)),
    ),
    "accuracy": (
        lambda z, y: (z.argmax(1) == y).float().mean(),
        lambda d: (d.normal(d.rows, 4), d.integers(0, 4, d.rows)),
    ),
}


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("rows", [1, 2, 5, 12])
def test_a_family_has_an_entry_in_the_catalogue_for_each_mistake_and_never_fails(name, rows):
    reference, inputs = FAMILIES[name]
    arguments, _ = draw_arguments(inputs, name, rows)
    for mistake, wrong in getattr(families, name)(lambda *a: a).items():
        assert mistake in mistakes.catalogue()
        assert wrong(*arguments).shape == reference(*arguments).shape


@pytest.mark.parametrize("name", FAMILIES)
def test_each_mistake_of_a_family_gives_another_number_than_the_definition(name):
    reference, inputs = FAMILIES[name]
    arguments, _ = draw_arguments(inputs, name, 31)
    silent = {m for m, wrong in getattr(families, name)(lambda *a: a).items()
              if abs(float(wrong(*arguments) - reference(*arguments))) < 1e-4}
    one_column = {"threshold-half-on-logits", "threshold-included", "zero-threshold-on-probabilities",
                  "argmax-of-one-column", "labels-left-out"}
    assert silent <= one_column  # of several classes, no threshold is used


def test_several_outputs_a_row_cannot_broadcast_to_n_by_n():
    arguments, _ = draw_arguments(lambda d: (d.normal(5, 2), d.normal(5, 2)), "loss", 5)
    wrong = families.squared_error(lambda p, t: (p, t))["broadcast-n-by-n"](*arguments)
    assert wrong == ((arguments[0] - arguments[1]) ** 2).mean()


def test_an_example_accepts_its_own_value_and_refuses_a_neighbour():
    namespace = suite.load("an example", "def f(x):\n    return x + 1\n")
    exec("from course import check\ncheck.example('f', 1.0, gives=2.0)", namespace)
    with pytest.raises(check.Wrong):
        exec("check.example('f', 1.0, gives=2.001)", namespace)


@pytest.mark.parametrize("source, accepted", [
    ("def f(x):\n    if x.dim() != 1:\n        raise ValueError(f'{tuple(x.shape)}')\n    return x", True),
    ("def f(x):\n    if x.dim() != 1:\n        raise ValueError('bad')\n    return x", False),
    ("def f(x):\n    if x.dim() != 1:\n        raise TypeError(f'{tuple(x.shape)}')\n    return x", False),
    ("def f(x):\n    return x", False),
    ("def f(x):\n    raise NotImplementedError", False),
])
def test_a_refusal_needs_the_right_error_and_the_named_shapes(source, accepted):
    namespace = suite.load("a refusal", source)
    namespace["x"] = torch.ones(3, 1)
    says = "from course import check\ncheck.refuses('f', x, error=ValueError, naming=['(3, 1)'])"
    if accepted:
        return exec(says, namespace)
    with pytest.raises(check.CheckFailed):
        exec(says, namespace)


@pytest.mark.parametrize("shape", [(3, 2), (4,), ()])
@pytest.mark.parametrize("written, accepted", [("tuple(x.shape)", True), ("x.shape", True), ("list(x.shape)", True), ("x.dtype", False)])
def test_a_shape_may_be_named_as_a_tuple_or_as_pytorch_prints_it(shape, written, accepted):
    namespace = suite.load("a refusal", f"def f(x):\n    raise ValueError(f'got {{{written}}}')")
    namespace |= {"x": torch.ones(shape), "shape": shape}
    says = "from course import check\ncheck.refuses('f', x, naming=[shape])"
    if accepted:
        return exec(says, namespace)
    with pytest.raises(check.CheckFailed, match="the shape"):
        exec(says, namespace)


@pytest.mark.parametrize("source", ["", "f = ...", "def f(x):\n    raise NotImplementedError",
                                    "def f(x):\n    raise NotImplementedError('write it')"])
def test_an_unwritten_answer_is_not_attempted(source):
    namespace = suite.load("a stub", source)
    with pytest.raises(check.NotAttempted):
        exec("from course import check\ncheck.example('f', 1.0, gives=2.0)", namespace)


def test_a_missing_operator_of_pytorch_is_an_error_and_no_stub():
    namespace = suite.load("a missing operator", "def f(x):\n    return torch.zeros(2, device='meta').numpy() + torch.zeros(2, device='meta').cpu()")
    with pytest.raises(check.Raised):
        exec("from course import check\ncheck.example('f', 1.0, gives=2.0)", namespace)


def message(source, check_cell):
    """What a learner reads where a check refuses an answer, as one line."""
    namespace = suite.load("a message", source)
    with pytest.raises(check.CheckFailed) as refused:
        exec("from course import check\n" + check_cell, namespace)
    assert 2 <= refused.value.verdict.text().count("\n") + 2 <= 6
    return " ".join(refused.value.verdict.text().split())


TWO = "inputs=lambda d: (torch.tensor([1., 2.]), torch.tensor([5., 7.])), rows=(2,)"


def test_a_few_wrong_numbers_are_told_and_the_right_ones_are_not():
    says = message("def f(a, b):\n    return a - b\n", f"check.agrees('f', reference=lambda a, b: a + b, {TWO})")
    assert "f(a (2,), b (2,)) gave [-4, -5]." in says and "6" not in says and "9" not in says
    says = message("def f(a, b):\n    return torch.tensor([6., 8.5])\n", f"check.agrees('f', reference=lambda a, b: a + b, {TWO})")
    assert "gave [6, 8.5], 1 of 2 numbers wrong." in says and "9" not in says


def test_a_few_wrong_slopes_are_told_too():
    says = message("def f(a, b):\n    return (a ** 3).sum()\n", f"check.gradient('f', reference=lambda a, b: a @ b, {TWO})")
    assert "with respect to a is wrong: [3, 12]." in says and "5" not in says and "7" not in says


@pytest.mark.parametrize(("rows", "columns"), [(13, 1), (2, 13)])
def test_many_numbers_are_counted_not_listed(rows, columns):
    says = message("def f(x):\n    return x.sum(1) + 0.125\n", "check.agrees('f', reference=lambda x: x.sum(1), "
                   f"inputs=lambda d: d.normal({rows}, {columns}), rows=(1,))")
    assert "numbers that are all wrong" in says and "[" not in says


@pytest.mark.parametrize(("argument", "words"), [
    (torch.nn.Linear(2, 1), "an nn.Linear"), (torch.nn.Sequential(), "an nn.Sequential"),
    (type("LineModel", (torch.nn.Module,), {})(), "a LineModel"), (type("Encoder", (torch.nn.Module,), {})(), "an Encoder"),
    (torch.optim.SGD([torch.ones(1)]), "an optim.SGD"), (torch.nn.functional.mse_loss, "mse_loss"),
])
def test_objects_are_called_as_learners_write_them(argument, words):
    assert describe(argument) == words


def test_a_layer_that_came_is_called_as_learners_write_it():
    says = message("def f(a, b):\n    return nn.Linear(2, 1)\n", f"check.agrees('f', reference=lambda a, b: a + b, {TWO})")
    assert "gave an nn.Linear, not a tensor" in says
