# Answers to walk of dataloader: the path of mini-batch gradient descent

# %% right: as taught
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% right: state_dict for the start, tensors for the path
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    model.load_state_dict({"weight": torch.tensor([[-15.0]]), "bias": torch.tensor([-10.0])})
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [torch.tensor([-15.0, -10.0])]
    for _ in range(num_epochs):
        for x, y in loader:
            loss = ((model(x) - y) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            path.append(torch.cat([p.detach().clone().flatten() for p in model.parameters()]))
    return torch.stack(path)

# %% right: gradients by hand
def walk(loader, learning_rate=0.01, num_epochs=10):
    weight, bias, path = -15.0, -10.0, [(-15.0, -10.0)]
    for epoch in range(num_epochs):
        for x, y in loader:
            error = weight * x + bias - y
            weight, bias = (weight - learning_rate * 2 * (x * error).mean().item(),
                            bias - learning_rate * 2 * error.mean().item())
            path.append((weight, bias))
    return torch.tensor(path)

# %% right: loose tensors
def walk(loader, learning_rate=0.01, num_epochs=10):
    place = torch.tensor([-15.0, -10.0], requires_grad=True)
    path = [place.detach().clone()]
    for epoch in range(num_epochs):
        for x, y in loader:
            ((place[0] * x + place[1] - y) ** 2).mean().backward()
            with torch.no_grad():
                place -= learning_rate * place.grad
                place.grad.zero_()
            path.append(place.detach().clone())
    return torch.stack(path)

# %% wrong: always the first batch -> always-first-batch cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for _ in range(len(loader)):
            inputs, targets = next(iter(loader))
            optimiser.zero_grad()
            F.mse_loss(model(inputs), targets).backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: one batch an epoch -> one-batch-only cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        inputs, targets = next(iter(loader))
        optimiser.zero_grad()
        F.mse_loss(model(inputs), targets).backward()
        optimiser.step()
        path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: never zeroed -> gradients-never-zeroed cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: zeroed once an epoch -> unnamed cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        optimiser.zero_grad()
        for inputs, targets in loader:
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: one epoch -> one-epoch-only cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path).clone()[:len(loader) + 1]

# %% wrong: returned inside the outer loop -> one-epoch-only cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
        return torch.tensor(path)

# %% wrong: an entry an epoch -> path-by-epochs cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
        path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: the start left out -> start-not-recorded cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = []
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: the parameters themselves in the list -> history-not-cloned cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [(model.weight.data, model.bias.data)]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append((model.weight.data, model.bias.data))
    return torch.stack([torch.cat([w.view(1), b.view(1)]) for w, b in path])

# %% wrong: the sum of the batch -> sum-for-mean cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = ((model(inputs) - targets) ** 2).sum()
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: all rows in each step -> whole-set-each-step cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            inputs, targets = loader.dataset[:]
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: the start not set -> unnamed cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: the model made anew after the optimiser -> unnamed cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    model = nn.Linear(1, 1)
    nn.init.constant_(model.weight, -15)
    nn.init.constant_(model.bias, -10)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: the start written outside no_grad -> in-place-on-leaf cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    model.weight.fill_(-15)
    model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: a learning rate of its own -> learning-rate-hard-coded cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
    path = [[-15.0, -10.0]]
    for epoch in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(inputs), targets)
            loss.backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)

# %% wrong: a new model in each epoch -> restarted-each-epoch cell="walk-path"
def walk(loader, learning_rate=0.01, num_epochs=10):
    path = [[-15.0, -10.0]]
    for _ in range(num_epochs):
        model = nn.Linear(1, 1)
        with torch.no_grad():
            model.weight.fill_(-15)
            model.bias.fill_(-10)
        optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
        for inputs, targets in loader:
            optimiser.zero_grad()
            F.mse_loss(model(inputs), targets).backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)
