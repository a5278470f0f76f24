# Answers to compute-loss-loop of linear_model: the mean squared residual, sample by sample

# %% right: rows of both columns together
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for number_tasks, number_questions in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(number_tasks) - number_questions) ** 2
    return total.squeeze() / len(tensor_number_tasks)

# %% right: indices, slices that keep two dimensions, and an in-place sum
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    n = tensor_number_tasks.shape[0]
    loss = torch.zeros(())
    for i in range(n):
        n_hat = model_number_questions(tensor_number_tasks[i:i + 1])[0, 0]
        loss += (n_hat - tensor_number_questions[i, 0]).pow(2)
    return loss / n

# %% right: a list, stacked
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    squares = [(model_number_questions(x) - y) ** 2 for x, y in zip(tensor_number_tasks, tensor_number_questions)]
    return torch.stack(squares).mean()

# %% right: one expression already
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return F.mse_loss(model_number_questions(tensor_number_tasks), tensor_number_questions)

# %% wrong: the sum, never divided -> sum-for-mean cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y) ** 2
    return total.squeeze()

# %% wrong: divided by twelve whatever came -> divisor-hard-coded cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y) ** 2
    return total.squeeze() / 12

# %% wrong: residuals not squared -> not-squared cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y)
    return total.squeeze() / len(tensor_number_tasks)

# %% wrong: absolute residuals -> absolute-error cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y).abs()
    return total.squeeze() / len(tensor_number_tasks)

# %% wrong: a dimension of size 1 is left -> keepdim-extra cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y) ** 2
    return total / len(tensor_number_tasks)

# %% wrong: a Python float -> python-number-for-tensor cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total += (model_number_questions(x) - y).item() ** 2
    return total / len(tensor_number_tasks)

# %% wrong: return inside the loop -> unnamed cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y) ** 2
        return total.squeeze() / len(tensor_number_tasks)

# %% wrong: the last sample left out -> unnamed cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total, n = torch.zeros(1), len(tensor_number_tasks)
    for i in range(n - 1):
        total = total + (model_number_questions(tensor_number_tasks[i]) - tensor_number_questions[i]) ** 2
    return total.squeeze() / n

# %% wrong: overwrites the sum instead of adding -> unnamed cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = (model_number_questions(x) - y) ** 2
    return total.squeeze() / len(tensor_number_tasks)

# %% wrong: nothing returned -> no-return cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y) ** 2
    total.squeeze() / len(tensor_number_tasks)

# %% wrong: square of the summed residuals -> square-of-mean cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y)
    return (total.squeeze() / len(tensor_number_tasks)) ** 2

# %% wrong: walks through the notebook's own data -> globals-for-arguments cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for i in range(len(tasks)):
        total = total + (model_number_questions(tasks[i]) - questions[i]) ** 2
    return total.squeeze() / len(tasks)

# %% wrong: reaches into the model, by the names of their own class -> unnamed cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    prediction = model_number_questions.linear.weight * tensor_number_tasks + model_number_questions.linear.bias
    return ((prediction - tensor_number_questions) ** 2).mean()

# %% wrong: asks the notebook's own model -> unnamed cell="compute-loss-loop-values"
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for i in range(len(tensor_number_tasks)):
        total = total + (model(tensor_number_tasks[i]) - tensor_number_questions[i]) ** 2
    return total.squeeze() / len(tensor_number_tasks)
