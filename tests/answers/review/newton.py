# Answers to newton of review: logistic regression by Newton's method

# %% right: as given
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    price = strength * torch.eye(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = inputs.T @ ((p * (1 - p)).unsqueeze(1) * inputs) + price
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight

# %% right: columns weighted, the inverse taken
def newton(inputs, labels, strength, num_steps):
    d = inputs.shape[1]
    weight = torch.zeros(d)
    for _ in range(num_steps):
        p = 1 / (1 + torch.exp(-(inputs @ weight)))
        gradient = (p - labels) @ inputs + strength * weight
        curvature = (inputs.T * (p * (1 - p))) @ inputs + strength * torch.eye(d)
        weight -= torch.linalg.inv(curvature) @ gradient
    return weight

# %% right: one column for the weights, flattened at the end
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1], 1)
    target = labels.view(-1, 1)
    for _ in range(num_steps):
        p = (inputs @ weight).sigmoid()
        curvature = inputs.t() @ (inputs * p * (1 - p)) + strength * torch.eye(len(weight))
        weight = weight - torch.linalg.solve(curvature, inputs.t() @ (p - target) + strength * weight)
    return weight.flatten()

# %% wrong: uphill -> sign-flipped cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = (inputs.T * (p * (1 - p))) @ inputs + strength * torch.eye(len(weight))
        weight = weight + torch.linalg.solve(curvature, gradient)
    return weight

# %% wrong: no price in the curvature -> strength-left-out cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = (inputs.T * (p * (1 - p))) @ inputs
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight

# %% wrong: no price in the gradient -> price-not-in-gradient cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels)
        curvature = (inputs.T * (p * (1 - p))) @ inputs + strength * torch.eye(len(weight))
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight

# %% wrong: only one step -> only-one-step cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = (inputs.T * (p * (1 - p))) @ inputs + strength * torch.eye(len(weight))
        return weight - torch.linalg.solve(curvature, gradient)

# %% wrong: the whole diagonal matrix -> n-by-n-intermediate cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = inputs.T @ torch.diag(p * (1 - p)) @ inputs + strength * torch.eye(len(weight))
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight

# %% wrong: the curvature of a squared error -> unnamed cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = inputs.T @ inputs + strength * torch.eye(len(weight))
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight

# %% wrong: gradient descent -> unnamed cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        weight = weight - 0.1 * (inputs.T @ (p - labels) + strength * weight)
    return weight

# %% wrong: one step whatever is asked -> only-one-step cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(1):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = (inputs.T * (p * (1 - p))) @ inputs + strength * torch.eye(len(weight))
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight

# %% wrong: strength on every entry of the curvature -> strength-on-every-entry cell="newton-steps"
def newton(inputs, labels, strength, num_steps):
    weight = torch.zeros(inputs.shape[1])
    for _ in range(num_steps):
        p = torch.sigmoid(inputs @ weight)
        gradient = inputs.T @ (p - labels) + strength * weight
        curvature = (inputs.T * (p * (1 - p))) @ inputs + strength
        weight = weight - torch.linalg.solve(curvature, gradient)
    return weight
