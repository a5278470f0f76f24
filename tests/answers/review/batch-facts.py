# Answers to batch-facts of review: shapes and dtype of what a loader hands out

# %% right: as asked
batch_facts = ((32, 28, 20), (6, 28, 20), torch.float64)

# %% right: shapes as PyTorch gives them
batch_facts = (torch.Size([32, 28, 20]), torch.Size([6, 28, 20]), torch.double)

# %% right: seventy less two full batches
rest = 70 - 2 * 32
batch_facts = ((32, 28, 20), (rest, 28, 20), torch.tensor(0.5, dtype=torch.float64).dtype)

# %% wrong: ages as float32 -> item-dtype cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6, 28, 20), torch.float32)

# %% wrong: the last batch full -> last-batch-taken-for-full cell="batch-facts-value"
batch_facts = ((32, 28, 20), (32, 28, 20), torch.float64)

# %% wrong: pictures joined, not stacked -> cat-for-stack cell="batch-facts-value"
batch_facts = ((896, 20), (168, 20), torch.float64)

# %% wrong: rows counted last -> batch-dimension-last cell="batch-facts-value"
batch_facts = ((28, 20, 32), (28, 20, 6), torch.float64)

# %% wrong: one dimension too many -> unnamed cell="batch-facts-value"
batch_facts = ((32, 1, 28, 20), (6, 1, 28, 20), torch.float64)

# %% wrong: the dtype as a text -> unnamed cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6, 28, 20), "float64")

# %% wrong: the dtype left out -> unnamed cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6, 28, 20))
