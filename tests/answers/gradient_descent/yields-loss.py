# Answers to yields-loss of gradient_descent: the mean squared error of a table of predictions

# %% right: written out
def yields_loss(inputs, targets, weight, bias):
    predictions = inputs @ weight.t() + bias
    return ((predictions - targets) ** 2).mean()

# %% right: the sum over the number of elements
def yields_loss(inputs, targets, weight, bias):
    difference = inputs @ weight.T + bias - targets
    return torch.sum(difference * difference) / difference.numel()

# %% right: PyTorch's own functions
def yields_loss(inputs, targets, weight, bias):
    return torch.nn.functional.mse_loss(torch.nn.functional.linear(inputs, weight, bias), targets)

# %% right: the product with columns, transposed back
def yields_loss(inputs, targets, weight, bias):
    predictions = (weight.matmul(inputs.t()) + bias.view(-1, 1)).t()
    return (targets - predictions).pow(2).mean()

# %% right: an einsum, and one mean after the other
def yields_loss(inputs, targets, weight, bias):
    predictions = torch.einsum("nd,kd->nk", inputs, weight) + bias
    return torch.square(predictions - targets).mean(dim=1).mean()

# %% wrong: divided by the number of rows -> divided-by-rows cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    difference = inputs @ weight.t() + bias - targets
    return (difference ** 2).sum() / len(inputs)

# %% wrong: the sum -> sum-for-mean cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() + bias - targets) ** 2).sum()

# %% wrong: half the mean -> factor-half cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() + bias - targets) ** 2).mean() / 2

# %% wrong: the root -> root-of-loss cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() + bias - targets) ** 2).mean() ** 0.5

# %% wrong: not squared -> not-squared cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return (inputs @ weight.t() + bias - targets).mean()

# %% wrong: absolute differences -> absolute-error cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return (inputs @ weight.t() + bias - targets).abs().mean()

# %% wrong: no bias -> bias-left-out cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() - targets) ** 2).mean()

# %% wrong: the weight is not transposed -> matrix-product-shapes cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight + bias - targets) ** 2).mean()

# %% wrong: a product of elements -> unnamed cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    predictions = (inputs * weight[0] + inputs * weight[1]).sum(dim=1, keepdim=True) + bias
    return ((predictions - targets) ** 2).mean()

# %% wrong: reshaped where a transpose was due -> reshape-for-transpose cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    predictions = inputs @ weight.reshape(inputs.shape[1], targets.shape[1]) + bias
    return ((predictions - targets) ** 2).mean()

# %% wrong: a loss for each crop -> unnamed cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() + bias - targets) ** 2).mean(dim=0)

# %% wrong: divided by ten whatever came -> unnamed cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() + bias - targets) ** 2).sum() / 10

# %% wrong: a Python float -> python-number-for-tensor cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    return ((inputs @ weight.t() + bias - targets) ** 2).mean().item()

# %% wrong: nothing returned -> no-return cell="yields-loss-values"
def yields_loss(inputs, targets, weight, bias):
    loss = ((inputs @ weight.t() + bias - targets) ** 2).mean()

# %% wrong: detached predictions -> detached-result cell="yields-loss-gradient"
def yields_loss(inputs, targets, weight, bias):
    predictions = (inputs @ weight.t() + bias).detach()
    return ((predictions - targets) ** 2).mean()

# %% wrong: wrapped again -> rewrapped-result cell="yields-loss-gradient"
def yields_loss(inputs, targets, weight, bias):
    loss = ((inputs @ weight.t() + bias - targets) ** 2).mean()
    return torch.tensor(loss.item(), requires_grad=True)

# %% wrong: the forward pass inside no_grad -> no-grad-around-forward cell="yields-loss-gradient"
def yields_loss(inputs, targets, weight, bias):
    with torch.no_grad():
        predictions = inputs @ weight.t() + bias
    return ((predictions - targets) ** 2).mean()

# %% wrong: the bias is taken as data -> unnamed cell="yields-loss-gradient"
def yields_loss(inputs, targets, weight, bias):
    predictions = inputs @ weight.t() + bias.data
    return ((predictions - targets) ** 2).mean()

# %% wrong: row by row -> loop-over-rows cell="yields-loss-vectorised"
def yields_loss(inputs, targets, weight, bias):
    total = 0.0
    for row, target in zip(inputs, targets):
        total = total + ((weight @ row + bias - target) ** 2).mean()
    return total / len(inputs)
