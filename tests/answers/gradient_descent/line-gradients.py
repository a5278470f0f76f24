# Answers to line-gradients of gradient_descent: the two slopes of the mean squared error of a line, by hand

# %% right: as derived
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).mean(), 2 * error.mean()

# %% right: sums divided by the number of points
def line_gradients(inputs, targets, weight, bias):
    n = inputs.shape[0]
    difference = (inputs * weight + bias) - targets
    weight_gradient = (2 / n) * torch.sum(difference * inputs)
    bias_gradient = (2 / n) * torch.sum(difference)
    return weight_gradient, bias_gradient

# %% right: both slopes as one matrix product
def line_gradients(inputs, targets, weight, bias):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    error = features @ torch.stack([weight, bias]).view(2, 1) - targets
    slopes = 2 / len(inputs) * features.T @ error
    return slopes[0, 0], slopes[1, 0]

# %% right: target minus prediction, with the minus sign in front, on flat tensors
def line_gradients(inputs, targets, weight, bias):
    x, y = inputs.flatten(), targets.flatten()
    residual = y - (weight * x + bias)
    return -2 * (x @ residual) / len(x), -2 * residual.sum() / len(x)

# %% right: with autograd after all, on copies of its own
def line_gradients(inputs, targets, weight, bias):
    weight = weight.clone().requires_grad_()
    bias = bias.clone().requires_grad_()
    loss = ((weight * inputs + bias - targets) ** 2).mean()
    return torch.autograd.grad(loss, (weight, bias))

# %% wrong: the 2 of the square is missing -> factor-half cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return (inputs * error).mean(), error.mean()

# %% wrong: sums in place of means -> sum-for-mean cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).sum(), 2 * error.sum()

# %% wrong: target minus prediction -> error-sign-flipped cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = targets - (weight * inputs + bias)
    return 2 * (inputs * error).mean(), 2 * error.mean()

# %% wrong: bias first -> returned-in-wrong-order cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * error.mean(), 2 * (inputs * error).mean()

# %% wrong: the input is left out of the weight's slope -> input-left-out cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * error.mean(), 2 * error.mean()

# %% wrong: mean of inputs times mean of errors -> product-of-means cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * inputs.mean() * error.mean(), 2 * error.mean()

# %% wrong: divided by n - 1 -> divided-by-n-minus-one cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    n = max(len(inputs) - 1, 1)
    return 2 * (inputs * error).sum() / n, 2 * error.sum() / n

# %% wrong: (n,) against (n, 1) -> broadcast-n-by-n cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs.squeeze(1) + bias - targets
    return 2 * (inputs * error).mean(), 2 * error.mean()

# %% wrong: Python floats -> python-number-for-tensor cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).mean().item(), 2 * error.mean().item()

# %% wrong: one slope a point -> unnamed cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * inputs * error, 2 * error

# %% wrong: a mean over the rows, which keeps a dimension -> keepdim-extra cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).mean(dim=0), 2 * error.mean(dim=0)

# %% wrong: the notebook's own data -> unnamed cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    x, y, _, _ = data.noisy_line()
    error = weight * x + bias - y
    return 2 * (x * error).mean(), 2 * error.mean()

# %% wrong: only the weight's slope -> unnamed cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).mean()

# %% wrong: nothing returned -> no-return cell="line-gradients-values"
def line_gradients(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    weight_gradient, bias_gradient = 2 * (inputs * error).mean(), 2 * error.mean()

# %% wrong: a loop over the points -> loop-over-rows cell="line-gradients-vectorised"
def line_gradients(inputs, targets, weight, bias):
    weight_sum, bias_sum = torch.tensor(0.0), torch.tensor(0.0)
    for x, y in zip(inputs, targets):
        error = (weight * x + bias - y).squeeze()
        weight_sum = weight_sum + 2 * x.squeeze() * error
        bias_sum = bias_sum + 2 * error
    return weight_sum / len(inputs), bias_sum / len(inputs)
