# Answers to bce-loss of classification: binary cross-entropy from logits of any size

# %% right: softplus of both signs
def bce_loss(logits, labels):
    return (labels * F.softplus(-logits) + (1 - labels) * F.softplus(logits)).mean()

# %% right: softplus once, with the sign of the label
def bce_loss(logits, labels):
    return F.softplus(logits * (1 - 2 * labels)).mean()

# %% right: logsigmoid
def bce_loss(logits, labels):
    return -(labels * F.logsigmoid(logits) + (1 - labels) * F.logsigmoid(-logits)).mean()

# %% right: PyTorch's own
def bce_loss(logits, labels):
    return F.binary_cross_entropy_with_logits(logits, labels)

# %% right: the largest exponent taken out by hand
def bce_loss(logits, labels):
    signed = -(2 * labels - 1) * logits
    return (signed.clamp(min=0) + torch.log1p(torch.exp(-signed.abs()))).mean()

# %% wrong: the formula as it stands -> naive-exponential cell="bce-loss-large"
def bce_loss(logits, labels):
    p = 1 / (1 + torch.exp(-logits))
    return -(labels * torch.log(p) + (1 - labels) * torch.log(1 - p)).mean()

# %% wrong: the logarithm of one plus exp, as it stands -> naive-exponential cell="bce-loss-large"
def bce_loss(logits, labels):
    return torch.log(1 + torch.exp(-(2 * labels - 1) * logits)).mean()

# %% wrong: through probabilities -> probabilities-clamped cell="bce-loss-large"
def bce_loss(logits, labels):
    return F.binary_cross_entropy(torch.sigmoid(logits), labels)

# %% wrong: a small number in the logarithm -> epsilon-in-logarithm cell="bce-loss-large"
def bce_loss(logits, labels):
    p = torch.sigmoid(logits)
    return -(labels * torch.log(p + 1e-8) + (1 - labels) * torch.log(1 - p + 1e-8)).mean()

# %% wrong: a sigmoid too many -> sigmoid-before-bce-with-logits cell="bce-loss-values"
def bce_loss(logits, labels):
    p = torch.sigmoid(logits)
    return (labels * F.softplus(-p) + (1 - labels) * F.softplus(p)).mean()

# %% wrong: raw logits as probabilities -> bce-on-logits cell="bce-loss-values"
def bce_loss(logits, labels):
    return F.binary_cross_entropy(logits, labels)

# %% wrong: predictions and labels exchanged -> unnamed cell="bce-loss-values"
def bce_loss(logits, labels):
    return F.binary_cross_entropy_with_logits(labels, logits)

# %% wrong: the sum -> sum-for-mean cell="bce-loss-values"
def bce_loss(logits, labels):
    return (labels * F.softplus(-logits) + (1 - labels) * F.softplus(logits)).sum()

# %% wrong: labels exchanged -> labels-exchanged cell="bce-loss-values"
def bce_loss(logits, labels):
    return (labels * F.softplus(logits) + (1 - labels) * F.softplus(-logits)).mean()

# %% wrong: the term of label 0 forgotten -> term-of-zeros-missing cell="bce-loss-values"
def bce_loss(logits, labels):
    return (labels * F.softplus(-logits)).mean()

# %% wrong: the term of label 1 forgotten -> term-of-ones-missing cell="bce-loss-values"
def bce_loss(logits, labels):
    return ((1 - labels) * F.softplus(logits)).mean()

# %% wrong: the minus forgotten -> sign-flipped cell="bce-loss-values"
def bce_loss(logits, labels):
    return (labels * F.logsigmoid(logits) + (1 - labels) * F.logsigmoid(-logits)).mean()

# %% wrong: squares of probabilities -> probabilities-squared cell="bce-loss-values"
def bce_loss(logits, labels):
    return ((torch.sigmoid(logits) - labels) ** 2).mean()

# %% wrong: flat labels against a column -> bce-shapes-differ cell="bce-loss-values"
def bce_loss(logits, labels):
    return F.binary_cross_entropy_with_logits(logits, labels.flatten())

# %% wrong: flat labels in one's own formula -> broadcast-n-by-n cell="bce-loss-values"
def bce_loss(logits, labels):
    labels = labels.flatten()
    return (labels * F.softplus(-logits) + (1 - labels) * F.softplus(logits)).mean()

# %% wrong: labels made whole numbers -> labels-as-integers cell="bce-loss-values"
def bce_loss(logits, labels):
    return F.binary_cross_entropy_with_logits(logits, labels.long())

# %% wrong: a number without a graph -> number-in-graph cell="bce-loss-gradient"
def bce_loss(logits, labels):
    return torch.tensor((labels * F.softplus(-logits) + (1 - labels) * F.softplus(logits)).mean().item())

# %% wrong: row by row -> loop-over-rows cell="bce-loss-gradient"
def bce_loss(logits, labels):
    costs = [F.softplus(-z if y == 1 else z) for z, y in zip(logits, labels)]
    return torch.cat(costs).mean()

# %% wrong: one term only, and large logits by it -> term-of-ones-missing cell="bce-loss-values"
def bce_loss(logits, labels):
    return (F.softplus(logits) - labels * F.softplus(logits)).mean()
