# Answers to morning-after of linear_model: what is lost when only the model's state_dict is saved

# %% right: the letter
answer_morning = "C"

# %% right: after some thought
answer_morning = "A"
answer_morning = "C"

# %% right: looked up
letters = "ABCD"
answer_morning = letters[2]

# %% wrong: nothing is lost -> unnamed cell="morning-after-choice"
answer_morning = "A"

# %% wrong: the biases -> unnamed cell="morning-after-choice"
answer_morning = "B"

# %% wrong: the graph -> unnamed cell="morning-after-choice"
answer_morning = "D"

# %% wrong: two letters -> unnamed cell="morning-after-choice"
answer_morning = "AC"

# %% wrong: a list -> unnamed cell="morning-after-choice"
answer_morning = ["C"]

# %% wrong: the number of the answer -> unnamed cell="morning-after-choice"
answer_morning = 3
