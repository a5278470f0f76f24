# Answers to read-cell of tensors: what a tensor with given offset and strides has at [row, column]

# %% right: the sum of offset and strides
def read_cell(cells, offset, strides, row, column):
    return cells[offset + row * strides[0] + column * strides[1]]

# %% right: unpacked
def read_cell(cells, offset, strides, row, column):
    down, right = strides
    position = offset + down * row + right * column
    return cells[position]

# %% right: by slices with steps
def read_cell(cells, offset, strides, row, column):
    start = offset + row * strides[0]
    return cells[start:][column * strides[1]]

# %% right: a walk, step by step
def read_cell(cells, offset, strides, row, column):
    place = offset
    for _ in range(row):
        place += strides[0]
    for _ in range(column):
        place += strides[1]
    return cells[place]

# %% right: PyTorch's own as_strided
def read_cell(cells, offset, strides, row, column):
    return cells.as_strided((row + 1, column + 1), strides, offset)[row, column]

# %% right: the storage from its offset on
def read_cell(cells, offset, strides, row, column):
    return cells[offset:][row * strides[0]:][column * strides[1]]

# %% wrong: the offset forgotten -> offset-forgotten cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[row * strides[0] + column * strides[1]]

# %% wrong: strides exchanged -> strides-exchanged cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[offset + row * strides[1] + column * strides[0]]

# %% wrong: columns counted, as if it were x -> unnamed cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[offset + row * 4 + column]

# %% wrong: only rows stride -> unnamed cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[offset + row * strides[0] + column]

# %% wrong: a Python number -> python-number-for-tensor cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[offset + row * strides[0] + column * strides[1]].item()

# %% wrong: a slice of one number -> keepdim-extra cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    position = offset + row * strides[0] + column * strides[1]
    return cells[position:position + 1]

# %% wrong: a position made of fractions -> float-index cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    position = torch.tensor([1.0, row, column]) @ torch.tensor([offset, strides[0], strides[1]]).float()
    return cells[position]

# %% wrong: the position, not the number -> unnamed cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return torch.tensor(offset + row * strides[0] + column * strides[1])

# %% wrong: two indices for a flat storage -> too-many-indices cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[offset + row * strides[0], column * strides[1]]

# %% wrong: offset multiplied in -> unnamed cell="read-cell-values"
def read_cell(cells, offset, strides, row, column):
    return cells[(offset + row) * strides[0] + column * strides[1]]
