# Answers about tables: transposes, products, joins, slices, masks
# ruff: noqa
# %% check: a table turned on its side
check.agrees("turn", reference=lambda x: x.t(), inputs=lambda d: d.normal(d.rows, 3), rows=(5, 12))
# %% right: T
def turn(x):
    return x.T
# %% right: permute
def turn(x):
    return x.permute(1, 0)
# %% wrong: reshape -> reshape-for-transpose
def turn(x):
    return x.reshape(x.shape[1], x.shape[0])
# %% wrong: left as it is -> transposed
def turn(x):
    return x
# %% check: a square table turned
check.agrees("turn", reference=lambda x: x.t(), inputs=lambda d: d.normal(4, 4), rows=(4,))
# %% wrong: left as it is, square -> transposed
def turn(x):
    return x.clone()
# %% check: matrix times vector
check.agrees("apply", reference=lambda a, v: a @ v, inputs=lambda d: (d.normal(d.rows, 4), d.normal(4)))
# %% right: at
def apply(a, v):
    return a @ v
# %% right: multiplied and added up
def apply(a, v):
    return (a * v).sum(1)
# %% wrong: times -> elementwise-for-matmul
def apply(a, v):
    return a * v
# %% wrong: added up over the wrong dimension -> wrong-dim
def apply(a, v):
    return (a * v).sum(0)
# %% check: squared distance to a point
check.agrees("distance", reference=lambda x, p: ((x - p) ** 2).sum(1), inputs=lambda d: (d.normal(d.rows, 4), d.normal(4)))
# %% right: summed over columns
def distance(x, p):
    return (x - p).square().sum(1)
# %% wrong: not summed -> not-reduced
def distance(x, p):
    return (x - p) ** 2
# %% wrong: averaged -> unnamed
def distance(x, p):
    return ((x - p) ** 2).mean(1)
# %% check: vectors put on top of each other
check.agrees("pile", reference=lambda a, b: torch.stack([a, b]), inputs=lambda d: (d.normal(d.rows), d.normal(d.rows)), rows=(5, 12))
# %% right: stack
def pile(a, b):
    return torch.stack((a, b))
# %% wrong: cat -> cat-for-stack
def pile(a, b):
    return torch.cat([a, b])
# %% wrong: as columns -> transposed
def pile(a, b):
    return torch.stack((a, b), dim=1)
# %% check: vectors put one after the other
check.agrees("chain", reference=lambda a, b: torch.cat([a, b]), inputs=lambda d: (d.normal(d.rows), d.normal(d.rows)), rows=(5, 12))
# %% right: cat
def chain(a, b):
    return torch.cat((a, b))
# %% wrong: stack -> stack-for-cat
def chain(a, b):
    return torch.stack([a, b])
# %% wrong: the second first -> wrong-order
def chain(a, b):
    return torch.cat((b, a))
# %% check: rows two to the end
check.agrees("rest", reference=lambda x: x[2:], inputs=lambda d: d.normal(d.rows, 3), rows=(8, 12))
# %% right: slice
def rest(x):
    return x[2:]
# %% wrong: a row too many -> off-by-one-slice
def rest(x):
    return x[1:]
# %% wrong: shifted -> off-by-one-slice
def rest(x):
    return x[1:-1]
# %% wrong: the last row lost -> off-by-one-slice
def rest(x):
    return x[2:-1]
# %% wrong: back to front -> wrong-order
def rest(x):
    return x[2:].flip(0)
# %% check: which numbers are positive
check.agrees("positive", reference=lambda x: x > 0, inputs=lambda d: d.normal(d.rows + 2))
# %% right: a comparison
def positive(x):
    return x > 0
# %% right: gt
def positive(x):
    return x.gt(0)
# %% wrong: the negative ones -> condition-inverted
def positive(x):
    return x < 0
# %% wrong: as fractions -> unnamed
def positive(x):
    return (x > 0).float()
# %% check: the halves of whole numbers
check.agrees("halves", reference=lambda x: x / 2, inputs=lambda d: d.integers(1, 100, d.rows + 3))
# %% right: divided
def halves(x):
    return x / 2
# %% wrong: rounded down -> floor-division
def halves(x):
    return x // 2
# %% wrong: converted back -> integer-dtype
def halves(x):
    return (x / 2).long()
# %% wrong: doubles -> double-for-float
def halves(x):
    return torch.from_numpy(x.numpy() / 2)
# %% check: quotients of fractions
check.agrees("quotient", reference=lambda a, b: a / b, inputs=lambda d: (d.uniform(5, 50, d.rows), d.uniform(1, 3, d.rows)))
# %% right: divided, too
def quotient(a, b):
    return a / b
# %% wrong: floors of fractions -> floor-division
def quotient(a, b):
    return a // b
# %% check: brighter pixels
check.agrees("brighter", reference=lambda x: x.long() + 10, inputs=lambda d: torch.cat([d.integers(250, 256, 3), d.integers(0, 256, d.rows)]).to(torch.uint8))
# %% right: wider first
def brighter(x):
    return x.long() + 10
# %% wrong: as bytes -> uint8-wraps
def brighter(x):
    return x + 10
# %% check: twice, in the dtype of the inputs
check.agrees("twice", reference=lambda x: 2 * x, inputs=lambda d: d.normal(d.rows).double())
# %% right: times two
def twice(x):
    return 2 * x
# %% wrong: single precision -> float-for-double
def twice(x):
    return 2 * x.float()
# %% wrong: an array -> array-for-tensor
def twice(x):
    return 2 * x.numpy()
# %% wrong: once -> factor-half
def twice(x):
    return x.clone()
# %% check: a given example with visible numbers
check.example("double", torch.tensor([1.0, 2.0, 4.0]), gives=torch.tensor([2.0, 4.0, 8.0]))
# %% right: times two, shown
def double(x):
    return x * 2
# %% wrong: whole numbers -> integer-dtype
def double(x):
    return (x * 2).int()
# %% wrong: in place -> argument-changed-in-place
def double(x):
    return x.mul_(2)
# %% wrong: another order -> wrong-order
def double(x):
    return (x * 2).flip(0)
