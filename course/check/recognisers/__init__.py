"""Recognisers of mistakes: each file holds rules that turn what was seen into a name, or into nothing."""
