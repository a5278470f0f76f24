# Answers to widest-street of classification: the lowest point of the margin loss

# %% right: linear equations, again and again
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(100):
        costly = signs * (inputs @ weight) < 1
        x, t = inputs[costly], signs[costly]
        weight = torch.linalg.solve(torch.eye(inputs.shape[1]) + 2 * C * x.T @ x, 2 * C * x.T @ t)
    return weight

# %% right: plain descent with a safe learning rate
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1], requires_grad=True)
    rate = 1 / torch.linalg.eigvalsh(torch.eye(inputs.shape[1]) + 2 * C * inputs.T @ inputs).max()
    for _ in range(500):
        loss = 0.5 * weight @ weight + C * (1 - signs * (inputs @ weight)).clamp(min=0).square().sum()
        gradient, = torch.autograd.grad(loss, weight)
        with torch.no_grad():
            weight -= rate * gradient
    return weight.detach()

# %% right: L-BFGS
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = 0.5 * weight @ weight + C * (1 - signs * (inputs @ weight)).clamp(min=0).square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weight.detach()

# %% wrong: least squares, all rows count -> unnamed cell="widest-street-weight"
def widest_street(inputs, signs, C):
    return torch.linalg.solve(torch.eye(inputs.shape[1]) + 2 * C * inputs.T @ inputs, 2 * C * inputs.T @ signs)

# %% wrong: ten steps are too few -> unnamed cell="widest-street-weight"
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(10):
        missing = (1 - signs * (inputs @ weight)).clamp(min=0)
        weight = weight - 0.005 * (weight - 2 * C * inputs.T @ (signs * missing))
    return weight

# %% wrong: C left out -> unnamed cell="widest-street-weight"
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(50):
        costly = signs * (inputs @ weight) < 1
        x, t = inputs[costly], signs[costly]
        weight = torch.linalg.solve(torch.eye(inputs.shape[1]) + 2 * x.T @ x, 2 * x.T @ t)
    return weight

# %% wrong: a factor 2 lost -> unnamed cell="widest-street-weight"
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(50):
        costly = signs * (inputs @ weight) < 1
        x, t = inputs[costly], signs[costly]
        weight = torch.linalg.solve(torch.eye(inputs.shape[1]) + C * x.T @ x, C * x.T @ t)
    return weight

# %% wrong: the length costs nothing -> unnamed cell="widest-street-weight"
def widest_street(inputs, signs, C):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(2000):
        missing = (1 - signs * (inputs @ weight)).clamp(min=0)
        weight = weight + 0.002 * C * inputs.T @ (signs * missing)
    return weight

# %% wrong: the rows that cost nothing -> unnamed cell="widest-street-weight"
def widest_street(inputs, signs, C):
    weight = torch.ones(inputs.shape[1])
    for _ in range(50):
        costly = signs * (inputs @ weight) > 1
        x, t = inputs[costly], signs[costly]
        weight = torch.linalg.solve(torch.eye(inputs.shape[1]) + 2 * C * x.T @ x, 2 * C * x.T @ t)
    return weight

# %% wrong: the descent of the notebook, on its own clouds -> unnamed cell="widest-street-weight"
def widest_street(points, their_labels, C):
    return descend(C)
