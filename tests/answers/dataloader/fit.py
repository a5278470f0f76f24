# Answers to fit of dataloader: the training function for any model and loader

# %% right: as taught
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% right: as published: zeroed after the step
def fit(num_epochs, model, loss_fn, opt, train_dl):
    for layer_parameter in model.parameters():
        device = layer_parameter.device
    history = []
    for epoch in range(num_epochs):
        seen = []
        for xb, yb in train_dl:
            xb, yb = xb.to(device), yb.to(device)
            pred = model(xb)
            loss = loss_fn(pred, yb)
            loss.backward()
            opt.step()
            opt.zero_grad()
            seen.append((loss.item(), len(xb)))
        history.append(sum(loss * size for loss, size in seen) / sum(size for _, size in seen))
        report(epoch, history[-1])
    return history

# %% right: epoch_loss of exercise 5.5
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(iter(model.parameters())).device
    losses = []
    model.train()
    for epoch in range(num_epochs):
        batch_losses, batch_sizes = [], []
        for batch in train_dl:
            inputs, targets = (part.to(device) for part in batch)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            batch_losses.append(loss.detach().cpu())
            batch_sizes.append(len(inputs))
        losses.append(epoch_loss(torch.stack(batch_losses), torch.tensor(batch_sizes)).item())
        report(epoch, losses[-1])
    return losses

# %% right: nothing reported
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
    return losses

# %% right: the loss kept as a tensor without its graph
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.detach() * len(inputs)
            rows += len(inputs)
        losses.append((total / rows).item())
        report(epoch, losses[-1])
    return losses

# %% wrong: never zeroed -> gradients-never-zeroed cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: zeroed once an epoch -> gradients-never-zeroed cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        opt.zero_grad()
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: zeroed between backward and step -> zeroed-between-backward-and-step cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.zero_grad()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: step before backward -> step-before-backward cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            opt.step()
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: no step -> no-step cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: no backward -> no-backward cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: always the first batch -> always-first-batch cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for _ in range(len(train_dl)):
            inputs, targets = next(iter(train_dl))
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: one batch an epoch -> one-batch-only cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
            break
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: returned in the first epoch -> one-epoch-only cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
        return losses

# %% wrong: one epoch too few -> wrong-epochs cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(1, num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: a hundred epochs, whatever is asked -> wrong-epochs cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(100):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: a list of batches made once, the same order each epoch -> no-shuffle cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    train_dl = list(train_dl)
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: seeded in each epoch -> reseeded-each-epoch cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        torch.manual_seed(epoch * 0)
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: a loader of its own, without shuffle -> no-shuffle cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in DataLoader(train_dl.dataset, batch_size=5):
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: all rows at once -> unnamed cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in [train_dl.dataset[:]]:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: a new model -> argument-not-used cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    model = nn.Linear(3, 2)
    opt = torch.optim.SGD(model.parameters(), lr=0.05)
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: a model made after the optimiser -> argument-not-used cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    model = nn.Linear(3, 2)
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: an optimiser of its own -> argument-not-used cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    opt = torch.optim.SGD(model.parameters(), lr=1e-5)
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: a loss of its own -> argument-not-used cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = ((model(inputs) - targets) ** 2).mean()
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: the losses of an epoch added up before backward -> backward-twice cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            opt.zero_grad()
            total = total + loss_fn(model(inputs), targets) * len(inputs)
            rows += len(inputs)
            total.backward()
            opt.step()
        losses.append(total.item() / rows)
    return losses

# %% wrong: nothing returned -> no-return cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    losses

# %% wrong: the mean of the batch means -> mean-of-batch-means cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item()
            rows += 1
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: means added, divided by the rows -> samples-taken-for-batches cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item()
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: divided by the number of batches -> batches-taken-for-samples cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / len(train_dl))
        report(epoch, losses[-1])
    return losses

# %% wrong: the last batch of each epoch -> last-batch-for-epoch cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(loss.item())
        report(epoch, losses[-1])
    return losses

# %% wrong: an entry a batch -> unnamed cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
            losses.append(loss.item())
        report(epoch, losses[-1])
    return losses

# %% wrong: a running total over the epochs -> unnamed cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    total, rows = 0.0, 0
    for epoch in range(num_epochs):
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: tensors with their graph -> history-of-tensors cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: the sum over the rows -> sum-for-mean cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total)
        report(epoch, losses[-1])
    return losses

# %% wrong: batches not moved -> batch-not-moved cell="fit-device"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: what to gives not kept -> to-result-dropped cell="fit-device"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: only the inputs moved -> batch-not-moved cell="fit-device"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs = inputs.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: the model moved to the data -> model-moved-to-data cell="fit-device"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            model.to(inputs.device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: divided by the rows of the data set -> rows-counted-by-data-set cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / len(train_dl.dataset))
        report(epoch, losses[-1])
    return losses

# %% wrong: targets before predictions -> loss-arguments-exchanged cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(targets, model(inputs))
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: one step an epoch -> one-update-an-epoch cell="fit-steps"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        opt.step()
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses

# %% wrong: totals never set back -> totals-never-reset cell="fit-history"
def fit(num_epochs, model, loss_fn, opt, train_dl):
    device = next(model.parameters()).device
    losses = []
    total, rows = 0.0, 0
    for epoch in range(num_epochs):
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses
