# Answers to with-ones of tensors: the numbers (n,) beside a column of ones, on their device

# %% right: stack with ones_like
def with_ones(x):
    return torch.stack([x, torch.ones_like(x)], dim=1)

# %% right: cat of two columns
def with_ones(x):
    ones = torch.ones(len(x), 1, device=x.device)
    return torch.cat([x.view(-1, 1), ones], dim=1)

# %% right: stacked as rows, and transposed
def with_ones(x):
    return torch.stack((x, x.new_ones(x.shape))).T

# %% right: moved, and kept
def with_ones(x):
    ones = torch.ones(len(x))
    ones = ones.to(x.device)
    return torch.stack([x, ones], -1)

# %% right: room of twos, filled
def with_ones(x):
    table = torch.ones(len(x), 2, dtype=x.dtype, device=x.device)
    table[:, 0] = x
    return table

# %% right: powers 1 and 0
def with_ones(x):
    return x[:, None] ** torch.tensor([1, 0], device=x.device)

# %% wrong: cat for stack -> cat-for-stack cell="with-ones-values"
def with_ones(x):
    return torch.cat([x, torch.ones_like(x)])

# %% wrong: stacked as rows -> stacked-as-rows cell="with-ones-values"
def with_ones(x):
    return torch.stack([x, torch.ones_like(x)])

# %% wrong: rows broken into other lines -> reshape-for-transpose cell="with-ones-values"
def with_ones(x):
    return torch.cat([x, torch.ones_like(x)]).reshape(len(x), 2)

# %% wrong: ones first -> wrong-order cell="with-ones-values"
def with_ones(x):
    return torch.stack([torch.ones_like(x), x], dim=1)

# %% wrong: zeros -> unnamed cell="with-ones-values"
def with_ones(x):
    return torch.stack([x, torch.zeros_like(x)], dim=1)

# %% wrong: a dimension too many -> keepdim-extra cell="with-ones-values"
def with_ones(x):
    return torch.stack([x[:, None], torch.ones(len(x), 1)], dim=1)

# %% wrong: float64 ones -> double-for-float cell="with-ones-values"
def with_ones(x):
    ones = torch.from_numpy(np.ones(len(x)))
    return torch.stack([x.double(), ones], dim=1)

# %% wrong: a column against a flat tensor -> unnamed cell="with-ones-values"
def with_ones(x):
    return torch.cat([x[:, None], torch.ones_like(x)], dim=1)

# %% wrong: pairs in a list -> python-number-for-tensor cell="with-ones-values"
def with_ones(x):
    return [[number, 1.0] for number in x.tolist()]

# %% wrong: ones made on the CPU -> device-mismatch cell="with-ones-values"
def with_ones(x):
    return torch.stack([x, torch.ones(len(x))], dim=1)

# %% wrong: moved, and the result of to dropped -> device-mismatch cell="with-ones-values"
def with_ones(x):
    ones = torch.ones(len(x))
    ones.to(x.device)
    return torch.stack([x, ones], dim=1)

# %% wrong: everything brought to the CPU -> result-on-other-device cell="with-ones-values"
def with_ones(x):
    x = x.cpu()
    return torch.stack([x, torch.ones(len(x))], dim=1)

# %% wrong: a device written into the code -> device-mismatch cell="with-ones-values"
def with_ones(x):
    return torch.stack([x, torch.ones(len(x), device="cpu")], dim=1)

# %% wrong: room on the CPU -> result-on-other-device cell="with-ones-values"
def with_ones(x):
    table = torch.ones(len(x), 2)
    table[:, 0] = x
    return table

# %% wrong: two columns, one below the other -> joined-below cell="with-ones-values"
def with_ones(x):
    column = x.view(-1, 1)
    return torch.cat([column, torch.ones_like(column)])
