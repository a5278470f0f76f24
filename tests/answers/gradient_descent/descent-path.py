# Answers to descent-path of gradient_descent: weight and bias before the first step and after each

# %% right: with the step by hand
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = [torch.stack([weight, bias])]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append(torch.stack([weight, bias]))
    return torch.stack(path)

# %% right: with autograd and Python numbers
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight = torch.tensor(weight, requires_grad=True)
    bias = torch.tensor(bias, requires_grad=True)
    path = [[weight.item(), bias.item()]]
    for _ in range(num_epochs):
        ((weight * inputs + bias - targets) ** 2).mean().backward()
        with torch.no_grad():
            for parameter in (weight, bias):
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
        path.append([weight.item(), bias.item()])
    return torch.tensor(path)

# %% right: clones of one leaf of two numbers
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    parameters = torch.tensor([weight, bias], requires_grad=True)
    path = [parameters.detach().clone()]
    for _ in range(num_epochs):
        loss = ((parameters[0] * inputs + parameters[1] - targets) ** 2).mean()
        gradient, = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            parameters -= learning_rate * gradient
        path.append(parameters.detach().clone())
    return torch.stack(path)

# %% right: rows of a table filled in
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    path = torch.zeros(num_epochs + 1, 2)
    path[0, 0], path[0, 1] = weight, bias
    for epoch in range(num_epochs):
        slopes = line_gradients(inputs, targets, path[epoch, 0], path[epoch, 1])
        path[epoch + 1] = path[epoch] - learning_rate * torch.stack(slopes)
    return path

# %% right: trained afresh to each length
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    ends = [train_line(inputs, targets, weight, bias, learning_rate, epochs) for epochs in range(num_epochs + 1)]
    return torch.tensor(ends)

# %% wrong: the leaf itself, many times -> history-not-cloned cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    parameters = torch.tensor([weight, bias], requires_grad=True)
    path = [parameters]
    for _ in range(num_epochs):
        loss = ((parameters[0] * inputs + parameters[1] - targets) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            parameters -= learning_rate * parameters.grad
        parameters.grad.zero_()
        path.append(parameters)
    return torch.stack(path).detach()

# %% wrong: detached but not cloned -> history-not-cloned cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight = torch.tensor(weight, requires_grad=True)
    bias = torch.tensor(bias, requires_grad=True)
    path = [(weight.detach(), bias.detach())]
    for _ in range(num_epochs):
        ((weight * inputs + bias - targets) ** 2).mean().backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad.zero_()
        bias.grad.zero_()
        path.append((weight.detach(), bias.detach()))
    return torch.tensor(path)

# %% wrong: without the start -> start-not-recorded cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = []
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append((weight.item(), bias.item()))
    return torch.tensor(path)

# %% wrong: without the end -> end-not-recorded cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = []
    for _ in range(num_epochs):
        path.append((weight.item(), bias.item()))
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
    return torch.tensor(path)

# %% wrong: bias first -> wrong-order cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = [(bias.item(), weight.item())]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append((bias.item(), weight.item()))
    return torch.tensor(path)

# %% wrong: two rows, one for each parameter -> transposed cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    weights, biases = [weight.item()], [bias.item()]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        weights.append(weight.item())
        biases.append(bias.item())
    return torch.tensor([weights, biases])

# %% wrong: a list of pairs -> python-number-for-tensor cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = [(weight.item(), bias.item())]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append((weight.item(), bias.item()))
    return path

# %% wrong: only the weight -> unnamed cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = [weight.item()]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append(weight.item())
    return torch.tensor(path)

# %% wrong: only where it ends -> unnamed cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = train_line(inputs, targets, weight, bias, learning_rate, num_epochs)
    return torch.stack([weight, bias]).detach()

# %% wrong: gradients never zeroed -> gradients-never-zeroed cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight = torch.tensor(weight, requires_grad=True)
    bias = torch.tensor(bias, requires_grad=True)
    path = [[weight.item(), bias.item()]]
    for _ in range(num_epochs):
        ((weight * inputs + bias - targets) ** 2).mean().backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        path.append([weight.item(), bias.item()])
    return torch.tensor(path)

# %% wrong: a tensor of a list of tensors -> unnamed cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = [torch.stack([weight, bias])]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append(torch.stack([weight, bias]))
    return torch.tensor(path)

# %% wrong: the sum of squares -> sum-for-mean cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight = torch.tensor(weight, requires_grad=True)
    bias = torch.tensor(bias, requires_grad=True)
    path = [[weight.item(), bias.item()]]
    for _ in range(num_epochs):
        ((weight * inputs + bias - targets) ** 2).sum().backward()
        with torch.no_grad():
            for parameter in (weight, bias):
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
        path.append([weight.item(), bias.item()])
    return torch.tensor(path)

# %% wrong: line_loss, which knows the notebook's points only -> globals-for-arguments cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    weight = torch.tensor(weight, requires_grad=True)
    bias = torch.tensor(bias, requires_grad=True)
    path = [[weight.item(), bias.item()]]
    for _ in range(num_epochs):
        line_loss(weight, bias).backward()
        with torch.no_grad():
            for parameter in (weight, bias):
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
        path.append([weight.item(), bias.item()])
    return torch.tensor(path)

# %% wrong: one step from the start, again and again -> each-epoch-from-the-start cell="descent-path-values"
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    path = [(weight, bias)]
    for _ in range(num_epochs):
        path.append(step_by_hand(inputs, targets, torch.tensor(weight), torch.tensor(bias), learning_rate))
    return torch.tensor(path)
