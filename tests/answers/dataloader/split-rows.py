# Answers to split-rows of dataloader: three parts of the row numbers

# %% right: two cuts
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% right: training rows first
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    train = number_of_rows - number_validation - number_test
    return order[:train], order[train:train + number_validation], order[train + number_validation:]

# %% right: torch.split
def split_rows(number_of_rows, number_validation, number_test, seed):
    train = number_of_rows - number_validation - number_test
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    return torch.split(order, [train, number_validation, number_test])

# %% right: NumPy's generator
def split_rows(number_of_rows, number_validation, number_test, seed):
    import numpy
    order = torch.from_numpy(numpy.random.default_rng(seed).permutation(number_of_rows))
    validation, test = order[:number_validation], order[number_validation:number_validation + number_test]
    return order[number_validation + number_test:], validation, test

# %% right: the global seed
def split_rows(number_of_rows, number_validation, number_test, seed):
    torch.manual_seed(seed)
    order = torch.randperm(number_of_rows)
    test, rest = order[:number_test], order[number_test:]
    return rest[number_validation:], rest[:number_validation], test

# %% wrong: all rows to train on -> unnamed cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    return order, order[:number_validation], order[number_validation:number_validation + number_test]

# %% wrong: test rows taken from the validation rows -> test-rows-in-training cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[:number_test]

# %% wrong: an order drawn for each part -> test-rows-in-training cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    generator = torch.Generator().manual_seed(seed)
    train = number_of_rows - number_validation - number_test
    return tuple(torch.randperm(number_of_rows, generator=generator)[:size] for size in (train, number_validation, number_test))

# %% wrong: drawn with replacement -> test-rows-in-training cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randint(number_of_rows, (number_of_rows,), generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% wrong: the cut one row late -> unnamed cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation + 1:end]

# %% wrong: parts in another order -> unnamed cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[:number_validation], order[number_validation:end], order[end:]

# %% wrong: lists -> unnamed cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:].tolist(), order[:number_validation].tolist(), order[number_validation:end].tolist()

# %% wrong: row numbers as floats -> unnamed cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = 1.0 * torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% wrong: two parts -> unnamed cell="split-rows-parts"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    return order[number_validation:], order[:number_validation]

# %% wrong: in the order of the data -> order-not-random cell="split-rows-random"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.arange(number_of_rows)
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% wrong: the seed not used -> split-changes cell="split-rows-random"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows)
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% wrong: the generator made and not used -> split-changes cell="split-rows-random"
def split_rows(number_of_rows, number_validation, number_test, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(number_of_rows)
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% wrong: always the seed 0 -> seed-not-used cell="split-rows-random"
def split_rows(number_of_rows, number_validation, number_test, seed):
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(0))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]

# %% wrong: the last rows to test on -> order-not-random cell="split-rows-random"
def split_rows(number_of_rows, number_validation, number_test, seed):
    rest = number_of_rows - number_test
    order = torch.randperm(rest, generator=torch.Generator().manual_seed(seed))
    return order[number_validation:], order[:number_validation], torch.arange(rest, number_of_rows)
