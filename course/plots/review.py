"""Pictures of the review's questions: a window on a series, a neuron's graph, and what three hinges ask of a margin."""

import numpy
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course.plots import theme

NEURON = (  # name, formula, place
    ("w₁", "w", (0.0, 1.2)), ("w₂", "b", (0.0, -1.2)), ("w₃", "x · w₁", (2.6, 0.45)), ("w₄", "w₃ + w₂", (5.2, -0.45)),
    ("w₅", "σ(w₄)", (7.8, -0.45)), ("w₆", "(w₅ − y)²", (10.4, -0.45)), ("w₇", "w₁²", (10.4, 1.6)), ("w₈", "w₆ + w₇", (13.0, 0.45)),
)
ARROWS = ((1, 3), (2, 4), (3, 4), (4, 5), (5, 6), (1, 7), (6, 8), (7, 8))
WIDE, HIGH = 1.6, 1.0  # of a box


@theme.picture
def windows(series, width, item):
    """A series (n,), and item number `item` of its windows: the `width` values that go in, and the one to predict."""
    figure, axes = theme.canvas(size=(7.2, 3.2))
    values = series.tolist()
    places, end = range(len(values)), item + width
    axes.plot(places, values, "o-", color=theme.MUTED, linewidth=1.2)
    axes.axvspan(item - 0.4, end - 0.6, color=theme.SKY, alpha=0.35, linewidth=0)
    axes.plot(range(item, end), values[item:end], "o", color=theme.BLUE, markersize=10, label=f"inputs of item {item}")
    axes.plot([end], values[end:end + 1], "D", color=theme.VERMILION, markersize=10, label=f"target of item {item}")
    axes.legend(loc="upper left")
    axes.set_xticks(places)
    theme.label(axes, f"{len(values)} values, width {width}", "place in the series", "value")
    return theme.described(figure, f"""The {len(values)} values {values} over their places. A window covers the places {item} to
        {end - 1}, whose values are the inputs of item {item}; the value at place {end} is its target.""")


@theme.picture
def neuron_graph():
    """The graph of (σ(w x + b) − y)² + w², one operation a box, with no local derivatives along the arrows."""
    figure, axes = theme.canvas(size=(10.4, 3.7))
    figure.set_layout_engine("none")
    figure.suptitle("One neuron: f(w, b) = (σ(wx + b) − y)² + w²", x=0.02, ha="left", weight="bold", fontsize=12)
    axes.set_position((0.01, 0.02, 0.98, 0.86))
    axes.set_xlim(-0.95, 13.95)
    axes.set_ylim(-2.0, 2.3)
    axes.set_axis_off()
    for name, formula, (x, y) in NEURON:
        axes.add_patch(FancyBboxPatch((x - WIDE / 2, y - HIGH / 2), WIDE, HIGH, boxstyle="round,pad=0,rounding_size=0.12",
                                      facecolor=theme.PANEL, edgecolor=theme.MUTED, linewidth=1.3, zorder=2))
        axes.text(x, y + 0.2, name, ha="center", va="center", weight="bold", fontsize=11, zorder=4)
        axes.text(x, y - 0.2, formula, ha="center", va="center", fontsize=11, zorder=4)
    for start, end in ARROWS:
        axes.add_patch(_arrow(NEURON[start - 1][2], NEURON[end - 1][2]))
    told = "; ".join(f"{name} = {formula}" for name, formula, _ in NEURON)
    ways = ", ".join(f"w{start} to w{end}" for start, end in ARROWS)
    return theme.described(figure, f"Eight boxes, joined by arrows from left to right: {told}. Arrows: {ways}.")


def _arrow(start, end):
    slant = 0.2 * ((end[1] > start[1]) - (end[1] < start[1]))
    return FancyArrowPatch((start[0] + WIDE / 2, start[1] + slant), (end[0] - WIDE / 2, end[1] - slant), arrowstyle="-|>",
                           mutation_scale=14, color=theme.MUTED, linewidth=1.3, shrinkA=1, shrinkB=2, zorder=1)


@theme.picture
def margin_losses():
    """What a row costs by its margin t·z: the hinge, the squared hinge, and the squared hinge that goes on as a straight line."""
    figure, axes = theme.canvas(size=(7.2, 4.0))
    margin = numpy.linspace(-2.2, 3, 400)
    short = numpy.maximum(0, 1 - margin)
    axes.plot(margin, short, color=theme.MUTED, linestyle=(0, (4, 2)), label="hinge, max(0, s)")
    axes.plot(margin, short ** 2, color=theme.VERMILION, linestyle=(0, (1, 1)), label="squared hinge, max(0, s)²")
    axes.plot(margin, numpy.where(short > 1, 2 * short - 1, short ** 2), color=theme.BLUE, label="hinge with a limit, h(s)")
    axes.plot([0, 1], [1, 0], "o", color=theme.BLUE)
    axes.annotate("s = 1", (0, 1), (0.12, 1.15))
    axes.annotate("s = 0", (1, 0), (1.05, 0.25))
    axes.axvline(0, color=theme.INK, linewidth=1)
    axes.text(-0.06, 5.6, "wrong side", ha="right")
    axes.text(0.06, 5.6, "right side", ha="left")
    axes.set_ylim(-0.15, 6)
    axes.legend(loc="center right")
    theme.label(axes, "Three losses of one row, s = 1 − tz", "margin tz: sign times score", "loss")
    return theme.described(figure, """Three curves that fall as the margin tz grows, and are 0 from margin 1 on, where s is 0. The hinge is straight,
        with a kink there. The squared hinge is a parabola that meets 0 without a kink. The hinge with a limit is the same parabola down from
        margin 0, where s is 1; on the wrong side it goes on as a straight line, without a kink, twice as steep as the hinge.""")
