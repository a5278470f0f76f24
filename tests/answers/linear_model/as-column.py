# Answers to as-column of linear_model: (n,) and (n, 1) become (n, 1), anything else is refused

# %% right: two cases and an error
def as_column(values):
    if values.dim() == 1:
        return values.unsqueeze(1)
    if values.dim() == 2 and values.shape[1] == 1:
        return values
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% right: refuse first, then view
def as_column(values):
    shape = tuple(values.shape)
    if shape != (len(values),) and shape != (len(values), 1) if shape else True:
        raise ValueError("expected one column, got shape %s" % (shape,))
    return values.view(-1, 1)

# %% right: an index with None, a copy, and the whole torch.Size in the message
def as_column(values):
    if values.ndim == 1:
        values = values[:, None]
    elif values.ndim != 2 or values.size(1) != 1:
        raise ValueError("expected one column, got shape " + str(list(values.shape)).replace("[", "(").replace("]", ")"))
    return values.clone()

# %% right: torch.Size as it prints
def as_column(values):
    if values.dim() == 0 or values.dim() > 2 or (values.dim() == 2 and values.shape[-1] != 1):
        raise ValueError(f"expected one column, got shape {(*values.shape,)}")
    return values.reshape(values.shape[0], 1)

# %% wrong: takes any shape -> unnamed cell="as-column-refuses"
def as_column(values):
    return values.reshape(-1, 1)

# %% wrong: adds a dimension to columns too -> unnamed cell="as-column-values"
def as_column(values):
    if values.dim() > 2:
        raise ValueError(f"expected one column, got shape {tuple(values.shape)}")
    return values.unsqueeze(1)

# %% wrong: a row instead of a column -> unnamed cell="as-column-values"
def as_column(values):
    if values.dim() == 1:
        return values.unsqueeze(0)
    if values.dim() == 2 and values.shape[1] == 1:
        return values
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% wrong: squeezes first, so a batch of one is a scalar -> unnamed cell="as-column-values"
def as_column(values):
    flat = values.squeeze()
    if flat.dim() != 1:
        raise ValueError(f"expected one column, got shape {tuple(values.shape)}")
    return flat.unsqueeze(1)

# %% wrong: the opposite, always flat -> flat-for-column cell="as-column-values"
def as_column(values):
    if values.dim() == 1 or (values.dim() == 2 and values.shape[1] == 1):
        return values.flatten()
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% wrong: another type of error -> unnamed cell="as-column-refuses"
def as_column(values):
    assert values.dim() == 1 or (values.dim() == 2 and values.shape[1] == 1), tuple(values.shape)
    return values.view(-1, 1)

# %% wrong: the message does not name the shape -> unnamed cell="as-column-refuses"
def as_column(values):
    if values.dim() == 1 or (values.dim() == 2 and values.shape[1] == 1):
        return values.view(-1, 1)
    raise ValueError("expected one column")

# %% wrong: a row (1, n) is let through -> unnamed cell="as-column-refuses"
def as_column(values):
    if values.dim() == 1 or (values.dim() == 2 and 1 in values.shape):
        return values.reshape(-1, 1)
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% wrong: returns the error instead of raising it -> unnamed cell="as-column-refuses"
def as_column(values):
    if values.dim() == 1 or (values.dim() == 2 and values.shape[1] == 1):
        return values.view(-1, 1)
    return ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% wrong: changes its argument in place -> argument-changed-in-place cell="as-column-values"
def as_column(values):
    if values.dim() == 1:
        return values.unsqueeze_(1)
    if values.dim() == 2 and values.shape[1] == 1:
        return values
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% wrong: sorts as it goes -> wrong-order cell="as-column-values"
def as_column(values):
    if values.dim() == 1 or (values.dim() == 2 and values.shape[1] == 1):
        return values.flatten().sort().values.view(-1, 1)
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")

# %% right: torch.Size in the message, brackets and all
def as_column(values):
    if values.dim() == 1:
        return values[:, None]
    if values.dim() != 2 or values.shape[1] != 1:
        raise ValueError(f"expected one column, got shape {values.shape}")
    return values

# %% wrong: a row of one is squeezed to (1,) -> unnamed cell="as-column-values"
def as_column(values):
    if values.dim() > 2 or values.dim() == 2 and values.shape[1] != 1 or values.dim() == 0:
        raise ValueError(f"expected one column, got shape {tuple(values.shape)}")
    return values.squeeze() if len(values) == 1 else values.reshape(-1, 1)
