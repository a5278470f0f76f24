"""Chapter 6 says true things: the numbers in its prose are those that its own solutions and data give."""

import math
import re

import pytest
import torch
import torch.nn.functional as F
from chapter import Chapter
from torch import nn
from torch.utils.data import DataLoader, SubsetRandomSampler

from course import data
from course.widgets import decision_boundary

CHAPTER = Chapter("classification", gives=("def share_right",))
cells, solutions, prose, says = CHAPTER.cells, CHAPTER.solutions, CHAPTER.prose, CHAPTER.says


def given(beginning, **names):
    """The namespace after the given cell that begins so, with further names."""
    namespace = dict(solutions(), **names)
    exec(next(cell.source for cell in cells() if cell.source.startswith(beginning)), namespace)
    return namespace


def two_clouds():
    inputs, labels = data.two_clouds()
    return inputs, labels, 2 * labels.flatten() - 1


def test_three_easy_points_push_the_boundary_of_least_squares_past_a_point():
    x = torch.tensor([-2.5, -2.0, -1.5, -1.0, 1.0, 1.5, 2.0, 2.5]).view(-1, 1)
    least_squares = given("def line_of_least_squares", x=x, signs=torch.sign(x))["line_of_least_squares"]
    more = torch.cat([x, torch.tensor([[20.0], [22.0], [24.0]])])
    for points, boundary in ((x, "0.00"), (more, "1.20")):
        slope, intercept = least_squares(points, torch.sign(points))
        assert f"{abs(-intercept / slope):.2f}" == boundary
    slope, intercept = least_squares(x, torch.sign(x))
    assert says("It has moved to 1.20") and says("scores above 10") and slope * 20 + intercept > 10


def test_the_streets_are_as_wide_as_the_best_weights_make_them_and_a_large_c_gets_the_last_point_right():
    inputs, labels, t = two_clouds()
    descend = given("def descend", inputs=inputs, t=t)["descend"]
    right = {}
    for C in (0.01, 0.1, 1.0):
        weight = descend(C)
        assert weight == pytest.approx(solutions()["widest_street"](inputs, t, C), abs=0.01)
        right[C] = int((t * (inputs @ weight) > 0).sum())
    assert right == {0.01: 39, 0.1: 39, 1.0: 40}
    assert says("one on the wrong side") and says("until the last point is right")
    widths = [2 / descend(C).norm().item() for C in (0.01, 1.0)]
    assert says("a street a quarter as wide as the first one") and widths[1] / widths[0] == pytest.approx(0.25, abs=0.02)


def test_the_margin_loss_on_paper_is_the_formula():
    w, x, t = torch.tensor([1.0, 2.0]), torch.tensor([[2.0, 1.0], [1.0, 0.0], [-1.0, 0.25]]), torch.tensor([1.0, -1.0, -1.0])
    total = 0.5 * (1 + 4) + 4 * sum(max(0.0, 1 - float(t[i] * (w @ x[i]))) ** 2 for i in range(3))
    assert total == 19.5 and says("2.5 + 4 · 4.25 = 19.5")
    w.requires_grad_()
    loss = solutions()["margin_loss"](w, x, t, 4.0)
    loss.backward()
    assert loss.item() == 19.5 and w.grad.tolist() == [13, 3] and says("which is (13, 3)")
    unbounded = 2.5 + 4 * ((1 - t * (x @ w)) ** 2).sum()
    assert says("The value is 55.5, and 19.5 was due") and unbounded.item() == 55.5


def test_the_ten_rows_on_paper_tell_slips_apart():
    rows = re.findall(r"^# \| (logit|decision|label) \| (.*) \|$", CHAPTER.source.read_text(encoding="utf-8"), re.M)
    table = {name: torch.tensor([float(entry.replace("−", "-")) for entry in row.split(" | ")]) for name, row in rows}
    logits, labels = table["logit"], table["label"]
    assert ((logits > 0) == (table["decision"] == 1)).all() and says("so that the accuracy is 0.9")
    assert solutions()["accuracy"](logits.view(-1, 1), labels).item() == pytest.approx(0.9)
    slips = {"0.7": logits > 0.5, "0.8": logits >= 0, "0.4": torch.sigmoid(logits) > 0}
    for share, decisions in slips.items():
        assert f"{(decisions == (labels == 1)).float().mean():.1f}" == share
    assert says("The value is 0.7, or 0.8, or 0.4, and 0.9 was due")
    assert ((logits > 0)[:, None] == (labels == 1)).sum().item() == 54 and says("The accuracy is 5.4, or 0.54")


