"""Chapter 3 says true things: its solutions reproduce the published runs, and the numbers in its prose are theirs."""

import re
from functools import cache

import pytest
import torch
from chapter import Chapter, printed

from course import data
from course.check.mistakes import TOPICS
from course.check.training.reference import SEPARATED, separation

CHAPTER = Chapter("gradient_descent")
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says
START = 0.1391, 0.1940
PUBLISHED_START = [[-0.8474, 1.0004, 0.9559], [0.3555, 1.1560, 0.3668]], [0.2883, -0.1208]
ROUNDED_START = 3e-4  # relative: what four printed decimals of the start leave of the published numbers


def line():
    return data.noisy_line()[:2]


def start():
    return tuple(torch.tensor(number) for number in START)


def leaves():
    return tuple(torch.tensor(number, requires_grad=True) for number in START)


def line_loss(weight, bias, points=None):
    inputs, targets = points or line()
    return (weight * inputs + bias - targets).square().mean()


@cache
def crop_run():
    """(loss, weight gradient, bias gradient, predictions) of the published run before each of its steps 0 to 102."""
    inputs, targets = data.crop_yields()
    weight, bias = (torch.tensor(part, requires_grad=True) for part in PUBLISHED_START)
    record = []
    for _ in range(103):
        loss = solutions()["yields_loss"](inputs, targets, weight, bias)
        loss.backward()
        predictions = (inputs @ weight.t() + bias).detach()
        record.append((loss.item(), weight.grad.clone(), bias.grad.clone(), predictions))
        with torch.no_grad():
            for parameter in (weight, bias):
                parameter -= 1e-5 * parameter.grad
                parameter.grad.zero_()
    return record


@pytest.mark.parametrize(("step", "published", "measured"), [
    (0, 1779.3975, 1779.1156), (1, 1238.9717, 1238.7842), (2, 874.3945, 874.2706), (102, 52.1701, 52.1738),
])
def test_the_crop_yields_losses_are_the_published_ones(step, published, measured):
    loss = crop_run()[step][0]
    assert loss == pytest.approx(published, rel=ROUNDED_START)
    assert loss == pytest.approx(measured, rel=2e-6)


def test_the_crop_yields_gradients_are_the_published_ones():
    _, at_start, _, _ = crop_run()[0]
    _, after_one, bias_after_one, _ = crop_run()[1]
    published = torch.tensor([[-928.4713, -578.8688, -421.0116], [4884.8447, 4978.2300, 3053.4944]])
    torch.testing.assert_close(at_start, published, rtol=ROUNDED_START, atol=0)
    published = torch.tensor([[-800.7562, -444.3427, -337.4223], [4037.5085, 4069.7515, 2492.5176]])
    torch.testing.assert_close(after_one, published, rtol=ROUNDED_START, atol=0)
    torch.testing.assert_close(bias_after_one, torch.tensor([-8.2890, 46.7500]), rtol=ROUNDED_START, atol=0)


def test_the_crop_yields_predictions_after_102_steps_are_the_published_ones():
    published = torch.tensor([[55.1244, 72.0918], [82.5111, 96.8825], [121.2830, 138.7065], [9.1087, 46.9952],
                              [109.4936, 106.7000]])
    torch.testing.assert_close(crop_run()[102][3], published, rtol=ROUNDED_START, atol=0)


def test_the_prose_tells_the_numbers_of_the_crop_run():
    first = crop_run()[0][3][0]
    assert says("46.6 tonnes of apples") and says("119.1 of oranges")
    assert [f"{number:.1f}" for number in first.tolist()] == ["46.6", "119.1"]
    assert says("Apples are now 8.3 tonnes too low on average, oranges 46.7 too high")
    mean_error = (crop_run()[1][3] - data.crop_yields()[1]).mean(dim=0)
    torch.testing.assert_close(crop_run()[1][2], mean_error, rtol=1e-5, atol=1e-5)
    assert [f"{number:.1f}" for number in mean_error.tolist()] == ["-8.3", "46.7"]


def test_gradients_by_hand_and_by_autograd_are_the_published_ones():
    by_hand = [slope.item() for slope in solutions()["line_gradients"](*line(), *start())]
    weight, bias = leaves()
    line_loss(weight, bias).backward()
    assert by_hand == pytest.approx([-1.9439, -3.3881], rel=1e-3)
    assert by_hand == pytest.approx([weight.grad.item(), bias.grad.item()], rel=1e-5)


def test_a_second_backward_doubles_the_gradients():
    weight, bias = leaves()
    for _ in range(2):
        line_loss(weight, bias).backward()
    assert [weight.grad.item(), bias.grad.item()] == pytest.approx([-3.8878, -6.7762], rel=1e-3)


@pytest.mark.parametrize("begin", [START, (-30.0, 80.0)])
def test_a_thousand_epochs_end_at_the_published_line_from_any_start(begin):
    weight, bias = solutions()["train_line"](*line(), *begin, 0.1, 1000)
    assert (weight.item(), bias.item()) == pytest.approx((1.9690, 1.0235), rel=1e-3)


def test_what_was_set_aside_is_predicted_as_well_as_what_was_learnt_from():
    found = solutions()["train_line"](*line(), *START, 0.1, 1000)
    seen, unseen = line_loss(*found).item(), line_loss(*found, points=data.noisy_line()[2:]).item()
    assert unseen < 1.2 * seen


