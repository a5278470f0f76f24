# Answers that raise over leaves, graphs, gradients
# ruff: noqa
# %% check: slope by descent
def slope_by_hand(x, y):
    w = torch.zeros(())
    for _ in range(3):
        w = w - 0.1 * (2 * (w * x - y) * x).mean()
    return w
check.agrees("slope", reference=slope_by_hand, inputs=lambda d: (d.normal(d.rows), d.normal(d.rows)), rtol=1e-4)
# %% right: in place under no_grad
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
        w.grad = None
    return w.detach()
# %% right: an optimiser
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=0.1)
    for _ in range(3):
        optimiser.zero_grad()
        F.mse_loss(w * x, y).backward()
        optimiser.step()
    return w
# %% wrong: rebound -> leaf-rebound
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        w = w - 0.1 * w.grad
    return w
# %% wrong: rebound inside no_grad -> leaf-rebound-in-no-grad
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w = w - 0.1 * w.grad
    return w
# %% wrong: in place outside no_grad -> in-place-on-leaf
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        w -= 0.1 * w.grad
    return w
# %% wrong: sub_ outside no_grad -> in-place-on-leaf
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        w.sub_(0.1 * w.grad)
    return w
# %% wrong: zeroed too early -> zeroing-none
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        w.grad.zero_()
        ((w * x - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
    return w
# %% wrong: gradient set to 0 -> grad-set-to-number
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        ((w * x - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
        w.grad = 0
    return w
# %% wrong: no backward at all -> grad-is-none
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        with torch.no_grad():
            w -= 0.1 * w.grad
    return w
# %% wrong: step first -> step-before-backward
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        with torch.no_grad():
            w -= 0.1 * w.grad
        loss.backward()
    return w
# %% wrong: no leaf -> not-a-leaf
def slope(x, y):
    w = torch.ones((), requires_grad=True) * 0
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
    return w
# %% wrong: requires_grad forgotten -> backward-without-graph
def slope(x, y):
    w = torch.zeros(())
    for _ in range(3):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
    return w
# %% wrong: forward inside no_grad -> no-grad-around-forward
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for _ in range(3):
        with torch.no_grad():
            loss = ((w * x - y) ** 2).mean()
        loss.backward()
    return w
# %% wrong: requires_grad forgotten, and something detached that needs no gradient -> backward-without-graph
def slope(x, y):
    w = torch.zeros(())
    loss = ((w * x.detach() - y) ** 2).mean()
    loss.backward()
    return w
# %% wrong: detached -> detached-result
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = ((w.detach() * x - y) ** 2).mean()
    loss.backward()
    return w
# %% wrong: a number -> number-in-graph
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = ((w * x - y) ** 2).mean().item()
    loss.backward()
    return w
# %% wrong: a tensor made of a number -> number-in-graph
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = torch.tensor(((w * x - y) ** 2).mean().item())
    loss.backward()
    return w
# %% wrong: backward on all rows -> backward-on-vector
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    errors = torch.cat([(w * x - y) ** 2, x])
    errors.backward()
    return w
# %% wrong: one loss for all steps -> backward-twice
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = ((w * x - y) ** 2).mean()
    for _ in range(3):
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
    return w
# %% wrong: backward called twice -> backward-twice
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    loss.backward()
    return w
# %% wrong: a saved tensor overwritten -> in-place-on-saved
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    error = w * x - y
    squares = error ** 2
    error += 1
    loss = squares.mean()
    loss.backward()
    return w
# %% wrong: the leaf moved on before each walk back -> in-place-on-saved
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    for place in (1.0, 2.0, 3.0):
        loss = ((w * w * x - y) ** 2).mean()
        with torch.no_grad():
            w.fill_(place)
        loss.backward()
    return w
# %% wrong: the predictions of one graph in every loss -> backward-twice
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    predictions = (w * x).exp()
    for _ in range(3):
        loss = ((predictions - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
    return w
# %% wrong: overwritten, and the graph used twice besides -> in-place-on-saved
def slope(x, y):
    w = torch.ones((), requires_grad=True)
    predictions = (w * x).exp()
    predictions.mul_(2)
    for _ in range(2):
        predictions.sum().backward()
    return w
# %% wrong: the gradient of the data -> grad-of-data
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    return 2 * x.grad
# %% wrong: nothing requires a gradient -> grad-is-none
def slope(x, y):
    w = torch.zeros(())
    loss = ((w * x - y) ** 2).mean()
    return 2 * w.grad
# %% wrong: whole numbers -> grad-of-integers
def slope(x, y):
    w = torch.tensor(0, requires_grad=True)
    return w
# %% wrong: whole numbers, later -> grad-of-integers
def slope(x, y):
    w = torch.arange(1)
    w.requires_grad_()
    return w
# %% wrong: NumPy with a graph -> numpy-with-graph
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    loss = ((w * x - y) ** 2).mean()
    return loss.numpy()
# %% wrong: an optimiser with a tensor -> optimiser-given-a-tensor
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD(w, lr=0.1)
    return w
# %% wrong: an optimiser with a computed tensor -> not-a-leaf
def slope(x, y):
    w = torch.zeros((), requires_grad=True) * 1
    optimiser = torch.optim.SGD([w], lr=0.1)
    return w
# %% wrong: an optimiser with nothing -> optimiser-without-parameters
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    parameters = (p for p in [w])
    print(list(parameters))
    optimiser = torch.optim.SGD(parameters, lr=0.1)
    return w
# %% wrong: the gradient of a result -> grad-of-non-leaf
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    out = w * x
    ((out - y) ** 2).mean().backward()
    return out.grad
# %% wrong: a negative rate, its own fault -> unnamed
def slope(x, y):
    w = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=-0.1)
    return w
# %% check: predictions of a small model
check.agrees("predict", reference=lambda x: x.sum(1, keepdim=True), inputs=lambda d: d.normal(d.rows, 3))
# %% right: a model with ones
def predict(x):
    model = nn.Linear(3, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1)
    return model(x)
# %% wrong: a plain tensor as weight -> parameter-assigned-tensor
def predict(x):
    model = nn.Linear(3, 1, bias=False)
    model.weight = torch.ones(1, 3)
    return model(x)
# %% wrong: other columns -> wrong-layer-size
def predict(x):
    model = nn.Linear(1, 3)
    return model(x)
# %% wrong: doubles into a layer -> double-for-float
def predict(x):
    model = nn.Linear(3, 1)
    x = x.double()
    return model(x)
# %% wrong: the weight by hand, not transposed -> weight-not-transposed
def predict(x):
    model = nn.Linear(3, 1)
    return x @ model.weight + model.bias
# %% wrong: no super -> missing-super-init
class Sum(nn.Module):
    def __init__(self):
        self.linear = nn.Linear(3, 1)

    def forward(self, x):
        return self.linear(x)

def predict(x):
    return Sum()(x)
# %% wrong: forward without return -> forward-returns-none
class Sum(nn.Module):
    def forward(self, x):
        x.sum(1)

def predict(x):
    model = Sum()
    out = model(x)
    return out + 0
# %% wrong: the model to the optimiser -> optimiser-given-a-model
def predict(x):
    model = nn.Linear(3, 1)
    optimiser = torch.optim.SGD(model, lr=0.1)
    return model(x)
# %% wrong: the method to the optimiser -> optimiser-given-a-method
def predict(x):
    model = nn.Linear(3, 1)
    optimiser = torch.optim.SGD(model.parameters, lr=0.1)
    return model(x)
# %% wrong: the class for a model -> class-for-object
class Sum(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 1)

def predict(x):
    model = Sum
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    return model(x)
# %% wrong: a number for a parameter -> parameter-assigned-tensor
def predict(x):
    model = nn.Linear(3, 1)
    model.bias = 0.5
    return model(x)
# %% wrong: a list of layers -> optimiser-without-parameters
class Sum(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(3, 1)]

def predict(x):
    model = Sum()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    return model.layers[0](x)
