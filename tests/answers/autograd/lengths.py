# Answers to lengths of autograd, the challenge: lengths of points whose gradient is 0 at the origin

# %% right: a safe number under the root
def lengths(points):
    squares = points.square().sum(1)
    is_zero = squares == 0
    return torch.where(is_zero, squares, torch.where(is_zero, 1.0, squares).sqrt())

# %% right: the norm of PyTorch, which has thought of it
def lengths(points):
    return torch.linalg.vector_norm(points, dim=1)

# %% right: only the rows that are not zero
def lengths(points):
    found = (points ** 2).sum(1)
    away = found > 0
    result = torch.zeros_like(found)
    result[away] = found[away].sqrt()
    return result

# %% wrong: the root of 0 -> infinite-gradient cell="lengths-gradient"
def lengths(points):
    return points.square().sum(1).sqrt()

# %% wrong: where after the root -> infinite-gradient cell="lengths-gradient"
def lengths(points):
    squares = points.square().sum(1)
    return torch.where(squares == 0, torch.zeros_like(squares), squares.sqrt())

# %% wrong: a large number added under the root -> unnamed cell="lengths-values"
def lengths(points):
    return (points.square().sum(1) + 0.01).sqrt()

# %% wrong: a tiny number added under the root -> unnamed cell="lengths-values"
def lengths(points):
    return (points.square().sum(1) + 1e-12).sqrt()

# %% wrong: sums over the wrong dimension -> unnamed cell="lengths-values"
def lengths(points):
    return points.square().sum(0).sqrt()

# %% wrong: one length for all -> no-dim cell="lengths-values"
def lengths(points):
    return points.norm()

# %% wrong: no root -> unnamed cell="lengths-values"
def lengths(points):
    return points.square().sum(1)

# %% wrong: detached -> detached-result cell="lengths-gradient"
def lengths(points):
    return torch.linalg.vector_norm(points.detach(), dim=1)

# %% wrong: a tiny number under the root, and its root taken away again -> unnamed cell="lengths-values"
def lengths(points):
    return (points.square().sum(1) + 1e-12).sqrt() - 1e-6
