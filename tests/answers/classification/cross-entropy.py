# Answers to cross-entropy of classification: the mean negative log probability of each row's own class

# %% right: logsumexp minus the row's own logit
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels), device=labels.device)
    return (torch.logsumexp(logits, dim=1) - logits[rows, labels]).mean()

# %% right: gather
def cross_entropy(logits, labels):
    own = logits.gather(1, labels.unsqueeze(1)).squeeze(1)
    return torch.logsumexp(logits, 1).mean() - own.mean()

# %% right: one-hot labels
def cross_entropy(logits, labels):
    picked = (F.one_hot(labels, logits.shape[1]) * logits).sum(dim=1)
    return (logits.logsumexp(dim=1) - picked).sum() / len(labels)

# %% right: PyTorch's own
def cross_entropy(logits, labels):
    return F.cross_entropy(logits, labels)

# %% wrong: a softmax too many -> softmax-before-cross-entropy cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return F.cross_entropy(torch.softmax(logits, dim=1), labels)

# %% wrong: over the rows -> softmax-wrong-dim cell="cross-entropy-values"
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return -torch.log_softmax(logits, dim=0)[rows, labels].mean()

# %% wrong: the sum of the formula, not divided -> sum-for-mean cell="cross-entropy-values"
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (torch.logsumexp(logits, dim=1) - logits[rows, labels]).sum()

# %% wrong: the minus at the wrong place -> sign-flipped cell="cross-entropy-values"
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (logits[rows, labels] - torch.logsumexp(logits, dim=1)).mean()

# %% wrong: probabilities without a logarithm -> logarithm-missing cell="cross-entropy-values"
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return -torch.softmax(logits, dim=1)[rows, labels].mean()

# %% wrong: the sum over the classes forgotten -> normaliser-missing cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return -logits[torch.arange(len(labels)), labels].mean()

# %% wrong: whole columns picked -> whole-columns-picked cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return (torch.logsumexp(logits, dim=1) - logits[:, labels]).mean()

# %% wrong: the exponentials as they stand -> naive-exponential cell="cross-entropy-gradient"
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (torch.log(torch.exp(logits).sum(dim=1)) - logits[rows, labels]).mean()

# %% wrong: the logarithm of a probability -> naive-exponential cell="cross-entropy-gradient"
def cross_entropy(logits, labels):
    p = torch.softmax(logits, dim=1)
    return -torch.log(p[torch.arange(len(labels)), labels]).mean()

# %% wrong: float labels -> labels-as-floats cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return F.cross_entropy(logits, labels.float())

# %% wrong: labels as a column -> labels-as-column cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return F.cross_entropy(logits, labels.view(-1, 1))

# %% wrong: labels counted from 1 -> label-out-of-range cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return F.cross_entropy(logits, labels + 1)

# %% wrong: the first column only -> one-logit-with-cross-entropy cell="cross-entropy-values"
def cross_entropy(logits, labels):
    return F.cross_entropy(logits[:, :1], torch.zeros_like(labels))

# %% wrong: the class of the largest logit -> unnamed cell="cross-entropy-values"
def cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (torch.logsumexp(logits, dim=1) - logits[rows, logits.argmax(dim=1)]).mean()

# %% wrong: no graph -> detached-result cell="cross-entropy-gradient"
def cross_entropy(logits, labels):
    return F.cross_entropy(logits.detach(), labels)

# %% wrong: row by row -> loop-over-rows cell="cross-entropy-device"
def cross_entropy(logits, labels):
    return torch.stack([torch.logsumexp(z, dim=0) - z[k] for z, k in zip(logits, labels)]).mean()

# %% wrong: one-hot labels made on the CPU -> device-mismatch cell="cross-entropy-device"
def cross_entropy(logits, labels):
    own = torch.zeros(logits.shape)
    own[torch.arange(len(labels)), labels] = 1
    return (torch.logsumexp(logits, dim=1) - (own * logits).sum(dim=1)).mean()
