# Answers to loss-history of linear_model: the loss before each step, from a start set on purpose

# %% right: as taught
def loss_history(
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

# %% right: their own model, parameters through load_state_dict
def loss_history(
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
    return history

# %% right: new Parameters before the optimiser is made, mse_loss
def loss_history(
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
    return losses

# %% right: recorded after backward and step, which does not change the loss
def loss_history(
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
    return history

# %% right: through .data
def loss_history(
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
    return history

# %% wrong: the loss after the step -> history-after-update cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: only the last loss -> final-loss-for-history cell="loss-history-start"
def loss_history(
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
    return loss.item()

# %% wrong: an entry too many -> history-one-too-long cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: an entry too few -> history-one-too-short cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: the list holds tensors with graphs -> history-of-tensors cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: the start is not used -> unnamed cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: weight and bias exchanged -> unnamed cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: plain tensor for a parameter -> parameter-assigned-tensor cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: in place outside no_grad -> in-place-on-leaf cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: new Parameters after the optimiser was made -> optimiser-holds-other-parameters cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: gradients never zeroed -> gradients-never-zeroed cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: no backward -> no-backward cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: a rate of its own -> unnamed cell="loss-history-start"
def loss_history(
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
    return history

# %% wrong: a tensor of losses -> unnamed cell="loss-history-start"
def loss_history(
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
    return torch.tensor(history)

# %% wrong: no return -> no-return cell="loss-history-start"
def loss_history(
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

# %% wrong: the loss of the loop version -> loop-over-rows cell="loss-history-vectorised"
def loss_history(
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
    return history
