# Answers to ridge of review: the closed form of least squares with a price on long weights

# %% right: the equations, solved
def ridge(features, targets, strength):
    price = strength * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features + price, features.T @ targets)

# %% right: the inverse
def ridge(features, targets, strength):
    d = features.shape[1]
    return torch.linalg.inv(features.T @ features + strength * torch.eye(d)) @ features.T @ targets

# %% right: more rows for ordinary least squares
def ridge(features, targets, strength):
    extra = strength ** 0.5 * torch.eye(features.shape[1])
    rows = torch.cat([features, extra])
    aims = torch.cat([targets, torch.zeros(features.shape[1], targets.shape[1])])
    return torch.linalg.lstsq(rows, aims).solution

# %% wrong: strength on every entry -> strength-on-every-entry cell="ridge-values"
def ridge(features, targets, strength):
    return torch.linalg.solve(features.T @ features + strength, features.T @ targets)

# %% wrong: ordinary least squares -> strength-left-out cell="ridge-values"
def ridge(features, targets, strength):
    return torch.linalg.lstsq(features, targets).solution

# %% wrong: twice the strength -> strength-doubled cell="ridge-values"
def ridge(features, targets, strength):
    price = 2 * strength * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features + price, features.T @ targets)

# %% wrong: subtracted -> strength-subtracted cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features - price, features.T @ targets)

# %% wrong: the identity has a row for each row of the data -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * torch.eye(len(features))
    return torch.linalg.solve(features.T @ features + price, features.T @ targets)

# %% wrong: the features themselves solved for -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    return torch.linalg.solve(features, targets)

# %% wrong: the product the wrong way round -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * torch.eye(len(features))
    return torch.linalg.solve(features @ features.T + price, targets)

# %% wrong: multiplied, not solved -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * torch.eye(features.shape[1])
    return (features.T @ features + price) @ (features.T @ targets)

# %% wrong: as a row -> transposed cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features + price, features.T @ targets).T

# %% wrong: the price paid once for each row -> strength-for-each-row cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * len(features) * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features + price, features.T @ targets)

# %% wrong: errors averaged, the price not -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    n = len(features)
    price = strength * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features / n + price, features.T @ targets / n)

# %% wrong: the first column of targets only -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    price = strength * torch.eye(features.shape[1])
    return torch.linalg.solve(features.T @ features + price, features.T @ targets[:, :1])

# %% wrong: descent with a fixed rate -> unnamed cell="ridge-values"
def ridge(features, targets, strength):
    weights = torch.zeros(features.shape[1], targets.shape[1])
    for _ in range(3000):
        weights = weights - 0.01 * (features.T @ (features @ weights - targets) + strength * weights)
    return weights
