"""The data sets have the shapes, rows and published numbers that chapters rely on."""

import pytest
import torch

from course import data


def test_tasks_and_questions_are_columns_with_the_published_least_squares_line():
    tasks, questions = data.tasks_and_questions()
    assert tasks.shape == questions.shape == (12, 1) and tasks.dtype == questions.dtype == torch.float32
    columns = torch.cat([tasks, torch.ones_like(tasks)], dim=1)
    slope, intercept = torch.linalg.lstsq(columns, questions).solution.flatten().tolist()
    assert (round(slope, 4), round(intercept, 4)) == (5.1976, 0.2806)
    assert round(questions.var(correction=0).item(), 1) == 185.5


def test_fifteen_crop_yields_begin_with_the_five():
    for five, fifteen in zip(data.crop_yields(5), data.crop_yields(15), strict=True):
        assert torch.equal(fifteen[:5], five)
        assert len(fifteen) == 15


def test_the_published_start_gives_the_published_loss_on_the_crop_yields():
    inputs, targets = data.crop_yields()
    weight = torch.tensor([[-0.8474, 1.0004, 0.9559], [0.3555, 1.1560, 0.3668]])
    predictions = inputs @ weight.T + torch.tensor([0.2883, -0.1208])
    assert (predictions - targets).square().mean().item() == pytest.approx(1779.3975, rel=3e-4)


def test_another_number_of_crop_rows_is_refused():
    with pytest.raises(ValueError, match="5 or 15 rows, not 10"):
        data.crop_yields(10)


def test_the_noisy_line_gives_the_published_gradients():
    inputs, targets, _, _ = data.noisy_line()
    error = 0.1940 + 0.1391 * inputs - targets
    assert 2 * error.mean().item() == pytest.approx(-3.3881, abs=2e-4)
    assert 2 * (inputs * error).mean().item() == pytest.approx(-1.9439, abs=2e-4)


def test_the_noisy_line_is_split_without_overlap():
    train_inputs, _, validation_inputs, _ = data.noisy_line()
    assert (len(train_inputs), len(validation_inputs)) == (80, 20)
    assert not set(train_inputs.flatten().tolist()) & set(validation_inputs.flatten().tolist())


def test_changing_a_returned_tensor_does_not_change_the_next():
    data.tasks_and_questions()[0].zero_()
    data.crop_yields(15)[0].zero_()
    assert data.tasks_and_questions()[0].sum() == 69
    assert data.crop_yields(15)[0].sum() > 0


def test_the_noisy_curve_is_closest_to_the_cubic_it_was_made_from():
    inputs, targets = data.noisy_curve()
    assert inputs.shape == targets.shape == (15, 1) and inputs.dtype == targets.dtype == torch.float32
    features = inputs ** torch.arange(4)
    found = torch.linalg.lstsq(features, targets).solution.flatten()
    torch.testing.assert_close(found, torch.tensor([1.0, -2.0, 1.0, 4.0]), rtol=0, atol=0.35)


def test_the_evening_sky_is_brightest_in_the_middle_of_the_sun():
    sky = data.evening_sky()
    assert sky.dtype == torch.uint8 and sky.shape == (48, 72) and sky.min() >= 30
    assert (sky == sky.max()).nonzero().tolist() == [[25, 48]] and sky.max() == 250
