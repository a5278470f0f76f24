# Answers to least-squares of gradient_descent: the weights of lowest mean squared error, without steps

# %% right: the normal equations
def least_squares(features, targets):
    return torch.linalg.solve(features.T @ features, features.T @ targets)

# %% right: lstsq
def least_squares(features, targets):
    return torch.linalg.lstsq(features, targets).solution

# %% right: the pseudoinverse
def least_squares(features, targets):
    return torch.linalg.pinv(features) @ targets

# %% right: an explicit inverse
def least_squares(features, targets):
    transposed = features.t()
    return torch.inverse(transposed @ features) @ transposed @ targets

# %% right: QR
def least_squares(features, targets):
    q, r = torch.linalg.qr(features)
    return torch.linalg.solve_triangular(r, q.T @ targets, upper=True)

# %% wrong: the whole result of lstsq -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.lstsq(features, targets)

# %% wrong: the arguments exchanged -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.lstsq(targets, features).solution

# %% wrong: the transpose forgotten on the left -> matrix-product-shapes cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(features @ features, features.T @ targets)

# %% wrong: the transpose forgotten on the right -> matrix-product-shapes cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(features.T @ features, features @ targets)

# %% wrong: solved for the features themselves -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(features, targets)

# %% wrong: multiplied where it should be solved -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return features.T @ features @ features.T @ targets

# %% wrong: not solved at all -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return features.T @ targets

# %% wrong: only as many points as weights are used -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    d = features.shape[1]
    return torch.linalg.solve(features[:d], targets[:d])

# %% wrong: only the first column of targets -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.lstsq(features, targets[:, :1]).solution

# %% wrong: weights in rows -> transposed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.lstsq(features, targets).solution.T

# %% wrong: a column of ones of its own -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    features = torch.cat([features, torch.ones(len(features), 1)], dim=1)
    return torch.linalg.lstsq(features, targets).solution

# %% wrong: steps, too few of them -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    weights = torch.zeros(features.shape[1], targets.shape[1])
    for _ in range(10):
        weights = weights - 0.01 * features.T @ (features @ weights - targets) / len(features)
    return weights

# %% wrong: a NumPy array -> array-for-tensor cell="least-squares-values"
def least_squares(features, targets):
    import numpy
    return numpy.linalg.lstsq(features.numpy(), targets.numpy(), rcond=None)[0]

# %% wrong: 2/n on the left side only -> one-side-scaled cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(2 / len(features) * features.T @ features, features.T @ targets)

# %% wrong: the other square product -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(features @ features.T, features @ features.T @ targets)

# %% wrong: the targets as they are on the right -> unnamed cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(features.T @ features, targets)

# %% wrong: the solution squeezed -> squeeze-kills-batch cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.lstsq(features, targets).solution.squeeze()

# %% wrong: 2/n on the right side only -> right-side-scaled cell="least-squares-values"
def least_squares(features, targets):
    return torch.linalg.solve(features.T @ features, 2 / len(features) * features.T @ targets)
