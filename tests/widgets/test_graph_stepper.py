"""The exhibit of chapter 2 walks the graph forward and back, follows its controls, and says what it shows."""

import math

import pytest
import torch

from course.plots import worked_graph
from course.widgets.graph_stepper import LAST_STEP, graph_stepper, moment

POINT = 0.6, 1.5


@pytest.fixture
def exhibit():
    return graph_stepper()


def test_the_values_come_one_by_one_and_stay():
    for step in range(9):
        shown = moment(step, *POINT).values
        assert [value is not None for value in shown] == [i < step for i in range(8)]


def test_the_adjoints_come_from_the_last_to_the_first():
    for step in range(9, LAST_STEP + 1):
        shown = moment(step, *POINT).adjoints
        assert [bar is not None for bar in shown] == [i >= 16 - step for i in range(8)]


def test_no_adjoint_is_shown_on_the_way_forward():
    assert all(bar is None for step in range(9) for bar in moment(step, *POINT).adjoints)


@pytest.mark.parametrize("step", range(10, LAST_STEP + 1))
def test_each_adjoint_is_the_sum_over_the_arrows_that_the_step_marks(step):
    now = moment(step, *POINT)
    total = sum(now.adjoints[arrow.end - 1] * slope for arrow, slope in zip(now.arrows, now.slopes, strict=True))
    assert now.adjoints[now.number - 1] == pytest.approx(total, rel=1e-14)


def test_the_end_is_pytorchs_gradient():
    x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in POINT)
    (2 * torch.cos(x * y) ** 2 + torch.log(torch.cos(x * y))).backward()
    assert moment(LAST_STEP, *POINT).adjoints[:2] == pytest.approx((x.grad.item(), y.grad.item()), rel=1e-14)


@pytest.mark.parametrize("arrow", worked_graph.ARROWS, ids=lambda arrow: f"{arrow.start}-{arrow.end}")
def test_every_local_derivative_is_the_slope_of_its_operation(arrow):
    w = worked_graph.values(*POINT)
    operations = {3: lambda w: w[0] * w[1], 4: lambda w: math.cos(w[2]), 5: lambda w: w[3] ** 2, 6: lambda w: 2 * w[4],
                  7: lambda w: math.log(w[3]), 8: lambda w: w[5] + w[6]}
    h, moved = 1e-6, [list(w), list(w)]
    moved[0][arrow.start - 1] += h
    moved[1][arrow.start - 1] -= h
    ahead, behind = (operations[arrow.end](values) for values in moved)
    assert arrow.of(w) == pytest.approx((ahead - behind) / (2 * h), abs=1e-8)


@pytest.mark.parametrize(("name", "value"), [("step", 13), ("x", 0.3), ("y", -1.0)])
def test_each_control_changes_the_picture_and_its_words(exhibit, name, value):
    exhibit.controls["step"].value = 16
    before = exhibit._picture.value
    exhibit.controls[name].value = value
    after = exhibit._picture.value
    assert after.split("role=")[0] != before.split("role=")[0]
    assert after.split("role=")[1] != before.split("role=")[1]


def test_the_words_name_both_successors_and_the_sum(exhibit):
    words = exhibit.scene.words(13, *POINT)
    assert "w₅" in words and "w₇" in words and "2 · 1.2432 + 1 · 1.6087 = 4.0952" in words


def test_the_words_of_the_last_step_tell_the_gradient(exhibit):
    assert "The gradient is (−4.8118, −1.9247)." in exhibit.scene.words(LAST_STEP, *POINT)


@pytest.mark.parametrize("step", [7, 8, 9, 13, LAST_STEP])
def test_where_the_logarithm_has_no_value_the_words_say_so(exhibit, step):
    assert "no value" in exhibit.scene.words(step, 2.0, 1.5)
    assert exhibit.scene.frame(step, 2.0, 1.5).startswith(b"\x89PNG")


def test_values_before_the_logarithm_are_there_even_where_it_is_not(exhibit):
    assert exhibit.scene.words(4, 2.0, 1.5).endswith("w₄ = cos w₃ = −0.99.")


def test_going_back_and_forth_leaves_the_same_picture(exhibit):
    first = exhibit.scene.frame(5, *POINT)
    exhibit.scene.frame(13, 2.0, 1.5)
    assert exhibit.scene.frame(5, *POINT) == first


def test_there_is_a_still_picture_where_there_are_no_widgets(exhibit):
    bundle = exhibit._repr_mimebundle_()
    assert "<img" in bundle["text/html"] and "Step 13 of 16" in bundle["text/plain"]


def test_every_control_can_be_reached_and_told_by_its_description(exhibit):
    assert all(control.description and control.tooltip for control in exhibit.controls.values())
