# Answers to mean-and-deviation of dataloader: mean and standard deviation in one pass

# %% right: two sums
def mean_and_deviation(loader):
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, targets in loader:
        rows += len(inputs)
        total = total + inputs.double().sum(0)
        squares_total = squares_total + (inputs.double() ** 2).sum(0)
    mean = total / rows
    return mean.float(), (squares_total / rows - mean ** 2).sqrt().float()

# %% right: in single precision
def mean_and_deviation(loader):
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, targets in loader:
        rows += len(inputs)
        total = total + inputs.sum(0)
        squares_total = squares_total + (inputs ** 2).sum(0)
    mean = total / rows
    return mean, (squares_total / rows - mean ** 2).sqrt()

# %% right: all rows kept after all
def mean_and_deviation(loader):
    inputs = torch.cat([inputs for inputs, targets in loader])
    return inputs.mean(0), inputs.std(0, unbiased=False)

# %% wrong: means of the batches -> mean-of-batch-means cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    parts = [(x.mean(0), x.std(0, correction=0)) for x, y in loader]
    means, deviations = zip(*parts)
    return torch.stack(means).mean(0), torch.stack(deviations).mean(0)

# %% wrong: divided by n - 1 -> divided-by-n-minus-one cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    inputs = torch.cat([inputs for inputs, targets in loader])
    return inputs.mean(0), inputs.std(0)

# %% wrong: the variance -> unnamed cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, targets in loader:
        rows += len(inputs)
        total = total + inputs.double().sum(0)
        squares_total = squares_total + (inputs.double() ** 2).sum(0)
    mean = total / rows
    return mean.float(), (squares_total / rows - mean ** 2).float()

# %% wrong: one number for all columns -> unnamed cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, targets in loader:
        rows += len(inputs)
        total = total + inputs.double().sum()
        squares_total = squares_total + (inputs.double() ** 2).sum()
    mean = total / rows
    return mean.float(), (squares_total / rows - mean ** 2).sqrt().float()

# %% wrong: the first batch -> unnamed cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    inputs, targets = next(iter(loader))
    return inputs.mean(0), inputs.std(0, correction=0)

# %% wrong: the square of the mean left out -> unnamed cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, targets in loader:
        rows += len(inputs)
        total = total + inputs.double().sum(0)
        squares_total = squares_total + (inputs.double() ** 2).sum(0)
    mean = total / rows
    return mean.float(), (squares_total / rows).sqrt().float()

# %% wrong: only the mean -> unnamed cell="mean-and-deviation-values"
def mean_and_deviation(loader):
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, targets in loader:
        rows += len(inputs)
        total = total + inputs.double().sum(0)
        squares_total = squares_total + (inputs.double() ** 2).sum(0)
    mean = total / rows
    return mean.float()
