# Answers to three-losses of classification: which mistake a loss that will not fall has in it

# %% right: letters
run_1, run_2, run_3 = "B", "C", "A"

# %% right: small letters
run_1 = "b"
run_2 = "c"
run_3 = "a"

# %% right: letters with brackets
run_1 = "(B)"
run_2 = "(C)"
run_3 = "(A)"

# %% wrong: softmax and sigmoid exchanged -> unnamed cell="three-losses-choice"
run_1, run_2, run_3 = "A", "C", "B"

# %% wrong: a loss of 0 is good -> unnamed cell="three-losses-choice"
run_1, run_2, run_3 = "B", "D", "A"

# %% wrong: more steps -> unnamed cell="three-losses-choice"
run_1, run_2, run_3 = "B", "C", "D"

# %% wrong: one column everywhere -> unnamed cell="three-losses-choice"
run_1, run_2, run_3 = "C", "C", "C"

# %% wrong: no such letter -> unnamed cell="three-losses-choice"
run_1, run_2, run_3 = "B", "C", "E"

# %% wrong: run_3 not defined -> unnamed cell="three-losses-choice"
run_1, run_2 = "B", "C"
