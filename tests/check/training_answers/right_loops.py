"""Full-batch training functions in every style that is right."""

import numpy as np
import torch
from torch.nn import functional as F
from tqdm import tqdm

from training_answers.starts import leaves, model, values

RIGHT = []


def right(function):
    RIGHT.append(function)
    return function


@right
def by_hand(x, y, learning_rate, steps):
    w, b = leaves(x)
    losses = []
    for _ in range(steps):
        loss = ((x @ w + b - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w, b, losses


@right
def zeroed_first_if_there(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        for parameter in (w, b):
            if parameter.grad is not None:
                parameter.grad = torch.zeros_like(parameter)
        F.mse_loss(x @ w + b, y).backward()
        with torch.no_grad():
            for parameter in (w, b):
                parameter.sub_(learning_rate * parameter.grad)
    return w, b


@right
def data_attribute(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        (x @ w + b - y).pow(2).mean().backward()
        w.data -= learning_rate * w.grad.data
        b.data = b.data - learning_rate * b.grad.data
        w.grad, b.grad = None, None
    return w, b


@right
def rebound_and_required_again(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        ((x @ w + b - y) ** 2).mean().backward()
        w = (w - learning_rate * w.grad).detach().requires_grad_()
        with torch.no_grad():
            b = b - learning_rate * b.grad
        b.requires_grad = True
    return w, b


@right
def functional_gradients(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        loss = ((x @ w + b - y) ** 2).sum() / len(y)
        w_slope, b_slope = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            w -= learning_rate * w_slope
            b -= learning_rate * b_slope
    return w, b


@right
def functional_gradients_rebound(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        w_slope, b_slope = torch.autograd.grad(F.mse_loss(x @ w + b, y), (w, b))
        w, b = w - learning_rate * w_slope, b - learning_rate * b_slope
    return w.detach(), b.detach()


@right
def optimiser(x, y, learning_rate, steps):
    linear = model(x)
    sgd = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    losses = []
    for _ in range(steps):
        sgd.zero_grad()
        loss = F.mse_loss(linear(x), y.unsqueeze(1))
        loss.backward()
        sgd.step()
        losses.append(loss.detach())
    return linear, losses


@right
def optimiser_zeroing_last_and_in_place(x, y, learning_rate, steps):
    linear = model(x)
    sgd = torch.optim.SGD(linear.parameters(), lr=learning_rate, foreach=True)
    for _ in tqdm(range(steps), disable=None):
        torch.nn.MSELoss()(linear(x).squeeze(-1), y).backward()
        sgd.step()
        sgd.zero_grad(set_to_none=False)
    return linear


@right
def model_zero_grad_and_add(x, y, learning_rate, steps):
    linear = model(x)
    for _ in range(steps):
        linear.zero_grad()
        torch.autograd.backward(((linear(x)[:, 0] - y) ** 2).mean())
        with torch.no_grad():
            for parameter in linear.parameters():
                parameter.add_(parameter.grad, alpha=-learning_rate)
    return linear


@right
def closure(x, y, learning_rate, steps):
    linear = model(x)
    sgd = torch.optim.SGD(linear.parameters(), lr=learning_rate)

    def compute():
        sgd.zero_grad()
        loss = F.mse_loss(linear(x)[:, 0], y)
        loss.backward()
        return loss

    for _ in range(steps):
        sgd.step(compute)
    return linear


@right
def loop_over_samples(x, y, learning_rate, steps):
    linear = model(x)
    sgd = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        sgd.zero_grad()
        total = 0
        for row, target in zip(x, y, strict=True):
            total = total + (linear(row)[0] - target) ** 2
        (total / len(y)).backward()
        sgd.step()
    return linear


@right
def gradients_gathered_over_samples(x, y, learning_rate, steps):
    w, b = leaves(x)
    for _ in range(steps):
        for i in range(len(y)):
            ((x[i] @ w + b - y[i]) ** 2 / len(y)).sum().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w, b


@right
def column_shapes(x, y, learning_rate, steps):
    start_w, start_b = values(x)
    w, b = start_w.reshape(-1, 1).requires_grad_(), start_b.requires_grad_()
    sgd = torch.optim.SGD([{"params": [w]}, {"params": [b]}], lr=learning_rate)
    for _ in range(steps):
        sgd.zero_grad()
        F.mse_loss(x @ w + b, y.reshape(-1, 1)).backward()
        sgd.step()
    return w, b


@right
def values_read_on_the_way(x, y, learning_rate, steps):
    linear = model(x)
    sgd = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    best, path = float("inf"), []
    for _ in range(steps):
        linear.train()
        sgd.zero_grad()
        loss = F.mse_loss(linear(x)[:, 0], y)
        loss.backward()
        sgd.step()
        linear.eval()
        with torch.no_grad():
            best = min(best, float(F.mse_loss(linear(x)[:, 0], y)))
        path.append(linear.weight.detach().clone().numpy())
    assert np.isfinite(path).all()
    return linear


@right
def own_optimiser_class(x, y, learning_rate, steps):
    class Descent(torch.optim.Optimizer):
        def __init__(self, params, lr):
            super().__init__(params, {"lr": lr})

        @torch.no_grad()
        def step(self):
            for group in self.param_groups:
                for parameter in group["params"]:
                    parameter -= group["lr"] * parameter.grad

    linear = model(x)
    descent = Descent(linear.parameters(), learning_rate)
    for _ in range(steps):
        descent.zero_grad()
        F.mse_loss(linear(x)[:, 0], y).backward()
        descent.step()
    return linear


@right
def double_precision(x, y, learning_rate, steps):
    linear = model(x).double()
    sgd = torch.optim.SGD(linear.parameters(), lr=learning_rate)
    for _ in range(steps):
        sgd.zero_grad()
        F.mse_loss(linear(x.double())[:, 0], y.double()).backward()
        sgd.step()
    return linear


@right
def numbers_returned(x, y, learning_rate, steps):
    w, b, _ = by_hand(x, y, learning_rate, steps)
    return {"weight": w.detach().clone(), "bias": b.item()}


@right
def factory_not_a_leaf_of_the_module(x, y, learning_rate, steps):
    parameters = torch.nn.ParameterDict({"b": torch.nn.Parameter(values(x)[1]), "w": torch.nn.Parameter(values(x)[0])})
    sgd = torch.optim.SGD(parameters.values(), lr=learning_rate)
    for _ in range(steps):
        sgd.zero_grad()
        F.mse_loss(x @ parameters["w"] + parameters["b"], y).backward()
        sgd.step()
    return parameters


@right
def gradients_by_hand_after_one_pass(x, y, learning_rate, steps):
    w, b = (start.clone() for start in values(x))
    for _ in range(steps):
        residual = x @ w + b - y
        w_slope, b_slope = 2 * x.T @ residual / len(y), 2 * residual.mean()
        w -= learning_rate * w_slope
        b -= learning_rate * b_slope
    return w, b


@right
def gradients_by_torch_func(x, y, learning_rate, steps):
    w, b = (start.clone() for start in values(x))
    slopes = torch.func.grad(lambda w, b: F.mse_loss(x @ w + b, y), argnums=(0, 1))
    for _ in range(steps):
        w_slope, b_slope = slopes(w, b)
        w, b = w - learning_rate * w_slope, b - learning_rate * b_slope
    return w, b


@right
def a_module_called_with_parameters_of_its_own(x, y, learning_rate, steps):
    linear = model(x)
    parameters = {name: parameter.detach() for name, parameter in linear.named_parameters()}
    slopes = torch.func.grad(lambda own: F.mse_loss(torch.func.functional_call(linear, own, x)[:, 0], y))
    for _ in range(steps):
        parameters = {name: parameters[name] - learning_rate * slope for name, slope in slopes(parameters).items()}
    linear.load_state_dict(parameters)
    return linear


@right
def the_mean_of_gradients_of_single_rows(x, y, learning_rate, steps):
    w, b = (start.clone() for start in values(x))
    slopes = torch.vmap(torch.func.grad(lambda w, b, row, target: ((row @ w + b - target) ** 2).sum(), (0, 1)), (None, None, 0, 0))
    for _ in range(steps):
        w_slopes, b_slopes = slopes(w, b, x, y)
        w, b = w - learning_rate * w_slopes.mean(0), b - learning_rate * b_slopes.mean(0)
    return w, b