def test_the_learning_rates_of_the_exhibit_are_those_of_its_tasks():
    def settles(C, rate):
        losses = decision_boundary.training_record("hinge", C, 0.6, rate)[:, 2]
        return bool(losses[-1] < losses[0] and abs(losses[-1] / losses[-2] - 1) < 1e-3)

    assert all(settles(C, 0.1) for C in (0.01, 0.1, 10.0)) and says("all with a learning rate of 0.1")
    largest = {C: max(rate for rate in decision_boundary.RATES if settles(C, rate)) for C in (0.1, 10.0)}
    assert largest == {0.1: 0.3, 10.0: 0.1} and says("with `C` at 0.1 a rate of 0.3 works") and says("0.1 is the largest that works")


def test_the_naive_formula_fails_where_the_text_says():
    z, y = torch.tensor([-1000.0, -20.0, 0.0, 20.0, 1000.0]), torch.tensor([0.0, 0.0, 1.0, 1.0, 1.0])
    f = 1 / (1 + torch.exp(-z))
    costs = y * torch.log(f) + (1 - y) * torch.log(1 - f)
    assert f[3] == 1 and torch.log(f)[0] == -math.inf and torch.log(1 - f)[3] == -math.inf
    assert costs.isnan().tolist() == [True, False, False, True, True] and says("the loss is `nan`: 0 times −inf")
    safe = solutions()["bce_loss"](z.view(-1, 1), y.view(-1, 1))
    assert safe.item() == pytest.approx(math.log(2) / 5, rel=1e-5)


