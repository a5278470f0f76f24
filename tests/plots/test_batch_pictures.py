"""The pictures of chapter 5 tell in words what they show, with the right numbers."""

import pytest
import torch

from course import data
from course.plots import batches, epochs


def test_the_points_name_their_ends():
    assert "(-3, -4.2) to (2.9, 1.8)" in batches.points(*data.sixty_points()).alt


def test_epochs_draw_a_cell_for_each_row_in_the_order_drawn():
    figure = batches.epochs({"first": [[3, 0], [2]], "second": [torch.tensor([1, 2]), torch.tensor([0])]}, number_of_rows=4)
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["3", "0", "2", "1", "2", "0"]
    assert len(axes.patches) == 6
    assert "first: 3, 0; 2" in figure.alt and "second: 1, 2; 0" in figure.alt


def test_paths_tell_their_updates_and_what_is_off_the_map():
    weights, biases = torch.linspace(-15, 15, 30), torch.linspace(-13, 13, 30)
    losses = (weights[:, None] - 1) ** 2 + biases[None, :] ** 2
    walks = {"a\nmini-batch": torch.tensor([[-15., -10.], [1., 0.]]), "b": torch.tensor([[-15., -10.], [0., -14.], [2., 0.]])}
    alt = batches.paths(weights, biases, losses, walks).alt
    assert "a, mini-batch: 1 updates, from (−15, −10) to (1, 0);" in alt
    assert "b: 2 updates" in alt and "1 of its points are off the map" in alt


def test_the_split_counts_its_parts():
    figure = batches.split({"train": torch.tensor([0, 3, 4]), "test": torch.tensor([1])}, number_of_rows=5)
    assert "3 to train, 1 to test" in figure.alt
    assert [list(line.get_xdata()) for line in figure.axes[0].lines] == [[0, 3, 4], [1]]


def test_the_two_means_differ_by_the_small_batch():
    figure = batches.two_means([1.0, 4.0], [9, 1])
    assert "mean of the bars is 2.50, the mean over the rows 1.30" in figure.alt.replace("The", "the").replace("\n", " ")
    assert [bar.get_width() for bar in figure.axes[0].patches] == [9, 1]


def test_loss_by_epoch_counts_from_one_and_marks_the_lowest():
    figure = epochs.loss_by_epoch({"training": [4, 2, 1], "validation": [4, 3, 5]}, best="validation")
    assert list(figure.axes[0].lines[0].get_xdata()) == [1, 2, 3]
    assert "its lowest point is 3 at epoch 2" in figure.alt


def test_the_journey_says_what_moves_when():
    assert "batches are moved one at a time, the model only once" in epochs.journey().alt


@pytest.mark.parametrize("draw", [lambda: batches.points([0., 1.], [1., 2.]), epochs.journey])
def test_a_picture_has_alt_text_without_line_breaks(draw):
    assert draw().alt and "\n" not in draw().alt
