# Answers to same-storage of tensors: do two tensors look at one storage?

# %% right: addresses of the storages
def same_storage(x, y):
    return x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr()

# %% right: with a helper and a comparison the long way
def same_storage(x, y):
    def address(tensor):
        return tensor.untyped_storage().data_ptr()

    if address(x) == address(y):
        return True
    return False

# %% right: the difference of the addresses, with a stray print
def same_storage(x, y):
    first, second = (tensor.untyped_storage().data_ptr() for tensor in (x, y))
    print(first, second)
    return not (first - second)

# %% right: address of what is seen, less the offset
def same_storage(x, y):
    start_of_x = x.data_ptr() - x.storage_offset() * x.element_size()
    start_of_y = y.data_ptr() - y.storage_offset() * y.element_size()
    return start_of_x == start_of_y

# %% right: the storages themselves, of which PyTorch keeps one Python object each
def same_storage(x, y):
    return x.untyped_storage() is y.untyped_storage()

# %% wrong: the address of the first number that is seen -> address-of-first-number cell="same-storage-values"
def same_storage(x, y):
    return x.data_ptr() == y.data_ptr()

# %% wrong: equal numbers -> numbers-for-places cell="same-storage-values"
def same_storage(x, y):
    return torch.equal(x, y)

# %% wrong: the same object -> identity-for-storage cell="same-storage-values"
def same_storage(x, y):
    return x is y

# %% wrong: storages of one length -> unnamed cell="same-storage-values"
def same_storage(x, y):
    return x.untyped_storage().nbytes() == y.untyped_storage().nbytes()

# %% wrong: the numbers of the storages -> numbers-for-places cell="same-storage-values"
def same_storage(x, y):
    return x.untyped_storage().tolist() == y.untyped_storage().tolist()

# %% wrong: always True -> unnamed cell="same-storage-values"
def same_storage(x, y):
    return True

# %% wrong: the other way round -> unnamed cell="same-storage-values"
def same_storage(x, y):
    return x.untyped_storage().data_ptr() != y.untyped_storage().data_ptr()

# %% wrong: the addresses themselves -> unnamed cell="same-storage-values"
def same_storage(x, y):
    return x.untyped_storage().data_ptr(), y.untyped_storage().data_ptr()

# %% wrong: elementwise, so a table of answers -> unnamed cell="same-storage-values"
def same_storage(x, y):
    return x.flatten()[:4] == y.flatten()[:4]
