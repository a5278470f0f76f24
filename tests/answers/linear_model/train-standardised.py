# Answers to train-standardised of linear_model: gradient descent on standardised inputs, in the inputs' own units

# %% right: multiplied out and put into the model in place
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        weight /= deviation
        bias -= weight.squeeze() * mean
    return model

# %% right: by names, copied into a new model
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    a, b = (p.detach() for p in model.parameters())
    line = ModelNumberQuestions()
    slope = a / deviation
    with torch.no_grad():
        for parameter, value in zip(line.parameters(), (slope, b - (slope * mean).view(1))):
            parameter.copy_(value)
    return line

# %% right: two points determine the line
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    with torch.no_grad():
        at_zero = model((torch.zeros(1, 1) - mean) / deviation)
        at_one = model((torch.ones(1, 1) - mean) / deviation)
        weight, bias = model.parameters()
        weight.copy_(at_one - at_zero)
        bias.copy_(at_zero.view(1))
    return model

# %% right: a loop of its own
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    x, y = tensor_number_tasks, tensor_number_questions
    centre, scale = x.mean(), (x - x.mean()).square().mean().sqrt()
    layer = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        F.mse_loss(layer((x - centre) / scale), y).backward()
        optimiser.step()
    model = ModelNumberQuestions()
    w = layer.weight.item() / scale.item()
    b = layer.bias.item() - w * centre.item()
    for parameter, number in zip(model.parameters(), (w, b)):
        nn.init.constant_(parameter, number)
    return model

# %% wrong: returned as it was trained on z -> line-for-standardised-inputs cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    return model

# %% wrong: the bias left as it is -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        weight /= deviation
    return model

# %% wrong: the mean taken off with the old weight -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        bias -= weight.squeeze() * mean
        weight /= deviation
    return model

# %% wrong: multiplied by the deviation -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        weight *= deviation
        bias -= weight.squeeze() * mean
    return model

# %% wrong: the mean added -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        weight /= deviation
        bias += weight.squeeze() * mean
    return model

# %% wrong: not standardised, too few steps -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    model = train_parameters_linear_regression(tensor_number_tasks, tensor_number_questions, 0.01, number_training_steps)
    return model

# %% wrong: in place outside no_grad -> in-place-on-leaf cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    weight /= deviation
    bias -= weight.squeeze() * mean
    return model

# %% wrong: returns two numbers -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        weight /= deviation
        bias -= weight.squeeze() * mean
    return weight.item(), bias.item()

# %% wrong: the deviation with n − 1, in one of two places -> unnamed cell="train-standardised-line"
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    mean, deviation = tensor_number_tasks.mean(), tensor_number_tasks.std(correction=0)
    z = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(z, tensor_number_questions, learning_rate, number_training_steps)
    weight, bias = model.parameters()
    with torch.no_grad():
        weight /= tensor_number_tasks.std()
        bias -= weight.squeeze() * mean
    return model
