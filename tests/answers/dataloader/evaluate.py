# Answers to evaluate of dataloader: the mean loss over the rows of a loader, without a trace

# %% right: as taught
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% right: a decorator
@torch.no_grad()
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    if True:
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% right: epoch_loss of exercise 5.5
def evaluate(model, loss_fn, valid_dl):
    model.eval()
    device = [parameter.device for parameter in model.parameters()][0]
    with torch.no_grad():
        pairs = [(loss_fn(model(x.to(device)), y.to(device)).item(), len(x)) for x, y in valid_dl]
    model.train()
    batch_losses, batch_sizes = zip(*pairs)
    return epoch_loss(torch.tensor(batch_losses), torch.tensor(batch_sizes)).item()

# %% right: all predictions first
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    model.eval()
    with torch.inference_mode():
        pairs = [(model(inputs.to(device)), targets.to(device)) for inputs, targets in valid_dl]
        predictions, targets = (torch.cat(part) for part in zip(*pairs))
        loss = loss_fn(predictions, targets).item()
    model.train(True)
    return loss

# %% wrong: the mean of the batch means -> mean-of-batch-means cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item()
            rows += 1
    model.train()
    return total / rows

# %% wrong: means added, divided by the rows -> samples-taken-for-batches cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item()
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: divided by the number of batches -> batches-taken-for-samples cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / len(valid_dl)

# %% wrong: the last batch -> last-batch-for-epoch cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return loss.item()

# %% wrong: returned in the loop -> one-batch-only cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            loss = loss_fn(model(inputs.to(device)), targets.to(device))
            model.train()
            return loss.item()

# %% wrong: not divided -> sum-for-mean cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total

# %% wrong: the root of it -> unnamed cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return math.sqrt(total / rows)

# %% wrong: nothing returned -> no-return cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    total / rows

# %% wrong: no eval -> evaluation-in-training-mode cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: eval without parentheses -> evaluation-in-training-mode cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: eval for no_grad -> evaluation-builds-graph cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    if True:
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: no_grad around the sum alone -> evaluation-builds-graph cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    for inputs, targets in valid_dl:
        loss = loss_fn(model(inputs.to(device)), targets.to(device))
        with torch.no_grad():
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: never switched back -> eval-not-switched-back cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    return total / rows

# %% wrong: switched back after the return -> eval-not-switched-back cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    return total / rows
    model.train()

# %% wrong: a backward pass -> evaluation-changes-model cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    if True:
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: a step on the validation rows -> unnamed cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    if True:
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: batches not moved -> batch-not-moved cell="evaluate-device"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: the model moved to the data -> model-moved-to-data cell="evaluate-device"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            model.to(inputs.device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: what to gives not kept -> to-result-dropped cell="evaluate-device"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs.to(device)
            targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: divided by the rows of the data set -> rows-counted-by-data-set cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / len(valid_dl.dataset)

# %% wrong: targets before predictions -> loss-arguments-exchanged cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(targets, model(inputs))
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: a loss of its own -> loss-hard-coded cell="evaluate-value"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = F.mse_loss(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: requires_grad_ for no_grad -> parameters-frozen cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    for p in model.parameters():
        p.requires_grad_(False)
    if True:
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: the recording switched off for good -> recording-left-off cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    torch.set_grad_enabled(False)
    if True:
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: zero_grad as in fit -> evaluation-empties-gradients cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    model.zero_grad()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: a tensor, not a number -> unnamed cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows

# %% wrong: switched back inside the loop -> train-inside-the-loop cell="evaluate-traces"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
            model.train()
    return total / rows

# %% wrong: only the inputs moved -> batch-not-moved cell="evaluate-device"
def evaluate(model, loss_fn, valid_dl):
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            inputs = inputs.to(device)
            loss = loss_fn(model(inputs), targets)
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows
