# Answers to compute-loss of linear_model: the mean squared residual in one expression

# %% right: written out
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    predictions = model_number_questions(tensor_number_tasks)
    return ((predictions - tensor_number_questions) ** 2).mean()

# %% right: PyTorch's own function
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return F.mse_loss(model_number_questions(tensor_number_tasks), tensor_number_questions)

# %% right: a loss module, and the arguments exchanged, which changes nothing
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    criterion = nn.MSELoss()
    return criterion(tensor_number_questions, model_number_questions(tensor_number_tasks))

# %% right: a sum divided by the number of rows, with a stray print
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    residuals = tensor_number_questions - model_number_questions(tensor_number_tasks)
    print(residuals.shape)
    return torch.sum(torch.square(residuals)) / tensor_number_tasks.shape[0]

# %% right: both flattened, and an inner product
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    residuals = (model_number_questions(tensor_number_tasks) - tensor_number_questions).flatten()
    return residuals @ residuals / len(residuals)

# %% right: the norm of the residuals, squared
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    residuals = (model_number_questions(tensor_number_tasks) - tensor_number_questions).squeeze(1)
    return torch.einsum("i,i->", residuals, residuals) / residuals.numel()

# %% wrong: the sum -> sum-for-mean cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).sum()

# %% wrong: one side squeezed, so (n, n) -> broadcast-n-by-n cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    predictions = model_number_questions(tensor_number_tasks).squeeze()
    return ((predictions - tensor_number_questions) ** 2).mean()

# %% wrong: not squared -> not-squared cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return (model_number_questions(tensor_number_tasks) - tensor_number_questions).mean()

# %% wrong: the mean squared -> square-of-mean cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return (model_number_questions(tensor_number_tasks) - tensor_number_questions).mean() ** 2

# %% wrong: absolute residuals -> absolute-error cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return (model_number_questions(tensor_number_tasks) - tensor_number_questions).abs().mean()

# %% wrong: the root of it -> root-of-loss cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean().sqrt()

# %% wrong: half of it -> factor-half cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return 0.5 * ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean()

# %% wrong: divided by twelve whatever came -> divisor-hard-coded cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).sum() / 12

# %% wrong: uses the notebook's own data -> globals-for-arguments cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model_number_questions(tasks) - questions) ** 2).mean()

# %% wrong: uses the notebook's own model -> unnamed cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model(tensor_number_tasks) - tensor_number_questions) ** 2).mean()

# %% wrong: a Python float -> python-number-for-tensor cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean().item()

# %% wrong: one mean for each column -> keepdim-extra cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean(dim=0)

# %% wrong: nothing returned -> no-return cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    loss = ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean()

# %% wrong: detached -> detached-result cell="compute-loss-gradient"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    predictions = model_number_questions(tensor_number_tasks).detach()
    return ((predictions - tensor_number_questions) ** 2).mean()

# %% wrong: wrapped in a new tensor -> rewrapped-result cell="compute-loss-gradient"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    loss = ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean()
    return torch.tensor(loss.item(), requires_grad=True)

# %% wrong: forward inside no_grad -> no-grad-around-forward cell="compute-loss-gradient"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    with torch.no_grad():
        return ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean()

# %% wrong: still a loop -> loop-over-rows cell="compute-loss-vectorised"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    total = 0.0
    for x, y in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(x) - y) ** 2
    return total.squeeze() / len(tensor_number_tasks)

# %% wrong: a comprehension, stacked -> loop-over-rows cell="compute-loss-vectorised"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    n_hat = torch.stack([model_number_questions(x) for x in tensor_number_tasks])
    return ((n_hat - tensor_number_questions) ** 2).mean()

# %% wrong: Python's sum over a tensor -> loop-over-rows cell="compute-loss-vectorised"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    squares = (model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2
    return (sum(squares) / len(squares)).squeeze()

# %% wrong: the diagonal of the (n, n) grid -> n-by-n-intermediate cell="compute-loss-vectorised"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    grid = model_number_questions(tensor_number_tasks) - tensor_number_questions.T
    return (torch.diagonal(grid) ** 2).mean()

# %% wrong: divides by a tensor made on the CPU -> device-mismatch cell="compute-loss-device"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    residuals = model_number_questions(tensor_number_tasks) - tensor_number_questions
    weights = torch.full((len(residuals), 1), 1 / len(residuals))
    return (weights * residuals ** 2).sum()

# %% wrong: brings everything back to the CPU -> result-on-other-device cell="compute-loss-device"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    residuals = model_number_questions(tensor_number_tasks).cpu() - tensor_number_questions.cpu()
    return (residuals ** 2).mean()

# %% wrong: reaches into the model, by the names of their own class -> unnamed cell="compute-loss-values"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    prediction = model_number_questions.linear.weight * tensor_number_tasks + model_number_questions.linear.bias
    return ((prediction - tensor_number_questions) ** 2).mean()

# %% wrong: backward inside -> backward-inside cell="compute-loss-gradient"
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    loss = ((model_number_questions(tensor_number_tasks) - tensor_number_questions) ** 2).mean()
    loss.backward()
    return loss

# %% wrong: targets made flat in a helper -> broadcast-n-by-n cell="compute-loss-values"
def prepared(*columns):
    return [column.squeeze() if column.requires_grad is False else column for column in columns]
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    predictions, targets = prepared(model_number_questions(tensor_number_tasks), tensor_number_questions)
    return ((predictions - targets) ** 2).mean()
