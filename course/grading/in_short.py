"""What a person should know of a submission, in one line: each reason once, with the first cell it was said of and how many more."""

import re

MOST = 3
OF_A_CELL = re.compile(r"(?:cell \d+|[A-Za-z0-9_-]+): (?P<said>.*)", re.DOTALL)


def in_short(lines):
    """One line for a list of lines, each a reason, mostly with the name of a cell before it.

    The first few different ones are told, and how many more there are.
    """
    told = each_once(lines)
    more = f" (and {len(told) - MOST} more)" if len(told) > MOST else ""
    return "; ".join(told[:MOST]) + more


def each_once(lines):
    """List of the different reasons, each on one line: with the name of its first cell, and how many cells more it was said of."""
    cells = {}
    for line in lines:
        found = OF_A_CELL.fullmatch(line)
        said = found["said"] if found else line
        cells.setdefault(said.split("\n")[0], []).append(line.split("\n")[0])
    return [whole[0] + more_cells(len(whole) - 1) for whole in cells.values()]


def more_cells(number):
    """Such as " (and in 2 more cells)"; nothing for none."""
    return f" (and in {number} more cell{'' if number == 1 else 's'})" if number else ""
