# Answers to train-line of points, for a class as it comes

# %% right: an optimiser
def train_line(hours, questions, learning_rate, steps):
    weight = torch.zeros((), requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD([weight, bias], lr=learning_rate)
    losses = []
    for step in range(steps):
        optimiser.zero_grad()
        loss = line_loss(weight, bias, hours, questions)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return weight.detach(), bias.detach(), losses

# %% right: with the gradient of exercise 2
def train_line(hours, questions, learning_rate, steps):
    weight, bias, losses = torch.tensor(0.0), torch.tensor(0.0), []
    for _ in range(steps):
        losses.append(float(line_loss(weight, bias, hours, questions)))
        by_weight, by_bias = line_gradient(weight, bias, hours, questions)
        weight, bias = weight - learning_rate * by_weight, bias - learning_rate * by_bias
    return weight, bias, losses

# %% right: noisy, with a print every fifty steps
def train_line(hours, questions, learning_rate, steps):
    weight, bias = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    losses = []
    for step in range(steps):
        loss = ((weight * hours + bias - questions) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
            weight.grad.zero_()
            bias.grad.zero_()
        losses.append(loss.item())
        if step % 50 == 0:
            print(f"step {step:3d}: loss {loss.item():.4f}, weight {weight.item():.3f}, bias {bias.item():.3f}")
    return weight.detach(), bias.detach(), losses

# %% wrong: gradients add up -> unnamed cell="train-line-training"
def train_line(hours, questions, learning_rate, steps):
    weight, bias = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    losses = []
    for step in range(steps):
        loss = line_loss(weight, bias, hours, questions)
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        losses.append(loss.item())
    return weight.detach(), bias.detach(), losses

# %% wrong: raises, updates inside the graph -> unnamed cell="train-line-training"
def train_line(hours, questions, learning_rate, steps):
    weight, bias = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    losses = []
    for step in range(steps):
        loss = line_loss(weight, bias, hours, questions)
        loss.backward()
        weight -= learning_rate * weight.grad
        bias -= learning_rate * bias.grad
        losses.append(loss.item())
    return weight, bias, losses
