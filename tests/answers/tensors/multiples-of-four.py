# Answers to multiples-of-four of tensors: the multiples of 4 in column three, by a mask

# %% right: column, then mask
def multiples_of_four(table):
    third = table[:, 3]
    return third[third % 4 == 0]

# %% right: the mask as a row index beside the column
def multiples_of_four(table):
    mask = table[:, 3] % 4 == 0
    return table[mask, 3]

# %% right: masked_select and remainder
def multiples_of_four(table):
    column = table.select(1, 3)
    return torch.masked_select(column, torch.remainder(column, 4).eq(0))

# %% right: quotient and product
def multiples_of_four(table):
    column = table[:, 3]
    return column[column // 4 * 4 == column]

# %% right: the last two bits
def multiples_of_four(table):
    column = table[:, 3]
    return column[~(column & 3).bool()]

# %% wrong: columns counted from 1 -> off-by-one-slice cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 2]
    return column[column % 4 == 0]

# %% wrong: a row for the column -> row-and-column-exchanged cell="multiples-of-four-values"
def multiples_of_four(table):
    third = table[3]
    return third[third % 4 == 0]

# %% wrong: the other numbers -> condition-inverted cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    return column[column % 4 != 0]

# %% wrong: the remainder itself as mask -> condition-inverted cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    return column[(column % 4).bool()]

# %% wrong: the remainder as an index -> remainder-as-index cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    return column[column % 4]

# %% wrong: a mask of fractions -> float-index cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    mask = (column % 4 == 0).float()
    return column[mask]

# %% wrong: the mask, not what it selects -> mask-for-selection cell="multiples-of-four-values"
def multiples_of_four(table):
    return table[:, 3] % 4 == 0

# %% wrong: where they are -> indices-for-values cell="multiples-of-four-values"
def multiples_of_four(table):
    return torch.nonzero(table[:, 3] % 4 == 0).flatten()

# %% wrong: a whole tensor as condition -> unnamed cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    if column % 4 == 0:
        return column

# %% wrong: the others set to 0, in the table itself -> unnamed cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    column[column % 4 != 0] = 0
    return column

# %% wrong: halved in the table while looking -> argument-changed-in-place cell="multiples-of-four-values"
def multiples_of_four(table):
    result = table[:, 3][table[:, 3] % 4 == 0]
    table[:, 3] %= 4
    return result

# %% wrong: the selected rows with all columns -> rows-for-column cell="multiples-of-four-values"
def multiples_of_four(table):
    return table[table[:, 3] % 4 == 0]

# %% wrong: in the whole table -> all-columns-searched cell="multiples-of-four-values"
def multiples_of_four(table):
    return table[table % 4 == 0]

# %% wrong: a column (m, 1) -> keepdim-extra cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3:4]
    return column[column[:, 0] % 4 == 0]

# %% wrong: a list -> python-number-for-tensor cell="multiples-of-four-values"
def multiples_of_four(table):
    return [number.item() for number in table[:, 3] if number % 4 == 0]

# %% wrong: written into a copy -> copy-taken-for-view cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3].clone()
    column[column % 4 != 0][:] = 0
    return column[column != 0]

# %% wrong: positive ones alone -> unnamed cell="multiples-of-four-values"
def multiples_of_four(table):
    column = table[:, 3]
    return column[(column % 4 == 0) & (column > 0)]

# %% wrong: a loop -> loop-over-rows cell="multiples-of-four-vectorised"
def multiples_of_four(table):
    found = []
    for row in table:
        if row[3] % 4 == 0:
            found.append(row[3].item())
    return torch.tensor(found, dtype=table.dtype)

# %% wrong: a comprehension over a list -> loop-over-rows cell="multiples-of-four-vectorised"
def multiples_of_four(table):
    return torch.tensor([number for number in table[:, 3].tolist() if number % 4 == 0], dtype=torch.int64)
