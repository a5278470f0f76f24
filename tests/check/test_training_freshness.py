"""A training function that is to return a new model begins each call with one."""

import pytest
import suite

from course import check

_NOTEBOOK = "model = nn.Linear(1, 1)\nlinear = nn.Linear(1, 1)\n"
_TRAIN = """
def train(x, y, rate, steps):
    model = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(model(x), y).backward()
        optimiser.step()
    return model
"""
_CHECK = """
from course import check
draw = check.Draw("train", rows=9)
check.trains("train", data=(draw.normal(9, 1, mean=1.0), draw.normal(9, 1, std=3.0)), learning_rate=0.05, steps=4, fresh={})
"""
_MAKES = "    model = nn.Linear(1, 1)\n"
_BY_HAND = """
def train(x, y, rate, steps):
    w, b = torch.randn(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        F.mse_loss(x * w + b, y).backward()
        with torch.no_grad():
            w -= rate * w.grad
            b -= rate * b.grad
        w.grad = b.grad = None
    return w, b
"""
OLD = {
    "the notebook's model": _TRAIN.replace(_MAKES, ""),
    "the notebook's model, a copy returned": "import copy\n" + _TRAIN.replace(_MAKES, "").replace("return model", "return copy.deepcopy(model)"),
    "a default argument": _TRAIN.replace("rate, steps):", "rate, steps, model=nn.Linear(1, 1)):").replace(_MAKES, ""),
    "one of another name": _TRAIN.replace("nn.Linear(1, 1)", "linear"),
    "kept from call to call": _TRAIN.replace("    model = nn.Linear(1, 1)\n", "    train.model = model = getattr(train, 'model', None) or nn.Linear(1, 1)\n"),
}
NEW = {
    "made inside": _TRAIN,
    "seeded inside": _TRAIN.replace("):\n", "):\n    torch.manual_seed(0)\n", 1),
    "all zero": _TRAIN.replace(_MAKES, _MAKES + "    nn.init.zeros_(model.weight)\n    nn.init.zeros_(model.bias)\n"),
    "tensors": _BY_HAND,
}


def outcome(source, fresh=True):
    namespace = suite.load("train", _NOTEBOOK + source)
    try:
        exec(_CHECK.format(fresh), namespace)
    except check.CheckFailed as failed:
        return failed.verdict.mistake or suite.UNNAMED
    return None


@pytest.mark.parametrize("how", NEW)
def test_a_new_model_in_each_call_is_right(how):
    assert outcome(NEW[how]) is None


@pytest.mark.parametrize("how", OLD)
def test_a_model_that_was_there_before_is_refused_where_a_new_one_is_due(how):
    assert outcome(OLD[how]) == "trains-a-global-model"
    assert outcome(OLD[how], fresh=False) is None


def test_a_mistake_in_the_loop_is_told_first():
    assert outcome(OLD["the notebook's model"].replace("        optimiser.zero_grad()\n", "")) == "gradients-never-zeroed"
