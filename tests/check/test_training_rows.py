"""Training on rows that are not the training set's is named, and does not break the diagnosis."""

import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset
from training_answers.observing import observe_training

from course.check.training.diagnosis import diagnose

INPUTS = torch.linspace(-1, 2, 30).view(-1, 1)
TARGETS = 3 * INPUTS + 1 + 0.1 * torch.sin(40 * INPUTS)


def trained_on(rows):
    """A training function that uses the first `rows` of the rows it is given."""
    def train(inputs, targets):
        layer = nn.Linear(1, 1)
        optimiser = torch.optim.SGD(layer.parameters(), lr=0.05)
        for _ in range(3):
            for x, y in DataLoader(TensorDataset(inputs[:rows], targets[:rows]), batch_size=4, shuffle=True):
                optimiser.zero_grad()
                functional.mse_loss(layer(x), y).backward()
                optimiser.step()
        return layer
    return train


def diagnosis_of(rows, training=22):
    observed = observe_training(trained_on(rows), (INPUTS, TARGETS))
    return diagnose(observed, (INPUTS[:training], TARGETS[:training]), 0.05, 3, batch_size=4, shuffled=True)


def test_training_on_the_rows_for_validation_as_well_is_named():
    found = diagnosis_of(rows=30)
    assert found.mistake == "test-rows-in-training"
    assert "the rows for training end with 21" in found.evidence


def test_training_on_the_training_rows_alone_is_right():
    assert diagnosis_of(rows=22).matched


def test_batches_kept_in_a_list_beside_a_validation_are_not_said_to_come_from_the_validation():
    def train(inputs, targets):
        layer = nn.Linear(1, 1)
        optimiser = torch.optim.SGD(layer.parameters(), lr=0.05)
        training = list(DataLoader(TensorDataset(inputs[:22], targets[:22]), batch_size=4, shuffle=True))
        for _ in range(3):
            for x, y in training:
                optimiser.zero_grad()
                functional.mse_loss(layer(x), y).backward()
                optimiser.step()
            with torch.no_grad():
                for x, y in DataLoader(TensorDataset(inputs[22:], targets[22:]), batch_size=4):
                    functional.mse_loss(layer(x), y).item()
        return layer

    observed = observe_training(train, (INPUTS, TARGETS))
    found = diagnose(observed, (INPUTS[:22], TARGETS[:22]), 0.05, 3, batch_size=4, shuffled=True)
    assert not found.matched and found.mistake != "evaluation-changes-model"
