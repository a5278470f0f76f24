"""Functions that evaluate a model: the mean over samples, in eval mode, no graph, and the model left as it was."""

import pytest
import suite
import torch

from course import check

_CHECK = """
from course import check
from course.check import families
from torch.utils.data import DataLoader, TensorDataset

def objects(model, inputs, targets):
    return model, F.mse_loss, DataLoader(TensorDataset(inputs, targets), batch_size=5)

def draw_inputs(draw):
    layer = nn.Linear(3, 1)
    layer.load_state_dict(dict(weight=draw.normal(1, 3), bias=draw.normal(1)))
    model = nn.Sequential(nn.Dropout(0.5), layer) if {dropout} else layer
    return check.together(objects, model, draw.normal(draw.rows, 3, mean=1.0), draw.normal(draw.rows, 1, std=3.0))

def batches(model, loss_fn, loader):
    model.eval()
    return [(loss_fn(model(inputs), targets), len(inputs)) for inputs, targets in loader]

def right(model, loss_fn, loader):
    means = batches(model, loss_fn, loader)
    return float(sum(mean * rows for mean, rows in means) / sum(rows for _, rows in means))

check.evaluates("evaluate", reference=right, inputs=draw_inputs, rows=(7, 12, 1), mistaken=families.mean_over_batches(batches), {more})
"""
_RIGHT = """
def evaluate(model, loss_fn, loader):
    was_training = model.training
    model.eval()
    total, rows = 0.0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            total += loss_fn(model(inputs), targets).item() * len(inputs)
            rows += len(inputs)
    model.train(was_training)
    return total / rows
"""


def _with(old, new):
    assert old in _RIGHT, old
    return _RIGHT.replace(old, new)


RIGHT = {
    "loop": _RIGHT,
    "inference mode": _with("torch.no_grad()", "torch.inference_mode()"),
    "len of the data set": _with("total / rows", "total / len(loader.dataset)"),
    "a tensor with one number": _with("total / rows", "torch.tensor(total / rows)"),
    "decorated": """
@torch.no_grad()
def evaluate(model, loss_fn, loader):
    before = model.training
    model.train(False)
    losses = [loss_fn(model(x), y) * len(y) for x, y in loader]
    model.train(before)
    return (sum(losses) / len(loader.dataset)).item()
""",
}
ALWAYS_TRAIN = _with("model.train(was_training)", "model.train()")
WRONG = {
    "the mean of batch means": ("mean-of-batch-means", _with(" * len(inputs)", "").replace("total / rows", "total / len(loader)")),
    "batches for samples": ("batches-taken-for-samples", _with("total / rows", "total / len(loader)")),
    "samples for batches": ("samples-taken-for-batches", _with(" * len(inputs)", "")),
    "the last batch": ("last-batch-for-epoch", _with("total += loss_fn(model(inputs), targets).item() * len(inputs)", "total, rows = loss_fn(model(inputs), targets).item(), 0").replace("rows += len(inputs)", "rows = 1")),
    "a sum": ("sum-for-mean", _with("total / rows", "total")),
    "training mode": ("evaluation-in-training-mode", _with("    model.eval()\n", "")),
    "left in eval mode": ("eval-not-switched-back", _with("    model.train(was_training)\n", "")),
    "always put into training mode": ("mode-not-restored", ALWAYS_TRAIN),
    "a graph": ("evaluation-builds-graph", _with("with torch.no_grad():", "if True:")),
    "backward": ("evaluation-changes-model", _with("with torch.no_grad():", "if True:").replace(".item() * len(inputs)\n", ".item() * len(inputs)\n            loss_fn(model(inputs), targets).backward()\n")),
    "a parameter changed": ("evaluation-changes-model", _with("    model.eval()\n", "    model.eval()\n    with torch.no_grad():\n        list(model.parameters())[0].zero_()\n")),
    "train inside the loop": ("train-inside-the-loop", _with("            rows += len(inputs)\n", "            rows += len(inputs)\n            model.train()\n")),
    "gradients emptied": ("evaluation-empties-gradients", _with("    model.eval()\n", "    model.eval()\n    model.zero_grad()\n")),
    "gradients set to zero": ("evaluation-empties-gradients", _with("    model.eval()\n", "    model.eval()\n    model.zero_grad(set_to_none=False)\n")),
    "parameters frozen": ("parameters-frozen", _with("with torch.no_grad():", "model.requires_grad_(False)\n    if True:")),
    "recording switched off": ("recording-left-off", _with("with torch.no_grad():", "torch.set_grad_enabled(False)\n    if True:")),
    "nothing": ("no-return", _with("    return total / rows\n", "")),
}


def outcome(source, dropout=True, more="modes=(True, False)"):
    namespace = suite.load("evaluate", source)
    try:
        exec(_CHECK.format(dropout=dropout, more=more), namespace)
    except check.CheckFailed as failed:
        assert 2 <= len(failed._render_traceback_()) <= 6
        return failed.verdict.mistake or suite.UNNAMED
    return None


@pytest.mark.parametrize("dropout", [True, False])
@pytest.mark.parametrize("how", RIGHT)
def test_a_right_evaluation_is_accepted(how, dropout):
    assert outcome(RIGHT[how], dropout) is None


@pytest.mark.parametrize("dropout", [True, False])
@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_evaluation_is_named_by_what_it_does(how, dropout):
    mistake, source = WRONG[how]
    assert outcome(source, dropout) == mistake


def test_an_exercise_may_leave_the_mode_to_the_learner():
    left = WRONG["left in eval mode"][1]
    assert outcome(ALWAYS_TRAIN, more="modes=(True,)") is None
    assert outcome(left, more="modes=()") is None
    assert outcome(WRONG["training mode"][1], dropout=False, more="eval_mode=False") is None


def test_a_tensor_is_refused_where_a_python_number_is_asked_for():
    tensor = RIGHT["a tensor with one number"]
    assert outcome(tensor, more="plain=True") == suite.UNNAMED
    assert outcome(_RIGHT, more="plain=True") is None


def test_recording_that_a_call_switched_off_is_on_again_after_the_check():
    assert outcome(WRONG["recording switched off"][1]) == "recording-left-off"
    assert torch.is_grad_enabled()
