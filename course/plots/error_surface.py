"""Pictures of the loss over weight and bias: the surface as a valley, and as a map with the path of the parameters."""

import matplotlib
import numpy

from course.plots import theme
from course.plots.arrays import numbers_of


def _grid(weights, biases, losses):
    """Flat weights (p,), flat biases (q,), losses (p, q) as arrays; ValueError where the sizes do not belong together."""
    weights, biases = numbers_of(weights), numbers_of(biases)
    if tuple(losses.shape) != (len(weights), len(biases)):
        raise ValueError(f"losses have shape {tuple(losses.shape)}, not ({len(weights)}, {len(biases)})")
    return weights, biases, numbers_of(losses).reshape(len(weights), len(biases))


@theme.picture
def valley(weights, biases, losses):
    """The surface in perspective. weights (p,), biases (q,), losses (p, q)."""
    weights, biases, losses = _grid(weights, biases, losses)
    figure, axes = theme.canvas(size=(6.8, 5.0), subplot_kw={"projection": "3d", "computed_zorder": False})
    across, up = numpy.meshgrid(weights, biases, indexing="ij")
    axes.plot_surface(across, up, losses, cmap="cividis", rcount=60, ccount=60, linewidth=0, alpha=0.95)
    lowest = numpy.unravel_index(losses.argmin(), losses.shape)
    axes.plot(*([values[lowest]] for values in (across, up, losses)), marker="*", color=theme.VERMILION, markersize=16,
              zorder=5)
    axes.view_init(elev=42, azim=148)
    theme.label(axes, "The error surface", "weight", "bias")
    axes.set_zlabel("loss")
    axes.locator_params(axis="both", nbins=5)  # more would run into each other
    axes.xaxis.labelpad = axes.yaxis.labelpad = 8
    return theme.described(figure, f"""The loss as a surface over weight and bias: a long valley that runs from high
        weight and low bias to low weight and high bias. A star marks its lowest point, near weight
        {weights[lowest[0]]:.3g} and bias {biases[lowest[1]]:.3g}.""")


@theme.picture
def paths_on_map(weights, biases, losses, paths):
    """The surface as a map with contour lines, and paths of parameters on it.

    weights (p,), biases (q,), losses (p, q). paths: dict of label to (steps + 1, 2), weight and bias before the first
    step and after each.
    """
    figure, axes = theme.canvas(size=(6.8, 4.8))
    draw_map(axes, weights, biases, losses)
    told = []
    for colour, marker, (name, path) in zip((theme.VERMILION, theme.BLUE, theme.GREEN), "os^", paths.items(),
                                            strict=False):
        path = numbers_of(path).reshape(-1, 2)
        axes.plot(path[:, 0], path[:, 1], "-", marker=marker, color=colour, linewidth=1.8, markersize=4, zorder=4,
                  label=name)
        axes.plot(*path[0], marker="o", color=theme.INK, markersize=9, zorder=5, linestyle="none")
        told.append(f"{name} goes from ({path[0, 0]:.3g}, {path[0, 1]:.3g}) to ({path[-1, 0]:.3g}, {path[-1, 1]:.3g})")
    axes.set_xlim(numbers_of(weights)[[0, -1]])
    axes.set_ylim(numbers_of(biases)[[0, -1]])
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, -0.32), ncols=2)  # below, where no path can be
    theme.label(axes, "The path of weight and bias", "weight", "bias")
    return theme.described(figure, f"""Contour map of the loss over weight and bias, a narrow slanted valley, with
        {len(paths)} paths (weight, bias): {'; '.join(told)}. The lowest point is marked with a star.""")


def draw_map(axes, weights, biases, losses):
    """Contour lines of losses (p, q) over weights (p,) and biases (q,) on given axes, and a star at the lowest entry."""
    weights, biases, losses = _grid(weights, biases, losses)
    low, high = losses.min(), losses.max()
    levels = low + numpy.geomspace(max((high - low) * 1e-3, 1e-9), max(high - low, 1e-6), 13)
    with matplotlib.rc_context({"lines.linewidth": 1.0}):
        axes.contourf(weights, biases, losses.T, levels=[low, *levels], cmap="cividis", alpha=0.30)
        axes.contour(weights, biases, losses.T, levels=levels, cmap="cividis", linewidths=1.0)
    lowest = numpy.unravel_index(losses.argmin(), losses.shape)
    axes.plot([weights[lowest[0]]], [biases[lowest[1]]], marker="*", color=theme.ORANGE, markersize=15, linestyle="none",
              markeredgecolor=theme.INK, markeredgewidth=0.8, zorder=3)
    axes.set_aspect("equal")  # so that a gradient is seen at right angles to the contour lines
    axes.grid(False)
