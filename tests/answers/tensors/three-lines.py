# Answers to three-lines of tensors: which of a, b and c share their memory

# %% right: C
three_lines = "C"

# %% right: a small letter
three_lines = "c"

# %% right: with a bracket and blanks
three_lines = " C) "

# %% wrong: A, in place taken for a copy -> unnamed cell="three-lines-choice"
three_lines = "A"

# %% wrong: B, shared and yet different -> unnamed cell="three-lines-choice"
three_lines = "B"

# %% wrong: D, a sum taken for a view -> unnamed cell="three-lines-choice"
three_lines = "D"

# %% wrong: no option -> unnamed cell="three-lines-choice"
three_lines = "E"

# %% wrong: a sentence -> unnamed cell="three-lines-choice"
three_lines = "a and b share, c does not"

# %% wrong: the tensor itself -> unnamed cell="three-lines-choice"
three_lines = torch.zeros(3, 2).cos_()

# %% wrong: empty -> unnamed cell="three-lines-choice"
three_lines = ""
