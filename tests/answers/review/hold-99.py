# Answers to hold-99 of review: which tensors share memory with one that was changed

# %% right: as asked
hold_99 = ["a", "c", "e"]

# %% right: found by running the lines
x = torch.arange(12.0).view(3, 4)
looks = {"a": x[:, 1], "b": x[[0, 2]], "c": x.t(), "d": x.t().reshape(12), "e": x.reshape(2, 6)}
hold_99 = sorted(name for name, t in looks.items() if t.untyped_storage().data_ptr() == x.untyped_storage().data_ptr())

# %% right: a text turned into a list
hold_99 = list("ace")

# %% wrong: all of them look -> copy-taken-for-view cell="hold-99-value"
hold_99 = ["a", "b", "c", "d", "e"]

# %% wrong: reshape counted as a copy -> reshape-always-copies cell="hold-99-value"
hold_99 = ["a", "c"]

# %% wrong: reshape counted as a view -> reshape-never-copies cell="hold-99-value"
hold_99 = ["a", "c", "d", "e"]

# %% wrong: a list of rows counted as a slice -> list-of-rows-taken-for-view cell="hold-99-value"
hold_99 = ["a", "b", "c", "e"]

# %% wrong: only the slice -> unnamed cell="hold-99-value"
hold_99 = ["a"]

# %% wrong: none of them -> unnamed cell="hold-99-value"
hold_99 = []

# %% wrong: one text in place of a list -> unnamed cell="hold-99-value"
hold_99 = "a, c, e"

# %% right: a set
hold_99 = {"a", "c", "e"}

# %% right: in another order
hold_99 = ["e", "c", "a"]

# %% wrong: one missing -> unnamed cell="hold-99-value"
hold_99 = ["c", "e"]
