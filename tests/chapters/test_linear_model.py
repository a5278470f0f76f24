"""Chapter 4 says true things: the numbers in its prose are those that its own solutions and data give."""


import pytest
import torch
from chapter import Chapter
from torch import nn

from course import data

CHAPTER = Chapter("linear_model")
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says


def parameters_of(model):
    return [parameter.item() for parameter in model.parameters()]


def loss_of(model):
    return solutions()["compute_loss"](*data.tasks_and_questions(), model).item()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_defaults_end_near_the_best_line_from_any_start(seed):
    torch.manual_seed(seed)
    model = solutions()["train_parameters_linear_regression"](*data.tasks_and_questions())
    weight, bias = parameters_of(model)
    assert 0.3085 < loss_of(model) < 0.3205
    assert 5.16 <= round(weight, 2) <= 5.20
    assert 0.27 <= round(bias, 2) <= 0.54


def test_seed_zero_leaves_the_slope_and_the_bias_that_the_prose_compares_with_least_squares():
    torch.manual_seed(0)
    weight, bias = parameters_of(solutions()["train_parameters_linear_regression"](*data.tasks_and_questions()))
    assert says("5.16 of 5.20") and says("0.54 of 0.28")
    assert (f"{weight:.2f}", f"{bias:.2f}") == ("5.16", "0.54")


def test_the_loop_and_the_expression_give_the_same_loss():
    model = nn.Linear(1, 1)
    loop = solutions()["compute_loss_loop"](*data.tasks_and_questions(), model)
    assert loop.item() == pytest.approx(loss_of(model), rel=1e-5)


def test_the_line_of_the_first_check_has_a_loss_of_nine_twelfths():
    layer = nn.Linear(1, 1)
    layer.load_state_dict({"weight": torch.tensor([[5.0]]), "bias": torch.tensor([1.0])})
    assert loss_of(layer) == pytest.approx(9 / 12)


def test_a_flat_target_column_ends_blind_at_the_variance_of_the_targets():
    tasks, questions = data.tasks_and_questions()
    torch.manual_seed(0)
    blind = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(blind.parameters(), lr=0.02)
    for _ in range(1000):
        optimiser.zero_grad()
        loss = ((blind(tasks) - questions.flatten()) ** 2).mean()
        loss.backward()
        optimiser.step()
    weight, bias = parameters_of(blind)
    assert loss.item() == pytest.approx(questions.var(correction=0).item(), abs=0.01)
    assert abs(weight) < 0.01 and f"{bias:.2f}" == "30.13" and says("30.13")


def test_the_constant_model_walks_the_numbers_of_the_prose():
    _, questions = data.tasks_and_questions()
    level = torch.tensor([20.0], requires_grad=True)
    (level - questions).square().mean().backward()
    first = level.grad.item()
    moved = torch.tensor([20.0 - 0.1 * first], requires_grad=True)
    (moved - questions).square().mean().backward()
    assert says("−20.33") and f"{first:.2f}" == "-20.33"
    assert says("22.03") and f"{moved.item():.2f}" == "22.03"
    assert says("−16.27") and f"{moved.grad.item():.2f}" == "-16.27"


def test_the_start_at_minus_fifteen_and_minus_ten_is_slow_and_arrives():
    train_from = solutions()["train_from"]
    layer, losses = train_from(*data.tasks_and_questions(), -15, -10)
    assert losses[0] == pytest.approx(18777.58, rel=1e-4)
    assert loss_of(layer) > 0.6
    assert loss_of(train_from(*data.tasks_and_questions(), -15, -10, number_training_steps=1000)[0]) < 0.3090


def test_a_wrong_weight_drags_a_right_bias_along_as_the_prose_says():
    after = {
        steps: solutions()["train_from"](*data.tasks_and_questions(), -15, 0.28, number_training_steps=steps)
        for steps in (12, 200, 1000)
    }
    assert says("from 16,284 to 1.75") and f"{after[200][1][0]:,.0f}" == "16,284"
    assert f"{after[200][1][12]:.2f}" == "1.75"
    assert says("2.91 after those twelve") and f"{after[12][0].bias.item():.2f}" == "2.91"
    assert says("still 1.02") and f"{after[200][0].bias.item():.2f}" == "1.02"
    assert says("at 0.40 and visibly above") and f"{loss_of(after[200][0]):.2f}" == "0.40"
    assert loss_of(after[1000][0]) < 0.3090


def test_the_blind_loss_of_a_good_line_is_around_the_360_that_the_hint_names():
    tasks, questions = data.tasks_and_questions()
    assert says("around 360")
    for weight, bias in ((5, 1), (5.1976, 0.2806)):
        assert ((weight * tasks + bias - questions.flatten()) ** 2).mean().item() == pytest.approx(360, rel=0.04)


def test_the_first_line_of_the_chapter_does_not_have_the_variance_for_its_loss():
    tasks, questions = data.tasks_and_questions()
    assert says("weight 3 and bias 10")
    assert ((3 * tasks + 10 - questions) ** 2).mean() < 0.5 * questions.var(correction=0)


def test_a_new_optimiser_in_the_morning_ends_elsewhere():
    namespace = dict(solutions())
    namespace["tasks"], namespace["questions"] = data.tasks_and_questions()
    exec(next(cell.source for cell in cells() if cell.source.startswith("def train_two_days")), namespace)
    ends = [namespace["train_two_days"](new) for new in (False, True, False)]
    assert ends[0] == ends[2]
    assert not torch.allclose(ends[0]["weight"], ends[1]["weight"], atol=0.01)


def test_a_thousand_steps_on_the_crop_yields_predict_the_unseen_region():
    torch.manual_seed(0)
    layer = solutions()["train_linear_layer"](*data.crop_yields(15))
    apples, oranges = layer(torch.tensor([[75.0, 63.0, 44.0]])).flatten().tolist()
    assert apples == pytest.approx(53.1, abs=0.3) and oranges == pytest.approx(67.5, abs=0.3)


def test_the_challenge_reaches_least_squares():
    weight, bias = parameters_of(solutions()["train_standardised"](*data.tasks_and_questions()))
    assert weight == pytest.approx(5.1976, abs=1e-3) and bias == pytest.approx(0.2806, abs=1e-3)
