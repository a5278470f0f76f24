# Answers to epoch-over of dataloader: batches of one epoch over some rows

# %% right: as taught
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(rows)))

# %% right: a loop over the loader
def epoch_over(dataset, rows, batch_size):
    sampler = SubsetRandomSampler(rows.tolist())
    loader = DataLoader(dataset, batch_size, sampler=sampler)
    found = []
    for inputs, targets in loader:
        found.append((inputs, targets))
    return found

# %% right: a Subset, shuffled
def epoch_over(dataset, rows, batch_size):
    from torch.utils.data import Subset
    return [batch for batch in DataLoader(Subset(dataset, rows.tolist()), batch_size=batch_size, shuffle=True)]

# %% right: without a loader
def epoch_over(dataset, rows, batch_size):
    order = rows[torch.randperm(len(rows))]
    return [dataset[part] for part in order.split(batch_size)]

# %% wrong: shuffle as well -> shuffle-with-sampler cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, batch_size=batch_size, shuffle=True, sampler=SubsetRandomSampler(rows)))

# %% wrong: the whole data set -> rows-not-asked-for cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, batch_size=batch_size, shuffle=True))

# %% wrong: as many rows, but not these -> rows-not-asked-for cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(range(len(rows)))))

# %% wrong: in the order of rows -> rows-for-sampler cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, batch_size=batch_size, sampler=rows.tolist()))

# %% wrong: with replacement -> sampling-with-replacement cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    rows = rows[torch.randint(len(rows), (len(rows),))]
    return list(DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(rows)))

# %% wrong: seeded in each call -> reseeded-each-epoch cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    torch.manual_seed(0)
    return list(DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(rows)))

# %% wrong: the last batch dropped -> last-batch-lost cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, batch_size=batch_size, drop_last=True, sampler=SubsetRandomSampler(rows)))

# %% wrong: the batch size forgotten -> wrong-batch-size cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset, sampler=SubsetRandomSampler(rows)))

# %% wrong: the loader itself -> unnamed cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(rows))

# %% wrong: the first batch -> unnamed cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return next(iter(DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(rows))))

# %% wrong: the rows of the data set for a data set -> unnamed cell="epoch-over-rows"
def epoch_over(dataset, rows, batch_size):
    return list(DataLoader(dataset[rows], batch_size=batch_size, shuffle=True))