def test_the_first_attempt_loses_the_gradient():
    weight, bias = leaves()
    line_loss(weight, bias).backward()
    weight = weight - 0.1 * weight.grad
    line_loss(weight, bias).backward()
    with pytest.warns(UserWarning, match="not a leaf"):
        lost = weight.grad
    assert lost is None and not weight.is_leaf and f"{weight.item():.4f}" == "0.3335"
    with pytest.raises(TypeError):
        0.1 * lost


def test_the_second_attempt_is_refused_and_the_third_is_not():
    weight, bias = leaves()
    line_loss(weight, bias).backward()
    with pytest.raises(RuntimeError):
        weight -= 0.1 * weight.grad
    assert weight.item() == pytest.approx(START[0])
    with torch.no_grad():
        weight -= 0.1 * weight.grad
    assert weight.is_leaf and weight.requires_grad and f"{weight.item():.4f}" == "0.3335"


def test_the_mixture_of_the_first_and_the_third_requires_no_gradient():
    weight, bias = leaves()
    line_loss(weight, bias).backward()
    with torch.no_grad():
        weight = weight - 0.1 * weight.grad
    assert not weight.requires_grad and solutions()["answer_mixture"] == "C"


def test_without_zeroing_the_loss_comes_up_again():
    weight, bias = leaves()
    losses = []
    for _ in range(100):
        loss = line_loss(weight, bias)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= 0.1 * weight.grad
            bias -= 0.1 * bias.grad
    assert min(losses) < 0.05 and max(losses[50:]) > 2


def test_the_path_runs_from_the_start_to_where_training_ends():
    path = solutions()["descent_path"](*line(), *START, 0.1, 30)
    end = torch.stack(solutions()["train_line"](*line(), *START, 0.1, 30))
    torch.testing.assert_close(path[0], torch.tensor(START))
    torch.testing.assert_close(path[-1], end.detach(), rtol=1e-5, atol=1e-6)


def test_the_closed_form_is_what_a_thousand_epochs_find():
    inputs, targets = line()
    found = solutions()["least_squares"](torch.cat([inputs, torch.ones_like(inputs)], dim=1), targets)
    assert found.flatten().tolist() == pytest.approx([1.9690, 1.0235], abs=1e-4)


def test_least_squares_brings_the_crops_below_a_half():
    inputs, targets = data.crop_yields()
    columns = torch.cat([inputs, torch.ones(5, 1)], dim=1)
    found = solutions()["least_squares"](columns, targets)
    assert says("Below ½") and 0.47 < (columns @ found - targets).square().mean().item() < 0.5


def test_only_the_cubic_fits_the_curve():
    inputs, targets = data.noisy_curve()
    losses = []
    for degree in (1, 2, 3):
        features = solutions()["polynomial_features"](inputs, degree)
        losses.append((features @ solutions()["least_squares"](features, targets) - targets).square().mean().item())
    assert losses[1] > 0.8 * losses[0] and losses[2] < 0.12 * losses[1]


def test_two_points_leave_the_four_weights_of_a_cubic_open():
    features = solutions()["polynomial_features"](torch.tensor([[0.0], [1.0]]), 3)
    targets = torch.tensor([[1.0], [3.0]])
    with pytest.raises(RuntimeError):
        torch.linalg.solve(features.T @ features, features.T @ targets)
    shortest = torch.linalg.lstsq(features, targets, driver="gelsd").solution
    torch.testing.assert_close(shortest, torch.linalg.pinv(features) @ targets, rtol=1e-5, atol=1e-6)
    for other in ([1, 2, 0, 0], [1, -3, 0, 5]):
        weights = torch.tensor(other, dtype=torch.float32).view(-1, 1)
        torch.testing.assert_close(features @ weights, targets)
        assert weights.norm() > shortest.norm()


def test_descent_diverges_just_above_the_limit_of_the_challenge_and_not_below():
    limit = solutions()["largest_learning_rate"](line()[0]).item()
    assert 0.80 < limit < 0.81 and says("Up to 0.8 the zigzag across the valley dies out, and from 0.81 on it grows")
    ends = [line_loss(*solutions()["train_line"](*line(), *START, rate * limit, 300)).item() for rate in (0.98, 1.02)]
    assert ends[0] < 0.02 < 100 < ends[1]


@pytest.mark.parametrize(("rows", "rate", "steps", "begin"), [(12, 0.17, 4, START), (11, 0.27, 5, (-0.5, -0.5))])
def test_the_data_of_the_training_checks_keep_the_mistakes_apart(rows, rate, steps, begin):
    points = tuple(column[:rows] for column in line())
    assert separation(points, rate, steps, tuple(torch.tensor(number) for number in begin)) >= SEPARATED


def test_the_chapter_runs_from_top_to_bottom_with_its_solutions():
    said = printed(CHAPTER.run())
    assert "TypeError: " in said and said.count("RuntimeError: ") == 2


def test_the_catalogue_sends_readers_to_headings_that_are_there():
    headings = set(re.findall(r"^## (.*)$", prose(), re.M))
    assert {heading for chapter, heading in TOPICS.values() if chapter == "gradient_descent"} <= headings
