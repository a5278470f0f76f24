# Answers to softmax of classification: probabilities row by row, for logits of any size

# %% right: the row's maximum subtracted
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)

# %% right: amax and broadcasting by hand
def softmax(logits):
    powers = (logits - logits.amax(1)[:, None]).exp()
    return powers / powers.sum(1).unsqueeze(1)

# %% right: logsumexp
def softmax(logits):
    return torch.exp(logits - torch.logsumexp(logits, dim=1, keepdim=True))

# %% right: PyTorch's own
def softmax(logits):
    return F.softmax(logits, dim=-1)

# %% wrong: the formula as it stands -> row-maximum-not-subtracted cell="softmax-large"
def softmax(logits):
    return torch.exp(logits) / torch.exp(logits).sum(dim=1, keepdim=True)

# %% wrong: one maximum for the whole table -> one-maximum-for-all-rows cell="softmax-large"
def softmax(logits):
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum(dim=1, keepdim=True)

# %% wrong: the columns add up to 1 -> softmax-wrong-dim cell="softmax-values"
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=0).values)
    return powers / powers.sum(dim=0)

# %% wrong: the whole table adds up to 1 -> softmax-over-table cell="softmax-values"
def softmax(logits):
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum()

# %% wrong: not divided -> normaliser-missing cell="softmax-values"
def softmax(logits):
    return torch.exp(logits)

# %% wrong: the logarithms -> log-softmax-for-softmax cell="softmax-values"
def softmax(logits):
    return logits - torch.logsumexp(logits, dim=1, keepdim=True)

# %% wrong: a sigmoid for each class -> sigmoid-for-softmax cell="softmax-values"
def softmax(logits):
    return torch.sigmoid(logits)

# %% wrong: no exponential -> exponential-missing cell="softmax-values"
def softmax(logits):
    return logits / logits.sum(dim=1, keepdim=True)

# %% wrong: the sum's dimension lost -> shapes-do-not-broadcast cell="softmax-values"
def softmax(logits):
    powers = torch.exp(logits)
    return powers / powers.sum(dim=1)

# %% wrong: the pair that max gives -> unnamed cell="softmax-values"
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)

# %% wrong: the logits are changed in place -> argument-changed-in-place cell="softmax-values"
def softmax(logits):
    logits -= logits.max(dim=1, keepdim=True).values
    return torch.exp(logits) / torch.exp(logits).sum(dim=1, keepdim=True)

# %% wrong: row by row -> loop-over-rows cell="softmax-values"
def softmax(logits):
    return torch.stack([torch.exp(row - row.max()) / torch.exp(row - row.max()).sum() for row in logits])
