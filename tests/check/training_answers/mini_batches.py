"""Mini-batch training functions, right and wrong, each with the id of its mistake (None: right) and what the task asks.

All take (x, y, learning_rate, epochs); batches of 5 rows, shuffled unless said otherwise.
"""

import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, RandomSampler, SubsetRandomSampler, TensorDataset

from training_answers.starts import leaves, model

BATCH = 5
SHUFFLED, IN_ORDER = [], []


def _file(table):
    def named(mistake):
        def keep(function):
            table.append((mistake, function))
            return function

        return keep

    return named


shuffled, in_order = _file(SHUFFLED), _file(IN_ORDER)


def loader_of(x, y, **options):
    options = {"batch_size": BATCH, "shuffle": True} | options
    return DataLoader(TensorDataset(x, y), **options)


def fit(x, y, learning_rate, epochs, loader, loss_of=F.mse_loss, zero=True, scale=1.0):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate * scale)
    for _ in range(epochs):
        for inputs, targets in loader:
            if zero:
                optimiser.zero_grad()
            loss_of(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
    return linear


@shuffled(None)
def right(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y))


@shuffled(None)
def own_generator(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, generator=torch.Generator().manual_seed(3)))


@shuffled(None)
def seeded_once(x, y, learning_rate, epochs):
    torch.manual_seed(11)
    return fit(x, y, learning_rate, epochs, loader_of(x, y))


@shuffled(None)
def loader_made_each_epoch(x, y, learning_rate, epochs):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs):
        for inputs, targets in loader_of(x, y):
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
    return linear


@shuffled(None)
def sampler_of_all_rows(x, y, learning_rate, epochs):
    sampler = SubsetRandomSampler(range(len(x)))
    return fit(x, y, learning_rate, epochs, loader_of(x, y, shuffle=None, sampler=sampler))


@shuffled(None)
def permutation_by_hand(x, y, learning_rate, epochs):
    w, b = leaves(x)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for first in range(0, len(x), BATCH):
            rows = order[first : first + BATCH]
            ((x[rows] @ w + b - y[rows]) ** 2).mean().backward()
            with torch.no_grad():
                w -= learning_rate * w.grad
                b -= learning_rate * b.grad
            w.grad, b.grad = None, None
    return w, b


@shuffled(None)
def two_worker_processes(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, num_workers=1))


@shuffled(None)
def validated_after_each_epoch(x, y, learning_rate, epochs):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    training, validation = loader_of(x, y), loader_of(x[:7] + 1, y[:7], shuffle=False)
    for _ in range(epochs):
        linear.train()
        for inputs, targets in training:
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
        linear.eval()
        with torch.no_grad():
            sum(F.mse_loss(linear(inputs)[:, 0], targets).item() for inputs, targets in validation)
    return linear


@shuffled("no-shuffle")
def never_shuffled(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, shuffle=False))


@shuffled("no-shuffle")
def shuffled_once_for_all(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, list(loader_of(x, y)))


@shuffled("reseeded-each-epoch")
def seeded_each_epoch(x, y, learning_rate, epochs):
    linear, loader = model(x), loader_of(x, y)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs):
        torch.manual_seed(0)
        for inputs, targets in loader:
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
    return linear


@shuffled("reseeded-each-epoch")
def generator_made_each_epoch(x, y, learning_rate, epochs):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs):
        for inputs, targets in loader_of(x, y, generator=torch.Generator().manual_seed(5)):
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
    return linear


@shuffled("sampling-with-replacement")
def with_replacement(x, y, learning_rate, epochs):
    sampler = RandomSampler(range(len(x)), replacement=True)
    return fit(x, y, learning_rate, epochs, loader_of(x, y, shuffle=None, sampler=sampler))


@shuffled("always-first-batch")
def next_of_iter(x, y, learning_rate, epochs):
    linear, loader = model(x), loader_of(x, y)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs * len(loader)):
        inputs, targets = next(iter(loader))
        optimiser.zero_grad()
        F.mse_loss(linear(inputs)[:, 0], targets).backward()
        optimiser.step()
    return linear


