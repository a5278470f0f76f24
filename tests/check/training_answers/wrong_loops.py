"""Full-batch training functions that each make one mistake, by its id, and end without an error."""

import torch
from torch.nn import functional as F

from training_answers.starts import leaves, model, register, values

WRONG = []
wrong = register(WRONG)


def mean_square(x, y, w, b):
    return ((x @ w + b - y) ** 2).mean()


def by_hand(x, y, learning_rate, steps, loss_of, scale=1.0):
    """Right training, with the loss and the length of the step for the caller to get wrong."""
    w, b = leaves(x)
    for _ in range(steps):
        loss_of(x, y, w, b).backward()
        with torch.no_grad():
            w -= scale * learning_rate * w.grad
            b -= scale * learning_rate * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w, b


def with_optimiser(x, y, make, steps):
    linear = model(x)
    optimiser = make(linear.parameters())
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
    return linear


# Zeroing


@wrong("gradients-never-zeroed")
def never_zeroed(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w, b


@wrong("parameter-zeroed")
def the_bias_itself_is_zeroed(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
            b.zero_()
        w.grad.zero_()
    return w, b


@wrong("gradients-never-zeroed")
def optimiser_never_zeroes(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
    return linear


@wrong("gradients-never-zeroed")
def zeroed_once_before_the_loop(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    optimiser.zero_grad()
    for _ in range(steps):
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
    return linear


@wrong("weight-gradient-never-zeroed")
def only_b_zeroed(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        b.grad = None
    return w, b


@wrong("bias-gradient-never-zeroed")
def only_w_zeroed(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad.zero_()
    return w, b


@wrong("zeroed-between-backward-and-step")
def zeroed_before_the_step(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.zero_grad()
        optimiser.step()
    return linear


@wrong("zeroed-between-backward-and-step")
def zeroed_by_hand_before_the_update(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        w.grad.zero_()
        b.grad.zero_()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w, b


# Order


@wrong("step-before-backward")
def step_then_backward(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        loss = F.mse_loss(linear(x)[:, 0], y)
        optimiser.step()
        optimiser.zero_grad()
        loss.backward()
    return linear


@wrong("step-before-backward")
def zero_step_backward(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        loss = F.mse_loss(linear(x)[:, 0], y)
        optimiser.zero_grad()
        optimiser.step()
        loss.backward()
    return linear


@wrong("no-backward")
def backward_forgotten(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y)
        optimiser.step()
    return linear


@wrong("no-step")
def step_forgotten(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
    return linear


@wrong("no-step")
def new_values_dropped(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            w - learning_rate * w.grad
            b - learning_rate * b.grad
        w.grad, b.grad = None, None
    return w, b


# Which tensors are updated


@wrong("optimiser-holds-other-parameters")
def optimiser_of_copies(x, y, learning_rate, steps):
    w, b = leaves(x)
    copies = [t.detach().clone().requires_grad_() for t in (w, b)]
    optimiser = torch.optim.SGD(copies, lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        mean_square(x, y, w, b).backward()
        optimiser.step()
    return w, b


@wrong("model-rebuilt-after-optimiser")
def model_rebuilt(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    linear = model(x)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
    return linear


@wrong("copy-updated")
def copies_updated(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        new_w, new_b = w.detach().clone(), b.detach().clone()
        new_w -= learning_rate * w.grad
        new_b -= learning_rate * b.grad
        w.grad, b.grad = None, None
    return w, b


@wrong("trained-copy-not-returned")
def first_values_returned(x, y, learning_rate, steps):
    w, b = values(x)
    trained_w, trained_b = w.clone().requires_grad_(), b.clone().requires_grad_()
    optimiser = torch.optim.SGD([trained_w, trained_b], lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        mean_square(x, y, trained_w, trained_b).backward()
        optimiser.step()
    return w, b


@wrong("model-made-each-step")
def model_made_in_the_loop(x, y, learning_rate, steps):
    torch.manual_seed(0)
    for _ in range(steps):
        linear = torch.nn.Linear(x.shape[1], 1)
        optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
    return linear


@wrong("rewrapped-result")
def loss_made_anew(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        loss = torch.tensor(F.mse_loss(linear(x)[:, 0], y).item(), requires_grad=True)
        loss.backward()
        optimiser.step()
    return linear


@wrong("weight-never-updated")
def only_b_updated(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
        with torch.no_grad():
            b -= learning_rate * b.grad
        w.grad, b.grad = None, None
    return w, b


@wrong("bias-never-updated")
def optimiser_without_bias(x, y, learning_rate, steps):
    w, b = leaves(x)
    optimiser = torch.optim.SGD([w], lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        mean_square(x, y, w, b).backward()
        b.grad = None
        optimiser.step()
    return w, b


@wrong("detached-result")
def weight_detached(x, y, learning_rate, steps):
    w, b = leaves(x)
    optimiser = torch.optim.SGD([w, b], lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        mean_square(x, y, w.detach(), b).backward()
        optimiser.step()
    return w, b


@wrong("detached-result")
def data_in_the_loss(x, y, learning_rate, steps):
    w, b = leaves(x)
    optimiser = torch.optim.SGD([w, b], lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        mean_square(x, y, w.data, b).backward()
        optimiser.step()
    return w, b


# Direction and length of the step


@wrong("wrong-sign")
def up_the_gradient(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, mean_square, scale=-1.0)


@wrong("wrong-sign")
def loss_negated(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda *a: -mean_square(*a))


@wrong("factor-half")
def half_the_gradient(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda *a: mean_square(*a) / 2)


@wrong("factor-two")
def twice_the_gradient(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda *a: 2 * mean_square(*a))


@wrong("learning-rate-ignored")
def no_learning_rate(x, y, learning_rate, steps):
    return by_hand(x, y, 1.0, steps, mean_square)


@wrong("learning-rate-hard-coded")
def one_hundredth(x, y, learning_rate, steps):
    return by_hand(x, y, 0.01, steps, mean_square)


@wrong("learning-rate-hard-coded")
def rate_left_at_another_value(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.SGD(params, lr=0.023), steps)


@wrong("learning-rate-twice")
def rate_twice(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate * learning_rate, steps, mean_square)


@wrong("divided-by-learning-rate")
def rate_divides(x, y, learning_rate, steps):
    return by_hand(x, y, 1 / learning_rate, steps, mean_square)


@wrong("gradient-after-update")
def b_after_w(x, y, learning_rate, steps):
    w, b = (t.detach() for t in leaves(x))
    for _ in range(steps):
        w = w - learning_rate * 2 * x.T @ (x @ w + b - y) / len(y)
        b = b - learning_rate * 2 * (x @ w + b - y).mean()
    return w, b


@wrong("weight-gradient-after-update")
def w_after_b(x, y, learning_rate, steps):
    w, b = (t.detach() for t in leaves(x))
    for _ in range(steps):
        b = b - learning_rate * 2 * (x @ w + b - y).mean()
        w = w - learning_rate * 2 * x.T @ (x @ w + b - y) / len(y)
    return w, b


@wrong("uses-adam")
def adam(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.Adam(params, lr=learning_rate), steps)


@wrong("uses-adam")
def adam_with_weight_decay(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.AdamW(params, lr=learning_rate), steps)


@wrong("other-optimiser")
def rmsprop(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.RMSprop(params, lr=learning_rate), steps)


@wrong("uses-momentum")
def momentum(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.SGD(params, lr=learning_rate, momentum=0.9), steps)


@wrong("uses-momentum")
def half_momentum(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.SGD(params, lr=learning_rate, momentum=0.5), steps)


@wrong("weight-decay-added")
def weight_decay(x, y, learning_rate, steps):
    return with_optimiser(x, y, lambda params: torch.optim.SGD(params, lr=learning_rate, weight_decay=0.1), steps)


# The loss


@wrong("sum-for-mean")
def summed(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda x, y, w, b: ((x @ w + b - y) ** 2).sum())


@wrong("divided-by-n-minus-one")
def n_minus_one(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda x, y, w, b: ((x @ w + b - y) ** 2).sum() / (len(y) - 1))


@wrong("absolute-error")
def absolute(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda x, y, w, b: (x @ w + b - y).abs().mean())


@wrong("root-of-loss")
def root(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda *a: mean_square(*a).sqrt())


@wrong("not-squared")
def not_squared(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda x, y, w, b: (x @ w + b - y).mean())


@wrong("square-of-mean")
def square_of_mean(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps, lambda x, y, w, b: (x @ w + b - y).mean() ** 2)


@wrong("broadcast-n-by-n")
def column_against_row(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        ((linear(x) - y) ** 2).mean().backward()
        optimiser.step()
    return linear


@wrong("last-row-left-out")
def one_row_short(x, y, learning_rate, steps):
    return by_hand(x[:-1], y[:-1], learning_rate, steps, mean_square)


@wrong("only-first-row")
def first_row(x, y, learning_rate, steps):
    return by_hand(x[:1], y[:1], learning_rate, steps, mean_square)


@wrong("one-update-per-row")
def stochastic(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        for row, target in zip(x, y, strict=True):
            optimiser.zero_grad()
            ((linear(row)[0] - target) ** 2).backward()
            optimiser.step()
    return linear


# The number of steps


@wrong("one-step-too-few")
def range_from_one(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps - 1, mean_square)


@wrong("one-step-too-many")
def range_plus_one(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, steps + 1, mean_square)


@wrong("only-one-step")
def return_in_the_loop(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
        return linear


@wrong("steps-hard-coded")
def always_twelve_steps(x, y, learning_rate, steps):
    return by_hand(x, y, learning_rate, 12, mean_square)


@wrong("returned-in-wrong-order")
def bias_first(x, y, learning_rate, steps):
    w, b = by_hand(x, y, learning_rate, steps, mean_square)
    return b, w


# Lines on the wrong side of the loop's edge


@wrong("step-outside-loop")
def the_step_stands_below_the_loop(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
    optimiser.step()
    return linear


@wrong("step-outside-loop")
def zeroing_and_update_by_hand_stand_outside(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        mean_square(x, y, w, b).backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad
    return w, b


@wrong("only-one-step")
def backward_and_step_stand_below_the_loop(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        loss = F.mse_loss(linear(x)[:, 0], y)
    loss.backward()
    optimiser.step()
    return linear


@wrong("start-set-each-step")
def the_start_is_set_in_every_turn(x, y, learning_rate, steps):
    linear = model(x)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    weight, bias = values(x)
    for _ in range(steps):
        with torch.no_grad():
            linear.weight.copy_(weight.reshape(1, -1))
            linear.bias.copy_(bias.reshape(1))
        optimiser.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
        optimiser.step()
    return linear


@wrong("start-set-each-step")
def leaves_made_in_every_turn(x, y, learning_rate, steps):
    for _ in range(steps):
        w, b = leaves(x)
        w_slope, b_slope = torch.autograd.grad(F.mse_loss(x @ w + b, y), (w, b))
        new_w, new_b = w - learning_rate * w_slope, b - learning_rate * b_slope
    return new_w.detach(), new_b.detach()


@wrong("wrong-sign")
def uphill_by_torch_func(x, y, learning_rate, steps):
    w, b = (start.clone() for start in values(x))
    slopes = torch.func.grad(lambda w, b: F.mse_loss(x @ w + b, y), argnums=(0, 1))
    for _ in range(steps):
        w_slope, b_slope = slopes(w, b)
        w, b = w + learning_rate * w_slope, b + learning_rate * b_slope
    return w, b


@wrong("model-rebuilt-after-optimiser")
def the_loss_is_that_of_another_model(x, y, learning_rate, steps):
    linear, other = model(x), torch.nn.Linear(x.shape[1], 1)
    optimiser = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        F.mse_loss(other(x)[:, 0], y).backward()
        optimiser.step()
    return linear
