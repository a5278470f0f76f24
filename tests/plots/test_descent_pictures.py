"""The pictures of chapter 3 tell in words what they show, with the right numbers."""

import pytest
import torch

from course import data
from course.plots import crops, descent, error_surface, polynomials, updates


def line():
    return data.noisy_line()[:2]


def test_the_slices_name_the_slopes_at_the_point():
    alt = descent.slices(*line(), 0.1391, 0.1940).alt
    assert "−1.94 along the weight" in alt and "−3.39 along the bias" in alt


def test_a_step_on_the_parabola_multiplies_the_distance_by_one_minus_twice_the_rate():
    figure = descent.steps_on_a_parabola(start=0.0, lowest=2.0, learning_rates=(0.25, 1.05), number_of_steps=2)
    drawn = [axes.lines[1].get_xdata().tolist() for axes in figure.axes]
    assert drawn[0] == pytest.approx([0.0, 1.0, 1.5])
    assert drawn[1] == pytest.approx([0.0, 4.2, -0.42])


def test_of_the_three_curves_one_grows_one_creeps_and_one_falls():
    axes = descent.three_curves(*line(), 0.1391, 0.1940).axes[0]
    ends = [curve.get_ydata()[-1] / curve.get_ydata()[0] for curve in axes.lines]
    assert ends[1] > 10 and ends[0] < 0.01 < 0.3 < ends[2] < 1


def test_no_curve_gives_its_learning_rate_away():
    figure = descent.three_curves(*line(), 0.1391, 0.1940)
    shown = figure.alt + " ".join(text.get_text() for text in figure.legends[0].get_texts())
    assert not any(rate in shown for rate in ("0.3 ", "0.83", "0.003"))


def test_a_map_whose_losses_are_exchanged_is_refused():
    weights, biases = torch.linspace(0, 3, 5), torch.linspace(0, 2, 4)
    losses = torch.rand(4, 5)
    for draw in (lambda: error_surface.valley(weights, biases, losses),
                 lambda: error_surface.paths_on_map(weights, biases, losses, {})):
        with pytest.raises(ValueError, match=r"\(4, 5\), not \(5, 4\)"):
            draw()


def test_the_star_stands_at_the_lowest_loss_with_the_weight_across():
    weights, biases = torch.linspace(-1, 4, 51), torch.linspace(-1, 3, 41)
    losses = (weights[:, None] - 2.5) ** 2 + (biases[None, :] - 0.5) ** 2
    figure = error_surface.paths_on_map(weights, biases, losses, {"two steps": torch.tensor([[0., 1.], [2., 3.]])})
    star = next(mark for mark in figure.axes[0].lines if mark.get_marker() == "*")
    assert (star.get_xdata()[0], star.get_ydata()[0]) == pytest.approx((2.5, 0.5))
    assert "two steps goes from (0, 1) to (2, 3)" in figure.alt
    assert "near weight 2.5 and bias 0.5" in error_surface.valley(weights, biases, losses).alt


def test_the_attempts_name_what_becomes_of_the_leaf():
    alt = updates.attempts(before=1.5, after=1.25).alt
    assert "RuntimeError" in alt and "from 1.5 to 1.25 and stays a leaf" in alt


def test_predictions_by_step_tell_the_mean_distance():
    targets = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    alt = crops.predictions_by_step({"before": targets + 3, "after": targets}, targets, ("apples", "oranges")).alt
    assert "before, 3.0; after, 0.0" in alt


def test_the_product_of_shapes_has_a_cell_for_every_number():
    axes = crops.product_of_shapes(rows=4).axes[0]
    assert len(axes.patches) == 4 * 3 + 3 * 2 + 2 + 4 * 2


def test_fits_tell_the_loss_of_each_polynomial():
    inputs = torch.tensor([[-1.0], [0.0], [2.0]])
    alt = polynomials.fits(inputs, 1 + inputs ** 2, {"parabola": [1.0, 0.0, 1.0], "constant": torch.tensor([[2.0]])}).alt
    assert "parabola has loss 0.000" in alt and f"constant has loss {(0 + 1 + 9) / 3:.3f}" in alt


def test_the_building_blocks_add_up_to_the_sum():
    left, right = polynomials.building_blocks([-1.0, 1.0], [0.0, 0.0], [1.0, -2.0, 0.5, 3.0]).axes
    total = sum(block.get_ydata() for block in left.lines)
    assert right.lines[0].get_ydata() == pytest.approx(total)


def test_all_cubics_pass_through_both_points():
    axes = polynomials.through_all_points([0.0, 1.0], [1.0, 3.0], {"a": [1, 2, 0, 0], "b": [1, -3, 0, 5]}).axes[0]
    for curve in axes.lines:
        x, y = curve.get_data()
        assert y[abs(x).argmin()] == pytest.approx(1) and y[abs(x - 1).argmin()] == pytest.approx(3)
