# Answers to losses: means, squares, factors and broadcasting
# ruff: noqa
# %% check: mean squared error of two columns
check.agrees("loss", reference=lambda p, t: ((p - t) ** 2).mean(), inputs=lambda d: (d.normal(d.rows, 1, mean=0.5, std=2), d.normal(d.rows, 1)), mistaken=families.squared_error(lambda p, t: (p, t)))
# %% right: one expression
def loss(p, t):
    return ((p - t) ** 2).mean()
# %% right: torch's own
def loss(p, t):
    return F.mse_loss(p, t)
# %% right: a sum divided by the number of rows
def loss(p, t):
    residual = (p - t).squeeze(1)
    return residual @ residual / len(p)
# %% right: a loop over rows
def loss(p, t):
    total = torch.zeros(())
    for row in range(len(p)):
        total = total + (p[row, 0] - t[row, 0]) ** 2
    return total / len(p)
# %% wrong: the sum -> sum-for-mean
def loss(p, t):
    return ((p - t) ** 2).sum()
# %% wrong: half -> factor-half
def loss(p, t):
    return 0.5 * ((p - t) ** 2).mean()
# %% wrong: twice -> factor-two
def loss(p, t):
    return 2 * ((p - t) ** 2).mean()
# %% wrong: divided by n - 1 -> divided-by-n-minus-one
def loss(p, t):
    return ((p - t) ** 2).sum() / (len(p) - 1)
# %% wrong: absolute -> absolute-error
def loss(p, t):
    return (p - t).abs().mean()
# %% wrong: with a root -> root-of-loss
def loss(p, t):
    return ((p - t) ** 2).mean() ** 0.5
# %% wrong: not squared -> not-squared
def loss(p, t):
    return (p - t).mean()
# %% wrong: squared after the mean -> square-of-mean
def loss(p, t):
    return (p - t).mean() ** 2
# %% wrong: a column against a row -> broadcast-n-by-n
def loss(p, t):
    return ((p - t.squeeze(1)) ** 2).mean()
# %% wrong: without the last row -> last-row-left-out
def loss(p, t):
    return ((p - t)[:-1] ** 2).mean() if len(p) > 1 else ((p - t) ** 2).mean()
# %% wrong: only the first row -> only-first-row
def loss(p, t):
    for row in range(len(p)):
        return ((p[row] - t[row]) ** 2).mean()
# %% wrong: without the targets -> predictions-for-loss
def loss(p, t):
    return (p ** 2).mean()
# %% wrong: a Python number -> python-number-for-tensor
def loss(p, t):
    return ((p - t) ** 2).mean().item()
# %% wrong: nothing returned -> no-return
def loss(p, t):
    total = ((p - t) ** 2).mean()
# %% wrong: printed -> no-return
def loss(p, t):
    print(((p - t) ** 2).mean())
# %% wrong: in double precision -> double-for-float
def loss(p, t):
    return ((p.double() - t.double()) ** 2).mean()
# %% wrong: a NumPy number -> array-for-tensor
def loss(p, t):
    return ((p.numpy() - t.numpy()) ** 2).mean()
# %% wrong: mean named and not called -> parentheses-missing
def loss(p, t):
    return ((p - t) ** 2).mean
# %% wrong: one number a row -> keepdim-extra
def loss(p, t):
    return ((p - t) ** 2).mean(0)
# %% wrong: a loss of its own -> unnamed
def loss(p, t):
    return ((p - t) ** 4).mean() + 0.3
# %% wrong: squared before the difference -> unnamed
def loss(p, t):
    return (p ** 2 - t ** 2).mean()
# %% check: mean squared error, no wrong references given
check.agrees("loss", reference=lambda p, t: ((p - t) ** 2).mean(), inputs=lambda d: (d.normal(d.rows, 1, mean=2), d.normal(d.rows, 1)))
# %% right: mean of squares
def loss(p, t):
    return (p - t).square().mean()
# %% wrong: the sum, by its factor -> sum-for-mean
def loss(p, t):
    return ((p - t) ** 2).sum()
# %% wrong: half, by its factor -> factor-half
def loss(p, t):
    return ((p - t) ** 2).mean() / 2
# %% wrong: n - 1, by its factor -> divided-by-n-minus-one
def loss(p, t):
    return ((p - t) ** 2).sum() / (p.shape[0] - 1)
# %% wrong: root, by its square -> root-of-loss
def loss(p, t):
    return torch.sqrt(((p - t) ** 2).mean())
# %% wrong: negated -> sign-flipped
def loss(p, t):
    return -((p - t) ** 2).mean()
# %% wrong: broadcast, which its value alone cannot tell -> unnamed
def loss(p, t):
    return ((p - t.squeeze(1)) ** 2).mean()
# %% wrong: times three -> unnamed
def loss(p, t):
    return 3 * ((p - t) ** 2).mean()
# %% check: a sum of squares
check.agrees("total", reference=lambda x: (x ** 2).sum(), inputs=lambda d: d.normal(d.rows))
# %% right: a dot product
def total(x):
    return x @ x
# %% wrong: the mean -> mean-for-sum
def total(x):
    return (x ** 2).mean()
# %% wrong: squares not added up -> not-reduced
def total(x):
    return x ** 2
# %% check: two rows only, so that n and 2 are one number
check.agrees("loss", reference=lambda p, t: ((p - t) ** 2).mean(), inputs=lambda d: (d.normal(d.rows), d.normal(d.rows)), rows=(2,))
# %% wrong: the sum, which is also twice -> unnamed
def loss(p, t):
    return ((p - t) ** 2).sum()
# %% check: residual of two columns
check.agrees("residual", reference=lambda p, t: p - t, inputs=lambda d: (d.normal(d.rows, 1), d.normal(d.rows, 1)))
# %% right: minus
def residual(p, t):
    return p - t
# %% wrong: the other way round -> sign-flipped
def residual(p, t):
    return t - p
# %% wrong: n by n -> broadcast-n-by-n
def residual(p, t):
    return p - t.squeeze(1)
# %% wrong: in place in its argument -> argument-changed-in-place
def residual(p, t):
    p -= t
    return p
# %% wrong: a clone would have been needed after a view -> argument-changed-in-place
def residual(p, t):
    flat = p.view(-1)
    flat.sub_(t.view(-1))
    return flat.view(-1, 1)
# %% wrong: out of order -> wrong-order
def residual(p, t):
    return (p - t).sort(0).values
