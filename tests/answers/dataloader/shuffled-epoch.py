# Answers to shuffled-epoch of dataloader: mini-batches of one epoch, by hand

# %% right: one order for both
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    pairs = []
    for start in range(0, len(inputs), batch_size):
        rows = order[start:start + batch_size]
        pairs.append((inputs[rows], targets[rows]))
    return pairs

# %% right: both put into order first
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(inputs.shape[0])
    inputs, targets = inputs[order], targets[order]
    return [(inputs[i:i + batch_size], targets[i:i + batch_size]) for i in range(0, len(order), batch_size)]

# %% right: the order from sorting random numbers
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.rand(len(inputs)).argsort()
    return [(inputs[rows], targets[rows]) for rows in order.split(batch_size)]

# %% right: Python's own shuffle
def shuffled_epoch(inputs, targets, batch_size):
    import random
    order = list(range(len(inputs)))
    random.shuffle(order)
    pairs = []
    while order:
        rows, order = order[:batch_size], order[batch_size:]
        pairs.append((inputs[rows], targets[rows]))
    return pairs

# %% right: a DataLoader after all
def shuffled_epoch(inputs, targets, batch_size):
    return [tuple(batch) for batch in DataLoader(TensorDataset(inputs, targets), batch_size, shuffle=True)]

# %% wrong: permuted apart -> pairs-broken cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    inputs, targets = inputs[torch.randperm(len(inputs))], targets[torch.randperm(len(targets))]
    return [(inputs[i:i + batch_size], targets[i:i + batch_size]) for i in range(0, len(inputs), batch_size)]

# %% wrong: only the inputs permuted -> pairs-broken cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    inputs = inputs[torch.randperm(len(inputs))]
    return [(inputs[i:i + batch_size], targets[i:i + batch_size]) for i in range(0, len(inputs), batch_size)]

# %% wrong: a new order in each batch -> sampling-with-replacement cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    pairs = []
    for start in range(0, len(inputs), batch_size):
        rows = torch.randperm(len(inputs))[start:start + batch_size]
        pairs.append((inputs[rows], targets[rows]))
    return pairs

# %% wrong: drawn with replacement -> sampling-with-replacement cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randint(len(inputs), (len(inputs),))
    return [(inputs[rows], targets[rows]) for rows in order.split(batch_size)]

# %% wrong: the last batch lost -> last-batch-lost cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    pairs = []
    for number in range(len(inputs) // batch_size):
        rows = order[number * batch_size:(number + 1) * batch_size]
        pairs.append((inputs[rows], targets[rows]))
    return pairs

# %% wrong: single rows -> wrong-batch-size cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    return [(inputs[i:i + 1], targets[i:i + 1]) for i in order.tolist()]

# %% wrong: so many batches, not of such a size -> batch-count-for-size cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    return [(inputs[rows], targets[rows]) for rows in order.chunk(batch_size)]

# %% wrong: ends before it is done -> unnamed cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    for start in range(0, len(inputs), batch_size):
        rows = order[start:start + batch_size]
        return [(inputs[rows], targets[rows])]

# %% wrong: no list -> no-return cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    pairs = [(inputs[rows], targets[rows]) for rows in order.split(batch_size)]

# %% wrong: targets before inputs -> unnamed cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.randperm(len(inputs))
    return [(targets[rows], inputs[rows]) for rows in order.split(batch_size)]

# %% wrong: in the order of the data -> order-not-random cell="shuffled-epoch-order"
def shuffled_epoch(inputs, targets, batch_size):
    return [(inputs[i:i + batch_size], targets[i:i + batch_size]) for i in range(0, len(inputs), batch_size)]

# %% wrong: seeded in each call -> reseeded-each-epoch cell="shuffled-epoch-order"
def shuffled_epoch(inputs, targets, batch_size):
    torch.manual_seed(0)
    order = torch.randperm(len(inputs))
    return [(inputs[rows], targets[rows]) for rows in order.split(batch_size)]

# %% wrong: from a random row on -> order-not-random cell="shuffled-epoch-order"
def shuffled_epoch(inputs, targets, batch_size):
    order = torch.arange(len(inputs)).roll(int(torch.randint(1, len(inputs), ())) if len(inputs) > 1 else 0)
    return [(inputs[rows], targets[rows]) for rows in order.split(batch_size)]

# %% wrong: shuffled inside fixed batches -> shuffled-inside-batches cell="shuffled-epoch-order"
def shuffled_epoch(inputs, targets, batch_size):
    pairs = []
    for x, y in zip(inputs.split(batch_size), targets.split(batch_size)):
        order = torch.randperm(len(x))
        pairs.append((x[order], y[order]))
    return pairs

# %% wrong: fixed batches in random order -> unnamed cell="shuffled-epoch-rows"
def shuffled_epoch(inputs, targets, batch_size):
    pairs = list(zip(inputs.split(batch_size), targets.split(batch_size)))
    return [pairs[i] for i in torch.randperm(len(pairs))]
