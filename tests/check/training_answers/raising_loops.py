"""Full-batch training functions that raise, by the id of the mistake that makes them."""

import torch
from torch.nn import functional as F

from training_answers.starts import leaves, model, register, values

RAISING = []
wrong = register(RAISING)


def mean_square(x, y, w, b):
    return ((x @ w + b - y) ** 2).mean()


def descend(w, b, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad
    w.grad, b.grad = None, None


@wrong("in-place-on-leaf")
def no_grad_forgotten(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad
    return w, b


@wrong("parameter-zeroed")
def zeroed_while_recording(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        descend(w, b, learning_rate)
        w.zero_()
    return w, b


@wrong("leaf-rebound")
def rebound(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        w = w - learning_rate * w.grad
        b = b - learning_rate * b.grad
    return w, b


@wrong("leaf-rebound")
def rebound_then_zeroed(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        w = w - learning_rate * w.grad
        w.grad.zero_()
    return w, b


@wrong("leaf-rebound-in-no-grad")
def rebound_under_no_grad(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w = w - learning_rate * w.grad
            b = b - learning_rate * b.grad
    return w, b


@wrong("leaf-rebound-in-no-grad")
def only_w_rebound_under_no_grad(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w = w - learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w, b


@wrong("leaf-rebound-in-no-grad")
def rebound_and_detached(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        w = (w - learning_rate * w.grad).detach()
        b = (b - learning_rate * b.grad).detach()
    return w, b


@wrong("backward-twice")
def prediction_before_the_loop(x, y, learning_rate, steps):
    w, b = leaves(x)
    predictions = x @ w + b
    for _ in range(steps):
        ((predictions - y) ** 2).mean().backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("backward-twice")
def loss_before_the_loop(x, y, learning_rate, steps):
    w, b = leaves(x)
    loss = mean_square(x, y, w, b)
    for _ in range(steps):
        loss.backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("in-place-on-saved")
def moved_before_each_walk_back(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        loss = mean_square(x, y, w * w, b)
        with torch.no_grad():
            w += learning_rate
        loss.backward()
    return w, b


@wrong("backward-twice")
def losses_added_up(x, y, learning_rate, steps):
    w, b = leaves(x)
    total = 0
    for _ in range(steps):
        total = total + mean_square(x, y, w, b)
        total.backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("backward-without-graph")
def requires_grad_forgotten(x, y, learning_rate, steps):
    w, b = values(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("detached-result")
def prediction_detached(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        (((x @ w + b).detach() - y) ** 2).mean().backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("detached-result")
def prediction_data(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x).data[:, 0], y).backward()
        optimiser.step()
    return linear


@wrong("detached-result")
def weight_detached_by_hand(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w.detach(), b).backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("number-in-graph")
def item_then_backward(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        loss = mean_square(x, y, w, b).item()
        loss.backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("number-in-graph")
def float_made_tensor(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        torch.tensor(float(mean_square(x, y, w, b))).backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("rewrapped-result")
def loss_rewrapped(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        torch.tensor(mean_square(x, y, w, b).item(), requires_grad=True).backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("no-grad-around-forward")
def forward_under_no_grad(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        with torch.no_grad():
            loss = mean_square(x, y, w, b)
        loss.backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("no-grad-around-forward")
def all_under_no_grad(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    with torch.no_grad():
        for _ in range(steps):
            optimiser.zero_grad()
            F.mse_loss(linear(x)[:, 0], y).backward()
            optimiser.step()
    return linear


@wrong("backward-on-vector")
def mean_forgotten(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        ((x @ w + b - y) ** 2).backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("zeroing-none")
def zeroed_first(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        w.grad.zero_()
        b.grad.zero_()
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w, b


@wrong("grad-is-none")
def no_backward_by_hand(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b)
        descend(w, b, learning_rate)
    return w, b


@wrong("grad-set-to-number")
def gradient_set_to_zero(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = 0
    return w, b


@wrong("zeroed-between-backward-and-step")
def set_to_none_before_the_update(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        w.grad, b.grad = None, None
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w, b


@wrong("not-a-leaf")
def start_is_a_product(x, y, learning_rate, steps):
    w, b = leaves(x)
    w, b = w * 0.5, b * 0.5
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        descend(w, b, learning_rate)
    return w, b


@wrong("not-a-leaf")
def optimiser_of_a_product(x, y, learning_rate, steps):
    w, b = leaves(x)
    return torch.optim.SGD([w * 0.5, b], lr=learning_rate)


@wrong("optimiser-without-parameters")
def exhausted_generator(x, y, learning_rate, steps):
    linear = model(x)
    parameters = linear.parameters()
    list(parameters)
    return torch.optim.SGD(parameters, lr=learning_rate)


@wrong("optimiser-given-a-tensor")
def one_tensor(x, y, learning_rate, steps):
    return torch.optim.SGD(model(x).weight, lr=learning_rate)


@wrong("matrix-product-shapes")
def inputs_transposed(x, y, learning_rate, steps):
    w, b = leaves(x)
    mean_square(x.T, y, w, b).backward()
    return w, b


@wrong("shapes-do-not-broadcast")
def one_target_lost(x, y, learning_rate, steps):
    w, b = leaves(x)
    mean_square(x, y[:-1], w, b).backward()
    return w, b


@wrong("wrong-layer-size")
def a_layer_with_its_sizes_exchanged(x, y, learning_rate, steps):
    linear = torch.nn.Linear(x.shape[1] + 1, x.shape[1])
    torch.optim.SGD(linear.parameters(), lr=learning_rate)
    F.mse_loss(linear(x)[:, 0], y).backward()
    return linear