@shuffled("one-batch-only")
def break_in_the_loop(x, y, learning_rate, epochs):
    linear, loader = model(x), loader_of(x, y)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
            break
    return linear


@shuffled("last-batch-lost")
def drop_last(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, drop_last=True))


@shuffled("last-batch-lost")
def floor_of_the_number_of_batches(x, y, learning_rate, epochs):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs):
        batches = iter(loader_of(x, y))
        for _ in range(len(x) // BATCH):
            inputs, targets = next(batches)
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
    return linear


@shuffled("rows-never-used")
def half_the_rows(x, y, learning_rate, epochs):
    sampler = SubsetRandomSampler(range(len(x) // 2))
    return fit(x, y, learning_rate, epochs, loader_of(x, y, shuffle=None, sampler=sampler))


@shuffled("wrong-batch-size")
def batches_of_one(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, batch_size=1))


@shuffled("wrong-batch-size")
def all_rows_in_one_batch(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, batch_size=len(x)))


@shuffled("wrong-epochs")
def one_epoch_more(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs + 1, loader_of(x, y))


@shuffled("one-epoch-only")
def one_epoch(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, 1, loader_of(x, y))


@shuffled("whole-set-each-step")
def no_batches(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, [(x, y)])


@shuffled("gradients-never-zeroed")
def never_zeroed(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y), zero=False)


@shuffled("sum-for-mean")
def summed(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y), loss_of=lambda p, t: ((p - t) ** 2).sum())


@shuffled("wrong-sign")
def up(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y), loss_of=lambda p, t: -F.mse_loss(p, t))


@shuffled("broadcast-n-by-n")
def column_against_row(x, y, learning_rate, epochs):
    def table(predictions, targets):
        return ((predictions[:, None] - targets) ** 2).mean()

    return fit(x, y, learning_rate, epochs, loader_of(x, y), loss_of=table)


@shuffled("factor-half")
def half(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y), loss_of=lambda p, t: F.mse_loss(p, t) / 2)


@shuffled("eval-not-switched-back")
def eval_kept(x, y, learning_rate, epochs):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    linear.train()
    for _ in range(epochs):
        for inputs, targets in loader_of(x, y):
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
        linear.eval()
        with torch.no_grad():
            F.mse_loss(linear(x)[:, 0], y)
    return linear


@shuffled("evaluation-changes-model")
def trained_on_validation(x, y, learning_rate, epochs):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    training, validation = loader_of(x, y), loader_of(x[:7] + 1, y[:7], shuffle=False)
    for _ in range(epochs):
        for loader in (training, validation):
            linear.train(loader is training)
            for inputs, targets in loader:
                optimiser.zero_grad()
                F.mse_loss(linear(inputs)[:, 0], targets).backward()
                optimiser.step()
    return linear


@in_order(None)
def unshuffled(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y, shuffle=False))


@in_order(None)
def slices_by_hand(x, y, learning_rate, epochs):
    w, b = leaves(x)
    for _ in range(epochs):
        for first in range(0, len(x), BATCH):
            inputs, targets = x[first : first + BATCH], y[first : first + BATCH]
            w_slope, b_slope = torch.autograd.grad(F.mse_loss(inputs @ w + b, targets), (w, b))
            with torch.no_grad():
                w -= learning_rate * w_slope
                b -= learning_rate * b_slope
    return w, b


@in_order(None)
def split_by_hand(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, list(zip(x.split(BATCH), y.split(BATCH), strict=True)))


@in_order("always-first-batch")
def first_batch_each_time(x, y, learning_rate, epochs):
    linear, loader = model(x), loader_of(x, y, shuffle=False)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(epochs):
        for _ in loader:
            inputs, targets = next(iter(loader))
            optimiser.zero_grad()
            F.mse_loss(linear(inputs)[:, 0], targets).backward()
            optimiser.step()
    return linear


@in_order("shuffled-against-the-task")
def shuffled_anyway(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, loader_of(x, y))


@in_order("last-batch-lost")
def whole_slices_only(x, y, learning_rate, epochs):
    return fit(x, y, learning_rate, epochs, [(x[i : i + BATCH], y[i : i + BATCH]) for i in range(0, 20, BATCH)])
