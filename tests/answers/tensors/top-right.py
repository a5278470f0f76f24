# Answers to top-right of tensors: rows 0 to 4 and columns 5 to 9, as a view

# %% right: two slices
def top_right(table):
    return table[0:5, 5:10]

# %% right: from the ends
def top_right(table):
    return table[:-5, -5:]

# %% right: one after the other
def top_right(table):
    top = table[:5]
    return top[:, 5:]

# %% right: narrow
def top_right(table):
    return table.narrow(0, 0, 5).narrow(1, 5, 5)

# %% right: halves by chunk
def top_right(table):
    return table.chunk(2, dim=0)[0].chunk(2, dim=1)[1]

# %% right: split into blocks of five
def top_right(table):
    left, right = table.split(5, dim=1)
    return right.split(5)[0]

# %% wrong: stops taken for included -> off-by-one-slice cell="top-right-values"
def top_right(table):
    return table[0:4, 5:9]

# %% wrong: a row too few -> off-by-one-slice cell="top-right-values"
def top_right(table):
    return table[0:4, 5:10]

# %% wrong: a row and a column too many -> off-by-one-slice cell="top-right-values"
def top_right(table):
    return table[:6, 4:]

# %% wrong: rows and columns exchanged -> row-and-column-exchanged cell="top-right-values"
def top_right(table):
    return table[5:10, 0:5]

# %% wrong: the bottom right -> unnamed cell="top-right-values"
def top_right(table):
    return table[5:, 5:]

# %% wrong: two brackets, both for rows -> unnamed cell="top-right-values"
def top_right(table):
    return table[:5][5:]

# %% wrong: one column too early -> off-by-one-slice cell="top-right-values"
def top_right(table):
    return table[:5, 4:9]

# %% wrong: five numbers by two lists -> unnamed cell="top-right-values"
def top_right(table):
    return table[[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]

# %% wrong: transposed -> transposed cell="top-right-values"
def top_right(table):
    return table[:5, 5:].T

# %% wrong: a copy -> does-not-share-memory cell="top-right-values"
def top_right(table):
    return table[:5, 5:].clone()

# %% wrong: a list of rows copies -> does-not-share-memory cell="top-right-values"
def top_right(table):
    return table[[0, 1, 2, 3, 4]][:, 5:]

# %% wrong: a mask copies -> does-not-share-memory cell="top-right-values"
def top_right(table):
    mask = torch.zeros(10, 10, dtype=torch.bool)
    mask[:5, 5:] = True
    return table[mask].view(5, 5)
