"""The pictures of chapter 6 tell in words what they show, with the right numbers."""

import math

import numpy
import pytest
import torch
from torch import nn

from course import data
from course.plots import boundaries, scores


def test_the_ends_of_a_level_line_have_that_score():
    weight = numpy.array([1.2, -0.5])
    for level in (-1.0, 0.0, 2.5):
        for end in boundaries.level_ends(weight, 0.7, level):
            assert end @ weight + 0.7 == pytest.approx(level)
    assert numpy.isnan(boundaries.level_ends([0.0, 0.0], 0.0, 1.0)).all()


def test_the_geometry_names_score_and_distance_of_each_point():
    alt = boundaries.score_geometry([1.2, 1.6], -2.0, [[2.0, 3.0], [-1.0, 0.5]]).alt
    assert "(2, 3) has score 5.2 and distance 2.6" in alt
    assert "(−1, 0.5) has score −2.4 and distance −1.2" in alt


def test_the_clouds_are_counted_and_placed():
    assert "20 with label 0, 20 with label 1" in boundaries.clouds(*data.two_clouds()).alt
    assert "20 with label 0, 15 with label 1, 10 with label 2" in boundaries.clouds(*data.three_clouds()).alt


def test_a_street_is_two_over_the_length_wide():
    inputs, labels = data.two_clouds()
    figure = boundaries.streets(inputs, labels, {"C = 1": torch.tensor([-0.6, 0.8]), "C = 9": torch.tensor([-3.0, 4.0])})
    assert "C = 1, 2.00 wide" in figure.alt and "C = 9, 0.40 wide" in figure.alt
    assert figure.axes[1].get_title(loc="left") == "C = 9: 0.40 wide"


def test_the_probabilities_count_the_points_on_their_side():
    model = nn.Linear(2, 1)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[-1.0, 1.0]]))
        model.bias.zero_()
    inputs, labels = torch.tensor([[-1.0, 1.0], [2.0, 0.0], [0.0, 3.0], [1.0, 0.0]]), torch.tensor([[1.0], [0], [0], [0]])
    figure = boundaries.probabilities(inputs, labels, model)
    assert "Of the 4 points 75% lie" in figure.alt
    shares = figure.axes[0].images[0].get_array()
    assert shares[-1, 0] > 0.99 and shares[0, -1] < 0.01  # upper left, lower right


def test_the_regions_are_coloured_by_the_largest_logit():
    model = nn.Linear(2, 3)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[0.0, 5.0], [-5.0, -5.0], [5.0, -5.0]]))
        model.bias.zero_()
    image = boundaries.regions(*data.three_clouds(), model).axes[0].images[0].get_array()
    top, left, right = image[-1, 80], image[0, 0], image[0, -1]
    assert top[2] > top[0] and left[0] > left[2] and right[1] > max(right[0], right[2])  # blue, orange, green


def test_the_squares_name_the_boundary_and_who_is_wrong():
    x = torch.tensor([[-1.0], [1.0], [30.0]])
    alt = scores.squares_on_a_line({"far": (x, x.sign(), 0.05, -0.1)}).alt
    assert "far: the boundary is at 2.00 and 1 on the wrong side" in alt


def test_the_penalties_are_those_of_the_formulas():
    figure = scores.penalties()
    for curve, formula in zip(figure.axes[0].lines, (
        lambda m: (1 - m) ** 2, lambda m: max(0, 1 - m) ** 2, lambda m: math.log(1 + math.exp(-m)),
    ), strict=False):
        margin, cost = curve.get_data()
        for k in (0, 100, 200, 280):
            assert cost[k] == pytest.approx(formula(margin[k]))
    assert len(scores.penalties(["squared error", "squared hinge"]).axes[0].lines) == 3  # and the line at 0


def test_the_lost_gradient_is_placed():
    logits, direct = torch.arange(40.0), torch.ones(40)
    alt = scores.gradients_far_out(logits, torch.where(logits < 17, 1.0, 0.0), direct).alt
    assert "drops to 0 at a logit of about 17" in alt


def test_softmax_shares_add_up_to_one():
    bars = scores.softmax_steps([2.0, 1.0, -1.0]).axes[2].patches
    assert sum(bar.get_height() for bar in bars) == pytest.approx(1)


def test_hits_are_counted_on_the_diagonal_and_among_all_pairs():
    alt = scores.hits(torch.tensor([[1.0], [0.0], [1.0], [1.0]]), torch.tensor([1.0, 0.0, 0.0, 1.0])).alt
    assert "4 answers against their own labels, 3 hits" in alt and "every label, 8 hits" in alt


def test_the_training_record_tells_ends_and_the_lowest_loss():
    alt = scores.training_record([0.9, 0.3, 0.5], [0.5, 0.75, 1.0], [0.5, 0.6, 0.7]).alt
    assert "from 0.90 to 0.50" in alt and "0.30 in epoch 2" in alt
    assert "1.00 on training rows and 0.70 on validation rows" in alt.replace("\n", " ")


def test_each_run_tells_where_it_ends():
    assert "slow ends at a loss of 0.500 and an accuracy of 0.75" in scores.three_runs({"slow": ([1.0, 0.5], [0.5, 0.75])}).alt
