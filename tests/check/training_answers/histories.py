"""Training functions with right parameters and a loss history, one loss a step or an epoch, and its mistake."""

from functools import partial

import torch
from torch.nn import functional as F

from training_answers.mini_batches import loader_of
from training_answers.starts import leaves, model, register

PER_STEP, PER_EPOCH = [], []
step, epoch = register(PER_STEP), register(PER_EPOCH)


def mean_square(x, y, w, b):
    return ((x @ w + b - y) ** 2).mean()


def run(x, y, learning_rate, steps, record):
    """`record(losses, loss, loss_now, w)` follows each update; loss is from before it, loss_now() from after."""
    w, b = leaves(x)
    losses = []
    for _ in range(steps):
        loss = mean_square(x, y, w, b)
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad, b.grad = None, None
        record(losses, loss, partial(mean_square, x, y, w, b), w)
    return w, b, losses


@step(None)
def floats(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(loss.item()))


@step(None)
def detached_tensors(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(loss.detach()))


@step(None)
def stacked(*task):
    w, b, losses = detached_tensors(*task)
    return w, b, torch.stack(losses)


@step("history-of-tensors")
def with_graph(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(loss))


@step("history-after-update")
def after_update(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(now().item()))


@step("history-one-too-long")
def one_more(*task):
    x, y = task[:2]
    w, b, losses = floats(*task)
    return w, b, [*losses, F.mse_loss(x @ w + b, y).item()]


@step("history-one-too-short")
def first_lost(*task):
    w, b, losses = floats(*task)
    return w, b, losses[1:]


@step("history-one-too-short")
def last_lost(*task):
    w, b, losses = floats(*task)
    return w, b, losses[:-1]


@step("final-loss-for-history")
def only_the_last(*task):
    w, b, losses = floats(*task)
    return w, b, losses[-1]


@step("sum-for-mean")
def summed(*task):
    w, b, losses = floats(*task)
    return w, b, [loss * len(task[0]) for loss in losses]


@step("running-total-for-history")
def running_total(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(loss.item() + (losses[-1] if losses else 0)))


@step("history-not-cloned")
def one_tensor(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(w))


@step(None)
def numbers_of_numpy(*task):
    return run(*task, lambda losses, loss, now, w: losses.append(loss.detach().numpy().item()))


def epochs_of(x, y, learning_rate, epochs, close):
    """`close(losses, sizes)` makes the entry of an epoch out of its batches' losses."""
    linear, loader = model(x), loader_of(x, y)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    history = []
    for _ in range(epochs):
        losses, sizes = [], []
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(linear(inputs)[:, 0], targets)
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
            sizes.append(len(inputs))
        history.append(close(losses, sizes))
    return linear, history


def total(losses, sizes):
    return sum(loss * size for loss, size in zip(losses, sizes, strict=True))


@epoch(None)
def weighted(*task):
    return epochs_of(*task, lambda losses, sizes: total(losses, sizes) / sum(sizes))


@epoch("mean-of-batch-means")
def mean_of_means(*task):
    return epochs_of(*task, lambda losses, sizes: sum(losses) / len(losses))


@epoch("batches-taken-for-samples")
def divided_by_batches(*task):
    return epochs_of(*task, lambda losses, sizes: total(losses, sizes) / len(losses))


@epoch("samples-taken-for-batches")
def divided_by_samples(*task):
    return epochs_of(*task, lambda losses, sizes: sum(losses) / sum(sizes))


@epoch("batch-size-for-rows")
def last_batch_counted_as_a_full_one(*task):
    return epochs_of(*task, lambda losses, sizes: sum(loss * sizes[0] for loss in losses) / sum(sizes))


@epoch("totals-never-reset")
def totals_of_all_epochs_so_far(*task):
    all_losses, all_sizes = [], []

    def close(losses, sizes):
        all_losses.extend(losses)
        all_sizes.extend(sizes)
        return total(all_losses, all_sizes) / sum(all_sizes)

    return epochs_of(*task, close)


@epoch("last-batch-for-epoch")
def last_batch(*task):
    return epochs_of(*task, lambda losses, sizes: losses[-1])


@epoch("sum-for-mean")
def not_divided(*task):
    return epochs_of(*task, lambda losses, sizes: total(losses, sizes))
