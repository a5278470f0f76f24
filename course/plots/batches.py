"""Pictures of mini-batches: who is in which batch, the three parts of a split, the two means, the paths they give."""

import matplotlib
import numpy

from course.plots import theme
from course.plots.arrays import numbers_of
from course.plots.error_surface import draw_map

LAST_UPDATES, WINDOW = 30, 0.2  # what the small maps of `paths` show: so many places, so far to each side


@theme.picture
def points(inputs, targets, title="Sixty points around a line"):
    """Targets against inputs, each (n, 1) or (n,), both of any sign."""
    inputs, targets = numbers_of(inputs), numbers_of(targets)
    figure, axes = theme.canvas()
    axes.scatter(inputs, targets, color=theme.BLUE, s=30, zorder=3)
    theme.label(axes, title, "x", "y")
    return theme.described(figure, f"""Scatter plot of {len(inputs)} points close to a rising straight line, from
        ({inputs[0]:.2g}, {targets[0]:.2g}) to ({inputs[-1]:.2g}, {targets[-1]:.2g}).""")


@theme.picture
def epochs(row_lists, number_of_rows):
    """Which rows came in which batch: one line of cells an epoch, in the order in which the rows were drawn.

    row_lists: dict of label to an epoch, a list of batches, each a list of row numbers.
    """
    figure, axes = theme.canvas(size=(9.4, 0.9 + 0.62 * len(row_lists)))
    told = []
    for line, (name, batches) in enumerate(row_lists.items()):
        place = 0
        for number, batch in enumerate(batches):
            colour = (theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE)[number % 4]
            for row in batch:
                axes.add_patch(matplotlib.patches.Rectangle((place + 0.04, -line - 0.4), 0.92, 0.8, facecolor=colour + "40",
                                                            edgecolor=colour, linewidth=1.3))
                axes.text(place + 0.5, -line, str(int(row)), ha="center", va="center", fontsize=9.5)
                place += 1
            place += 0.35
        told.append(f"{name}: " + "; ".join(", ".join(str(int(row)) for row in batch) for batch in batches))
    axes.set_xlim(-0.2, number_of_rows + 0.35 * max(map(len, row_lists.values())))
    axes.set_ylim(-len(row_lists) + 0.45, 0.6)
    axes.set_yticks([-line for line in range(len(row_lists))], list(row_lists))
    axes.set_xticks([])
    axes.grid(False)
    axes.spines[:].set_visible(False)
    theme.label(axes, "Each group of cells is a batch; the number is the row", "drawn first → drawn last", "")
    axes.set_ylabel(" ")
    return theme.described(figure, "Rows in the order in which they were drawn, batch by batch. " + ". ".join(told) + ".")


@theme.picture
def paths(weights, biases, losses, walks):
    """The error surface as a map, once for each walk of weight and bias on it.

    weights (p,), biases (q,), losses (p, q). walks: dict of title to (updates + 1, 2), before the first update and after
    each. Where the last updates of a walk stay near the lowest point, a small map shows them enlarged.
    """
    figure, panels = theme.canvas(len(walks), size=(3.9 * len(walks), 4.1), sharey=True, squeeze=False)
    told, lowest = [], lowest_point(weights, biases, losses)
    for axes, colour, (name, walk) in zip(panels[0], (theme.BLUE, theme.GREEN, theme.VERMILION), walks.items(), strict=False):
        walk = numbers_of(walk).reshape(-1, 2)
        draw_map(axes, weights, biases, losses)
        axes.plot(walk[:, 0], walk[:, 1], "o-", color=colour, linewidth=1.1, markersize=3, zorder=4)
        axes.plot(*walk[0], "s", color=theme.INK, markersize=8, zorder=5, clip_on=False)
        axes.set_xlim(numbers_of(weights)[[0, -1]])
        axes.set_ylim(numbers_of(biases)[[0, -1]])
        theme.label(axes, name, "weight", "bias")
        near = draw_end_of_walk(axes, walk[-LAST_UPDATES:], lowest, colour)
        off = (numpy.abs(walk[:, 0]) > numbers_of(weights).max()) | (numpy.abs(walk[:, 1]) > numbers_of(biases).max())
        left = f", {off.sum()} of its points are off the map" if off.any() else ""
        told.append(f"{name.replace(chr(10), ', ')}: {len(walk) - 1} updates, from ({walk[0, 0]:.3g}, {walk[0, 1]:.3g}) to "
                    f"({walk[-1, 0]:.3g}, {walk[-1, 1]:.3g}){left}{near}")
    said = f"Contour maps of the loss with the path of (weight, bias) on each. {'; '.join(told)}. A star marks the lowest point."
    return theme.described(figure, said.replace("(-", "(−").replace(", -", ", −"))


