# Answers that a gradient must flow through
# ruff: noqa
# %% check: gradient of a mean squared error
check.gradient("loss", reference=lambda w, x, y: ((x @ w - y) ** 2).mean(), inputs=lambda d: (d.normal(3), d.normal(d.rows, 3), d.normal(d.rows)))
# %% right: one expression
def loss(w, x, y):
    return ((x @ w - y) ** 2).mean()
# %% wrong: backward inside -> backward-inside
def loss(w, x, y):
    value = ((x @ w - y) ** 2).mean()
    value.backward()
    return value
# %% right: torch's
def loss(w, x, y):
    return F.mse_loss(x @ w, y)
# %% right: a loop
def loss(w, x, y):
    total = 0
    for row, target in zip(x, y):
        total = total + (row @ w - target) ** 2
    return total / len(y)
# %% wrong: the sum -> sum-for-mean
def loss(w, x, y):
    return ((x @ w - y) ** 2).sum()
# %% wrong: half -> factor-half
def loss(w, x, y):
    return ((x @ w - y) ** 2).mean() / 2
# %% wrong: negated -> sign-flipped
def loss(w, x, y):
    return -((x @ w - y) ** 2).mean()
# %% wrong: detached -> detached-result
def loss(w, x, y):
    return ((x @ w - y) ** 2).mean().detach()
# %% wrong: data taken -> detached-result
def loss(w, x, y):
    return ((x @ w.data - y) ** 2).mean()
# %% wrong: a tensor of a number -> number-in-graph
def loss(w, x, y):
    return torch.tensor(((x @ w - y) ** 2).mean().item())
# %% wrong: wrapped again -> rewrapped-result
def loss(w, x, y):
    return torch.tensor(((x @ w - y) ** 2).mean().item(), requires_grad=True)
# %% wrong: wrapped again, no gradient asked for, beside a detach that is another matter -> rewrapped-result
def loss(w, x, y):
    y = y.detach()
    return torch.tensor(((x @ w - y) ** 2).mean())
# %% wrong: wrapped under a name -> rewrapped-result
def loss(w, x, y):
    value = torch.tensor(((x @ w - y.data) ** 2).mean())
    return value
# %% wrong: inside no_grad -> no-grad-around-forward
def loss(w, x, y):
    with torch.no_grad():
        return ((x @ w - y) ** 2).mean()
# %% wrong: a Python number -> python-number-for-tensor
def loss(w, x, y):
    return float(((x @ w - y) ** 2).mean())
# %% wrong: NumPy in between -> numpy-with-graph
def loss(w, x, y):
    return torch.tensor(((x @ w).numpy() - y.numpy()) ** 2).mean()
# %% wrong: a detached prediction through NumPy -> numpy-in-graph
def loss(w, x, y):
    return torch.from_numpy((x @ w).detach().numpy() - y.numpy()).square().mean()
# %% wrong: the parameter not used -> gradient-disconnected
def loss(w, x, y):
    return (y ** 2).mean()
# %% wrong: rounded to whole numbers and back -> gradient-disconnected
def loss(w, x, y):
    return ((x @ w).long() - y).square().mean()
# %% wrong: nothing returned -> no-return
def loss(w, x, y):
    ((x @ w - y) ** 2).mean()
# %% check: gradients of both parameters
check.gradient("loss", reference=lambda w, b, x, y: ((x * w + b - y) ** 2).mean(), inputs=lambda d: (d.normal(1)[0], d.normal(1)[0], d.normal(d.rows), d.normal(d.rows)), of=(0, 1))
# %% right: both used
def loss(w, b, x, y):
    return ((x * w + b - y) ** 2).mean()
# %% right: moved to the other side
def loss(w, b, x, y):
    return ((y - b - x * w) ** 2).mean()
# %% wrong: one left out -> gradient-disconnected
def loss(w, b, x, y):
    return ((x * w - y) ** 2).mean()
# %% wrong: one as a number -> number-in-graph
def loss(w, b, x, y):
    return ((x * w + b.item() - y) ** 2).mean()
# %% wrong: one detached -> detached-result
def loss(w, b, x, y):
    return ((x * w + b.detach() - y) ** 2).mean()
