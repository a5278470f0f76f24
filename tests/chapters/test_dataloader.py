"""Chapter 5 says true things: the numbers in its prose are those that its own solutions and data give, and it runs."""


import pytest
import torch
from chapter import Chapter, printed
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

from course import data
from course.headings import headings
from course.plots import batches

CHAPTER = Chapter("dataloader", gives=("def report",))
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says


def line():
    torch.manual_seed(1)
    return solutions()["LineDataset"](0.1)


def test_the_published_run_is_reproduced_from_the_chapters_own_data_set_and_walk():
    path = solutions()["walk"](DataLoader(line(), batch_size=1), learning_rate=0.01, num_epochs=10)
    assert path.shape == (601, 2)
    assert says("weight 0.9932 and bias −1.0174")
    assert [f"{number:.4f}" for number in path[-1].tolist()] == ["0.9932", "-1.0174"]


def test_the_learners_points_with_seed_one_are_those_of_the_picture():
    inputs, targets = data.sixty_points()
    assert torch.equal(line().x, inputs) and torch.equal(line().y, targets)


def test_more_rows_in_a_batch_lead_less_far_in_ten_epochs():
    walk, ends = solutions()["walk"], {}
    for size, updates in ((1, 600), (8, 80), (60, 10)):
        path = walk(DataLoader(line(), batch_size=size), 0.01, 10)
        assert len(path) == updates + 1
        ends[size] = (path[-1] - torch.tensor([1.0064, -1.0222])).norm()
    assert ends[1] < ends[8] < ends[60]
    assert says("600 updates, with sixty it made ten")


def test_at_a_tenth_one_row_is_thrown_about_and_all_rows_are_not_there_yet():
    inputs, targets = data.sixty_points()

    def loss_at(place):
        return ((place[0] * inputs + place[1] - targets) ** 2).mean().item()

    points = line()
    torch.manual_seed(0)
    batch, mini, single = (solutions()["walk"](DataLoader(points, batch_size=size, shuffle=True), 0.1) for size in (60, 8, 1))
    first_steps = single[1:21].sub(single[:20]).norm(dim=1)
    assert says("some steps are long and some hardly lead anywhere") and first_steps.max() > 20 * first_steps.min()
    assert loss_at(batch[-1]) > 0.5 > 0.02 > loss_at(mini[-1])
    assert max(map(loss_at, single[-20:])) > 2 * min(map(loss_at, single[-20:]))
    calmer = solutions()["walk"](DataLoader(points, batch_size=1, shuffle=True), 0.01)
    means = [sum(map(loss_at, walked[-5:])) / 5 for walked in (single, mini, calmer)]
    assert says("single rows stay farther away than batches of 8") and means[0] > means[1] > means[2]


def test_gradients_of_a_batch_of_thirty_two_stray_a_ninth_as_far_as_those_of_a_row():
    inputs, targets = data.sixty_points()
    torch.manual_seed(0)

    def stray(size):
        rows = [torch.randperm(60)[:size] for _ in range(200)]
        errors = [(-15 * inputs[r] - 10 - targets[r], inputs[r]) for r in rows]
        return torch.stack([torch.stack([2 * (x * error).mean(), 2 * error.mean()]) for error, x in errors]).std(0)

    assert says("strays about a ninth as far")
    assert ((stray(1) / stray(32)) - 9).abs().max() < 1.5


def test_the_rows_that_sit_out_are_those_of_the_prose():
    torch.manual_seed(0)
    in_order, shuffled = DataLoader(range(14), batch_size=4), DataLoader(range(14), batch_size=4, shuffle=True)
    shortened = DataLoader(range(14), batch_size=4, shuffle=True, drop_last=True)
    for loader in (in_order, in_order, shuffled, shuffled):  # each pass draws from the same random numbers
        list(loader)
    missing = [set(range(14)) - set(torch.cat(list(shortened)).tolist()) for _ in range(2)]
    assert says("It is 3 and 8, then 5 and 10") and missing == [{3, 8}, {5, 10}]


def test_the_small_maps_show_what_stays_near_the_lowest_point_and_only_that():
    weights, biases = torch.linspace(-15, 15, 121), torch.linspace(-13, 13, 105)
    losses = (weights[:, None] - 1) ** 2 + (biases[None, :] + 1) ** 2
    near = torch.tensor([[-15.0, -10.0]] + [[1.05, -0.95]] * 40)
    figure = batches.paths(weights, biases, losses, {"near": near, "far": near[:1].expand(40, 2)})
    assert [len(axes.child_axes) for axes in figure.axes] == [1, 0]


def test_the_lowest_loss_and_its_line_are_those_of_the_prose():
    inputs, targets = data.sixty_points()
    columns = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    best = torch.linalg.lstsq(columns, targets).solution
    assert says("lowest possible loss is 0.0077") and f"{(columns @ best - targets).square().mean():.4f}" == "0.0077"
    assert says("weight 1.01 and bias −1.02") and [f"{b:.2f}" for b in best.flatten().tolist()] == ["1.01", "-1.02"]


def test_row_zero_wants_the_bias_lowered_and_row_thirty_knows_nothing_of_the_weight():
    inputs, targets = data.sixty_points()
    error = -15 * inputs - 10 - targets
    assert says("Row 0, at x = −3, wants the bias *lowered*") and 2 * error[0] > 0 > 2 * error.mean()
    assert abs(inputs[30] * error[30]) < 1e-5 < abs(error[30])


