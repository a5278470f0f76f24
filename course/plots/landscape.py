"""Pictures of a function of two inputs: lines of equal height, one gradient as an arrow, and a field of arrows."""

import numpy
import torch

from course.plots import theme

LEVELS = (-4, -3, -2, -1, -0.5, 0, 0.5, 0.9, 1.2, 1.5, 1.7, 1.85, 1.95, 2.0)  # closer together where the ground is flat
SPAN = ((-0.2, 1.1), (0.3, 1.9))  # of x and y, where cos(xy) stays positive


def _drawn_contours(function):
    """A figure and axes with the function's lines of equal height over SPAN; function maps two tensors to one."""
    figure, axes = theme.canvas(size=(5.4, 4.6))
    x, y = (torch.linspace(low, high, 160, dtype=torch.float64) for low, high in SPAN)
    heights = function(x.view(1, -1), y.view(-1, 1))
    heights = numpy.ma.masked_invalid(heights.detach().numpy())
    drawn = axes.contourf(x.numpy(), y.numpy(), heights, levels=LEVELS, extend="min")
    axes.contour(x.numpy(), y.numpy(), heights, levels=drawn.levels, colors=theme.PANEL, linewidths=0.8, linestyles="solid")
    axes.set_facecolor(theme.GRID)
    axes.grid(False)
    axes.set_aspect("equal")
    bar = figure.colorbar(drawn, ax=axes, shrink=0.9, spacing="proportional", ticks=(-4, -3, -2, -1, 0, 1, 2))
    bar.set_label("f(x, y)")
    return figure, axes


@theme.picture
def contours(function, at):
    """Lines of equal height, the two partial derivatives at a point as thin arrows, and the gradient as a thick one."""
    figure, axes = _drawn_contours(function)
    leaves = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in at]
    function(*leaves).backward()
    across, up = (leaf.grad.item() for leaf in leaves)
    scale = 0.13
    for arrow, colour, width, label in (
        ((across, 0.0), theme.BLUE, 2.4, "∂f/∂x"), ((0.0, up), theme.INK, 2.4, "∂f/∂y"), ((across, up), theme.VERMILION, 3.6, "gradient"),
    ):
        _arrow(axes, at, arrow, scale, colour, width, head=8 + 3 * width)
        axes.plot([], [], color=colour, linewidth=width, label=f"{label}")
    axes.plot(*at, "o", color=theme.PANEL, markeredgecolor=theme.INK, zorder=5)
    axes.legend(loc="lower right")
    theme.label(axes, f"The gradient at ({at[0]:g}, {at[1]:g}): ({across:.2f}, {up:.2f})".replace("-", "−"), "x", "y")
    return theme.described(figure, f"""Lines of equal height of f over x and y. At x = {at[0]:g}, y = {at[1]:g} the gradient
        ({across:.2f}, {up:.2f}) points to the left and a little down, at a right angle to the lines, where f grows; it is
        made of one arrow along x and a shorter one along y.""")


@theme.picture
def arrows(function, gradients_at):
    """A field of gradients over the lines of equal height.

    function: maps a point (2,) to a number. gradients_at: as in the exercise, maps (function, points (n, 2)) to (n, 2).
    """
    figure, axes = _drawn_contours(lambda x, y: function(torch.stack(torch.broadcast_tensors(x, y))))
    grid = torch.cartesian_prod(torch.linspace(-0.1, 1.0, 8), torch.linspace(0.4, 1.8, 8))
    grid = grid[grid[:, 0] * grid[:, 1] < 1.35]  # beyond, the arrows would cover the picture
    slopes = gradients_at(function, grid)
    for point, slope in zip(grid.tolist(), slopes.tolist(), strict=True):
        if abs(slope[0]) + abs(slope[1]) > 0.6:  # a shorter one would be all head
            _arrow(axes, point, slope, 0.045, theme.VERMILION, 1.7, head=9)
        else:
            axes.plot(*point, "o", color=theme.VERMILION, markersize=2.5)
    theme.label(axes, f"The gradient at {len(grid)} points", "x", "y")
    return theme.described(figure, f"""Lines of equal height of f with {len(grid)} arrows. They point uphill, at right
        angles to the lines. Where the ground is nearly flat they are only dots, and they are longest near the edge where cos(xy) comes close to 0.""")


def _arrow(axes, start, change, scale, colour, width, head):
    end = [s + scale * c for s, c in zip(start, change, strict=True)]
    axes.annotate("", xy=end, xytext=start, zorder=4, arrowprops={
        "arrowstyle": "-|>", "color": colour, "linewidth": width, "shrinkA": 0, "shrinkB": 0, "mutation_scale": head})
