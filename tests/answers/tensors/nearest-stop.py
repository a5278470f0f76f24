# Answers to nearest-stop of tensors: for each row the column of its smallest number

# %% right: argmin along the columns
def nearest_stop(distances):
    return distances.argmin(dim=1)

# %% right: the indices of min
def nearest_stop(distances):
    return distances.min(dim=-1).indices

# %% right: the second of the pair
def nearest_stop(distances):
    _, stop = torch.min(distances, 1)
    return stop

# %% right: sorted, then the first
def nearest_stop(distances):
    return distances.argsort(dim=1)[:, 0]

# %% right: the smallest of one, by topk
def nearest_stop(distances):
    return distances.topk(1, dim=1, largest=False).indices.squeeze(1)

# %% wrong: no dim -> no-dim cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin()

# %% wrong: down the columns -> wrong-dim cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin(dim=0)

# %% wrong: the pair of min -> max-pair cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.min(dim=1)

# %% wrong: the distances themselves -> values-for-indices cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.min(dim=1).values

# %% wrong: the furthest -> largest-for-smallest cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmax(dim=1)

# %% wrong: kept as a column -> keepdim-extra cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin(dim=1, keepdim=True)

# %% wrong: squeezed, so one house gives no row -> squeeze-kills-batch cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin(dim=1, keepdim=True).squeeze()

# %% wrong: counted from 1 -> counted-from-one cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin(dim=1) + 1

# %% wrong: a dimension too far -> dim-out-of-range cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin(dim=2)

# %% wrong: as fractions -> unnamed cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argmin(dim=1).float()

# %% wrong: a list of numbers -> python-number-for-tensor cell="nearest-stop-values"
def nearest_stop(distances):
    return [row.argmin().item() for row in distances]

# %% wrong: the whole order -> unnamed cell="nearest-stop-values"
def nearest_stop(distances):
    return distances.argsort(dim=1)

# %% wrong: int32 -> unnamed cell="nearest-stop-values"
def nearest_stop(distances):
    return torch.argmin(distances, -1).int()
