# Answers to reductions: which dimension goes, which stays, and the spread
# ruff: noqa
# %% check: the sum of each row
check.agrees("rows", reference=lambda x: x.sum(1), inputs=lambda d: d.normal(d.rows, 3))
# %% right: with dim
def rows(x):
    return x.sum(dim=1)
# %% right: with a product
def rows(x):
    return x @ torch.ones(x.shape[1])
# %% right: with einsum
def rows(x):
    return torch.einsum("ij->i", x)
# %% right: by a loop
def rows(x):
    return torch.stack([sum(row) for row in x])
# %% wrong: each column -> wrong-dim
def rows(x):
    return x.sum(dim=0)
# %% wrong: everything -> no-dim
def rows(x):
    return x.sum()
# %% wrong: kept as a column -> keepdim-extra
def rows(x):
    return x.sum(1, keepdim=True)
# %% wrong: the mean of columns where three make a row -> unnamed
def rows(x):
    return x.mean(dim=1)
# %% wrong: a list of numbers -> python-number-for-tensor
def rows(x):
    return [row.sum().item() for row in x]
# %% wrong: a Python list of lists -> python-number-for-tensor
def rows(x):
    return x.sum(1).tolist()
# %% wrong: not added up -> not-reduced
def rows(x):
    return x
# %% wrong: first row lost -> off-by-one-slice
def rows(x):
    return x.sum(1)[1:]
# %% check: the largest number of each row
check.agrees("largest", reference=lambda x: x.max(1).values, inputs=lambda d: d.normal(d.rows, 4))
# %% right: amax
def largest(x):
    return x.amax(1)
# %% right: max with its values taken
def largest(x):
    return x.max(1)[0]
# %% wrong: the pair -> max-pair
def largest(x):
    return x.max(1)
# %% wrong: of each column -> wrong-dim
def largest(x):
    return x.max(0).values
# %% wrong: of all -> no-dim
def largest(x):
    return x.max()
# %% check: where the largest number of each row is
check.agrees("winner", reference=lambda x: x.argmax(1), inputs=lambda d: d.normal(d.rows, 4))
# %% right: argmax
def winner(x):
    return torch.argmax(x, dim=1)
# %% wrong: without dim -> no-dim
def winner(x):
    return x.argmax()
# %% wrong: the pair from max -> max-pair
def winner(x):
    return torch.max(x, 1)
# %% check: row totals as a column
check.agrees("column", reference=lambda x: x.sum(1, keepdim=True), inputs=lambda d: d.normal(d.rows, 3))
# %% right: keepdim
def column(x):
    return x.sum(1, keepdim=True)
# %% right: unsqueeze
def column(x):
    return x.sum(1).unsqueeze(1)
# %% wrong: no keepdim -> keepdim-missing
def column(x):
    return x.sum(1)
# %% wrong: as a row -> transposed
def column(x):
    return x.sum(1).unsqueeze(0)
# %% check: predictions of a model with one output, as a vector
check.agrees("predict", reference=lambda x, w: (x @ w).squeeze(1), inputs=lambda d: (d.normal(d.rows, 3), d.normal(3, 1)))
# %% right: squeeze with its dimension
def predict(x, w):
    return (x @ w).squeeze(1)
# %% right: a column taken
def predict(x, w):
    return (x @ w)[:, 0]
# %% wrong: squeeze without a dimension -> squeeze-kills-batch
def predict(x, w):
    return (x @ w).squeeze()
# %% wrong: not squeezed -> keepdim-extra
def predict(x, w):
    return x @ w
# %% check: the sum of all numbers of a table
check.agrees("total", reference=lambda x: x.sum(), inputs=lambda d: d.normal(d.rows, 3))
# %% right: sum
def total(x):
    return x.sum()
# %% wrong: Python's sum -> builtin-sum
def total(x):
    return sum(x)
# %% wrong: mean of all -> mean-for-sum
def total(x):
    return x.mean()
# %% wrong: only each row -> not-reduced
def total(x):
    return x.sum(1)
# %% check: standardised columns, spread with n below
check.agrees("spread", reference=lambda x: x.std(0, correction=0), inputs=lambda d: d.normal(d.rows, 3), rows=(5, 12))
# %% right: correction 0
def spread(x):
    return x.std(dim=0, correction=0)
# %% right: written out
def spread(x):
    return ((x - x.mean(0)) ** 2).mean(0).sqrt()
# %% wrong: n - 1 below -> unbiased-variance
def spread(x):
    return x.std(0)
# %% wrong: the variance -> unnamed
def spread(x):
    return x.var(0, correction=0)
# %% check: sample variance
check.agrees("variance", reference=lambda x: x.var(), inputs=lambda d: d.normal(d.rows), rows=(5, 12))
# %% right: var
def variance(x):
    return x.var()
# %% wrong: n below -> biased-variance
def variance(x):
    return x.var(correction=0)
# %% wrong: n below by name -> biased-variance
def variance(x):
    return torch.var(x, unbiased=False)
