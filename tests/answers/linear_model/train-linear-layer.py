# Answers to train-linear-layer of linear_model: nn.Linear of any size, mse_loss, SGD

# %% right: as taught
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% right: nn.MSELoss, sizes unpacked, names of their own
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    n, d = inputs.shape
    _, k = targets.shape
    net, criterion = nn.Linear(d, k), nn.MSELoss()
    opt = torch.optim.SGD(net.parameters(), learning_rate)
    for epoch in range(number_training_steps):
        loss = criterion(net(inputs), targets)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return net

# %% right: the loss written out
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = ((layer(inputs) - targets) ** 2).sum() / targets.numel()
        loss.backward()
        optimiser.step()
    return layer

# %% right: the update by hand
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.size(-1), targets.size(-1))
    for _ in range(number_training_steps):
        gradients = torch.autograd.grad(F.mse_loss(layer(inputs), targets), list(layer.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(layer.parameters(), gradients):
                parameter.sub_(learning_rate * gradient)
    return layer

# %% wrong: gradients never zeroed -> gradients-never-zeroed cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: divided by the number of rows alone -> factor-two cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = ((layer(inputs) - targets) ** 2).sum() / len(inputs)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: the sum of squares -> sum-for-mean cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets, reduction='sum')
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: sizes exchanged -> wrong-layer-size cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(targets.shape[1], inputs.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: sized by the rows -> wrong-layer-size cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[0], targets.shape[0])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: no bias -> unnamed cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1], bias=False)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: a learning rate of its own -> unnamed cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=1e-4)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: one step too few -> one-step-too-few cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps - 1):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: no step -> no-step cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
    return layer

# %% wrong: zeroed between backward and step -> zeroed-between-backward-and-step cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.zero_grad()
        optimiser.step()
    return layer

# %% wrong: the absolute error -> absolute-error cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.l1_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: only the first output -> unnamed cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs)[:, 0], targets[:, 0])
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: returns the weight -> returns-wrong-object cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer.weight

# %% wrong: Adam -> uses-adam cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.Adam(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: made for the table's three columns and two -> wrong-layer-size cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    layer = nn.Linear(3, 2)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(layer(inputs), targets)
        loss.backward()
        optimiser.step()
    return layer

# %% wrong: the step below the loop -> step-outside-loop cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    new = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = F.mse_loss(new(inputs), targets)
        loss.backward()
    optimiser.step()
    return new

# %% wrong: a loop over the rows -> loop-over-rows cell="train-linear-layer-steps"
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    new = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = sum(F.mse_loss(new(x), y) for x, y in zip(inputs, targets)) / len(inputs)
        loss.backward()
        optimiser.step()
    return new
