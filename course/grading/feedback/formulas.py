r"""Formulas as MathML, which browsers draw and screen readers speak without network or script.

Covers what lecture notes use of TeX (fractions, roots, scripts, sums with limits, matrices, cases, aligned lines, accents,
alphabets). A formula with anything else is shown as it was typed, which is never wrong. MathML Core:
https://www.w3.org/TR/mathml-core/
"""

import functools
import html
import re

from . import symbols

TOKEN = re.compile(r"\\operatorname\*|\\[a-zA-Z]+|\\.|\d+(?:[.,]\d+)*|[ \t\n]+|.", re.DOTALL)
MOST_CHARACTERS = 5_000
DEEPEST = 30


class Unknown(Exception):
    """This formula uses something that is not known here."""


@functools.lru_cache(maxsize=4096)
def formula(tex, display=False):
    """HTML of a formula. tex: without its dollar signs. display: on a line of its own.

    Where it cannot be told in MathML: the text itself, marked as code.
    """
    try:
        if len(tex) > MOST_CHARACTERS:
            raise Unknown("too long")
        inner = Parser(tex, display).whole()
    except (Unknown, RecursionError):
        return as_typed(tex, display)
    kind = ' display="block"' if display else ""
    drawn = (f"<math{kind}><semantics>{row(inner)}"
             f'<annotation encoding="application/x-tex">{html.escape(tex.strip())}</annotation></semantics></math>')
    return f'<span class="formula">{drawn}</span>' if display else drawn  # a box that scrolls where it is too wide


def as_typed(tex, display):
    """The formula in TeX."""
    marks = "$$" if display else "$"
    kind = "tex display" if display else "tex"
    return f'<code class="{kind}">{html.escape(marks + tex.strip() + marks)}</code>'


def tag(name, text, attributes=""):
    return f"<{name}{attributes}>{html.escape(text)}</{name}>"


def row(parts):
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


