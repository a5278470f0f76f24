# Answers to count-updates of dataloader: how many batches a loader hands out in some epochs

# %% right: math.ceil
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    if drop_last:
        return num_epochs * (number_of_rows // batch_size)
    return num_epochs * math.ceil(number_of_rows / batch_size)

# %% right: asking a loader
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    return num_epochs * len(DataLoader(range(number_of_rows), batch_size=batch_size, drop_last=drop_last))

# %% right: whole numbers only
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    per_epoch, rest = divmod(number_of_rows, batch_size)
    return num_epochs * (per_epoch + (rest > 0 and not drop_last))

# %% right: counting
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    count = 0
    for epoch in range(num_epochs):
        for start in range(0, number_of_rows, batch_size):
            if start + batch_size <= number_of_rows or not drop_last:
                count += 1
    return count

# %% wrong: always rounded down -> last-batch-lost cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    return num_epochs * (number_of_rows // batch_size)

# %% wrong: always rounded up -> drop-last-ignored cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    return num_epochs * math.ceil(number_of_rows / batch_size)

# %% wrong: one more than rounded down -> empty-batch-counted cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    if drop_last:
        return num_epochs * (number_of_rows // batch_size)
    return num_epochs * (number_of_rows // batch_size + 1)

# %% wrong: one epoch -> updates-counted-for-one-epoch cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    return number_of_rows // batch_size if drop_last else math.ceil(number_of_rows / batch_size)

# %% wrong: all rows of all epochs at once -> last-batches-joined cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    rows = number_of_rows * num_epochs
    return rows // batch_size if drop_last else math.ceil(rows / batch_size)

# %% wrong: samples counted -> batches-taken-for-samples cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    return num_epochs * number_of_rows

# %% wrong: the two cases exchanged -> last-batch-lost cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    if not drop_last:
        return num_epochs * (number_of_rows // batch_size)
    return num_epochs * math.ceil(number_of_rows / batch_size)

# %% wrong: a fraction -> division-not-rounded cell="count-updates-values"
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    return num_epochs * number_of_rows / batch_size
