"""Markdown as it reads in a terminal: paragraphs refilled to its width, formulas as plain text; code, tables, lists as they are."""

import re
import shutil
import textwrap

from course.study.plain_formulas import plain

FENCE = re.compile(r"^\s*```")
AS_IT_IS = re.compile(r"^(\s{4}|\||#|\s*[-*] |\s*\d+\. |>)")
DISPLAYED = re.compile(r"\$\$.+?\$\$", re.DOTALL)
MOST = 96


def for_terminal(markdown):
    """The text for a terminal of this width, at most MOST columns."""
    width = min(MOST, shutil.get_terminal_size((MOST, 24)).columns)
    return "\n".join(line for block in blocks(markdown) for line in shown(block, width))


def blocks(markdown):
    """Lists of lines that belong together: a paragraph, a piece of code with its fences, or an empty line."""
    found, fenced = [[]], False
    for line in markdown.split("\n"):
        begins_or_ends = bool(FENCE.match(line))
        if begins_or_ends and not fenced or not line.strip() and not fenced:
            found.append([])
        found[-1].append(line)
        if begins_or_ends and fenced or not line.strip() and not fenced:
            found.append([])
        fenced = fenced != begins_or_ends
    return [block for block in found if block]


def shown(block, width):
    if FENCE.match(block[0]):
        return ["    " + line for line in block if not FENCE.match(line)]
    if DISPLAYED.fullmatch("\n".join(block).strip()):
        return ["    " + plain("\n".join(block).strip())]
    block = plain("\n".join(block)).split("\n")
    if any(AS_IT_IS.match(line) for line in block):
        return block
    return textwrap.wrap(" ".join(block), width, break_long_words=False, break_on_hyphens=False) or [""]
