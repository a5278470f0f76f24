"""The exhibit of chapter 4 shows real training, follows its controls, and has a still picture for other places."""

import math

import ipywidgets
import pytest
import torch

from course.widgets import watch_it_learn as exhibit_of_chapter_4
from course.widgets.watch_it_learn import LAST_STEP, LEAST_SQUARES, RATES, STARTS, training_record, watch_it_learn

OWN_START = None


@pytest.fixture
def quick_times(monkeypatch):
    """Known times in place of measured ones."""
    monkeypatch.setattr(exhibit_of_chapter_4, "seconds_per_step", lambda copies: (0.004 * copies, 0.001))


@pytest.fixture
def exhibit(quick_times):
    return watch_it_learn()


def test_the_record_is_that_of_pytorchs_own_training():
    layer = torch.nn.Linear(1, 1)
    weight, bias, loss = training_record(0.02, (-15.0, -10.0))[LAST_STEP]
    assert (weight, bias) == pytest.approx((5.4678, -1.5876), abs=1e-3)
    layer.load_state_dict({"weight": torch.tensor([[weight]]), "bias": torch.tensor([bias])})
    inputs, targets = exhibit_of_chapter_4.data.tasks_and_questions()
    assert loss == pytest.approx((layer(inputs) - targets).square().mean().item(), rel=1e-4)


def test_only_the_rates_above_a_twenty_fourth_thousandth_grow():
    losses = {rate: training_record(rate, OWN_START)[LAST_STEP][2] for rate in RATES}
    assert all(loss < training_record(rate, OWN_START)[0][2] for rate, loss in losses.items() if rate <= 0.024)
    assert all(not loss < 1e6 for rate, loss in losses.items() if rate >= 0.025)


def test_no_training_gets_below_least_squares():
    best = min(loss for rate in RATES for *_, loss in training_record(rate, OWN_START) if math.isfinite(loss))
    assert LEAST_SQUARES <= best + 1e-4


def test_the_loop_and_the_vectorised_loss_agree():
    inputs, targets = exhibit_of_chapter_4.data.tasks_and_questions()
    layer = torch.nn.Linear(1, 1)
    loop = exhibit_of_chapter_4.loop_loss(inputs, targets, layer)
    vectorised = exhibit_of_chapter_4.vectorised_loss(inputs, targets, layer)
    torch.testing.assert_close(loop, vectorised)


def test_the_measured_loop_is_slower_on_many_rows():
    loop, vectorised = exhibit_of_chapter_4.seconds_per_step(10)
    assert loop > 3 * vectorised


def test_the_learners_random_numbers_are_left_alone(quick_times):
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    training_record.cache_clear()
    watch_it_learn()
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize(("name", "value"), [
    ("step", 80), ("rate", 0.001), ("start", "weight −15, bias −10"), ("rows", "1,200"),
])
def test_each_control_changes_the_picture_and_its_words(exhibit, name, value):
    exhibit.controls["step"].value = 40
    before = exhibit._picture.value
    exhibit.controls[name].value = value
    after = exhibit._picture.value
    assert after != before
    assert after.split("role=")[1] != before.split("role=")[1]


def test_the_words_tell_step_parameters_loss_and_both_times(exhibit):
    exhibit.controls["step"].value = 100
    words = exhibit.scene.words(**exhibit.values())
    weight, bias, loss = training_record(0.02, None)[100]
    for part in ("step 100 of 200", f"{weight:.3f}", f"{bias:.3f}", f"{loss:.4g}", "400.0 ms", "100.0 ms"):
        assert part in words


def test_a_diverged_run_is_drawn_and_told_without_numbers_that_are_not_finite(exhibit):
    exhibit.controls["rate"].value = 0.03
    exhibit.controls["step"].value = LAST_STEP
    assert "grows with every step" in exhibit._picture.value
    assert "nan" not in exhibit.scene.words(**exhibit.values())


def test_places_without_widgets_get_a_picture_with_alt_text(exhibit):
    bundle = exhibit._repr_mimebundle_()
    assert 'alt="After step 40 of 200' in bundle["text/html"]
    assert bundle["text/plain"].startswith("[exhibit: Watch it learn.")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_every_control_is_labelled_and_holds_its_options(exhibit):
    assert all(control.description and control.tooltip for control in exhibit.controls.values())
    assert set(exhibit.controls["start"].options) == set(STARTS)


def test_the_play_button_moves_the_slider(exhibit):
    play = _find(exhibit.widget, ipywidgets.Play)
    play.value = 60
    assert exhibit.controls["step"].value == 60


def _find(widget, kind):
    for child in getattr(widget, "children", ()):
        found = child if isinstance(child, kind) else _find(child, kind)
        if found is not None:
            return found
    return None
