"""Formulas in TeX as one line of plain text, for terminals: Greek letters, fractions, scripts, sums, roots, matrices.

Read by the reader that makes MathML of them for feedback pages; a formula that it does not know stays as it was typed.
"""

import re
import xml.etree.ElementTree as ElementTree

from course.grading.feedback.formulas import formula

# A piece of code, which stays as it is, or a formula on a line of its own, or one within a line.
MATHS = re.compile(r"(`+)[^`].*?\1|\$\$(.+?)\$\$|\$(?=\S)([^$]+?)(?<=\S)\$(?!\d)", re.DOTALL)
MATHML = re.compile(r"<math.*</math>", re.DOTALL)
ABOVE = dict(zip("0123456789+−=()abcdefghijklmnoprstuvwxyz⊤T′*∗", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵀ′**", strict=True))
BELOW = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
HALVES = {("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾"}
ACCENTS = dict(zip("^¯~→˙¨ˇ˘˚", "\u0302\u0304\u0303\u20d7\u0307\u0308\u030c\u0306\u030a", strict=True))
TIGHT = set("()[]{}⟨⟩|‖⌊⌋⌈⌉.!:/′∗…⋯⋮⋱%#&_$\\^")  # no space on either side
APPLIED = "\u2061"  # between the name of a function and what it is given
SCRIPTS = ("msub", "msup", "msubsup", "munder", "mover", "munderover")


def plain(markdown):
    """The text with its formulas as plain text; code in backticks is left alone."""
    return MATHS.sub(lambda found: found[0] if found[1] else one_line(found[2] or found[3], found[0]), markdown)


def one_line(tex, typed):
    """A formula as a line; `typed`, with its dollar signs, where it cannot be read."""
    found = MATHML.search(formula(tex, display=typed.startswith("$$")))
    if found is None:
        return typed
    root = ElementTree.fromstring(found[0])
    return re.sub(r" +", " ", told(root[0][0])).strip()


def told(node):
    """The text of a node of MathML."""
    if node.tag == "mtable":
        return table(node)
    if node.tag == "mfrac":
        return fraction(*node)
    if node.tag in SCRIPTS:
        return accented(node) if node.get("accent") else scripted(node)
    if node.tag == "msqrt":
        return "√" + bracketed(node[0] if len(node) == 1 else node)
    if node.tag == "mroot":
        return raised(told(node[1])) + "√" + bracketed(node[0])
    if node.tag == "mspace":
        return "" if node.get("width", "").startswith("-") else " "
    return joined(node) if len(node) else (node.text or "").replace("\u00a0", " ")


def joined(node):
    """What stands side by side: spaces around what combines or compares, none after a sign."""
    said = ""
    for child in node:
        if child.text != APPLIED:
            said = (said.rstrip() if child.tag == "mo" and child.text in (")", ",") else said) + piece(child, said)
    return re.sub(rf"{APPLIED}(?=[(\[ ]|$)", "", said).replace(APPLIED, " ")


def piece(node, before):
    """A node after the text `before`."""
    base = node[0] if node.tag in SCRIPTS else node
    if base.tag == "mo" and base.text and base.text in "∑∏∐⋃⋂∫∬∮":
        return f"{apart(before)}{told(node)} "
    if base.tag == "mi" and len(base.text or "") > 1 and base.text.isalpha():
        return apart(before) + told(node) + APPLIED  # the name of a function
    if node.tag in ("mfrac", "mstyle") and before.endswith(APPLIED):
        return f"({told(node)})"
    if node.tag != "mo" or not node.text or node.text in TIGHT or node.text == APPLIED:
        return told(node)
    if node.text in ",;":
        return f"{node.text} "
    is_sign = node.text in "+−±∓¬" and (not before.strip() or before.rstrip()[-1] in "([{=<>≤≥,;⋅×→≈|" + APPLIED)
    return node.text if is_sign else f" {node.text} "


def apart(before):
    """A space, but none at the beginning, after an opening bracket, or after a sign."""
    return " " if before and before[-1] not in "([{ −+±" else ""


def scripted(node):
    """A base with what stands below and above it."""
    base, *scripts = node
    kinds = {"msubsup": (lowered, raised), "munderover": (lowered, raised)}.get(
        node.tag, (lowered,) if node.tag in ("msub", "munder") else (raised,))
    compound = base.tag in ("mfrac", "mrow") and len(base) > 1 and not told(base).startswith(("(", "[", "‖", "|"))
    return (f"({told(base)})" if compound else told(base)) + "".join(
        write(told(script)) for write, script in zip(kinds, scripts, strict=True))


def raised(text):
    return in_script(text, ABOVE, "^")


def lowered(text):
    return in_script(text, BELOW, "_")


def in_script(text, signs, mark):
    """As small signs where there are such for all of it, else after ^ or _."""
    close = text.replace(" ", "")
    if all(sign in signs for sign in close):
        return "".join(signs[sign] for sign in close)
    return mark + (text if len(text) == 1 else f"({text.strip()})")


def accented(node):
    """One letter under its accent; a longer base after the accent's sign, in parentheses."""
    base, mark = told(node[0]), node[1].text
    return base + ACCENTS[mark] if len(base) == 1 else f"{mark}({base})"


def fraction(above, below):
    simple = HALVES.get((told(above), told(below)))
    return simple or f"{bracketed(above)}/{bracketed(below)}"


def bracketed(node):
    """In parentheses where it is more than one thing; a derivative's ∂x counts as one."""
    text = told(node).strip()
    parts = list(node) if node.tag in ("mrow", "msqrt") else [node]
    is_one = len(parts) == 1 and node.tag != "mfrac" or text.startswith(("∂", "∇")) and " " not in text or is_fenced(text)
    return text if is_one else f"({text})"


def is_fenced(text):
    """Whether one pair of parentheses holds all of it, or all that a function is given."""
    return bool(re.fullmatch(r"\w*\([^()]*\)", text))


def table(node):
    """The rows of a matrix or of cases in brackets, with semicolons between; aligned lines likewise without."""
    rows = [" ".join(filter(None, (told(cell).strip() for cell in row))) for row in node]
    opening, closing = {"round": "()", "square": "[]", "bars": "||", "cases": ("{ ", "")}.get(node.get("class"), ("", ""))
    return opening + "; ".join(rows) + closing
