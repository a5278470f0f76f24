"""The pictures of regression tell in words what they show, with the right numbers."""

import torch

from course import data
from course.plots import linear_layer, regression


def test_residuals_name_the_loss_of_the_line_drawn():
    figure = regression.residuals(*data.tasks_and_questions(), weight=5, bias=1)
    assert "0.75" in figure.alt and "0.75" in figure.axes[0].get_title(loc="left")


def test_a_line_with_a_negative_bias_is_written_with_one_sign():
    assert "-15 x − 10" in regression.residuals(*data.tasks_and_questions(), weight=-15, bias=-10).alt


def test_the_grid_of_the_trap_holds_every_prediction_minus_every_target():
    predictions, targets = torch.tensor([[1.0], [5.0]]), torch.tensor([[1.0], [2.0]])
    image = regression.broadcast_grid(predictions, targets).axes[1].images[0].get_array()
    assert image.tolist() == [[0.0, -1.0], [4.0, 3.0]]


def test_loss_curves_take_tensors_with_a_graph():
    losses = torch.linspace(4.0, 1.0, 4, requires_grad=True) * 2
    assert "goes from 8 to 2 in 3 steps" in regression.loss_curves({"a line": losses}).alt


def test_times_say_how_many_times_as_long_the_loop_takes():
    figure = regression.times([12, 768], [1e-3, 1e-1], [1e-4, 2e-4])
    assert "500 times" in figure.axes[0].get_title(loc="left")


def test_the_layer_picture_has_one_label_a_weight():
    figure = linear_layer.layer(("a", "b", "c"), ("d", "e"))
    labels = {text.get_text() for text in figure.axes[0].texts}
    assert {f"w[{j}, {i}]" for j in range(2) for i in range(3)} <= labels