# %% wrong: one rewritten -> unnamed
def loss(w, b, x, y):
    return ((x * w ** 2 + b - y) ** 2).mean()
# %% check: gradient of a vector
check.gradient("squares", reference=lambda x: x ** 2, inputs=lambda d: d.normal(d.rows))
# %% right: times itself
def squares(x):
    return x * x
# %% wrong: half of it without a history -> unnamed
def squares(x):
    return x * x.detach()
# %% wrong: twice -> factor-two
def squares(x):
    return 2 * x * x
# %% check: a root that is cut off below 0
check.gradient("safe_root", reference=lambda x: torch.where(x > 0, x.clamp(min=1e-6).sqrt(), 0.0), inputs=lambda d: torch.cat([d.normal(d.rows), torch.tensor([-1.0, 0.0, 2.0])]))
# %% right: made safe first
def safe_root(x):
    inside = torch.where(x > 0, x, torch.ones_like(x))
    return torch.where(x > 0, inside.sqrt(), torch.zeros_like(x))
# %% wrong: made safe afterwards -> infinite-gradient
def safe_root(x):
    return torch.where(x > 0, x.sqrt(), torch.zeros_like(x))
# %% check: a gradient taken by hand
check.agrees("slope", reference=lambda x: 2 * x, inputs=lambda d: d.normal(d.rows))
# %% right: one backward
def slope(x):
    w = x.clone().requires_grad_()
    (w ** 2).sum().backward()
    return w.grad
# %% right: two, with zeros between
def slope(x):
    w = x.clone().requires_grad_()
    for _ in range(2):
        w.grad = None
        (w ** 2).sum().backward()
    return w.grad
# %% wrong: two backward passes -> gradients-accumulate
def slope(x):
    w = x.clone().requires_grad_()
    (w ** 2).sum().backward()
    (w ** 2).sum().backward()
    return w.grad
# %% wrong: three in a loop -> gradients-accumulate
def slope(x):
    w = x.clone().requires_grad_()
    for _ in range(3):
        (w ** 2).sum().backward()
    return w.grad
# %% wrong: the gradient of the data -> grad-of-data
def slope(x):
    w = x.clone().requires_grad_()
    (w ** 2).sum().backward()
    return x.grad
# %% wrong: no backward -> grad-is-none
def slope(x):
    x = x.clone().requires_grad_()
    (x ** 2).sum()
    return x.grad
# %% wrong: half by hand -> factor-half
def slope(x):
    return x.clone()
# %% check: a mistake that only the gradient shows
check.gradient("weighted", reference=lambda x: (x.detach().exp() * x).sum(), inputs=lambda d: d.normal(d.rows), mistaken={
    "constant-in-graph": lambda x: (x.exp() * x).sum(), "wrong-part-detached": lambda x: (x.exp() * x.detach()).sum()})
# %% right: detached
def weighted(x):
    return torch.dot(x, x.detach().exp())
# %% right: in no_grad
def weighted(x):
    with torch.no_grad():
        weights = x.exp()
    return (weights * x).sum()
# %% wrong: nothing detached -> constant-in-graph
def weighted(x):
    return (x * x.exp()).sum()
# %% wrong: the other part detached -> wrong-part-detached
def weighted(x):
    return (x.detach() * x.exp()).sum()
# %% wrong: a value that is right and a slope that nobody foresaw -> unnamed
def weighted(x):
    return (x.detach().exp() * x).sum() + (x - x.detach()).pow(1).sum()
# %% check: a mistake that loses one of two gradients
check.gradient("product", reference=lambda a, b: (a * b).sum(), of=(0, 1), inputs=lambda d: (d.normal(d.rows), d.normal(d.rows)),
               mistaken={"wrong-part-detached": lambda a, b: (a * b.detach()).sum()})
# %% right: both kept
def product(a, b):
    return a @ b
# %% wrong: one lost -> wrong-part-detached
def product(a, b):
    return (b.detach() * a).sum()
# %% wrong: the other lost -> detached-result
def product(a, b):
    return (b * a.detach()).sum()
