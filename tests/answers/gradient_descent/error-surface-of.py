# Answers to error-surface-of of gradient_descent: the loss of every line of a grid

# %% right: three dimensions, weights by biases by points
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=2)

# %% right: points first
def error_surface_of(inputs, targets, weights, biases):
    error = weights[None, :, None] * inputs[:, :, None] + biases[None, None, :] - targets[:, :, None]
    return error.square().mean(0)

# %% right: from an outer product
def error_surface_of(inputs, targets, weights, biases):
    products = torch.outer(weights, inputs.squeeze(1))
    error = products.unsqueeze(1) + biases.unsqueeze(0).unsqueeze(2) - targets.squeeze(1)
    return torch.mean(error ** 2, dim=-1)

# %% right: a grid of all pairs, flattened, as one matrix product
def error_surface_of(inputs, targets, weights, biases):
    pairs = torch.cartesian_prod(weights, biases)
    error = inputs @ pairs[:, :1].T + pairs[:, 1] - targets
    return (error ** 2).mean(dim=0).view(len(weights), len(biases))

# %% right: the square multiplied out, means only
def error_surface_of(inputs, targets, weights, biases):
    w, b = torch.meshgrid(weights.double(), biases.double(), indexing="ij")
    x, y = inputs.double(), targets.double()
    mean = lambda values: values.mean()
    surface = (w ** 2 * mean(x * x) + b ** 2 + mean(y * y) + 2 * w * b * mean(x)
               - 2 * w * mean(x * y) - 2 * b * mean(y))
    return surface.to(inputs.dtype)

# %% wrong: the sum over the points -> sum-for-mean cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return ((predictions - targets.flatten()) ** 2).sum(dim=2)

# %% wrong: biases in rows -> transposed cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(1, -1, 1) * inputs.flatten() + biases.view(-1, 1, 1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=2)

# %% wrong: biases in rows, and reshaped to fit -> unnamed cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(1, -1, 1) * inputs.flatten() + biases.view(-1, 1, 1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=2).reshape(len(weights), len(biases))

# %% wrong: the mean squared -> square-of-mean cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return (predictions - targets.flatten()).mean(dim=2) ** 2

# %% wrong: one mean over everything -> no-dim cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return ((predictions - targets.flatten()) ** 2).mean()

# %% wrong: the mean over the biases -> unnamed cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=1)

# %% wrong: every prediction against every target -> unnamed cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = (weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)).unsqueeze(-1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=(2, 3))

# %% wrong: weights and biases meet without a dimension of their own -> shapes-do-not-broadcast cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    return ((weights * inputs + biases - targets) ** 2).mean(dim=0)

# %% wrong: only the gaps, not squared -> unnamed cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return (predictions - targets.flatten()).abs().mean(dim=2)

# %% wrong: a loop over the weights -> loop-over-rows cell="error-surface-of-vectorised"
def error_surface_of(inputs, targets, weights, biases):
    return torch.stack([((w * inputs + biases - targets) ** 2).mean(dim=0) for w in weights])

# %% wrong: a loop over the points -> loop-over-rows cell="error-surface-of-vectorised"
def error_surface_of(inputs, targets, weights, biases):
    total = torch.zeros(len(weights), len(biases))
    for x, y in zip(inputs, targets):
        total = total + (weights.view(-1, 1) * x + biases - y) ** 2
    return total / len(inputs)

# %% wrong: the mean over the weights -> wrong-dim cell="error-surface-of-values"
def error_surface_of(inputs, targets, weights, biases):
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=0)

# %% wrong: a loop over the biases -> loop-over-rows cell="error-surface-of-vectorised"
def error_surface_of(inputs, targets, weights, biases):
    return torch.stack([((weights * inputs + bias - targets) ** 2).mean(dim=0) for bias in biases], dim=1)
