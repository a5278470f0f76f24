"""Draws the computational graph of f(x, y) = 2cos²(xy) + ln cos(xy): its operations, or values and adjoints at a moment."""

from dataclasses import dataclass

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course.plots import theme
from course.plots.worked_graph import ARROWS, FORMULAS, NAMES

PLACES = ((0.0, 1.3), (0.0, -1.3), (2.6, 0.0), (5.2, 0.0), (7.8, 1.3), (10.4, 1.3), (9.1, -1.3), (13.0, 0.0))
WIDE, HIGH = 1.5, 1.36  # of a box
# Where the local derivative of each arrow is written, from the arrow's middle, and which end of the text is there.
BESIDE = {
    (1, 3): (0.12, 0.22, "left"), (2, 3): (0.12, -0.24, "left"), (3, 4): (0.0, 0.26, "center"), (4, 5): (-0.12, 0.24, "right"),
    (4, 7): (-0.3, -0.26, "right"), (5, 6): (0.0, 0.3, "center"), (6, 8): (0.12, 0.22, "left"), (7, 8): (0.12, -0.26, "left"),
}
LIFTED = {(3, 4): 0.66}  # how much higher it is written with its number, where boxes would be in the way
VALUE, ADJOINT = theme.BLUE, theme.VERMILION  # the colours of the two walks
SUBSCRIPTS = "₁₂₃₄₅₆₇₈"


@theme.picture
def operations():
    """The graph with the operation in each box and the local derivative along each arrow."""
    figure, axes = canvas()
    figure.suptitle("f(x, y) = 2cos²(xy) + ln cos(xy), one operation a box", x=0.02, ha="left", weight="bold", fontsize=12)
    drawn = Drawing(axes)
    for number in range(1, 9):
        drawn.names[number - 1].set_y(PLACES[number - 1][1] + 0.24)
        drawn.formulas[number - 1].set_y(PLACES[number - 1][1] - 0.22)
        drawn.formulas[number - 1].set_fontsize(11)
    told = "; ".join(f"{name} = {formula}" for name, formula in zip(NAMES, FORMULAS, strict=True))
    slopes = "; ".join(f"w{arrow.start} to w{arrow.end}: {arrow.slope}" for arrow in ARROWS)
    return theme.described(figure, f"""Eight boxes, joined by arrows from left to right: {told}. Along each arrow its local
        derivative: {slopes}.""")


def canvas():
    """A figure and the axes that a Drawing fills."""
    figure, axes = theme.canvas(size=(10.4, 4.2))
    figure.set_layout_engine("none")
    axes.set_position((0.01, 0.02, 0.98, 0.86))
    axes.set_xlim(-0.95, 13.95)
    axes.set_ylim(-2.3, 2.3)
    axes.set_axis_off()
    return figure, axes


@dataclass
class Style:
    """How a box or an arrow looks: its colour and the width of its line."""

    colour: str
    width: float


QUIET, FORWARD, BACKWARD = Style(theme.MUTED, 1.3), Style(VALUE, 3.2), Style(ADJOINT, 3.2)


class Drawing:
    """The artists of the graph on given axes, each list in the order of NAMES or of ARROWS.

    boxes, names, formulas: always there. values, adjoints: texts, empty at first. arrows, slopes: along the arrows.
    """

    def __init__(self, axes):
        self.boxes, self.names, self.formulas, self.values, self.adjoints = [], [], [], [], []
        for number, (x, y) in enumerate(PLACES):
            self.boxes.append(axes.add_patch(FancyBboxPatch(
                (x - WIDE / 2, y - HIGH / 2), WIDE, HIGH, boxstyle="round,pad=0,rounding_size=0.12", facecolor=theme.PANEL,
                edgecolor=QUIET.colour, linewidth=QUIET.width, zorder=2)))
            self.names.append(_text(axes, x, y + 0.44, f"w{SUBSCRIPTS[number]}", weight="bold", fontsize=11))
            self.formulas.append(_text(axes, x, y + 0.17, FORMULAS[number], fontsize=9))
            self.values.append(_text(axes, x, y - 0.15, "", color=VALUE, weight="bold", fontsize=10))
            self.adjoints.append(_text(axes, x, y - 0.46, "", color=theme.words(ADJOINT), weight="bold", fontsize=10))
        self.arrows = [axes.add_patch(_arrow(arrow)) for arrow in ARROWS]
        self.slopes = [axes.text(*_beside(arrow), arrow.slope, ha=BESIDE[arrow.start, arrow.end][2], va="center", fontsize=9.5,
                                 zorder=4) for arrow in ARROWS]

    def artists(self):
        """All that may change, in drawing order."""
        return [*self.arrows, *self.slopes, *self.boxes, *self.names, *self.formulas, *self.values, *self.adjoints]

    def mark_box(self, number, style):
        """Frame the box counted from 1."""
        self.boxes[number - 1].set_edgecolor(style.colour)
        self.boxes[number - 1].set_linewidth(style.width)

    def mark_arrow(self, arrow, style, text):
        """Colour an arrow, and write `text` along it: in the arrow's colour on the way back, where it is used."""
        place, used = ARROWS.index(arrow), style is BACKWARD
        self.arrows[place].set_color(style.colour)
        self.arrows[place].set_linewidth(style.width if style is QUIET else 2.4)
        self.slopes[place].set_text(text)
        across, up = _beside(arrow)
        lift = LIFTED.get((arrow.start, arrow.end), 0.0) if text != arrow.slope else 0.0
        self.slopes[place].set_position((across, up + lift))
        self.slopes[place].set_color(theme.words(style.colour) if used else theme.INK)
        self.slopes[place].set_fontweight("bold" if used else "normal")

    def quiet(self):
        """Nothing marked, no values, no adjoints."""
        for number in range(1, 9):
            self.mark_box(number, QUIET)
            self.values[number - 1].set_text("")
            self.adjoints[number - 1].set_text("")
        for arrow in ARROWS:
            self.mark_arrow(arrow, QUIET, arrow.slope)


def _text(axes, x, y, text, **style):
    return axes.text(x, y, text, ha="center", va="center", zorder=4, **style)


def _ends(arrow):
    """Where an arrow leaves its first box and meets its second one: the middles of the sides that face each other."""
    (x, y), (end_x, end_y) = PLACES[arrow.start - 1], PLACES[arrow.end - 1]
    return (x + WIDE / 2, y + 0.22 * _sign(end_y - y)), (end_x - WIDE / 2, end_y - 0.22 * _sign(end_y - y))


def _sign(number):
    return (number > 0) - (number < 0)


def _arrow(arrow):
    start, end = _ends(arrow)
    return FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=14, color=QUIET.colour, linewidth=QUIET.width,
                           shrinkA=1, shrinkB=2, zorder=1)


def _beside(arrow):
    """Where the local derivative of an arrow is written, beside the arrow's middle."""
    (x, y), (end_x, end_y) = _ends(arrow)
    across, up, _ = BESIDE[arrow.start, arrow.end]
    return (x + end_x) / 2 + across, (y + end_y) / 2 + up
