"""The exhibit of chapter 6 shows real descent on the chapter's losses, follows its controls, and has a still picture."""

import ipywidgets
import numpy
import pytest
import torch
from torch.nn import functional

from course import data
from course.widgets.decision_boundary import (
    CHARGES,
    LAST_STEP,
    MODELS,
    RATES,
    SIGMAS,
    START,
    decision_boundary,
    points,
    shading,
    share_right,
    training_record,
)


@pytest.fixture
def exhibit():
    return decision_boundary()


def loss_by_torch(weight, inputs, signs, model, C):
    margins = signs * (inputs @ weight)
    costs = functional.relu(1 - margins).square() if model == "hinge" else functional.softplus(-margins)
    return 0.5 * weight @ weight + C * costs.sum()


@pytest.mark.parametrize("model", MODELS)
def test_the_record_is_that_of_autograd(model):
    inputs, signs = (torch.from_numpy(array) for array in points(0.8))
    weight = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    for step in range(40):
        loss = loss_by_torch(weight, inputs, signs, model, 0.3)
        expected = (*weight.tolist(), loss.item())
        assert training_record(model, 0.3, 0.8, 0.01)[step] == pytest.approx(expected, rel=1e-9)
        slope, = torch.autograd.grad(loss, weight)
        with torch.no_grad():
            weight -= 0.01 * slope


def test_the_points_are_those_of_the_chapter_and_sigma_only_stretches_them():
    inputs, labels = data.two_clouds()
    drawn, signs = points(0.6)
    assert drawn == pytest.approx(inputs.double().numpy()) and (signs > 0).tolist() == (labels.flatten() > 0).tolist()
    middles = numpy.where(signs[:, None] > 0, [-1.0, 1.0], [1.0, -1.0])
    assert points(1.2)[0] - middles == pytest.approx(2 * (drawn - middles), abs=1e-5)


@pytest.mark.parametrize("model", MODELS)
def test_a_larger_c_narrows_the_street(model):
    wide = [2 / numpy.hypot(*training_record(model, c, 0.6, 0.01)[-1, :2]) for c in (0.03, 0.1, 0.3, 1.0)]
    assert wide == sorted(wide, reverse=True)


def test_wider_clouds_end_with_a_shorter_weight_and_paler_probabilities():
    ends = [training_record("logistic", 1.0, sigma, 0.03)[-1, :2] for sigma in (0.6, 1.0, 1.5)]
    lengths = [numpy.hypot(*end) for end in ends]
    assert lengths == sorted(lengths, reverse=True)
    certainty = [abs(shading(end, "logistic") - 0.5).mean() for end in ends]
    assert certainty == sorted(certainty, reverse=True)


def test_the_learning_rates_of_the_text_do_what_it_says():
    works, leaves = training_record("hinge", 0.1, 0.6, 0.3), training_record("hinge", 10.0, 0.6, 0.3)
    assert works[-1, 2] == pytest.approx(works[:, 2].min())
    assert numpy.isnan(leaves[-1, 2]) and not numpy.isinf(leaves).any()


def test_training_turns_the_boundary_from_wrong_to_right():
    record = training_record("hinge", 1.0, 0.6, 0.01)
    assert share_right(record[0, :2], 0.6) < 0.5
    assert share_right(record[-1, :2], 0.6) >= 0.97


def test_the_shading_is_the_sigmoid_of_the_score():
    weight = numpy.array([-0.7, 0.4])
    drawn = shading(weight, "logistic")
    assert drawn.shape[0] == drawn.shape[1]
    corner = torch.sigmoid(torch.tensor(-4.2 * (-0.7) + -4.2 * 0.4)).item()
    assert drawn[0, 0] == pytest.approx(corner, rel=1e-5)
    right_edge = torch.sigmoid(torch.tensor(4.2 * (-0.7) + -4.2 * 0.4)).item()
    assert drawn[0, -1] == pytest.approx(right_edge, rel=1e-5)
    assert set(numpy.unique(shading(weight, "hinge"))) == {0.3, 0.7}


@pytest.mark.parametrize(("name", "value"), [("step", 80), ("model", "logistic"), ("C", 3.0), ("sigma", 1.2), ("rate", 0.1)])
def test_each_control_changes_the_picture_and_its_words(exhibit, name, value):
    exhibit.controls["step"].value = 20
    before = exhibit._picture.value
    exhibit.controls[name].value = value
    after = exhibit._picture.value
    assert after.split("role=")[0] != before.split("role=")[0]
    assert after.split("role=")[1] != before.split("role=")[1]


@pytest.mark.parametrize("model", MODELS)
def test_every_setting_is_told_with_finite_numbers_or_as_having_left(exhibit, model):
    for c in CHARGES:
        for rate in RATES:
            for sigma in (SIGMAS[0], SIGMAS[-1]):
                words = exhibit.scene.words(LAST_STEP, model, c, sigma, rate)
                assert any(part in words for part in ("street", "left the picture", "no boundary")) and "nan" not in words and "inf" not in words


def test_a_diverged_run_is_drawn(exhibit):
    for name, value in {"C": 10.0, "rate": 1.0, "step": LAST_STEP}.items():
        exhibit.controls[name].value = value
    assert "left the picture" in exhibit._picture.value


def test_places_without_widgets_get_a_picture_with_alt_text(exhibit):
    bundle = exhibit._repr_mimebundle_()
    assert 'alt="Squared hinge, C 0.1, sigma 0.6' in bundle["text/html"]
    assert bundle["text/plain"].startswith("[exhibit: Decision boundary.")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_every_control_is_labelled(exhibit):
    assert all(control.description and control.tooltip for control in exhibit.controls.values())


def test_the_play_button_moves_the_slider(exhibit):
    play = next(child for row in exhibit.widget.children for child in getattr(row, "children", ())
                if isinstance(child, ipywidgets.Play))
    play.value = 60
    assert exhibit.controls["step"].value == 60
