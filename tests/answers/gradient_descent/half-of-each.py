# Answers to half-of-each of gradient_descent: what w = w - … inside no_grad makes of w

# %% right: the letter
answer_mixture = "C"

# %% right: small, with a bracket
answer_mixture = "c)"

# %% right: after trying it out
trial = torch.tensor(0.1391, requires_grad=True)
(3 * trial).backward()
with torch.no_grad():
    trial = trial - 0.1 * trial.grad
answer_mixture = "C" if not trial.requires_grad else "D"

# %% wrong: the same leaf -> unnamed cell="half-of-each-choice"
answer_mixture = "A"

# %% wrong: a result with a history -> unnamed cell="half-of-each-choice"
answer_mixture = "B"

# %% wrong: a new leaf -> unnamed cell="half-of-each-choice"
answer_mixture = "D"

# %% wrong: a sentence -> unnamed cell="half-of-each-choice"
answer_mixture = "a new tensor that does not require a gradient"

# %% wrong: two letters -> unnamed cell="half-of-each-choice"
answer_mixture = "CD"

# %% wrong: a number -> unnamed cell="half-of-each-choice"
answer_mixture = 3
