# Answers to read-the-curves of gradient_descent: three loss curves in the order of their learning rates

# %% right: the letter
answer_rates = "B"

# %% right: after some thought
answer_rates = "D"
answer_rates = "B"

# %% right: small
answer_rates = " b "

# %% wrong: in the order of their numbers -> unnamed cell="read-the-curves-choice"
answer_rates = "A"

# %% wrong: largest first -> unnamed cell="read-the-curves-choice"
answer_rates = "C"

# %% wrong: the diverging one taken for the middle -> unnamed cell="read-the-curves-choice"
answer_rates = "D"

# %% wrong: the order itself -> unnamed cell="read-the-curves-choice"
answer_rates = "3, 1, 2"

# %% wrong: a list -> unnamed cell="read-the-curves-choice"
answer_rates = ["B"]

# %% wrong: not a letter of the four -> unnamed cell="read-the-curves-choice"
answer_rates = "E"
