"""The computational graph of f(x, y) = 2cos²(xy) + ln cos(xy): its eight numbers, local derivatives and adjoints."""

import math
from collections.abc import Callable
from dataclasses import dataclass

NAMES = ("w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8")
FORMULAS = ("x", "y", "w₁ · w₂", "cos w₃", "w₄²", "2 · w₅", "ln w₄", "w₆ + w₇")


@dataclass(frozen=True)
class Arrow:
    """From a number to one that is computed from it, both counted from 1.

    slope: the local derivative as text. of: the same as a function of the eight values, w[0] being w₁.
    """

    start: int
    end: int
    slope: str
    of: Callable[[list[float]], float]


ARROWS = (
    Arrow(1, 3, "w₂", lambda w: w[1]),
    Arrow(2, 3, "w₁", lambda w: w[0]),
    Arrow(3, 4, "−sin w₃", lambda w: -math.sin(w[2])),
    Arrow(4, 5, "2 · w₄", lambda w: 2 * w[3]),
    Arrow(4, 7, "1 / w₄", lambda w: 1 / w[3]),
    Arrow(5, 6, "2", lambda w: 2.0),
    Arrow(6, 8, "1", lambda w: 1.0),
    Arrow(7, 8, "1", lambda w: 1.0),
)


def values(x, y):
    """w₁ … w₈ as a list of floats; w₇ and w₈ are nan where cos(xy) is not positive, as the logarithm has no value there."""
    product = x * y
    cosine = math.cos(product)
    square = cosine ** 2
    logarithm = math.log(cosine) if cosine > 0 else math.nan
    return [x, y, product, cosine, square, 2 * square, logarithm, 2 * square + logarithm]


def adjoints(w):
    """The adjoints of w₁ … w₈ from their values: ∂w₈/∂wᵢ for each; all nan where w₈ has no value."""
    if math.isnan(w[7]):
        return [math.nan] * 8
    bars = [0.0] * 7 + [1.0]
    for number in range(7, 0, -1):  # every number has a smaller one than its successors
        bars[number - 1] = sum(bars[arrow.end - 1] * arrow.of(w) for arrow in leaving(number))
    return bars


def leaving(number):
    """The arrows from the number counted from 1."""
    return [arrow for arrow in ARROWS if arrow.start == number]


def entering(number):
    """The arrows to the number counted from 1."""
    return [arrow for arrow in ARROWS if arrow.end == number]
