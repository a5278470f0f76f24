"""Reads a formula in TeX from left to right and writes it as MathML."""

import re

from . import symbols
from .mathml import Unknown, fence, in_alphabet, letter, row, simple_command, space, tag

TOKEN = re.compile(r"\\operatorname\*|\\[a-zA-Z]+|\\.|\d+(?:[.,]\d+)*|[ \t\n]+|.", re.DOTALL)
DEEPEST = 30
APPLIED = "<mo>\u2061</mo>"  # between the name of a function, with what stands above and below it, and its argument


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
        applied = APPLIED if name in symbols.NAMES and name not in symbols.LIMITS else ""
        over = self.display and (name in symbols.LIMITS or name in symbols.BIG and name not in symbols.INTEGRALS)
        if below and above:
            kind = "munderover" if over else "msubsup"
            return f"<{kind}>{base}{below}{above}</{kind}>{applied}"
        if below or above:
            kind = ("munder" if below else "mover") if over else ("msub" if below else "msup")
            return f"<{kind}>{base}{below or above}</{kind}>{applied}"
        return base + applied

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
        name = name.rstrip("*")
        if (simple := simple_command(name)) is not None:
            return simple
        for names, read in (
            (symbols.IGNORED, lambda _: "<mrow></mrow>"), (symbols.FRACTIONS, self.fraction), (symbols.ACCENTS, self.accented),
            (symbols.TEXTS, self.text), (symbols.ALPHABETS, self.letters), (symbols.SIZED, self.sized), (("sqrt",), self.root),
            (("left",), self.fenced), (("begin",), self.environment),
        ):
            if name in names:
                return read(name)
        raise Unknown(name)

    def accented(self, name):
        stretchy = "true" if name in symbols.STRETCHING else "false"
        mark = tag("mo", symbols.ACCENTS[name], f' stretchy="{stretchy}"')
        return f'<mover accent="true">{self.group()}{mark}</mover>'

    def text(self, name):
        return tag("mtext", re.sub(r"^ | $", "\u00a0", self.words()))

    def letters(self, name):
        word = self.words() if self.peek() == "{" else self.take()
        return in_alphabet(re.sub(r"\\([a-zA-Z]+) ?|[\\{}^_&$]", letter, word), symbols.ALPHABETS[name])

    def sized(self, name):
        # Not stretched: without a font for mathematics browsers then put it on another line.
        return fence(self.delimiter(), f' stretchy="false" mathsize="{symbols.SIZED[name]:.1f}em"')

    def fraction(self, name):
        above, below = self.group(), self.group()
        if name == "binom":
            return f'<mrow><mo>(</mo><mfrac linethickness="0">{above}{below}</mfrac><mo>)</mo></mrow>'
        style = {"tfrac": ' displaystyle="false"', "dfrac": ' displaystyle="true"'}.get(name, "")
        return f"<mstyle{style}><mfrac>{above}{below}</mfrac></mstyle>" if style else f"<mfrac>{above}{below}</mfrac>"

    def root(self, name):
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

    def fenced(self, name):
        opening = self.delimiter()
        inner = self.row_until(r"\right")
        self.take(r"\right")
        closing = self.delimiter()
        return f"<mrow>{fence(opening)}{row(inner)}{fence(closing)}</mrow>"

    def environment(self, _):
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
