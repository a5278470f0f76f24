"""Formulas as MathML, which browsers draw and screen readers speak without network or script.

Covers what lecture notes use of TeX (fractions, roots, scripts, sums with limits, matrices, cases, aligned lines, accents,
alphabets). A formula with anything else is shown as it was typed, which is never wrong. MathML Core:
https://www.w3.org/TR/mathml-core/
"""

import functools
import html

from .mathml import Unknown, row
from .tex import Parser

MOST_CHARACTERS = 5_000


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
