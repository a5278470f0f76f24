"""Claims about switches that a learner left on: a check, at home and in grading, judges what was written all the same."""

import contextlib

import pytest
import suite
import torch

AGREES = 'check.agrees("scaled", reference=lambda x: x * 0.5, inputs=lambda draw: (draw.normal(draw.rows),))'
SCALED = "def scaled(x):\n    return x * torch.full((len(x),), 0.5)"
GRADIENT = """
def definition(w):
    return (w ** 2).sum() + 0 * torch.ones(1).sum()

check.gradient("loss", reference=definition, inputs=lambda draw: (draw.normal(3),))
"""
LOSS = "def loss(w):\n    return (w ** 2).sum()"


SWITCHES = {
    "float64": lambda: torch.set_default_dtype(torch.float64),
    "meta": lambda: torch.set_default_device("meta"),
    "nothing recorded": lambda: torch.set_grad_enabled(False),
}


@contextlib.contextmanager
def left_on(switch):
    try:
        SWITCHES[switch]()
        yield
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
        torch.set_grad_enabled(True)


def verdict(subject, source, check):
    return suite.judge(suite.Answer("surroundings", subject, "as written", "wrong", None, source, check), "here")


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_right_answer_is_accepted_whatever_was_left_on(switch):
    with left_on(switch):
        assert verdict("scaled", SCALED, AGREES) is None
        assert verdict("loss", LOSS, GRADIENT) is None


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_wrong_answer_is_named_as_ever_whatever_was_left_on(switch):
    with left_on(switch):
        assert verdict("scaled", SCALED.replace("0.5", "0.5, dtype=torch.float64"), AGREES).mistake == "double-for-float"
        assert verdict("loss", LOSS.replace("(w ** 2)", "(w.detach() ** 2)"), GRADIENT).aspect == "gradient"


def test_a_check_leaves_the_switches_as_they_were():
    with left_on("float64"), torch.inference_mode():
        assert verdict("scaled", SCALED, AGREES) is None
        assert torch.get_default_dtype() == torch.float64 and torch.is_inference_mode_enabled()


def test_what_an_answer_switches_ends_with_its_call():
    switching = SCALED.replace("return", "torch.set_default_dtype(torch.float64)\n    torch.set_grad_enabled(False)\n    return")
    verdict("scaled", switching, AGREES)
    assert torch.get_default_dtype() == torch.float32 and torch.is_grad_enabled()
