"""What is told of an answer that was not found for certain: noted on its cell, and said where its text may stand.

The note is the grader's own; one that was handed in is nobody's word, and taken off before.
"""

METADATA = "answer_elsewhere"  # under this name in a cell's metadata
MOST, LONGEST = 3, 60  # cells that are named; characters of each


def note(cell, others):
    """Notes on an answer's cell which other cells of the notebook it may be."""
    stub = {line.strip() for line in cell.source.splitlines()}
    cell.metadata[METADATA] = [beginning(one.source, stub) for one in others]


def forget(cell):
    """Takes such a note off a cell."""
    cell.metadata.pop(METADATA, None)


def said_of(cell):
    """Where the answer may stand, in a sentence; empty where nothing is noted."""
    noted = cell.metadata.get(METADATA)
    if not noted or not isinstance(noted, list):
        return ""
    named = " or ".join(f"“{one}”" for one in noted[:MOST])
    more = f", or one of {len(noted) - MOST} more" if len(noted) > MOST else ""
    return f"It is not certain which cell is this answer, as its cell lost nbgrader's metadata: it may be the one that begins {named}{more}."


def beginning(text, stub):
    """The first line of a text that the stub has not, cut where it is long, on which nothing is set or printed oddly."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next((line for line in lines if line not in stub), lines[0] if lines else "")
    shown = "".join(letter for letter in first if letter.isprintable() and letter not in "`*_<>#$[]").strip(" .,;:")
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST].rstrip()}…"
