# Answers that raise over shapes, dtypes, indices
# ruff: noqa
# %% check: a linear prediction
check.agrees("predict", reference=lambda x, w, b: x @ w.t() + b, inputs=lambda d: (d.normal(d.rows, 3), d.normal(2, 3), d.normal(2)))
# %% right: linear
def predict(x, w, b):
    return F.linear(x, w, b)
# %% wrong: not transposed -> matrix-product-shapes
def predict(x, w, b):
    return x @ w + b
# %% wrong: matmul not transposed -> matrix-product-shapes
def predict(x, w, b):
    return torch.matmul(x, w) + b
# %% wrong: the other way round -> matrix-product-shapes
def predict(x, w, b):
    product = torch.mm(w.t(),
                       x)
    return product + b
# %% wrong: elementwise -> shapes-do-not-broadcast
def predict(x, w, b):
    return (x * w).sum(1) + b
# %% wrong: bias as long as rows -> shapes-do-not-broadcast
def predict(x, w, b):
    out = x @ w.t()
    return out + torch.cat([b, b]).view(-1)
# %% wrong: doubles in the middle -> double-for-float
def predict(x, w, b):
    w = w.double()
    return x @ w.t() + b
# %% wrong: whole weights -> integer-dtype
def predict(x, w, b):
    return x @ w.long().t() + b
# %% wrong: flattened weights by view -> view-of-non-contiguous
def predict(x, w, b):
    flat = w.t().view(-1)
    return x @ flat.view(3, 2) + b
# %% wrong: weights broken up -> sizes-do-not-fit
def predict(x, w, b):
    return x @ w.view(4, 2) + b
# %% wrong: other arguments -> another-signature
def predict(x, w):
    return x @ w.t()
# %% wrong: a name that is not there -> unnamed
def predict(x, w, b):
    return x @ weights.t() + b
# %% wrong: a condition on a tensor -> condition-on-tensor
def predict(x, w, b):
    if x > 0:
        return x @ w.t() + b
    return b
# %% wrong: one number of many -> number-of-many
def predict(x, w, b):
    return x @ w.t() + b.item()
# %% wrong: float of many -> number-of-many
def predict(x, w, b):
    return x @ w.t() + float(b)
# %% wrong: a third dimension -> dim-out-of-range
def predict(x, w, b):
    return (x[:, :, None] * w.t()).sum(dim=1) + b.sum(dim=2)
# %% wrong: a squeeze, then a column of it -> squeeze-kills-batch
def predict(x, w, b):
    first = (x @ w[:1].t()).squeeze()
    second = (x @ w[1:].t()).squeeze()
    n = first.shape[0]
    return torch.stack([first, second], 1) + b
# %% check: the column in the middle
check.agrees("middle", reference=lambda x: x[:, x.shape[1] // 2], inputs=lambda d: d.normal(d.rows, 5))
# %% right: whole division
def middle(x):
    return x[:, x.shape[1] // 2]
# %% wrong: a fraction -> float-index
def middle(x):
    return x[:, x.shape[1] / 2]
# %% wrong: a slice to a fraction -> float-index
def middle(x):
    half = x.shape[1] / 2
    return x[:, :half][:, -1]
# %% wrong: past the end -> index-out-of-range
def middle(x):
    return x[:, 5]
# %% wrong: too many -> too-many-indices
def middle(x):
    return x[:, 2, 0]
# %% check: pick by position
check.agrees("pick", reference=lambda x, i: x[i.long()], inputs=lambda d: (d.normal(9), d.integers(0, 9, d.rows).float()))
# %% right: as whole numbers
def pick(x, i):
    return x[i.long()]
# %% wrong: floats -> float-index
def pick(x, i):
    return x[i]
# %% wrong: counted from one -> index-out-of-range
def pick(x, i):
    i = i.long() + 9
    return x[i]
# %% check: the mean of whole numbers
check.agrees("middle", reference=lambda x: x.float().mean(), inputs=lambda d: d.integers(0, 50, d.rows))
# %% right: float first
def middle(x):
    return x.float().mean()
# %% right: with dtype
def middle(x):
    return torch.mean(x, dtype=torch.float32)
# %% wrong: of integers -> mean-of-integers
def middle(x):
    return x.mean()
# %% wrong: of integers, torch's -> mean-of-integers
def middle(x):
    return torch.mean(x)
# %% check: rows of several lengths, padded to one table
check.example("pad", [torch.ones(2), torch.ones(3)], gives=torch.tensor([[1.0, 1, 0], [1, 1, 1]]))
# %% right: padded
def pad(rows):
    return nn.utils.rnn.pad_sequence(rows, batch_first=True)
# %% wrong: stacked -> ragged-items
def pad(rows):
    return torch.stack(rows)
# %% wrong: by a loader -> ragged-items
def pad(rows):
    for batch in torch.utils.data.DataLoader(rows, batch_size=2):
        return batch
# %% check: a loader's batches
check.example("batches", torch.arange(6.0), gives=[torch.arange(3.0), torch.arange(3.0, 6.0)])
# %% right: a loader
def batches(x):
    return list(torch.utils.data.DataLoader(x, batch_size=3))
# %% wrong: two orders -> shuffle-with-sampler
def batches(x):
    order = torch.utils.data.SequentialSampler(x)
    return list(torch.utils.data.DataLoader(x, batch_size=3, shuffle=True, sampler=order))
# %% wrong: on another device -> device-mismatch
def batches(x):
    place = torch.zeros(6, device="meta")
    return list((x + place).split(3))