def test_a_gradient_through_probabilities_is_lost_from_seventeen_on():
    gradients_of = given("def gradients_of", scores=type("NoPicture", (), {"gradients_far_out": lambda *curves: None}))["gradients_of"]
    through = gradients_of(lambda z, y: F.binary_cross_entropy(torch.sigmoid(z), y, reduction="sum"))
    direct = gradients_of(lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"))
    assert says("From a logit of 17 on") and through[:17].min() > 0.4 and through[17:].max() == 0
    assert direct[17:].min() == pytest.approx(1)


def test_the_wrong_calls_raise_or_are_silent_as_the_text_says():
    logits, labels = torch.tensor([[2.5], [-1.2], [0.4]]), torch.tensor([[1.0], [0.0], [1.0]])
    p = torch.sigmoid(logits)
    with pytest.raises(ValueError):
        F.binary_cross_entropy_with_logits(logits, labels.flatten())
    for wrong in (lambda: F.binary_cross_entropy_with_logits(logits, labels.long()), lambda: F.binary_cross_entropy(logits, labels)):
        with pytest.raises(RuntimeError):
            wrong()
    assert says("an absurd one, 23.6") and f"{F.binary_cross_entropy(labels, p):.1f}" == "23.6"
    assert F.binary_cross_entropy_with_logits(p, labels).isfinite()


@pytest.mark.parametrize(("classes", "floor"), [(2, "0.313"), (3, "0.551"), (10, "1.461"), (5, "0.905")])
def test_the_floor_of_a_softmax_twice_is_the_one_in_the_text(classes, floor):
    perfect = torch.eye(classes)
    assert says(floor) and f"{F.cross_entropy(perfect, torch.arange(classes)):.3f}" == floor
    assert f"{math.log(1 + (classes - 1) / math.e):.3f}" == floor


def test_a_sigmoid_twice_has_a_floor_of_about_a_half():
    assert says("a floor of 0.503")
    best = torch.tensor([1.0, 0.0])
    assert f"{F.binary_cross_entropy_with_logits(best, best):.3f}" == "0.503"


def trained_on_three(loss_fn):
    three_inputs, three_labels = data.three_clouds()
    return given("def train_three", three_inputs=three_inputs, three_labels=three_labels)["train_three"](loss_fn)


def test_softmax_twice_gets_everything_right_and_stops_at_its_floor():
    _, losses, accuracies = trained_on_three(lambda z, y: F.cross_entropy(torch.softmax(z, 1), y))
    assert accuracies[-1] == 1.0 and 0.5514 < losses[-1] < 0.555 and says("does not go below 0.55")
    _, losses, accuracies = trained_on_three(F.cross_entropy)
    assert accuracies[-1] == 1.0 and losses[-1] < 0.01


def test_a_softmax_over_the_rows_hardly_moves_from_guessing():
    _, losses, _ = trained_on_three(lambda z, y: F.cross_entropy(torch.softmax(z, 0), y))
    assert says(r"\log 3 = 1.10") and abs(losses[0] - math.log(3)) < 0.02 and abs(losses[-1] - losses[0]) < 0.04


def test_one_logit_column_has_a_loss_of_exactly_zero():
    inputs, labels = data.two_clouds()
    assert F.cross_entropy(nn.Linear(2, 1)(inputs), labels).item() == 0


def test_the_runs_of_the_table_can_be_had():
    assert says("| 1 | 2 | 0.724 | 0.503 | 1.00 |") and says("| 3 | 5 | 1.611 | 0.905 | 1.00 |")
    undecided, both = torch.full((2, 1), 0.5), torch.tensor([[1.0], [0.0]])
    assert f"{F.binary_cross_entropy_with_logits(undecided, both):.3f}" == "0.724"
    assert F.cross_entropy(torch.full((5, 5), 0.2), torch.arange(5)).item() == pytest.approx(1.611, abs=0.003)


@pytest.mark.parametrize("seed", range(4))
def test_the_published_run_ends_near_the_best_that_there_is(seed):
    """N = 100, sigma 1.5; 60 rows to train, 20 for validation, 120 for the test; batches of 8, SGD as published."""
    torch.manual_seed(seed)
    clouds = solutions()["TwoClassDataset"](100, 1.5)
    order = torch.randperm(200).tolist()
    train, validation, test = (DataLoader(clouds, batch_size=8, sampler=SubsetRandomSampler(rows))
                               for rows in (order[:60], order[60:80], order[80:]))
    model = nn.Linear(2, 1)
    opt = torch.optim.SGD(model.parameters(), lr=1e-2, momentum=0.99, weight_decay=1e-3)
    losses, train_accuracies, validation_accuracies = solutions()["fit_classifier"](100, model, opt, train, validation)
    assert len(losses) == len(train_accuracies) == len(validation_accuracies) == 100
    share = solutions()["share_right"](model, test)
    assert 0.72 < share < 0.92  # 120 rows at 83 per cent: two and a half standard deviations
    assert losses[-1] < 0.6 < max(losses[:3]) + 0.15
    rises = sum(later > earlier for earlier, later in zip(losses, losses[1:], strict=False))
    assert rises > 20  # the heavy ball swings
    weight = model.weight.detach().flatten()
    assert F.cosine_similarity(weight, torch.tensor([-1.0, 1.0]), dim=0) > 0.85


def test_eighty_three_per_cent_is_the_best_that_there_is():
    assert says("83 per cent") and says("0.94 sigma")
    share = torch.special.ndtr(torch.tensor(math.sqrt(2) / 1.5)).item()
    assert f"{share:.2f}" == "0.83" and f"{math.sqrt(2) / 1.5:.2f}" == "0.94"
    generator = torch.Generator().manual_seed(0)
    points = torch.tensor([-1.0, 1.0]) + 1.5 * torch.randn(200_000, 2, generator=generator)
    assert (points @ torch.tensor([-1.0, 1.0]) > 0).float().mean().item() == pytest.approx(share, abs=0.003)


def test_the_support_vectors_alone_give_the_same_weight():
    inputs, _, t = two_clouds()
    weight = solutions()["widest_street"](inputs, t, 0.1)
    costly = t * (inputs @ weight) < 1
    assert 0 < costly.sum() < 40
    torch.testing.assert_close(solutions()["widest_street"](inputs[costly], t[costly], 0.1), weight)


def test_the_built_chapter_runs_from_top_to_bottom(tmp_path):
    CHAPTER.run(tmp_path)


def test_every_outcome_is_exercised():
    exercised = {outcome for cell in cells() for outcome in cell.metadata.get("outcomes", ())}
    assert exercised == {1, 2, 3, 4, 5}