def lowest_point(weights, biases, losses):
    """Weight and bias at the lowest entry of losses (p, q)."""
    row, column = numpy.unravel_index(numbers_of(losses).argmin(), tuple(losses.shape))
    return numpy.array([numbers_of(weights)[row], numbers_of(biases)[column]])


def draw_end_of_walk(axes, walk, lowest, colour):
    """The last places (m, 2) of a walk, enlarged in a corner of a map; says so in words, "" where they are far away."""
    if numpy.median(numpy.abs(walk - lowest).max(1)) > WINDOW:
        return ""
    inset = axes.inset_axes([0.03, 0.6, 0.37, 0.37])
    inset.plot(walk[:, 0], walk[:, 1], "o-", color=colour, linewidth=1, markersize=3, zorder=4)
    inset.plot(*lowest, "*", color=theme.ORANGE, markersize=12, markeredgecolor=theme.INK, markeredgewidth=0.8, zorder=3)
    inset.set(xlim=lowest[0] + WINDOW * numpy.array([-1, 1]), ylim=lowest[1] + WINDOW * numpy.array([-1, 1]),
              xticks=[], yticks=[], facecolor=theme.PANEL)
    axes.indicate_inset_zoom(inset, edgecolor=theme.INK)
    strays = numpy.linalg.norm(walk - lowest, axis=1).mean()
    return f", its last {len(walk)} places on average {strays:.2g} from the lowest point"


@theme.picture
def split(parts, number_of_rows):
    """Which rows belong to which part: one line of marks a part. parts: dict of name to row numbers."""
    figure, axes = theme.canvas(size=(9.4, 2.5))
    for line, (colour, marker, rows) in enumerate(zip((theme.BLUE, theme.ORANGE, theme.VERMILION), "so^", parts.values(),
                                                      strict=False)):
        axes.plot(numbers_of(rows), [-line] * len(rows), marker, color=colour, markersize=7)
    axes.set_yticks([-line for line in range(len(parts))], [f"{name}, {len(rows)} rows" for name, rows in parts.items()])
    axes.set_ylim(-len(parts) + 0.4, 0.6)
    axes.set_xlim(-1, number_of_rows)
    theme.label(axes, "Each row of the data belongs to one part", "row", "part")
    sizes = ", ".join(f"{len(rows)} to {name}" for name, rows in parts.items())
    return theme.described(figure, f"""Three lines of marks over the row numbers 0 to {number_of_rows - 1}: {sizes}.""")


@theme.picture
def two_means(batch_losses, batch_sizes):
    """Mean losses of batches as bars as wide as the batches, with the mean of the bars and the mean of the rows."""
    losses, sizes = numbers_of(batch_losses), numbers_of(batch_sizes)
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
    of_bars, of_rows = losses.mean(), (losses * sizes).sum() / sizes.sum()
    figure, axes = theme.canvas(size=(7.0, 4.0))
    axes.bar(starts, losses, width=sizes, align="edge", color=theme.SKY + "90", edgecolor=theme.BLUE, linewidth=1.4)
    for height, colour, style, name in ((of_bars, theme.VERMILION, "--", "mean of the batch means"),
                                        (of_rows, theme.GREEN, "-", "mean over the rows")):
        axes.axhline(height, color=colour, linestyle=style, label=f"{name}: {height:.2f}")
    axes.legend(loc="upper left")
    axes.set_ylim(0, losses.max() * 1.15)
    theme.label(axes, "Each bar is a batch, as wide as its number of rows", "rows", "mean loss of the batch")
    return theme.described(figure, f"""{len(losses)} bars, one a batch, as wide as its number of rows:
        {'; '.join(f'{int(size)} rows at {loss:.2f}' for size, loss in zip(sizes, losses, strict=True))}. The mean of the bars
        is {of_bars:.2f}, the mean over the rows {of_rows:.2f}.""")
