# Wrong answers that look like a known mistake and are another, or none; and mistakes in unusual places
# ruff: noqa
# %% check: an update written as a function
check.agrees("step", reference=lambda w, x: w - 0.1 * x.mean(0), inputs=lambda d: (d.normal(3), d.normal(d.rows, 3)))
# %% right: out of place
def step(w, x):
    return w - 0.1 * x.mean(dim=0)
# %% wrong: a shape that does not fit, in place under no_grad -> shapes-do-not-broadcast
def step(w, x):
    w = w.clone().requires_grad_()
    with torch.no_grad():
        w -= 0.1 * torch.cat([x.mean(0), x.mean(0)])
    return w
# %% wrong: its own error -> unnamed
def step(w, x):
    if len(x) > 0:
        raise ValueError("not so")
    return w
# %% wrong: its own RuntimeError -> unnamed
def step(w, x):
    raise RuntimeError("The size of tensor a (5) must match the size of tensor b (2)")
# %% wrong: shapes and dtypes both wrong -> unnamed
def step(w, x):
    return x.double() @ torch.cat([w, w])
# %% wrong: a column mean where a shape differs by chance -> unnamed
def step(w, x):
    return (w - 0.1 * x.mean(0)).repeat(2)
# %% wrong: in a helper of its own -> matrix-product-shapes
def product(a, b):
    return a @ b

def step(w, x):
    return product(w, x)
# %% wrong: square brackets where a function is called -> brackets-for-call
def step(w, x):
    half = 0.5
    return torch.cos[half] * w
# %% wrong: in a comprehension -> float-index
def step(w, x):
    return torch.stack([w[i / 2] for i in range(3)])
# %% wrong: with a tensor of the notebook -> shapes-do-not-broadcast
rates = torch.ones(4)

def step(w, x):
    return w - rates * x.mean(0)
# %% wrong: in a lambda -> mean-of-integers
step = lambda w, x: w - 0.1 * x.long().mean()
# %% wrong: over several lines -> shapes-do-not-broadcast
def step(w, x):
    return (
        w
        - torch.cat([w,
                     w])
    )
# %% wrong: the step forward -> unnamed
def step(w, x):
    return w + 0.1 * x.mean(0)
# %% wrong: a name that is a number -> unnamed
def step(w, x):
    w = 3
    return w.sum()
# %% wrong: a print that fails after a right result -> unnamed
def step(w, x):
    result = w - 0.1 * x.mean(0)
    print("%d" % "text")
    return result
# %% check: sum of squares of one row, a visible example
check.example("energy", torch.tensor([[3.0, 4.0]]), gives=torch.tensor([25.0]))
# %% right: along the row
def energy(x):
    return (x ** 2).sum(1)
# %% wrong: everything, which one row cannot tell apart -> unnamed
def energy(x):
    return (x ** 2).sum()
# %% wrong: None from a helper -> unnamed
def helper(x):
    x.sum()

def energy(x):
    return helper(x)
# %% wrong: None on one way only -> no-return
def energy(x):
    if x.shape[0] > 1:
        return (x ** 2).sum(1)
# %% wrong: text -> unnamed
def energy(x):
    return "25"
# %% wrong: a tuple -> unnamed
def energy(x):
    return (x ** 2).sum(1), 1
# %% wrong: a printed stub -> unnamed
def energy(x):
    return ...
# %% check: mean of a column of numbers
check.agrees("centre", reference=lambda x: x.mean(), inputs=lambda d: d.normal(d.rows + 2, mean=3))
# %% right: sum over length
def centre(x):
    return x.sum() / len(x)
# %% wrong: the median -> unnamed
def centre(x):
    return x.median()
# %% wrong: divided by n plus 1 -> unnamed
def centre(x):
    return x.sum() / (len(x) + 1)
# %% wrong: the root of the mean of squares -> unnamed
def centre(x):
    return x.square().mean().sqrt()
# %% wrong: a constant -> unnamed
def centre(x):
    return torch.tensor(3.0)
# %% wrong: a number under the wrong name -> unnamed
def centre(x):
    return torch.tensor(0.0)
# %% wrong: n - 1 below -> divided-by-n-minus-one
def centre(x):
    return x.sum() / (x.numel() - 1)
# %% check: sum of rows with rows and columns alike
check.agrees("rows", reference=lambda x: x.sum(1), inputs=lambda d: d.normal(d.rows, d.rows), rows=(4,))
# %% wrong: of columns, which nothing but the input could tell -> unnamed
def rows(x):
    return x.sum(0)
# %% check: gradients through an update
check.gradient("chain", reference=lambda w: (w * 3).exp().sum(), inputs=lambda d: d.normal(4))
# %% right: as it is
def chain(w):
    return torch.exp(3 * w).sum()
# %% wrong: in place, and one walk in a loop besides -> in-place-on-saved
def chain(w):
    y = torch.exp(3 * w)
    z = y.sum()
    y *= 2
    for _ in range(1):
        z.backward()
    return z
# %% wrong: detached and a number, two explanations -> unnamed
def chain(w):
    return torch.tensor(torch.exp(3 * w.detach()).sum().item())
