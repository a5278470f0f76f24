"""The instructor's report of an assignment: a table for the terminal, one HTML page, and the same as CSV and as JSON.

`gathering` reads everything once, `anonymous` takes the names out, `numbers` counts, and the rest only shows.
"""
