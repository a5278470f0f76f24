# Answers to fit-best of dataloader: training that keeps the state of the best epoch

# %% right: as taught
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best

# %% right: clones of the tensors
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
    return best

# %% right: all states kept, the best chosen at the end
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    states, losses = [], []
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        losses.append(evaluate(model, loss_fn, valid_dl))
        states.append(copy.deepcopy(model.state_dict()))
    return states[losses.index(min(losses))]

# %% right: a loop of its own
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    best = (float("inf"), None)
    for epoch in range(num_epochs):
        for inputs, targets in train_dl:
            opt.zero_grad()
            loss_fn(model(inputs), targets).backward()
            opt.step()
        now = evaluate(model, loss_fn, valid_dl)
        if now <= best[0]:
            best = (now, copy.deepcopy(model).state_dict())
    return best[1]

# %% wrong: kept by reference -> state-dict-by-reference cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, model.state_dict()
    return best

# %% wrong: a copy of the dictionary alone -> state-dict-by-reference cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, dict(model.state_dict())
    return best

# %% wrong: copied at the end -> state-dict-by-reference cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, model.state_dict()
    return copy.deepcopy(best)

# %% wrong: the last -> state-dict-by-reference cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    fit(num_epochs, model, loss_fn, opt, train_dl)
    return copy.deepcopy(model.state_dict())

# %% wrong: chosen on the training rows -> chosen-on-training-rows cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, train_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best

# %% wrong: the highest loss -> largest-for-smallest cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = -math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss > lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best

# %% wrong: the lowest never changes -> state-dict-by-reference cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            best = copy.deepcopy(model.state_dict())
    return best

# %% wrong: the first epoch -> first-epoch-kept cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if best is None:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best

# %% wrong: copied before the epoch -> unnamed cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        before = copy.deepcopy(model.state_dict())
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, before
    return best

# %% wrong: nothing is below zero -> unnamed cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = 0.0, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best

# %% wrong: the model -> unnamed cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    model.load_state_dict(best)
    return model

# %% wrong: one epoch more each time -> unnamed cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(epoch + 1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best
