# Answers to train-from of linear_model: a layer trained from a given start, and the loss before each step

# %% right: as taught
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% right: their own model, parameters through load_state_dict
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = ModelNumberQuestions()
    names = list(layer.state_dict())
    layer.load_state_dict(dict(zip(names, [torch.tensor([[float(weight)]]), torch.tensor([float(bias)])])))
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% right: new Parameters before the optimiser is made, mse_loss
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    layer.weight = nn.Parameter(torch.full((1, 1), float(weight)))
    layer.bias = nn.Parameter(torch.full((1,), float(bias)))
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    losses = [0.0] * number_training_steps
    for step in range(number_training_steps):
        loss = F.mse_loss(layer(tensor_number_tasks), tensor_number_questions)
        losses[step] = float(loss)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    return layer, losses

# %% right: recorded after backward and step, which does not change the loss
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        loss.backward()
        optimiser.step()
        history.append(loss.item())
    return layer, history

# %% right: through .data
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    layer.weight.data[:] = weight
    layer.bias.data[:] = bias
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: the loss after the step -> history-after-update cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        loss.backward()
        optimiser.step()
        history.append(compute_loss(tensor_number_tasks, tensor_number_questions, layer).item())
    return layer, history

# %% wrong: only the last loss -> final-loss-for-history cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, loss.item()

# %% wrong: an entry too many -> history-one-too-long cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    history.append(compute_loss(tensor_number_tasks, tensor_number_questions, layer).item())
    return layer, history

# %% wrong: one step too few -> one-step-too-few cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps - 1):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: an entry too few -> history-one-too-short cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history[:-1]

# %% wrong: the list holds tensors with graphs -> history-of-tensors cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss)
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: the start is not used -> start-ignored cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: weight and bias exchanged -> start-ignored cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(bias)
        layer.bias.fill_(weight)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: plain tensor for a parameter -> parameter-assigned-tensor cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    layer.weight = torch.tensor([[float(weight)]])
    layer.bias = torch.tensor([float(bias)])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: in place outside no_grad -> in-place-on-leaf cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    layer.weight.fill_(weight)
    layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: new Parameters after the optimiser was made -> model-rebuilt-after-optimiser cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    layer.weight = nn.Parameter(torch.tensor([[float(weight)]]))
    layer.bias = nn.Parameter(torch.tensor([float(bias)]))
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: gradients never zeroed -> gradients-never-zeroed cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: no backward -> no-backward cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        optimiser.step()
    return layer, history

# %% wrong: a rate of its own -> learning-rate-hard-coded cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=0.02)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: the losses alone -> unnamed cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return history

# %% wrong: the losses in one tensor, where a list of floats is asked for -> unnamed cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, torch.tensor(history)

# %% wrong: no return -> no-return cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()

# %% wrong: the loss of the loop version -> loop-over-rows cell="train-from-vectorised"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    history = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss_loop(tensor_number_tasks, tensor_number_questions, layer)
        history.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, history

# %% wrong: the two results the wrong way round -> returned-in-wrong-order cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return losses, layer

# %% wrong: the step below the loop -> step-outside-loop cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    with torch.no_grad():
        new.weight.fill_(weight)
        new.bias.fill_(bias)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.item())
        loss.backward()
    optimiser.step()
    return new, losses

# %% wrong: weight and bias set in every turn -> start-set-each-step cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        with torch.no_grad():
            new.weight.fill_(weight)
            new.bias.fill_(bias)
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return new, losses

# %% wrong: the notebook's own layer is trained -> trains-a-global-model cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, losses

# %% wrong: Parameters of what came, be it a whole number -> unnamed cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    new.weight = nn.Parameter(torch.tensor([[weight]]))
    new.bias = nn.Parameter(torch.tensor([bias]))
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return new, losses

# %% wrong: the losses are tensors without a graph -> unnamed cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    with torch.no_grad():
        new.weight.fill_(weight)
        new.bias.fill_(bias)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.detach())
        loss.backward()
        optimiser.step()
    return new, losses

# %% wrong: the losses are rounded -> unnamed cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    with torch.no_grad():
        new.weight.fill_(weight)
        new.bias.fill_(bias)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(round(loss.item(), 4))
        loss.backward()
        optimiser.step()
    return new, losses

# %% wrong: losses first, layer second -> returned-in-wrong-order cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    with torch.no_grad():
        new.weight.fill_(weight)
        new.bias.fill_(bias)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return losses, new

# %% wrong: the layer alone -> history-not-returned cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    with torch.no_grad():
        new.weight.fill_(weight)
        new.bias.fill_(bias)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return new

# %% wrong: the loss of the notebook's own model -> model-rebuilt-after-optimiser cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    with torch.no_grad():
        new.weight.fill_(weight)
        new.bias.fill_(bias)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return new, losses

# %% wrong: a number for a parameter -> parameter-assigned-tensor cell="train-from-steps"
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    new = nn.Linear(1, 1)
    new.weight = weight
    new.bias = bias
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return new, losses
