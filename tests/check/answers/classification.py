# Answers about logits, probabilities, entropies, accuracy
# ruff: noqa
# %% check: softmax of each row
check.agrees("softmax", reference=lambda z: z.softmax(1), inputs=lambda d: d.normal(d.rows, 4), mistaken=families.softmax())
# %% right: by torch
def softmax(z):
    return torch.softmax(z, dim=1)
# %% right: by hand
def softmax(z):
    e = torch.exp(z - z.max(1, keepdim=True).values)
    return e / e.sum(1, keepdim=True)
# %% wrong: over columns -> softmax-wrong-dim
def softmax(z):
    return z.softmax(0)
# %% wrong: over everything -> softmax-over-table
def softmax(z):
    return z.exp() / z.exp().sum()
# %% wrong: not divided -> normaliser-missing
def softmax(z):
    return torch.exp(z)
# %% wrong: logarithms -> log-softmax-for-softmax
def softmax(z):
    return F.log_softmax(z, 1)
# %% wrong: each alone -> sigmoid-for-softmax
def softmax(z):
    return torch.sigmoid(z)
# %% wrong: without exp -> exponential-missing
def softmax(z):
    return z / z.sum(1, keepdim=True)
# %% check: softmax, no wrong references given
check.agrees("softmax", reference=lambda z: z.softmax(1), inputs=lambda d: d.normal(d.rows, 4))
# %% wrong: over columns, by the sums -> softmax-wrong-dim
def softmax(z):
    e = z.exp()
    return e / e.sum(0)
# %% check: cross-entropy from logits
check.agrees("loss", reference=F.cross_entropy, inputs=lambda d: (d.normal(d.rows, 4), d.integers(0, 4, d.rows)), mistaken=families.cross_entropy(lambda z, y: (z, y)))
# %% right: torch
def loss(z, y):
    return F.cross_entropy(z, y)
# %% right: picked log-probabilities
def loss(z, y):
    return -z.log_softmax(1)[torch.arange(len(y)), y].mean()
# %% wrong: softmax first -> softmax-before-cross-entropy
def loss(z, y):
    return F.cross_entropy(z.softmax(1), y)
# %% wrong: the sum -> sum-for-mean
def loss(z, y):
    return nn.CrossEntropyLoss(reduction="sum")(z, y)
# %% wrong: no minus -> sign-flipped
def loss(z, y):
    return z.log_softmax(1)[torch.arange(len(y)), y].mean()
# %% wrong: no logarithm -> logarithm-missing
def loss(z, y):
    return F.nll_loss(z.softmax(1), y)
# %% wrong: raw logits picked -> normaliser-missing
def loss(z, y):
    return F.nll_loss(z, y)
# %% wrong: over rows and classes -> divided-by-classes
def loss(z, y):
    chosen = F.one_hot(y, z.shape[1])
    return -(chosen * z.log_softmax(1)).mean()
# %% wrong: log2 -> other-logarithm
def loss(z, y):
    return -torch.log2(z.softmax(1))[torch.arange(len(y)), y].mean()
# %% wrong: labels as floats -> labels-as-floats
def loss(z, y):
    y = y.float()
    return F.cross_entropy(z, y)
# %% wrong: labels as a column -> labels-as-column
def loss(z, y):
    return nn.CrossEntropyLoss()(z, y.unsqueeze(1))
# %% wrong: labels from one -> label-out-of-range
def loss(z, y):
    labels = y + 4
    return F.cross_entropy(z, labels)
# %% wrong: a logit column -> one-logit-with-cross-entropy
def loss(z, y):
    return F.cross_entropy(z[:, :1], y * 0)
# %% check: binary cross-entropy from logits
check.agrees("loss", reference=F.binary_cross_entropy_with_logits, inputs=lambda d: (d.normal(d.rows, std=2), d.integers(0, 2, d.rows).float()), mistaken=families.binary_cross_entropy(lambda z, y: (z, y)))
# %% right: torch, binary
def loss(z, y):
    return F.binary_cross_entropy_with_logits(z, y)
# %% right: softplus
def loss(z, y):
    return (F.softplus(z) - y * z).mean()
# %% wrong: sigmoid twice -> sigmoid-before-bce-with-logits
def loss(z, y):
    return F.binary_cross_entropy_with_logits(torch.sigmoid(z), y)
# %% wrong: raw logits -> bce-on-logits
def loss(z, y):
    return F.binary_cross_entropy(z, y)
# %% wrong: a column of logits -> bce-shapes-differ
def loss(z, y):
    logits = z.unsqueeze(1)
    return F.binary_cross_entropy_with_logits(logits, y)
# %% wrong: whole labels -> labels-as-integers
def loss(z, y):
    return F.binary_cross_entropy(torch.sigmoid(z), y.long())
# %% wrong: labels the other way round -> labels-exchanged
def loss(z, y):
    return F.binary_cross_entropy_with_logits(z, 1 - y)
# %% wrong: only zeros -> term-of-ones-missing
def loss(z, y):
    return -((1 - y) * F.logsigmoid(-z)).mean()
# %% wrong: only ones -> term-of-zeros-missing
def loss(z, y):
    return -(y * F.logsigmoid(z)).mean()
# %% wrong: squared -> probabilities-squared
def loss(z, y):
    return F.mse_loss(torch.sigmoid(z), y)
