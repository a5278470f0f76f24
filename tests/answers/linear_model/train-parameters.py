# Answers to train-parameters of linear_model: full-batch gradient descent on a ModelNumberQuestions

# %% right: as taught
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% right: zeroed at the end of a turn
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    return model_number_questions

# %% right: model.zero_grad, mse_loss, while
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    device = tensor_number_tasks.device
    model = ModelNumberQuestions().to(device)
    opt = torch.optim.SGD(params=model.parameters(), lr=learning_rate)
    step = 0
    while step < number_training_steps:
        model.zero_grad()
        F.mse_loss(model(tensor_number_tasks), tensor_number_questions).backward()
        opt.step()
        step += 1
    return model

# %% right: the update by hand, inside no_grad
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model = ModelNumberQuestions().to(tensor_number_tasks.device)
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model)
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
    return model

# %% right: prints the loss every hundredth step and keeps a history
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.0)
    history = []
    model.train()
    for step in range(1, number_training_steps + 1):
        optimiser.zero_grad(set_to_none=False)
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model)
        loss.backward()
        optimiser.step()
        history.append(loss.detach())
        if step % 100 == 0:
            print(step, loss.item())
    return model

# %% wrong: gradients never zeroed -> gradients-never-zeroed cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: zeroed once, before the loop -> gradients-never-zeroed cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    optimiser.zero_grad()
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: zeroed between backward and step -> zeroed-between-backward-and-step cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.zero_grad()
        optimiser.step()
    return model_number_questions

# %% wrong: step before backward -> step-before-backward cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        optimiser.step()
        loss.backward()
    return model_number_questions

# %% wrong: no backward -> no-backward cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        optimiser.step()
    return model_number_questions

# %% wrong: no step -> no-step cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
    return model_number_questions

# %% wrong: one step too few -> one-step-too-few cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(1, number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: one step too many -> one-step-too-many cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps + 1):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: return inside the loop -> only-one-step cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
        return model_number_questions

# %% wrong: climbs with maximize -> wrong-sign cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate, maximize=True)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: a sum for a loss -> sum-for-mean cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).sum()
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: half the loss -> factor-half cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions) / 2
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: questions flattened -> broadcast-n-by-n cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = ((model_number_questions(tensor_number_tasks) - tensor_number_questions.flatten()) ** 2).mean()
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: Adam -> uses-adam cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.Adam(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: momentum -> uses-momentum cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate, momentum=0.9)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: a learning rate of its own -> learning-rate-hard-coded cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=0.02)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: a number of steps of its own -> steps-hard-coded cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(200):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: the optimiser holds another model -> model-rebuilt-after-optimiser cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(ModelNumberQuestions().parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: the notebook's own model is trained -> trains-a-global-model cell="train-parameters-steps"
model_number_questions = ModelNumberQuestions()


def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions).backward()
        optimiser.step()
    return model_number_questions

# %% wrong: the notebook's own model is trained, and a copy returned -> trains-a-global-model cell="train-parameters-steps"
import copy


def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model.to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        compute_loss(tensor_number_tasks, tensor_number_questions, model).backward()
        optimiser.step()
    return copy.deepcopy(model)

# %% wrong: a new model in every turn -> unnamed cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        model_number_questions = ModelNumberQuestions()
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: only the weight is given to the optimiser -> bias-never-updated cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    weight, bias = model_number_questions.parameters()
    optimiser = torch.optim.SGD([weight], lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: the loss is computed once, before the loop -> backward-twice cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: returns the last loss -> returns-wrong-object cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return loss

# %% wrong: returns nothing -> no-return cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()

# %% wrong: trains a copy and returns the untrained model -> trained-copy-not-returned cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    import copy
    original = ModelNumberQuestions()
    model_number_questions = copy.deepcopy(original)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return original

# %% wrong: trains on the notebook's own data -> unnamed cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tasks, questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: the last day left out -> last-row-left-out cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks[:-1], tensor_number_questions[:-1], model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: one update for each day -> one-update-per-row cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        for day in range(len(tensor_number_tasks)):
            optimiser.zero_grad()
            loss = compute_loss(tensor_number_tasks[day:day + 1], tensor_number_questions[day:day + 1], model_number_questions)
            loss.backward()
            optimiser.step()
    return model_number_questions

# %% wrong: the loss of the loop version -> loop-over-rows cell="train-parameters-vectorised"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: the model stays on the CPU -> device-mismatch cell="train-parameters-device"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions()
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% wrong: data brought to the CPU -> result-on-other-device cell="train-parameters-device"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model_number_questions = ModelNumberQuestions()
    tensor_number_tasks, tensor_number_questions = tensor_number_tasks.cpu(), tensor_number_questions.cpu()
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions

# %% right: moved on a line of its own, which changes a module itself
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model = ModelNumberQuestions()
    model.to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        compute_loss(tensor_number_tasks, tensor_number_questions, model).backward()
        optimiser.step()
    return model

# %% wrong: the step below the loop -> step-outside-loop cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        loss.backward()
    optimiser.step()
    return new

# %% wrong: zeroing and step outside the loop -> step-outside-loop cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    optimiser.zero_grad()
    for _ in range(number_training_steps):
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        loss.backward()
    optimiser.step()
    return new

# %% wrong: backward and step below the loop -> only-one-step cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
    loss.backward()
    optimiser.step()
    return new

# %% wrong: stops when the loss is small -> unnamed cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        loss.backward()
        optimiser.step()
        if loss < 0.4:
            break
    return new

# %% wrong: the loss of the notebook's own model -> model-rebuilt-after-optimiser cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model)
        loss.backward()
        optimiser.step()
    return new

# %% wrong: parameters without brackets -> optimiser-given-a-method cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(new.parameters, lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        loss.backward()
        optimiser.step()
    return new

# %% wrong: the class, not a model -> class-for-object cell="train-parameters-steps"
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    new = ModelNumberQuestions
    optimiser = torch.optim.SGD(new.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, new)
        loss.backward()
        optimiser.step()
    return new

# %% right: torch.func, and the parameters loaded at the end
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    model = ModelNumberQuestions().to(tensor_number_tasks.device)
    parameters = {name: parameter.detach() for name, parameter in model.named_parameters()}
    slopes = torch.func.grad(lambda own: F.mse_loss(
        torch.func.functional_call(model, own, (tensor_number_tasks,)), tensor_number_questions))
    for _ in range(number_training_steps):
        parameters = {name: parameters[name] - learning_rate * slope for name, slope in slopes(parameters).items()}
    model.load_state_dict(parameters)
    return model
