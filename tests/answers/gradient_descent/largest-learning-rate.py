# Answers to largest-learning-rate of gradient_descent: the learning rate above which descent on a line diverges

# %% right: two over the largest eigenvalue
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    curvatures = torch.linalg.eigvalsh(2 * features.T @ features / len(inputs))
    return 2 / curvatures.max()

# %% right: the factor 2 cancelled, and the largest taken from the end
def largest_learning_rate(inputs):
    features = torch.cat([torch.ones(len(inputs), 1), inputs], dim=1)
    return len(inputs) / torch.linalg.eigvalsh(features.T @ features)[-1]

# %% right: from the singular values of the features
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return len(inputs) / torch.linalg.matrix_norm(features, ord=2) ** 2

# %% right: the quadratic formula for a matrix of two by two
def largest_learning_rate(inputs):
    a, b = 2 * (inputs ** 2).mean(), 2 * inputs.mean()
    curvature = (a + 2) / 2 + torch.sqrt(((a - 2) / 2) ** 2 + b ** 2)
    return 2 / curvature

# %% wrong: one over the largest eigenvalue -> half-the-limit cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return 1 / torch.linalg.eigvalsh(2 * features.T @ features / len(inputs)).max()

# %% wrong: the smallest eigenvalue -> smallest-curvature cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return 2 / torch.linalg.eigvalsh(2 * features.T @ features / len(inputs)).min()

# %% wrong: the 2 of the second derivative left out -> factor-two cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return 2 / torch.linalg.eigvalsh(features.T @ features / len(inputs)).max()

# %% wrong: not divided by the number of points -> unnamed cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return 2 / torch.linalg.eigvalsh(2 * features.T @ features).max()

# %% wrong: the limit of the bias alone -> unnamed cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    return torch.tensor(1.0)

# %% wrong: no column of ones -> unnamed cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    return 2 / torch.linalg.eigvalsh(2 * inputs.T @ inputs / len(inputs)).max()

# %% wrong: a Python float -> python-number-for-tensor cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return (2 / torch.linalg.eigvalsh(2 * features.T @ features / len(inputs)).max()).item()

# %% wrong: the sum of both curvatures -> unnamed cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    return 2 / (2 * inputs.square().mean() + 2)

# %% wrong: a limit for each eigenvalue -> limit-for-each-direction cell="largest-learning-rate-values"
def largest_learning_rate(inputs):
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    return 2 / torch.linalg.eigvalsh(2 * features.T @ features / len(inputs))
