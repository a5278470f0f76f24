# Answers to epoch-loss of dataloader: the mean over rows from the means of batches

# %% right: weighted
def epoch_loss(batch_losses, batch_sizes):
    return (batch_losses * batch_sizes).sum() / batch_sizes.sum()

# %% right: a dot product
def epoch_loss(batch_losses, batch_sizes):
    return batch_losses @ batch_sizes.float() / batch_sizes.sum()

# %% right: shares of the rows
def epoch_loss(batch_losses, batch_sizes):
    return torch.sum(batch_losses * (batch_sizes / batch_sizes.sum()))

# %% right: a loop
def epoch_loss(batch_losses, batch_sizes):
    total = torch.tensor(0.0)
    for loss, size in zip(batch_losses, batch_sizes):
        total += loss * size
    return total / sum(batch_sizes)

# %% wrong: the mean of the means -> mean-of-batch-means cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return batch_losses.mean()

# %% wrong: divided by the batches -> batches-taken-for-samples cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return (batch_losses * batch_sizes).mean()

# %% wrong: means added, divided by the rows -> samples-taken-for-batches cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return batch_losses.sum() / batch_sizes.sum()

# %% wrong: not divided -> sum-for-mean cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return (batch_losses * batch_sizes).sum()

# %% wrong: the last batch -> last-batch-for-epoch cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return batch_losses[-1]

# %% wrong: not summed -> unnamed cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return batch_losses * batch_sizes / batch_sizes.sum()

# %% wrong: a Python number -> unnamed cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return ((batch_losses * batch_sizes).sum() / batch_sizes.sum()).item()

# %% wrong: rounded down -> unnamed cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return (batch_losses * batch_sizes).sum() // batch_sizes.sum()

# %% wrong: divided by the rows of the example -> divisor-hard-coded cell="epoch-loss-values"
def epoch_loss(batch_losses, batch_sizes):
    return (batch_losses * batch_sizes).sum() / 5
