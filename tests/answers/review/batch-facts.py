# Answers to batch-facts of review: shapes of what a loader hands out, and how often it does

# %% right: as asked
batch_facts = ((32, 28, 20), (6, 1), 3)

# %% right: shapes as PyTorch gives them
batch_facts = (torch.Size([32, 28, 20]), torch.Size([6, 1]), 3)

# %% right: seventy less two full batches
full, rest = 70 // 32, 70 % 32
batch_facts = ((32, 28, 20), (rest, 1), full + 1)

# %% wrong: the last batch full -> last-batch-taken-for-full cell="batch-facts-value"
batch_facts = ((32, 28, 20), (32, 1), 3)

# %% wrong: the rest dropped -> last-batch-lost cell="batch-facts-value"
batch_facts = ((32, 28, 20), (32, 1), 2)

# %% wrong: items joined, not stacked -> cat-for-stack cell="batch-facts-value"
batch_facts = ((896, 20), (6,), 3)

# %% wrong: rows counted last -> batch-dimension-last cell="batch-facts-value"
batch_facts = ((28, 20, 32), (1, 6), 3)

# %% wrong: ages without their dimension -> dimension-of-one-lost cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6,), 3)

# %% wrong: one dimension too many -> unnamed cell="batch-facts-value"
batch_facts = ((32, 1, 28, 20), (6, 1, 1), 3)

# %% wrong: only full batches counted -> unnamed cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6, 1), 2)

# %% wrong: a row for a batch -> unnamed cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6, 1), 70)

# %% wrong: the number of batches left out -> unnamed cell="batch-facts-value"
batch_facts = ((32, 28, 20), (6, 1))