class Parser:
    """One formula, read from left to right. The methods return MathML; Unknown tells that it cannot be done."""

    def __init__(self, tex, display):
        self.tokens = TOKEN.findall(tex)
        self.place = 0
        self.depth = 0
        self.display = display

    def whole(self):
        parts = self.row_until()
        if self.place < len(self.tokens):
            raise Unknown(self.tokens[self.place])
        return parts

    def peek(self):
        """The next token that is no space, or None at the end."""
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, expected=None):
        found = self.peek()
        if found is None or expected not in (None, found):
            raise Unknown(str(found))
        self.place += 1
        return found

    def row_until(self, *ends):
        """List of MathML up to one of the tokens `ends`, which is not taken, or to the end of the formula."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unknown("too deep")
        parts = []
        while (found := self.peek()) is not None and found not in ends:
            if found in ("}", "&", r"\\", r"\right", r"\end"):
                break
            parts.append(self.scripted())
        self.depth -= 1
        return parts

    def group(self):
        """What a command is given: a group in braces, or one symbol."""
        if self.peek() == "{":
            self.take()
            parts = self.row_until("}")
            self.take("}")
            return row(parts)
        if (self.peek() or "")[:1].isdigit():  # TeX takes one digit: \frac12 is a half
            number = self.tokens[self.place]
            self.tokens[self.place:self.place + 1] = [number[0], *([number[1:]] if number[1:] else [])]
        return self.symbol()

    def words(self):
        """The text within braces, as it was typed."""
        self.take("{")
        start = self.place
        while self.place < len(self.tokens) and self.tokens[self.place] != "}":
            self.place += 1
        if self.place == len(self.tokens):
            raise Unknown("{")
        self.place += 1
        return "".join(self.tokens[start:self.place - 1])

    def scripted(self):
        """A symbol with what stands above and below it."""
        first = self.peek()
        base = "<mrow></mrow>" if first in ("^", "_", "'") else self.symbol()
        below = above = None
        while (found := self.peek()) in ("^", "_", "'"):
            if found == "'":
                above = self.primes()
                continue
            self.take()
            script = self.group()
            if found == "_":
                below = script
            else:
                above = row([above, script]) if above else script
        return self.with_scripts(base, below, above, first)

    def primes(self):
        count = 0
        while self.peek() == "'":
            self.take()
            count += 1
        return tag("mo", "′" * count)

    def with_scripts(self, base, below, above, first):
        name = (first or "").removeprefix("\\")
        over = self.display and (name in symbols.LIMITS or name in symbols.BIG and name not in symbols.INTEGRALS)
        if below and above:
            kind = "munderover" if over else "msubsup"
            return f"<{kind}>{base}{below}{above}</{kind}>"
        if below or above:
            kind = ("munder" if below else "mover") if over else ("msub" if below else "msup")
            return f"<{kind}>{base}{below or above}</{kind}>"
        return base

    def symbol(self):
        token = self.take()
        if token.startswith("\\"):
            return self.command(token[1:])
        if token == "{":
            self.place -= 1
            return self.group()
        if token[0].isdigit():
            return tag("mn", token)
        if token.isalpha():
            return tag("mi", token)
        if token in "$#%\\":
            raise Unknown(token)
        if token == "~":
            return space("0.25em")
        if token in "()[]|":
            return tag("mo", token, ' stretchy="false"')
        return tag("mo", {"-": "−", "*": "∗"}.get(token, token))

    def command(self, name):
        simple = simple_command(name)
        if simple is not None:
            return simple
        if name in symbols.IGNORED:
            return "<mrow></mrow>"
        if name in ("frac", "tfrac", "dfrac", "cfrac", "binom"):
            return self.fraction(name)
        if name == "sqrt":
            return self.root()
        if name in symbols.ACCENTS:
            stretchy = "true" if name in symbols.STRETCHING else "false"
            mark = tag("mo", symbols.ACCENTS[name], f' stretchy="{stretchy}"')
            return f'<mover accent="true">{self.group()}{mark}</mover>'
        if name == "underline":
            return f"<munder>{self.group()}<mo>_</mo></munder>"
        if name in symbols.TEXTS:
            return tag("mtext", re.sub(r"^ | $", "\u00a0", self.words()))
        if (name := name.rstrip("*")) in symbols.ALPHABETS:
            word = self.words() if self.peek() == "{" else self.take()
            return in_alphabet(re.sub(r"\\([a-zA-Z]+) ?|[\\{}^_&$]", letter, word), symbols.ALPHABETS[name])
        sized = next((size for size in symbols.SIZES if name in (size, f"{size}l", f"{size}r", f"{size}m")), None)
        if sized:
            # Not stretched: without a font for mathematics browsers then put it on another line.
            return fence(self.delimiter(), f' stretchy="false" mathsize="{1 + 0.3 * symbols.SIZES.index(sized):.1f}em"')
        if name == "left":
            return self.fenced()
        if name == "begin":
            return self.environment()
        raise Unknown(name)

    def fraction(self, name):
        above, below = self.group(), self.group()
        if name == "binom":
            return f'<mrow><mo>(</mo><mfrac linethickness="0">{above}{below}</mfrac><mo>)</mo></mrow>'
        style = {"tfrac": ' displaystyle="false"', "dfrac": ' displaystyle="true"'}.get(name, "")
        return f"<mstyle{style}><mfrac>{above}{below}</mfrac></mstyle>" if style else f"<mfrac>{above}{below}</mfrac>"

    def root(self):
        if self.peek() != "[":
            return f"<msqrt>{self.group()}</msqrt>"
        self.take()
        degree = row(self.row_until("]"))
        self.take("]")
        return f"<mroot>{self.group()}{degree}</mroot>"

    def delimiter(self):
        token = self.take()
        if token in "()[]|/.<>":
            return {"<": "⟨", ">": "⟩", ".": ""}.get(token, token)
        try:
            return symbols.FENCES[token.removeprefix("\\")]
        except KeyError:
            raise Unknown(token) from None

    def fenced(self):
        opening = self.delimiter()
        inner = self.row_until(r"\right")
        self.take(r"\right")
        closing = self.delimiter()
        return f"<mrow>{fence(opening)}{row(inner)}{fence(closing)}</mrow>"

    def environment(self):
        name = self.words()
        if name not in symbols.ENVIRONMENTS:
            raise Unknown(name)
        if name == "array":
            self.words()
        lines = [[self.cell()]]
        while (found := self.take()) != r"\end":
            if found == "&":
                lines[-1].append(self.cell())
            elif found == r"\\":
                lines.append([self.cell()])
            else:
                raise Unknown(found)
        if self.words() != name:
            raise Unknown(name)
        if lines[-1] == ["<mtd></mtd>"]:
            lines.pop()
        rows = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in lines)
        return f'<mtable class="{symbols.ENVIRONMENTS[name]}">{rows}</mtable>'

    def cell(self):
        parts = self.row_until("&", r"\\", r"\end")
        return f"<mtd>{''.join(parts)}</mtd>"


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
        return tag("mi", name) + ("" if name in symbols.LIMITS else "<mo>\u2061</mo>")
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
