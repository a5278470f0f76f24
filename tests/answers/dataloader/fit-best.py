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

# %% right: the best loaded in the end
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    model.load_state_dict(best)
    return best

# %% wrong: kept by reference -> last-for-best cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, model.state_dict()
    return best

# %% wrong: a copy of the dictionary alone -> last-for-best cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, dict(model.state_dict())
    return best

# %% wrong: copied at the end -> last-for-best cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, model.state_dict()
    return copy.deepcopy(best)

# %% wrong: the last -> last-for-best cell="fit-best-state"
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

# %% wrong: the lowest never changes -> last-for-best cell="fit-best-state"
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

# %% wrong: copied before the epoch -> copied-before-its-epoch cell="fit-best-state"
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

# %% wrong: evaluated before each epoch -> last-epoch-not-judged cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
        fit(1, model, loss_fn, opt, train_dl)
    return best

# %% wrong: stopped at the first rise -> stopped-at-first-rise cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
        else:
            break
    return best

# %% wrong: chosen by what fit returns -> chosen-while-training cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        loss = fit(1, model, loss_fn, opt, train_dl)[0]
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best

# %% wrong: all epochs in each turn -> unnamed cell="fit-best-state"
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        fit(num_epochs, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best
