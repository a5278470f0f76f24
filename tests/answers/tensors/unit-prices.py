# Answers to unit-prices of tensors: the prices at which quantities (n, n) cost totals (n,)

# %% right: solve
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities, totals)

# %% right: the inverse
def unit_prices(quantities, totals):
    return torch.linalg.inv(quantities) @ totals

# %% right: least squares, which are exact here
def unit_prices(quantities, totals):
    return torch.linalg.lstsq(quantities, totals.unsqueeze(1)).solution.squeeze(1)

# %% right: totals as a column
def unit_prices(quantities, totals):
    column = torch.linalg.solve(quantities, totals[:, None])
    return column[:, 0]

# %% right: in float64 on the way
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities.double(), totals.double()).float()

# %% right: LU by hand
def unit_prices(quantities, totals):
    factors, pivots = torch.linalg.lu_factor(quantities)
    return torch.linalg.lu_solve(factors, pivots, totals[:, None]).flatten()

# %% wrong: applied instead of solved -> product-for-solution cell="unit-prices-values"
def unit_prices(quantities, totals):
    return quantities @ totals

# %% wrong: the transposed equations -> equations-transposed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities.T, totals)

# %% wrong: the inverse from the right -> equations-transposed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return totals @ torch.linalg.inv(quantities)

# %% wrong: the inverse, elementwise -> elementwise-for-matmul cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.inv(quantities) * totals

# %% wrong: divided -> division-for-solution cell="unit-prices-values"
def unit_prices(quantities, totals):
    return totals / quantities

# %% wrong: the reciprocal of each number for the inverse -> unnamed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return (1 / quantities) @ totals

# %% wrong: totals by the sum of quantities -> unnamed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return totals / quantities.sum(dim=1)

# %% wrong: a column -> keepdim-extra cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities, totals.view(-1, 1))

# %% wrong: squeezed, so one price has no dimension -> squeeze-kills-batch cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities, totals.view(-1, 1)).squeeze()

# %% wrong: arguments exchanged -> unnamed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.solve(totals, quantities)

# %% wrong: in float64 -> double-for-float cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities.double(), totals.double())

# %% wrong: rounded to whole numbers -> unnamed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.solve(quantities, totals).round()

# %% wrong: the whole answer of lstsq -> unnamed cell="unit-prices-values"
def unit_prices(quantities, totals):
    return torch.linalg.lstsq(quantities, totals.unsqueeze(1))
