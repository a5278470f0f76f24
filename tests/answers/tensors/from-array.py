# Answers to from-array of tensors: a NumPy array as a float32 tensor with memory of its own

# %% right: torch.tensor copies
def from_array(array):
    return torch.tensor(array, dtype=torch.float32)

# %% right: converted and cloned
def from_array(array):
    return torch.from_numpy(array).float().clone()

# %% right: to with copy
def from_array(array):
    return torch.as_tensor(array).to(torch.float32, copy=True)

# %% right: copied by NumPy
def from_array(array):
    return torch.from_numpy(array.astype(np.float32))

# %% right: room of that shape, filled
def from_array(array):
    result = torch.empty(array.shape, dtype=torch.float32)
    result.copy_(torch.from_numpy(array))
    return result

# %% wrong: from_numpy keeps float64 -> double-for-float cell="from-array-values"
def from_array(array):
    return torch.from_numpy(array)

# %% wrong: torch.tensor keeps float64 -> double-for-float cell="from-array-values"
def from_array(array):
    return torch.tensor(array)

# %% wrong: flattened -> unnamed cell="from-array-values"
def from_array(array):
    return torch.tensor(array, dtype=torch.float32).flatten()

# %% wrong: still an array -> array-for-tensor cell="from-array-values"
def from_array(array):
    return array.astype(np.float32)

# %% wrong: a shape for the numbers -> unnamed cell="from-array-values"
def from_array(array):
    return torch.Tensor(*array.shape).fill_(torch.nan)

# %% wrong: whole numbers -> integer-dtype cell="from-array-values"
def from_array(array):
    return torch.from_numpy(array).long()

# %% wrong: the result of float dropped -> double-for-float cell="from-array-values"
def from_array(array):
    tensor = torch.tensor(array)
    tensor.float()
    return tensor

# %% wrong: only halves of the digits -> unnamed cell="from-array-values"
def from_array(array):
    return torch.tensor(array, dtype=torch.float16)

# %% wrong: from_numpy and float, which copies only when it must -> shares-memory cell="from-array-values"
def from_array(array):
    return torch.from_numpy(array).float()

# %% wrong: as_tensor with the right type shares -> shares-memory cell="from-array-values"
def from_array(array):
    return torch.as_tensor(array, dtype=torch.float32)

# %% wrong: torch.Tensor of an array shares -> shares-memory cell="from-array-values"
def from_array(array):
    return torch.Tensor(array)

# %% wrong: detached is not copied -> shares-memory cell="from-array-values"
def from_array(array):
    return torch.from_numpy(array).to(torch.float32).detach()

# %% wrong: a view of it is not a copy -> shares-memory cell="from-array-values"
def from_array(array):
    return torch.from_numpy(array).to(torch.float32).view(array.shape)
