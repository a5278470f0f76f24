# Answers to jacobian-by-hand of autograd: the Jacobian of two outputs by three inputs

# %% right: a tensor of numbers
def jacobian_by_hand(x):
    return torch.tensor([[2 * x[0] * x[1], x[0] ** 2, 0], [0, 1, -3]])

# %% right: filled in place
def jacobian_by_hand(x):
    table = torch.zeros(2, 3)
    table[0, 0] = 2 * x[0] * x[1]
    table[0, 1] = x[0] ** 2
    table[1] = torch.tensor([0.0, 1.0, -3.0])
    return table

# %% right: rows stacked
def jacobian_by_hand(x):
    zero = torch.zeros(())
    first = torch.stack([2 * x[0] * x[1], x[0].square(), zero])
    return torch.stack([first, torch.tensor([0.0, 1.0, -3.0])])

# %% right: asked of PyTorch
def jacobian_by_hand(x):
    return jacobian(lambda x: torch.stack([x[0] ** 2 * x[1], x[1] - 3 * x[2]]), x)

# %% wrong: a row for each input -> transposed cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[2 * x[0] * x[1], 0], [x[0] ** 2, 1], [0, -3]])

# %% wrong: the values instead of the slopes -> unnamed cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.stack([x[0] ** 2 * x[1], x[1] - 3 * x[2]])

# %% wrong: the square's two forgotten -> unnamed cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[x[0] * x[1], x[0] ** 2, 0], [0, 1, -3]])

# %% wrong: the sign of the last slope -> unnamed cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[2 * x[0] * x[1], x[0] ** 2, 0], [0, 1, 3]])

# %% wrong: the numbers of the first check, whatever x is -> unnamed cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[12.0, 4.0, 0.0], [0.0, 1.0, -3.0]])

# %% wrong: a list of lists -> python-number-for-tensor cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return [[float(2 * x[0] * x[1]), float(x[0] ** 2), 0.0], [0.0, 1.0, -3.0]]

# %% wrong: a NumPy array -> array-for-tensor cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[2 * x[0] * x[1], x[0] ** 2, 0], [0, 1, -3]]).numpy()

# %% wrong: nothing returned -> no-return cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    table = torch.tensor([[2 * x[0] * x[1], x[0] ** 2, 0], [0, 1, -3]])

# %% wrong: whole numbers -> integer-dtype cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[2 * x[0] * x[1], x[0] ** 2, 0], [0, 1, -3]]).long()

# %% wrong: the two slopes of the first output exchanged -> partials-exchanged cell="jacobian-by-hand-values"
def jacobian_by_hand(x):
    return torch.tensor([[x[0] ** 2, 2 * x[0] * x[1], 0], [0, 1, -3]])
