"""Feedback pages: written with nbgrader, handed back through its exchange or as zips."""
