# Answers to fit-classifier of classification: a training loop with its books

# %% right: counted row by row
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% right: one's own loss, and a list of row losses
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% right: sums of the batches
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% right: the loss as a module, zeroed after the step
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: never zeroed -> gradients-never-zeroed cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: zeroed before the step -> zeroed-between-backward-and-step cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: no step -> no-step cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: a sigmoid too many -> sigmoid-before-bce-with-logits cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: the squared error of logits -> squared-error-of-logits cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: the sum over the batch -> sum-for-mean cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: raw logits to the loss of probabilities -> bce-on-logits cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: flat labels -> bce-shapes-differ cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: cross_entropy of one column -> unnamed cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: the mean of batch means -> mean-of-batch-means cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: a total of batch means over the rows -> samples-taken-for-batches cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: the last batch for the epoch -> last-batch-for-epoch cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: trained on the validation rows too -> evaluation-changes-model cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        for inputs, labels in validation_dl:
            opt.zero_grad()
            F.binary_cross_entropy_with_logits(model(inputs), labels).backward()
            opt.step()
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: only one batch -> one-batch-only cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: returned inside the loop -> one-epoch-only cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
        return losses, train_accuracies, validation_accuracies

# %% wrong: eval never switched back -> eval-not-switched-back cell="fit-classifier-steps"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
        model.eval()
    return losses, train_accuracies, validation_accuracies

# %% wrong: accuracies before the updates -> measured-before-the-epoch cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
    for _ in range(num_epochs):
        train_accuracies.append(share_right(model, train_dl))
        validation_accuracies.append(share_right(model, validation_dl))
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
    return losses, train_accuracies, validation_accuracies

# %% wrong: the accuracies exchanged -> returned-in-wrong-order cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, validation_accuracies, train_accuracies

# %% wrong: training rows for validation -> unnamed cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, train_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: measured once, at the end -> unnamed cell="fit-classifier-books"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
    validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: the batches stay on the CPU -> device-mismatch cell="fit-classifier-device"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies

# %% wrong: what to() returns is dropped -> device-mismatch cell="fit-classifier-device"
def fit_classifier(num_epochs, model, opt, train_dl, validation_dl):
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
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
        validation_accuracies.append(share_right(model, validation_dl))
    return losses, train_accuracies, validation_accuracies
