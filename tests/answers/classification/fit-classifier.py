# Answers to fit-classifier of classification: a training loop with its books

# %% right: counted row by row
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% right: one's own loss, and a list of row losses
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            model.zero_grad()
            loss = bce_loss(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.detach().item() * labels.shape[0]
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% right: sums of the batches
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            total_loss = F.binary_cross_entropy_with_logits(model(inputs), labels, reduction="sum")
            loss = total_loss / len(labels)
            loss.backward()
            opt.step()
            total += total_loss.item()
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% right: the loss as a module, zeroed after the step
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            loss = nn.BCEWithLogitsLoss()(model(inputs), labels)
            loss.backward()
            opt.step()
            opt.zero_grad()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: never zeroed -> gradients-never-zeroed cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: zeroed before the step -> zeroed-between-backward-and-step cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.zero_grad()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: no step -> no-step cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: a sigmoid too many -> sigmoid-before-bce-with-logits cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(torch.sigmoid(model(inputs)), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the squared error of logits -> squared-error-of-logits cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.mse_loss(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the sum over the batch -> sum-for-mean cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels, reduction="sum")
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: raw logits to the loss of probabilities -> bce-on-logits cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: flat labels -> bce-shapes-differ cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels.flatten())
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: cross_entropy of one column -> unnamed cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.cross_entropy(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the mean of batch means -> mean-of-batch-means cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item()
            rows += 1
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: a total of batch means over the rows -> samples-taken-for-batches cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item()
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the last batch for the epoch -> last-batch-for-epoch cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(loss.item())
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: trained on the validation rows too -> evaluation-changes-model cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        for inputs, labels in valid_dl:
            opt.zero_grad()
            F.binary_cross_entropy_with_logits(model(inputs), labels).backward()
            opt.step()
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: only one batch -> one-batch-only cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
            break
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: returned inside the loop -> one-epoch-only cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
        return losses, train_accuracies, valid_accuracies

# %% wrong: eval never switched back -> eval-not-switched-back cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
        model.eval()
    return losses, train_accuracies, valid_accuracies

# %% wrong: accuracies before the updates -> measured-before-the-epoch cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
    return losses, train_accuracies, valid_accuracies

# %% wrong: the accuracies exchanged -> accuracies-exchanged cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, valid_accuracies, train_accuracies

# %% wrong: training rows for validation -> training-rows-measured-twice cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, train_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: measured once, at the end -> unnamed cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
    train_accuracies.append(share_right(model, train_dl))
    valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the batches stay on the CPU -> batch-not-moved cell="fit-classifier-device"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: what to() returns is dropped -> to-result-dropped cell="fit-classifier-device"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: divided by the whole data set -> rows-counted-by-data-set cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / len(train_dl.dataset))
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the mean of batch accuracies -> mean-of-batch-means cell="fit-classifier-books"
def share_of_batches(model, loader):
    device = next(model.parameters()).device
    with torch.no_grad():
        shares = [((model(x.to(device)) > 0) == (y.to(device) == 1)).float().mean().item() for x, y in loader]
    return sum(shares) / len(shares)


def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_of_batches(model, train_dl))
        valid_accuracies.append(share_of_batches(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the model moves to the batch -> model-moved-to-data cell="fit-classifier-device"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            model.to(inputs.device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: three epochs written into the code -> wrong-epochs cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(3):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: accuracies as tensors -> unnamed cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(torch.tensor(share_right(model, train_dl)))
        valid_accuracies.append(torch.tensor(share_right(model, valid_dl)))
    return losses, train_accuracies, valid_accuracies

# %% wrong: an optimiser of its own -> argument-not-used cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    opt = torch.optim.SGD(model.parameters(), lr=0.05)
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: trained on the rows for validation -> evaluation-changes-model cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in valid_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: a triple for each epoch -> unnamed cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append((total / rows, share_right(model, train_dl), share_right(model, valid_dl)))
    return losses

# %% wrong: flat logits against a column, in one's own loss -> broadcast-n-by-n cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = bce_loss(model(inputs).flatten(), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the accuracy counted during the updates -> accuracy-on-the-way cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows, hits = 0.0, 0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            logits = model(inputs)
            hits += ((logits > 0) == (labels == 1)).sum().item()
            loss = F.binary_cross_entropy_with_logits(logits, labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(hits / rows)
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: validation in both columns -> validation-rows-measured-twice cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, valid_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: total and rows never set back -> totals-never-reset cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    total, rows = 0.0, 0
    for _ in range(num_epochs):
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the total never set back -> running-total-for-history cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    total = 0.0
    for _ in range(num_epochs):
        rows = 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: one update an epoch -> one-update-an-epoch cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        opt.step()
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: one update an epoch, zeroed an epoch -> one-update-an-epoch cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        opt.zero_grad()
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        opt.step()
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, valid_accuracies

# %% wrong: the accuracies first -> unnamed cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, valid_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        valid_accuracies.append(share_right(model, valid_dl))
    return train_accuracies, valid_accuracies, losses
