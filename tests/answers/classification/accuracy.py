# Answers to accuracy of classification: the share of right decisions, labels (n, 1) or (n,)

# %% right: both flat
def accuracy(logits, labels):
    decisions = logits.flatten() > 0
    return (decisions == (labels.flatten() == 1)).float().mean()

# %% right: both as columns, counted and divided
def accuracy(logits, labels):
    decisions = (logits > 0).float()
    return (decisions == labels.view(-1, 1)).sum() / len(labels)

# %% right: probabilities, with their own threshold
def accuracy(logits, labels):
    decisions = (torch.sigmoid(logits) > 0.5).float().reshape(-1)
    return torch.eq(decisions, labels.reshape(-1)).float().mean()

# %% wrong: the sign of the product, which has none at 0 -> threshold-included cell="accuracy-values"
def accuracy(logits, labels):
    signs = 2 * labels.reshape(-1) - 1
    return (signs * logits[:, 0] > 0).float().mean()

# %% wrong: the shapes as they come, added up -> accuracy-broadcast cell="accuracy-values"
def accuracy(logits, labels):
    decisions = (logits > 0).float()
    return (decisions == labels).sum() / len(labels)

# %% wrong: the shapes as they come, averaged -> accuracy-over-pairs cell="accuracy-values"
def accuracy(logits, labels):
    return ((logits > 0).float() == labels).float().mean()

# %% wrong: the threshold of probabilities -> threshold-half-on-logits cell="accuracy-values"
def accuracy(logits, labels):
    decisions = (logits.flatten() > 0.5).float()
    return (decisions == labels.flatten()).float().mean()

# %% wrong: a count -> accuracy-not-divided cell="accuracy-values"
def accuracy(logits, labels):
    return ((logits.flatten() > 0) == (labels.flatten() == 1)).float().sum()

# %% wrong: the wrong ones -> accuracy-inverted cell="accuracy-values"
def accuracy(logits, labels):
    return ((logits.flatten() > 0) != (labels.flatten() == 1)).float().mean()

# %% wrong: per cent -> accuracy-in-percent cell="accuracy-values"
def accuracy(logits, labels):
    return 100 * ((logits.flatten() > 0) == (labels.flatten() == 1)).float().mean()

# %% wrong: the mean of True and False -> mean-of-integers cell="accuracy-values"
def accuracy(logits, labels):
    return ((logits.flatten() > 0) == (labels.flatten() == 1)).mean()

# %% wrong: a Python number -> python-number-for-tensor cell="accuracy-values"
def accuracy(logits, labels):
    return ((logits.flatten() > 0) == (labels.flatten() == 1)).float().mean().item()

# %% wrong: argmax of a single column -> argmax-of-one-column cell="accuracy-values"
def accuracy(logits, labels):
    return (logits.argmax(dim=1) == labels.flatten()).float().mean()

# %% wrong: logits compared with labels -> unnamed cell="accuracy-values"
def accuracy(logits, labels):
    return (logits.flatten() == labels.flatten()).float().mean()

# %% wrong: row by row -> loop-over-rows cell="accuracy-device"
def accuracy(logits, labels):
    hits = torch.zeros((), device=logits.device)
    for z, y in zip(logits.flatten(), labels.flatten()):
        hits += ((z > 0) == (y == 1)).float()
    return hits / len(labels)

# %% wrong: decisions made on the CPU -> device-mismatch cell="accuracy-device"
def accuracy(logits, labels):
    decisions = torch.zeros(len(logits))
    decisions[logits.flatten().cpu() > 0] = 1
    return (decisions == labels.flatten()).float().mean()

# %% right: the sign of the logits
def accuracy(logits, labels):
    decisions = (torch.sign(logits) == 1).flatten()
    return (decisions == labels.flatten().bool()).sum() / len(labels)

# %% wrong: from 0 on -> threshold-included cell="accuracy-values"
def accuracy(logits, labels):
    return ((logits.flatten() >= 0) == (labels.flatten() == 1)).float().mean()

# %% wrong: probabilities above 0 -> zero-threshold-on-probabilities cell="accuracy-values"
def accuracy(logits, labels):
    return ((torch.sigmoid(logits).flatten() > 0) == (labels.flatten() == 1)).float().mean()

# %% wrong: the share of decisions for 1 -> labels-left-out cell="accuracy-values"
def accuracy(logits, labels):
    return (logits.flatten() > 0).float().mean()

# %% right: hits counted, wrong ones by exclusive or
def accuracy(logits, labels):
    return 1 - torch.logical_xor(logits.ravel() > 0, labels.ravel() > 0.5).float().mean()

# %% wrong: float64 -> double-for-float cell="accuracy-values"
def accuracy(logits, labels):
    return (logits.flatten().gt(0).double() == labels.flatten()).double().mean()
