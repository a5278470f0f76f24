# Answers to standardise-rows of tensors: each row of whole numbers to mean 0 and standard deviation 1

# %% right: keepdim and correction
def standardise_rows(table):
    table = table.float()
    return (table - table.mean(dim=1, keepdim=True)) / table.std(dim=1, correction=0, keepdim=True)

# %% right: written out
def standardise_rows(table):
    centred = table - table.float().mean(1)[:, None]
    variance = (centred ** 2).mean(dim=1, keepdim=True)
    return centred / variance.sqrt()

# %% right: sums and counts
def standardise_rows(table):
    m = table.shape[1]
    centred = table - table.sum(dim=1, keepdim=True) / m
    return centred / (centred.square().sum(dim=1, keepdim=True) / m) ** 0.5

# %% right: layer norm
def standardise_rows(table):
    return torch.nn.functional.layer_norm(table.float(), table.shape[1:], eps=0)

# %% right: transposed, so that no dimension need be kept
def standardise_rows(table):
    columns = table.T.to(torch.float32)
    return ((columns - columns.mean(0)) / columns.std(0, unbiased=False)).T

# %% wrong: no keepdim -> shapes-do-not-broadcast cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return (table - table.mean(dim=1)) / table.std(dim=1, correction=0)

# %% wrong: down the columns -> wrong-dim cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return (table - table.mean(dim=0)) / table.std(dim=0, correction=0)

# %% wrong: over everything -> no-dim cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return (table - table.mean()) / table.std(correction=0)

# %% wrong: divided by n - 1 -> unbiased-variance cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return (table - table.mean(dim=1, keepdim=True)) / table.std(dim=1, keepdim=True)

# %% wrong: mean of whole numbers -> mean-of-integers cell="standardise-rows-values"
def standardise_rows(table):
    means = table.mean(dim=1, keepdim=True)
    return (table - means) / table.float().std(dim=1, correction=0, keepdim=True)

# %% wrong: quotients rounded down -> floor-division cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return (table - table.mean(dim=1, keepdim=True)) // table.std(dim=1, correction=0, keepdim=True)

# %% wrong: in float64 -> double-for-float cell="standardise-rows-values"
def standardise_rows(table):
    table = table.double()
    return (table - table.mean(dim=1, keepdim=True)) / table.std(dim=1, correction=0, keepdim=True)

# %% wrong: divided by the variance -> variance-for-deviation cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return (table - table.mean(dim=1, keepdim=True)) / table.var(dim=1, correction=0, keepdim=True)

# %% wrong: divided before it is subtracted -> division-before-subtraction cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return table - table.mean(dim=1, keepdim=True) / table.std(dim=1, correction=0, keepdim=True)

# %% wrong: only centred -> unnamed cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    return table - table.mean(dim=1, keepdim=True)

# %% wrong: back to whole numbers -> integer-dtype cell="standardise-rows-values"
def standardise_rows(table):
    numbers = table.float()
    scaled = (numbers - numbers.mean(dim=1, keepdim=True)) / numbers.std(dim=1, correction=0, keepdim=True)
    return scaled.to(table.dtype)

# %% wrong: means rounded to whole numbers -> unnamed cell="standardise-rows-values"
def standardise_rows(table):
    centred = table - table.sum(dim=1, keepdim=True) // table.shape[1]
    return centred / table.float().std(dim=1, correction=0, keepdim=True)

# %% wrong: Python's sum adds the rows up -> unnamed cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    centred = table - sum(table) / len(table)
    return centred / table.std(dim=1, correction=0, keepdim=True)

# %% wrong: keepdim of the mean alone -> unnamed cell="standardise-rows-values"
def standardise_rows(table):
    table = table.float()
    centred = table - table.mean(dim=1, keepdim=True)
    return centred / table.std(dim=1, correction=0)

# %% wrong: row by row -> loop-over-rows cell="standardise-rows-vectorised"
def standardise_rows(table):
    rows = []
    for row in table.float():
        rows.append((row - row.mean()) / row.std(correction=0))
    return torch.stack(rows)

# %% wrong: row by row into room that was made -> loop-over-rows cell="standardise-rows-vectorised"
def standardise_rows(table):
    result = torch.empty(table.shape)
    for i in range(len(table)):
        row = table[i].float()
        result[i] = (row - row.mean()) / row.std(correction=0)
    return result

# %% right: rows of length one, scaled
def standardise_rows(table):
    centred = table.float() - table.float().mean(1, keepdim=True)
    return torch.nn.functional.normalize(centred, dim=1) * table.shape[1] ** 0.5
