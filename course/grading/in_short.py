"""What a person should know of a submission, in one line: each reason once, with the number of cells that it was said of."""

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
    """List of the different reasons, each on one line: with the name of its cell, or the number of cells where there are more."""
    cells = {}
    for line in lines:
        found = OF_A_CELL.fullmatch(line)
        said = found["said"] if found else line
        cells.setdefault(said.split("\n")[0], []).append(line.split("\n")[0])
    return [whole[0] if len(whole) == 1 else f"{said} (in {len(whole)} cells)" for said, whole in cells.items()]
