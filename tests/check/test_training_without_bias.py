"""A training function whose model has no bias, from a start that is given: right answers pass, and wrong ones are named."""

import pytest
import suite
import torch
from training_answers import given_objects
from training_answers.observing import observe_training

from course import check
from course.check.training.diagnosis import diagnose

_OBJECTS = """
from course import check
from torch.utils.data import DataLoader, TensorDataset

def objects(model, inputs, targets):
    loader = DataLoader(TensorDataset(inputs, targets), batch_size=5, shuffle=True)
    return 3, model, F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.05), loader

draw = check.Draw("fit", rows=23)
inputs = draw.normal(23, 3, mean=0.5)
targets = inputs @ draw.normal(3, 2) + draw.normal(23, 2)
weight = draw.normal(2, 3)
model = nn.Linear(3, 2, bias=False)
model.load_state_dict(dict(weight=weight))
check.trains("fit", data=(inputs, targets), learning_rate=0.05, steps=3, batch_size=5, shuffled=True, bias=False,
             start={start}, returns=None, arguments=check.together(objects, model, inputs, targets))
"""
LOOP = """
def fit(epochs, model, loss_of, optimiser, loader):
    for _ in range(epochs):
        for x, y in loader:
            {zero}
            loss_of(model(x), y).backward()
            optimiser.step()
"""
_STEPS = """
from course import check
draw = check.Draw("train", rows=23)
inputs = draw.normal(23, 3, mean=0.5)
targets = inputs @ draw.normal(3, 1) + draw.normal(23, 1)
weight = draw.normal(3, 1)
check.trains("train", data=(inputs, targets), learning_rate=0.04, steps=7, bias=False, start={start},
             arguments=(inputs, targets, weight, 0.04, 7))
"""
BY_HAND = """
def train(x, y, weight, learning_rate, steps):
    w = {begin}
    for _ in range(steps):
        error = x @ w - y
        w = w - learning_rate * {factor} * x.T @ error / len(x)
    return {result}
"""


def outcome(name, source, text, start):
    """The mistake that the check names, suite.UNNAMED, or None where it accepts."""
    namespace = suite.load(name, given_objects.NOTEBOOK + source)
    try:
        exec(text.format(start=start), namespace)
    except check.CheckFailed as failed:
        return failed.verdict.mistake or suite.UNNAMED
    return None


STARTS = ["(weight, None)", "(weight,)", "weight"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("zero", "mistake"), [("optimiser.zero_grad()", None), ("pass", "gradients-never-zeroed")])
def test_a_loop_over_given_objects_is_judged(start, zero, mistake):
    assert outcome("fit", LOOP.format(zero=zero), _OBJECTS, start) == mistake


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("begin", "factor", "result", "mistake"), [
    ("weight.clone()", 2, "w", None),
    ("weight.clone()", 2, "w.reshape(1, 3)", None),
    ("weight.clone()", 1, "w", "factor-half"),
    ("weight.clone()", -2, "w", "wrong-sign"),
    ("torch.zeros(3, 1)", 2, "w", suite.UNNAMED),
])
def test_gradients_by_hand_from_a_column_of_weights_are_judged(start, begin, factor, result, mistake):
    assert outcome("train", BY_HAND.format(begin=begin, factor=factor, result=result), _STEPS, start) == mistake


def test_training_that_began_elsewhere_is_named():
    def train(x, y, learning_rate, steps):
        w = torch.ones(3, 1, requires_grad=True)
        for _ in range(steps):
            ((x @ w - y) ** 2).mean().backward()
            with torch.no_grad():
                w -= learning_rate * w.grad
            w.grad = None
        return w

    draw = check.Draw("train", rows=23)
    data = draw.normal(23, 3), draw.normal(23, 1)
    observed = observe_training(train, (*data, 0.04, 7))
    assert diagnose(observed, data, 0.04, 7, bias=False, start=(torch.zeros(3, 1), None)).mistake == "start-ignored"
    assert diagnose(observed, data, 0.04, 7, bias=False, start=(torch.ones(3, 1), None)).matched


@pytest.mark.parametrize("start", [(torch.ones(3), None), (torch.ones(3),), (None, torch.ones(1)), ()])
def test_a_start_that_lacks_a_part_is_refused_with_what_is_due(start):
    observed = observe_training(lambda *_: None, ())
    data = torch.randn(5, 3), torch.randn(5)
    with pytest.raises(ValueError, match=r"start is \(weight, bias\), and the weight alone, or \(weight, None\), where bias=False"):
        diagnose(observed, data, 0.1, 2, start=start)
