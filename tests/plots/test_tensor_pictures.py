"""The pictures of chapter 1 tell in words what they show, with the right numbers."""

import pytest
import torch

from course import data
from course.plots import grey_images, memory, places, plane_maps, speed, tables


def shown(figure):
    """Every text in the figure's axes."""
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_a_layout_is_what_torch_says():
    x = torch.arange(12.0).view(3, 4)[1:, ::2]
    layout = memory.Layout.of(x)
    assert (layout.shape, layout.strides, layout.offset) == (x.shape, x.stride(), x.storage_offset())
    assert [layout.cells[layout.position(index)] for index in layout.indices()] == x.flatten().tolist()


def test_a_number_and_a_vector_are_drawn_as_tables_too():
    for tensor in (torch.tensor(5), torch.arange(3)):
        assert memory.storage_map(tensor, "t").alt.startswith(f"t has shape {tuple(tensor.shape)}")


def test_an_expanded_row_is_told_to_be_seen_more_than_once():
    figure = memory.storage_map(torch.arange(3).expand(4, 3))
    assert "seen 4 times" in figure.alt and shown(figure).count("4×") == 3


def test_chosen_cells_are_told_by_row_and_column():
    table = torch.arange(6).view(2, 3)
    assert "[0, 2], [1, 2]" in tables.chosen_cells(table, table % 3 == 2, "last").alt
    assert "nothing" in tables.chosen_cells(table, table > 9, "large").alt


def test_a_stretched_pair_shows_every_difference():
    figure = tables.stretched(torch.tensor([0.0, 2.0]), torch.tensor([1.0, 4.0, 10.0]), "gaps")
    assert shown(figure)[-6:] == ["−1", "−4", "−10", "1", "−2", "−8"]
    assert "a table of 2 by 3" in figure.alt and "framed" not in figure.alt


def test_rounding_errors_do_not_reach_the_picture():
    assert "0.1" in shown(tables.stretched(torch.tensor([[3.1]]), torch.tensor([3.0]), "gap"))


def test_reductions_show_both_sums():
    alt = tables.reductions(torch.tensor([[1, 2, 3], [4, 5, 6]])).alt
    assert "[5, 7, 9]" in alt and "[6, 15]" in alt


def test_grey_images_are_told_with_their_darkest_and_brightest():
    sky = data.evening_sky()
    figure = grey_images.side_by_side({"sky": sky, "sky + 60": sky + 60})
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["sky", "sky + 60"]
    assert f"sky, from {sky.min()} to 250" in figure.alt


def test_the_ratio_is_loop_by_expression():
    figure = speed.loop_against_expression([10, 100], [2e-4, 2e-3], [1e-5, 2e-5])
    assert figure.axes[1].lines[0].get_ydata().tolist() == pytest.approx([20, 100])
    assert "from 20 at n = 10 to 100 at n = 100" in figure.alt


def test_eigenvalues_are_told_and_the_image_is_the_matrix_times_the_circle():
    matrix = torch.tensor([[2.0, 1.0], [0.5, 1.5]])
    figure = plane_maps.circle_and_image(matrix)
    circle, image = (torch.tensor(line.get_xydata()).float().T for line in figure.axes[0].lines[:2])
    torch.testing.assert_close(image, matrix @ circle, rtol=1e-5, atol=1e-5)
    assert "factors 2.5 and 1" in figure.alt


def test_the_four_ways_between_the_homes_are_named():
    assert {"from_numpy(a)", "t.numpy()", "t.to(device)", "t.cpu()"} <= set(shown(places.homes_of_numbers()))
