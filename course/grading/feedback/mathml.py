"""Pieces of MathML: an element, a row, a space, a fence, and each command of TeX that takes nothing."""

import html

from . import symbols


class Unknown(Exception):
    """This formula uses something that is not known here."""


def tag(name, text, attributes=""):
    return f"<{name}{attributes}>{html.escape(text)}</{name}>"


def row(parts):
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


def simple_command(name):
    """MathML of a command that takes nothing, or None."""
    if name in symbols.LETTERS:
        upright = name[0].isupper() or not symbols.LETTERS[name].isalpha()
        return tag("mi", symbols.LETTERS[name], ' mathvariant="normal"' if upright else "")
    if name in symbols.OPERATORS:
        return tag("mo", symbols.OPERATORS[name])
    if name in symbols.BIG:
        return tag("mo", symbols.BIG[name])
    if name in symbols.NAMES:
        return tag("mi", name)
    if name in symbols.FENCES:
        return fence(symbols.FENCES[name], ' stretchy="false"')
    if name in symbols.SPACES:
        return space(symbols.SPACES[name])
    return tag("mo", name) if name in "%$#&_" else None


def letter(found):
    """The letter that a command stands for, within an alphabet. Raises Unknown for any other command."""
    try:
        return symbols.LETTERS[found[1]]
    except KeyError:
        raise Unknown(found[0]) from None


def fence(character, attributes=""):
    return tag("mo", character, attributes) if character else ""


def space(width):
    return f'<mspace width="{width}"></mspace>'


def in_alphabet(word, alphabet):
    text = "".join(symbols.in_alphabet(character, alphabet) for character in word.strip())
    return tag("mi", text, ' mathvariant="normal"')
