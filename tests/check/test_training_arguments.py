"""Training functions that are given a model, an optimiser and a loader: what they do with them is what is judged."""

import pytest
import suite
from training_answers import given_objects

from course import check

_CHECK = """
from course import check
from torch.utils.data import DataLoader, TensorDataset

def objects(model, inputs, targets):
    loader = DataLoader(TensorDataset(inputs, targets), batch_size=5, shuffle={shuffled})
    return 3, model, {loss}, torch.optim.SGD(model.parameters(), lr=0.05), loader

draw = check.Draw("fit", rows=23)
inputs = draw.normal(23, 3, mean=0.5)
targets = {targets}
weight, bias = draw.normal({k}, 3), draw.normal({k})
start = nn.Linear(3, {k})
start.load_state_dict(dict(weight=weight, bias=bias))
check.trains("fit", data=(inputs, targets), learning_rate=0.05, steps=3, batch_size=5, shuffled={shuffled},
             start=(weight, bias), arguments=check.together(objects, start, inputs, targets), {more})
"""
_LINEAR = "inputs @ draw.normal(3, 2) + 2 + draw.normal(23, 2)"


def outcome(source, shuffled=True, loss="F.mse_loss", targets=_LINEAR, k=2, more="returns=None", text=_CHECK):
    """The mistake that the check names, suite.UNNAMED, or None where it accepts."""
    namespace = suite.load("fit", given_objects.NOTEBOOK + source)
    try:
        exec(text.format(shuffled=shuffled, loss=loss, targets=targets, k=k, more=more), namespace)
    except check.CheckFailed as failed:
        return failed.verdict.mistake or suite.UNNAMED
    return None


@pytest.mark.parametrize("how", given_objects.RIGHT)
@pytest.mark.parametrize("shuffled", [True, False])
def test_a_right_loop_over_given_objects_is_accepted(how, shuffled):
    assert outcome(given_objects.RIGHT[how], shuffled) is None


@pytest.mark.parametrize("how", given_objects.WRONG)
def test_a_wrong_loop_over_given_objects_is_named(how):
    mistake, source = given_objects.WRONG[how]
    assert outcome(source) == mistake


@pytest.mark.parametrize("how", given_objects.HISTORIES)
def test_the_losses_of_epochs_are_judged_where_the_exercise_asks_for_them(how):
    mistake, source = given_objects.HISTORIES[how]
    if source is None:
        mistake, source = "no-return", given_objects.RIGHT["the loop"]
    assert outcome(source, more='returns=None, history="epochs"') == mistake


def test_another_loss_than_the_squared_error_may_be_given():
    fitting = dict(loss="F.binary_cross_entropy_with_logits", targets="(inputs.sum(1, keepdim=True) > 1).float()", k=1,
                   more='returns=None, loss="bce"')
    assert outcome(given_objects.RIGHT["the loop"], **fitting) is None
    assert outcome(given_objects.WRONG["another loss function"][1], **fitting) == "argument-not-used"


def test_training_on_the_second_loader_that_was_given_is_named():
    text = _CHECK.replace("lr=0.05), loader", "lr=0.05), loader, DataLoader(TensorDataset(inputs[:4], targets[:4]))")
    loop = given_objects.RIGHT["the loop"].replace("opt, train_dl):", "opt, train_dl, valid_dl):")
    assert outcome(loop, text=text) is None
    assert outcome(loop.replace("in train_dl:", "in valid_dl:"), text=text) == "evaluation-changes-model"


def test_the_model_may_be_of_the_learners_own_class():
    own = "class Line(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layer = nn.Linear(3, 2)\n" \
          "    def forward(self, x):\n        return self.layer(x)\n"
    text = _CHECK.replace("objects, start,", "objects, check.instance('Line', parameters=(weight, bias), like=start),")
    for how, wrong in [("the loop", None), ("no step", "no-step")]:
        source = (given_objects.RIGHT | {k: s for k, (_, s) in given_objects.WRONG.items()})[how]
        assert outcome(own + source, text=text) == wrong


def test_the_objects_are_made_anew_for_each_call_and_the_notebooks_stay_as_they_are():
    namespace = suite.load("fit", given_objects.NOTEBOOK + given_objects.RIGHT["the loop"])
    before = [p.clone() for p in namespace["model"].parameters()]
    text = _CHECK.format(shuffled=True, loss="F.mse_loss", targets=_LINEAR, k=2, more="returns=None")
    exec(text, namespace)
    exec(text.split("check.trains")[1].join(["check.trains", ""]), namespace)
    assert all((p == q).all() for p, q in zip(namespace["model"].parameters(), before, strict=True))
    assert (namespace["start"].weight == namespace["weight"]).all()