# %% check: binary cross-entropy of large logits
check.agrees("loss", reference=F.binary_cross_entropy_with_logits, inputs=lambda d: (1000 * d.normal(d.rows).sign() - 1, d.integers(0, 2, d.rows).float()))
# %% right: torch, large
def loss(z, y):
    return F.binary_cross_entropy_with_logits(z, y)
# %% wrong: exp and log -> naive-exponential
def loss(z, y):
    p = 1 / (1 + torch.exp(-z))
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
# %% check: accuracy from logits of one column
check.agrees("accuracy", reference=lambda z, y: ((z > 0).float() == y).float().mean(), inputs=lambda d: (d.normal(d.rows, 1, std=0.5), d.integers(0, 2, d.rows, 1).float()), rows=(101, 12), mistaken=families.accuracy(lambda z, y: (z, y)))
# %% right: mean of hits
def accuracy(z, y):
    return ((z > 0).float() == y).float().mean()
# %% right: counted and divided
def accuracy(z, y):
    return ((z > 0) == y.bool()).sum() / len(y)
# %% wrong: counted -> accuracy-not-divided
def accuracy(z, y):
    return ((z > 0).float() == y).sum()
# %% wrong: counted as fractions -> accuracy-not-divided
def accuracy(z, y):
    return ((z > 0).float() == y).float().sum()
# %% wrong: the wrong ones -> accuracy-inverted
def accuracy(z, y):
    return ((z > 0).float() != y).float().mean()
# %% wrong: all pairs counted -> accuracy-broadcast
def accuracy(z, y):
    return ((z > 0).float() == y.squeeze(1)).sum() / len(y)
# %% wrong: all pairs averaged -> accuracy-over-pairs
def accuracy(z, y):
    return ((z > 0).float() == y.squeeze(1)).float().mean()
# %% wrong: half as threshold -> threshold-half-on-logits
def accuracy(z, y):
    return ((z > 0.5).float() == y).float().mean()
# %% wrong: mean of booleans -> mean-of-integers
def accuracy(z, y):
    return ((z > 0).float() == y).mean()
# %% wrong: percent -> accuracy-in-percent
def accuracy(z, y):
    return 100 * ((z > 0).float() == y).float().mean()
# %% check: accuracy, no wrong references given
check.agrees("accuracy", reference=lambda z, y: ((z > 0).float() == y).float().mean(), inputs=lambda d: (d.normal(d.rows, 1), d.integers(0, 2, d.rows, 1).float()), rows=(12, 31))
# %% wrong: pairs, above one -> accuracy-broadcast
def accuracy(z, y):
    return ((z > 0).float() == y.squeeze(1)).sum() / len(y)
# %% check: the squared hinge with its margin
def parts(w, x, t, c):
    return w, x @ w, t, c
check.agrees("margin_loss", reference=lambda w, x, t, c: 0.5 * w @ w + c * ((1 - t * (x @ w)).clamp(min=0) ** 2).sum(), inputs=lambda d: (d.normal(3), d.normal(d.rows, 3), d.integers(0, 2, d.rows) * 2.0 - 1, 0.7), mistaken=families.hinge(parts))
# %% right: relu
def margin_loss(w, x, t, c):
    return 0.5 * (w ** 2).sum() + c * torch.relu(1 - t * (x @ w)).square().sum()
# %% wrong: plain hinge -> hinge-not-squared
def margin_loss(w, x, t, c):
    return 0.5 * (w ** 2).sum() + c * torch.relu(1 - t * (x @ w)).sum()
# %% wrong: no margin term -> margin-term-missing
def margin_loss(w, x, t, c):
    return c * torch.relu(1 - t * (x @ w)).square().sum()
# %% wrong: zero-one labels -> hinge-labels-zero-one
def margin_loss(w, x, t, c):
    t = (t > 0).float()
    return 0.5 * (w ** 2).sum() + c * torch.relu(1 - t * (x @ w)).square().sum()
# %% wrong: without C -> hinge-weight-ignored
def margin_loss(w, x, t, c):
    return 0.5 * (w ** 2).sum() + torch.relu(1 - t * (x @ w)).square().sum()
# %% wrong: no maximum -> hinge-without-maximum
def margin_loss(w, x, t, c):
    return 0.5 * (w ** 2).sum() + c * (1 - t * (x @ w)).square().sum()
# %% wrong: no one -> hinge-without-one
def margin_loss(w, x, t, c):
    return 0.5 * (w ** 2).sum() + c * torch.relu(-t * (x @ w)).square().sum()
# %% wrong: no half -> margin-term-doubled
def margin_loss(w, x, t, c):
    return (w ** 2).sum() + c * torch.relu(1 - t * (x @ w)).square().sum()
# %% wrong: the mean of the hinges -> mean-for-sum
def margin_loss(w, x, t, c):
    return 0.5 * (w ** 2).sum() + c * torch.relu(1 - t * (x @ w)).square().mean()
# %% check: accuracy over several classes
check.agrees("accuracy", reference=lambda z, y: (z.argmax(1) == y).float().mean(), inputs=lambda d: (d.normal(d.rows, 3), d.integers(0, 3, d.rows)), rows=(31, 12), mistaken=families.accuracy(lambda z, y: (z, y)))
# %% right: argmax
def accuracy(z, y):
    return (torch.argmax(z, dim=1) == y).float().mean()
# %% wrong: argmin -> smallest-score-taken
def accuracy(z, y):
    return (z.argmin(1) == y).float().mean()
