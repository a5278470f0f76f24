"""The exhibit of chapter 5 shows what a DataLoader really hands out, and the descent that these batches give."""

import numpy
import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from course import data
from course.widgets.batch_sampler import (
    LAST_EPOCH,
    RATES,
    ROWS,
    SIZES,
    START,
    batch_sampler,
    descent_record,
    drawn_batches,
    surface,
)


@pytest.fixture
def exhibit():
    return batch_sampler()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shuffle", [False, True])
def test_an_epoch_holds_every_row_once(size, shuffle):
    for epoch in drawn_batches(size, shuffle, False, 3):
        rows = [row for batch in epoch for row in batch]
        assert sorted(rows) == list(range(ROWS))
        assert (rows == sorted(rows)) == (not shuffle)


def test_each_epoch_and_each_seed_draws_an_order_of_its_own():
    orders = [tuple(map(tuple, epoch)) for seed in (0, 1) for epoch in drawn_batches(8, True, False, seed)]
    assert len(set(orders)) == 2 * LAST_EPOCH


def test_drop_last_leaves_the_rest_out_and_without_shuffle_always_the_same_rows():
    in_order = drawn_batches(25, False, True, 0)
    assert {row for epoch in in_order for batch in epoch for row in batch} == set(range(50))
    shuffled = drawn_batches(25, True, True, 0)
    assert {row for epoch in shuffled for batch in epoch for row in batch} == set(range(ROWS))


def test_the_path_is_that_of_pytorch_on_the_same_batches():
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(START[0])
        model.bias.fill_(START[1])
    optimiser = torch.optim.SGD(model.parameters(), lr=0.03)
    loader = DataLoader(TensorDataset(*data.sixty_points()), batch_size=16, shuffle=True,
                        generator=torch.Generator().manual_seed(2))
    for _ in range(3):
        for inputs, targets in loader:
            optimiser.zero_grad()
            functional.mse_loss(model(inputs), targets).backward()
            optimiser.step()
    path = descent_record(16, True, False, 2, 0.03)[3]
    assert path.shape == (3 * 4 + 1, 2)
    assert path[-1] == pytest.approx((model.weight.item(), model.bias.item()), rel=1e-4)


def test_the_published_run_of_ten_epochs_in_order_is_reproduced():
    assert descent_record(1, False, False, 0, 0.01)[LAST_EPOCH][-1] == pytest.approx((0.9932, -1.0174), abs=5e-5)


def test_with_all_rows_in_a_batch_the_seed_does_not_matter():
    ends = [descent_record(ROWS, True, False, seed, 0.1)[LAST_EPOCH] for seed in (0, 5)]
    assert numpy.allclose(*ends)
    assert not numpy.allclose(*(descent_record(1, True, False, seed, 0.1)[LAST_EPOCH] for seed in (0, 5)))


def test_at_a_tenth_batches_of_four_walk_calmer_when_shuffled():
    lengths = {shuffle: numpy.linalg.norm(numpy.diff(descent_record(4, shuffle, False, 0, 0.1)[LAST_EPOCH], axis=0), axis=1).sum()
               for shuffle in (False, True)}
    assert lengths[True] < 0.75 * lengths[False]


def test_every_path_that_can_be_chosen_is_finite():
    for size in SIZES:
        for shuffle in (False, True):
            for rate in RATES:
                assert numpy.isfinite(descent_record(size, shuffle, False, 1, rate)[LAST_EPOCH]).all()


def test_the_lowest_point_of_the_map_is_the_line_of_least_squares():
    weights, biases, losses = surface()
    i, j = numpy.unravel_index(losses.argmin(), losses.shape)
    assert (weights[i], biases[j]) == pytest.approx((1.0064, -1.0222), abs=0.13)


@pytest.mark.parametrize(("name", "value"), [
    ("epoch", 4), ("size", 16), ("shuffle", "False"), ("drop", "True"), ("seed", 5), ("rate", 0.1)])
def test_each_control_changes_the_picture_and_its_words(exhibit, name, value):
    exhibit.controls["shuffle"].value = "True"
    before = exhibit._picture.value
    exhibit.controls[name].value = value
    after = exhibit._picture.value
    assert after != before
    assert after.split("role=")[1] != before.split("role=")[1]


def test_each_cell_tells_the_batch_of_its_row_and_a_dash_for_a_row_left_out(exhibit):
    exhibit.controls["size"].value = 25
    exhibit.controls["drop"].value = "True"
    shown = [text.get_text() for text in exhibit.scene.numbers]
    assert shown == ["1"] * 25 + ["2"] * 25 + ["–"] * 10
    assert "10 rows left out" in exhibit.scene.words(**exhibit.values())


def test_places_without_widgets_get_a_picture_with_alt_text(exhibit):
    bundle = exhibit._repr_mimebundle_()
    assert 'alt="Epoch 2 of 10, in an order of its own' in bundle["text/html"]
    assert bundle["text/plain"].startswith("[exhibit: Batch sampler.")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_every_control_is_labelled(exhibit):
    assert all(control.description and control.tooltip for control in exhibit.controls.values())
