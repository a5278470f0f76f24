# Answers to calm-rows of review: the rows of a table whose numbers all lie within a limit

# %% right: absolute values, all along the row
def calm_rows(table, limit):
    return table[(table.abs() <= limit).all(dim=1)]

# %% right: the largest of each row
def calm_rows(table, limit):
    return table[table.abs().max(dim=1).values <= limit]

# %% right: two comparisons
def calm_rows(table, limit):
    calm = (table <= limit) & (table >= -limit)
    return table[calm.sum(dim=1) == table.shape[1]]

# %% right: by the places of the rows
def calm_rows(table, limit):
    places = (table.abs() > limit).any(1).logical_not().nonzero().squeeze(1)
    return table[places]

# %% wrong: signs not looked at -> no-lower-bound cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table <= limit).all(dim=1)]

# %% wrong: one calm number is enough -> any-for-all cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table.abs() <= limit).any(dim=1)]

# %% wrong: the others -> condition-inverted cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table.abs() > limit).any(dim=1)]

# %% wrong: the limit left out -> limit-left-out cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table.abs() < limit).all(dim=1)]

# %% wrong: a loop over the rows -> loop-over-rows cell="calm-rows-values"
def calm_rows(table, limit):
    rows = [row for row in table if row.abs().max() <= limit]
    return torch.stack(rows) if rows else table[:0]

# %% wrong: single numbers selected -> numbers-for-rows cell="calm-rows-values"
def calm_rows(table, limit):
    return table[table.abs() <= limit]

# %% wrong: the mask itself -> mask-for-selection cell="calm-rows-values"
def calm_rows(table, limit):
    return (table.abs() <= limit).all(dim=1)

# %% wrong: a mask over columns -> unnamed cell="calm-rows-values"
def calm_rows(table, limit):
    return table[:, (table.abs() <= limit).all(dim=0)]

# %% wrong: the limit of the example -> unnamed cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table.abs() <= 2.0).all(dim=1)]

# %% wrong: only the lower end -> no-upper-bound cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table >= -limit).all(dim=1)]

# %% wrong: nothing is ever calm -> unnamed cell="calm-rows-values"
def calm_rows(table, limit):
    return table[(table.abs() <= limit).all(dim=1) & (table.sum(dim=1) > 1e6)]