def test_drawing_with_replacement_sees_about_sixty_three_per_cent():
    shares = [len(torch.randint(1000, (1000,), generator=torch.Generator().manual_seed(s)).unique()) / 1000 for s in range(20)]
    assert says("About 63 per cent") and sum(shares) / 20 == pytest.approx(0.632, abs=0.01)


def test_the_mean_of_the_batch_means_is_two_and_that_of_the_rows_one_and_a_third():
    losses, sizes = torch.tensor([1.0, 1.2, 0.9, 4.9]), torch.tensor([4, 4, 4, 1])
    assert says("mean of the four means is 2.00") and losses.mean().item() == pytest.approx(2.0)
    assert says("thirteen rows is 1.33") and f"{solutions()['epoch_loss'](losses, sizes):.2f}" == "1.33"


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_fit_brings_the_loss_of_the_crop_yields_down_in_a_hundred_epochs_and_prints_every_tenth(seed, capsys):
    torch.manual_seed(seed)
    train_dl = DataLoader(TensorDataset(*data.crop_yields(15)), batch_size=5, shuffle=True)
    model = nn.Linear(3, 2)
    losses = solutions()["fit"](100, model, F.mse_loss, torch.optim.SGD(model.parameters(), lr=1e-5), train_dl)
    printed = capsys.readouterr().out.splitlines()
    assert len(losses) == 100 and losses[-1] < 60 and losses[-1] < losses[9] / 4
    assert [text.split(":")[0] for text in printed] == [f"epoch {epoch}" for epoch in range(10, 101, 10)]
    assert printed[-1] == f"epoch 100: loss {losses[-1]:.4f}"


def test_fit_reports_the_mean_over_the_rows_that_were_trained_on():
    inputs, targets = data.sixty_points()
    rows = TensorDataset(inputs[:14], targets[:14])
    model = nn.Linear(1, 1)
    still = torch.optim.SGD(model.parameters(), lr=0.0)
    loss = solutions()["fit"](1, model, F.mse_loss, still, DataLoader(rows, batch_size=4))[0]
    assert loss == pytest.approx(F.mse_loss(model(inputs[:14]), targets[:14]).item(), rel=1e-5)


@pytest.mark.parametrize("device", [name for name in ("cpu", "cuda", "mps") if name == "cpu" or getattr(torch, name).is_available()])
def test_fit_and_evaluate_train_and_judge_on_every_device_there_is(device):
    rows = DataLoader(TensorDataset(*data.sixty_points()), batch_size=8)
    model = nn.Linear(1, 1).to(device)
    losses = solutions()["fit"](5, model, F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.1), rows)
    assert losses[-1] < losses[0] and model.weight.device.type == device
    assert solutions()["evaluate"](model, F.mse_loss, rows) < losses[0]


def test_evaluate_ignores_dropout_and_leaves_training_mode_behind():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, 1), nn.Dropout(0.5))
    rows = DataLoader(TensorDataset(*data.sixty_points()), batch_size=25)
    found = {solutions()["evaluate"](model, F.mse_loss, rows) for _ in range(3)}
    assert len(found) == 1 and model.training and model[1].training
    assert model[0].weight.grad is None


def test_the_best_state_is_better_on_the_validation_rows_than_the_last():
    solve = solutions()
    train, valid, _ = solve["split_rows"](60, 12, 8, seed=0)
    rows = TensorDataset(*data.sixty_points())
    loaders = [DataLoader(rows, batch_size=size, sampler=torch.utils.data.SubsetRandomSampler(part))
               for size, part in ((1, train), (32, valid))]
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    best = solve["fit_best"](11, model, F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.1), *loaders)
    last = solve["evaluate"](model, F.mse_loss, loaders[1])
    model.load_state_dict(best)
    assert solve["evaluate"](model, F.mse_loss, loaders[1]) < 0.8 * last


def test_count_updates_counts_what_a_loader_hands_out():
    for rows, size, drop in ((14, 4, False), (14, 4, True), (12, 4, False), (3, 5, True), (3, 5, False)):
        loader = DataLoader(range(rows), batch_size=size, sampler=RandomSampler(range(rows)), drop_last=drop)
        assert solutions()["count_updates"](rows, size, 3, drop) == 3 * len(list(loader))


def test_the_challenge_gives_mean_and_deviation_of_all_rows():
    inputs = torch.randn(14, 3, generator=torch.Generator().manual_seed(0)) * 2 + 5
    mean, deviation = solutions()["mean_and_deviation"](DataLoader(TensorDataset(inputs, inputs), batch_size=4))
    assert torch.allclose(mean, inputs.mean(0), atol=1e-5)
    assert torch.allclose(deviation, inputs.std(0, correction=0), atol=1e-4)


def test_the_built_chapter_runs_from_top_to_bottom():
    assert printed(CHAPTER.run()).count("✓") >= len(CHAPTER.graded())


def test_the_minutes_of_the_exercises_add_up_to_those_on_the_front_page():
    assert says(f"{sum(heading.minutes for heading in headings(prose()))} minutes for the exercises")
