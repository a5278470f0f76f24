# Answers to windows of tensors: all windows of neighbours, as a view

# %% right: as_strided with the tensor's own step
def windows(x, size):
    step = x.stride(0)
    return x.as_strided((len(x) - size + 1, size), (step, step))

# %% right: unfold
def windows(x, size):
    return x.unfold(0, size, 1)

# %% right: torch.as_strided, offset named
def windows(x, size):
    return torch.as_strided(x, (x.shape[0] - size + 1, size), (x.stride(0), x.stride(0)), x.storage_offset())

# %% wrong: windows that do not overlap -> unnamed cell="windows-values"
def windows(x, size):
    return x.unfold(0, size, size)

# %% wrong: one window too few -> off-by-one-slice cell="windows-values"
def windows(x, size):
    return x.as_strided((len(x) - size, size), (1, 1))

# %% wrong: windows down the columns -> transposed cell="windows-values"
def windows(x, size):
    step = x.stride(0)
    return x.as_strided((size, len(x) - size + 1), (step, step))

# %% wrong: always the first window -> unnamed cell="windows-values"
def windows(x, size):
    return x.as_strided((len(x) - size + 1, size), (0, 1))

# %% wrong: steps of a table -> unnamed cell="windows-values"
def windows(x, size):
    return x.as_strided((2, size), (size, 1))

# %% wrong: steps of 1, whatever the tensor's own are -> unnamed cell="windows-values"
def windows(x, size):
    return x.as_strided((len(x) - size + 1, size), (1, 1))

# %% wrong: their means -> unnamed cell="windows-values"
def windows(x, size):
    return x.float().unfold(0, size, 1).mean(dim=1)

# %% wrong: copied by an index -> does-not-share-memory cell="windows-view"
def windows(x, size):
    return x[torch.arange(len(x) - size + 1)[:, None] + torch.arange(size)]

# %% wrong: stacked slices -> does-not-share-memory cell="windows-view"
def windows(x, size):
    return torch.stack([x[i:i + size] for i in range(len(x) - size + 1)])

# %% wrong: a view made contiguous is a copy -> does-not-share-memory cell="windows-view"
def windows(x, size):
    return x.unfold(0, size, 1).contiguous()
