"""Answers judged by the check library itself, after cells that trained, plotted and loaded data."""

import pytest
from answer_chapter import STUB, answer, marked, new_code_cell
from nbformat.v4 import new_notebook

from course.grading.answers.plan import chapter_of
from course.grading.answers.results import faults
from course.grading.answers.runner import run_answers

BEFORE = """
import matplotlib.pyplot as plt
import torch
from course import check
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

%matplotlib inline

def pairs(draw):
    return draw.normal(draw.rows, 1), draw.normal(draw.rows, 1)

model, x = nn.Linear(1, 1), torch.randn(600, 1)
optimiser = torch.optim.Adam(model.parameters())
for rows, in DataLoader(TensorDataset(x), batch_size=100, shuffle=True):
    optimiser.zero_grad()
    nn.functional.mse_loss(model(rows), rows).backward()
    optimiser.step()
(torch.randn(600, 600) @ torch.randn(600, 600)).sum()
plt.plot([1, 2])
"""
START = "def compute_loss(predictions, targets):\n    return "
CHAPTER = chapter_of(new_notebook(cells=[
    new_code_cell(BEFORE),
    marked(START + "((predictions - targets) ** 2).mean()", "loss"),
    marked("check.example('compute_loss', torch.ones(2, 1), torch.zeros(2, 1), "
           "gives=torch.tensor(1.))", "loss-example", points=1),
    marked("check.vectorised('compute_loss', inputs=pairs)", "loss-vectorised", points=1),
    marked("check.any_device('compute_loss', inputs=pairs)", "loss-device", points=1),
]), "losses")

ANSWERS = {
    "right": answer("right", START + "nn.functional.mse_loss(predictions, targets)", "loss"),
    "right again": answer("right", START + "(predictions - targets).square().mean()", "loss", how="square"),
    "loop": answer(
        "wrong", START + "sum((p - t).squeeze() ** 2 for p, t in zip(predictions, targets)) / len(targets)", "loss",
        how="loop", mistake="loop-over-rows", cell="loss-vectorised"),
    "on the CPU": answer(
        "wrong", START + "((predictions - targets) ** 2 + torch.zeros(len(targets), 1)).mean()", "loss",
        how="made on the CPU", cell="loss-device"),
    "stub": answer("stub", STUB, "loss"),
}


@pytest.fixture(scope="module")
def results():
    ended = {result.answer: result for result in run_answers(CHAPTER, list(ANSWERS.values()))}
    return {name: ended[given] for name, given in ANSWERS.items()}


@pytest.mark.parametrize("name", list(ANSWERS))
def test_each_answer_is_judged_as_its_title_claims(results, name):
    assert faults(results[name]) == []
