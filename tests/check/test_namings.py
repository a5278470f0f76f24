"""Messages say what the learner's code and the exercise call things: what grows, and what was moved to a device."""

import pytest
import torch

from course import check
from course.check import CheckFailed, probers, recognise
from course.check.observation import RAISED, RETURNED, ErrorSeen, Observation
from course.check.recognise.reading import Code

MOVED = "def f(x, w):\n    weight = torch.tensor(w, requires_grad=True).to(x.device)\n    return weight * x"
MADE_THERE = "def f(x, w):\n    weight = torch.tensor(w, device=x.device, requires_grad=True)\n    return weight * x.to(x.device)"


def squares_by_loop(weights):
    return torch.stack([weight ** 2 for weight in weights])


def squares(weights):
    return weights ** 2


def test_what_grows_is_called_as_the_exercise_calls_it(capsys):
    def asked():
        check.vectorised("squares", inputs=lambda draw: (draw.normal(draw.features),), by=("features",),
                         names={"features": "weights"})

    with probers.use(probers.InProcess({"squares": squares_by_loop})), pytest.raises(CheckFailed, match="64 weights"):
        asked()
    with probers.use(probers.InProcess({"squares": squares})):
        asked()
    assert "for 64 weights" in capsys.readouterr().out


def test_a_leaf_that_is_moved_after_it_was_made_is_told_from_one_made_on_its_device():
    assert Code(MOVED).moves_leaves and not Code(MADE_THERE).moves_leaves


@pytest.mark.parametrize(("error", "source", "told"), [
    ("TypeError", MOVED, True), ("AttributeError", MOVED, True), ("RuntimeError", MOVED, False), ("TypeError", MADE_THERE, False),
])
def test_a_missing_gradient_on_a_device_is_put_down_to_a_moved_leaf_only(error, source, told):
    there = Observation("f", RAISED, error=ErrorSeen(error, (), ""))
    assert recognise.moved_leaf(there, Observation("f", RETURNED, source=source)) is told
