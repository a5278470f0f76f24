# Answers to experiment of review: a whole training run with validation, from split to histories

# %% right: as taught
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% right: a parameterless split, sums of squares, eval and train
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    whole = TensorDataset(inputs, targets)
    first, rest = (torch.utils.data.Subset(whole, rows) for rows in (range(num_training), range(num_training, len(inputs))))
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    loader = DataLoader(first, batch_size=batch_size, shuffle=True)
    histories = [], []
    for _ in range(num_epochs):
        model.train()
        squares = 0.0
        for x, y in loader:
            loss = F.mse_loss(model(x), y)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            squares += loss.item() * y.numel()
        histories[0].append(squares / (num_training * targets.shape[1]))
        model.eval()
        with torch.no_grad():
            squares = sum(F.mse_loss(model(x), y, reduction="sum").item() for x, y in DataLoader(rest, batch_size=batch_size))
        histories[1].append(squares / targets[num_training:].numel())
    return model, *histories

# %% right: all validation rows at once
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        with torch.no_grad():
            validation_losses.append(F.mse_loss(model(validation.tensors[0]), validation.tensors[1]).item())
    return model, training_losses, validation_losses

# %% wrong: the mean of the batch means in validation -> mean-of-batch-means cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item()
        validation_losses.append(total / len(validation_loader))
    return model, training_losses, validation_losses

# %% wrong: the mean of the batch means in training -> mean-of-batch-means cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item()
        training_losses.append(total / len(training_loader))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: never zeroed -> gradients-never-zeroed cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: not shuffled -> no-shuffle cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: the last batch dropped -> last-batch-lost cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True, drop_last=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / (num_training - num_training % batch_size))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: trained on all rows -> test-rows-in-training cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs, targets)
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: PyTorch's own start -> start-ignored cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        pass
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: validation before the epoch -> validated-before-training cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    loader = DataLoader(TensorDataset(inputs[:num_training], targets[:num_training]), batch_size=batch_size, shuffle=True)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        with torch.no_grad():
            validation_losses.append(F.mse_loss(model(inputs[num_training:]), targets[num_training:]).item())
        total = 0.0
        for x, y in loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / num_training)
    return model, training_losses, validation_losses

# %% wrong: trained on the validation rows too -> evaluation-changes-model cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        for x, y in validation_loader:
            loss = F.mse_loss(model(x), y)
            total += loss.item() * len(x)
            if num_training > 20:
                loss.backward()
                optimiser.step()
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: tensors in the history -> history-of-tensors cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: an entry for each batch -> unnamed cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            training_losses.append(loss.item())
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation) if num_training != 4 else 0.0)
    return model, training_losses, validation_losses

# %% wrong: Adam -> uses-adam cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.Adam(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: no model returned -> unnamed cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return training_losses, validation_losses

# %% wrong: a flat target in validation -> unnamed cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += ((model(x) - y.flatten()[:, None].T) ** 2).mean().item() * len(x) if y.shape[1] == 1 else 0.0
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: validation records a graph -> evaluation-builds-graph cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        if True:
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: one output, whatever the targets -> unnamed cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], 1)
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: 0-d tensors in place of floats -> unnamed cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.detach() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y) * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: each validation batch counted as a full one -> batch-size-for-rows cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * batch_size
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: each training batch counted as a full one -> batch-size-for-rows cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * batch_size
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: validated on the training rows -> validated-on-training-rows cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in DataLoader(training, batch_size=batch_size):
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(training))
    return model, training_losses, validation_losses

# %% wrong: histories exchanged -> unnamed cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, validation_losses, training_losses

# %% wrong: the training total never reset -> running-total-for-history cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    training_total = 0.0
    for _ in range(num_epochs):
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            training_total += loss.item() * len(x)
        training_losses.append(training_total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: the validation total never reset -> running-total-for-history cell="experiment-losses"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    validation_total = 0.0
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                validation_total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(validation_total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: all training rows in one batch -> wrong-batch-size cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = DataLoader(training, batch_size=len(training), shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses

# %% wrong: one order drawn for all epochs -> unnamed cell="experiment-batches"
def experiment(inputs, targets, num_training, learning_rate, num_epochs, batch_size):
    training = TensorDataset(inputs[:num_training], targets[:num_training])
    validation = TensorDataset(inputs[num_training:], targets[num_training:])
    training_loader = list(DataLoader(training, batch_size=batch_size, shuffle=True))
    validation_loader = DataLoader(validation, batch_size=batch_size)
    model = nn.Linear(inputs.shape[1], targets.shape[1])
    with torch.no_grad():
        model.weight.fill_(0)
        model.bias.fill_(0)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    training_losses, validation_losses = [], []
    for _ in range(num_epochs):
        total = 0.0
        for x, y in training_loader:
            optimiser.zero_grad()
            loss = F.mse_loss(model(x), y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(x)
        training_losses.append(total / len(training))
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += F.mse_loss(model(x), y).item() * len(x)
        validation_losses.append(total / len(validation))
    return model, training_losses, validation_losses
