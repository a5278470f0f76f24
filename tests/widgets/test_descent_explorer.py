"""The exhibit of chapter 3 shows real gradient descent, follows its controls, and has a still picture for other places."""

import ipywidgets
import numpy
import pytest
import torch

from course import data
from course.widgets.descent_explorer import (
    BIASES,
    LAST_STEP,
    RATES,
    WEIGHTS,
    descent_explorer,
    descent_record,
    surface,
)

START = 0.1391, 0.1940


@pytest.fixture
def exhibit():
    return descent_explorer()


def test_the_record_is_that_of_autograd():
    inputs, targets = (column.double() for column in data.noisy_line()[:2])
    weight, bias = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in START)
    for step in range(50):
        loss = (weight * inputs + bias - targets).square().mean()
        assert descent_record(0.1, *START)[step] == pytest.approx((weight.item(), bias.item(), loss.item()), rel=1e-10)
        slopes = torch.autograd.grad(loss, (weight, bias))
        with torch.no_grad():
            for parameter, slope in zip((weight, bias), slopes, strict=True):
                parameter -= 0.1 * slope


@pytest.mark.parametrize("start", [START, (4.0, -1.0), (-1.0, 3.0)])
def test_up_to_eight_tenths_the_path_comes_down_and_above_it_leaves(start):
    for rate in RATES:
        record = descent_record(rate, *start)
        far = numpy.isnan(record[-1, 2]) or record[-1, 2] > record[0, 2]
        assert far == (rate > 0.8), rate


def test_a_path_that_has_left_is_not_a_number_any_more_and_never_infinite():
    record = descent_record(0.9, 4.0, -1.0)
    assert not numpy.isinf(record).any()
    left = numpy.isnan(record[:, 0])
    assert left[-1] and not (left[:-1] & ~left[1:]).any()


def test_the_lowest_point_of_the_map_is_the_line_of_least_squares():
    weights, biases, losses = surface()
    assert losses.shape == (len(weights), len(biases))
    i, j = numpy.unravel_index(losses.argmin(), losses.shape)
    assert (weights[i], biases[j]) == pytest.approx((1.9690, 1.0235), abs=0.05)


@pytest.mark.parametrize(("name", "value"), [("step", 80), ("rate", 0.01), ("weight", 3.0), ("bias", 2.0)])
def test_each_control_changes_the_picture_and_its_words(exhibit, name, value):
    exhibit.controls["step"].value = 20
    before = exhibit._picture.value
    exhibit.controls[name].value = value
    after = exhibit._picture.value
    assert after != before
    assert after.split("role=")[1] != before.split("role=")[1]


def test_the_words_tell_rate_step_parameters_and_loss(exhibit):
    exhibit.controls["step"].value = 100
    words = exhibit.scene.words(**exhibit.values())
    weight, bias, loss = descent_record(0.1, *START)[100]
    for part in ("rate 0.1", "step 100 of 200", f"{weight:.3f}", f"{bias:.3f}", f"{loss:.4g}"):
        assert part in words


def test_a_diverged_run_is_drawn_and_told_without_numbers_that_are_not_finite(exhibit):
    exhibit.controls["rate"].value = 0.9
    exhibit.controls["step"].value = LAST_STEP
    assert "left the map" in exhibit._picture.value
    assert "nan" not in exhibit.scene.words(**exhibit.values())


def test_places_without_widgets_get_a_picture_with_alt_text(exhibit):
    bundle = exhibit._repr_mimebundle_()
    assert 'alt="Learning rate 0.1, step 60 of 200' in bundle["text/html"]
    assert bundle["text/plain"].startswith("[exhibit: Descent explorer.")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_every_control_is_labelled_and_starts_where_the_chapter_does(exhibit):
    assert all(control.description and control.tooltip for control in exhibit.controls.values())
    assert (exhibit.values()["weight"], exhibit.values()["bias"]) == START
    assert START[0] in WEIGHTS and START[1] in BIASES


def test_the_play_button_moves_the_slider(exhibit):
    play = next(child for row in exhibit.widget.children for child in getattr(row, "children", ())
                if isinstance(child, ipywidgets.Play))
    play.value = 60
    assert exhibit.controls["step"].value == 60
