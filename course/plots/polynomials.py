"""Pictures of polynomial features: the powers a curve is built from, fits of several degrees, and too few points."""

import numpy

from course.plots import theme
from course.plots.arrays import numbers_of


def _powers(inputs, weights):
    """The terms of a polynomial at flat inputs (m,), a row each: (degree + 1, m)."""
    return numpy.stack([weight * inputs ** power for power, weight in enumerate(numbers_of(weights))])


@theme.picture
def building_blocks(inputs, targets, weights):
    """Left: each weight times its power of x. Right: their sum, and the data (n, 1) that it was fitted to."""
    inputs, targets = numbers_of(inputs), numbers_of(targets)
    along = numpy.linspace(inputs.min(), inputs.max(), 121)
    terms = _powers(along, weights)
    figure, (left, right) = theme.canvas(2, size=(9.8, 3.9), sharey=True)
    for power, (weight, term) in enumerate(zip(numbers_of(weights), terms, strict=True)):
        name = ("1", "x", "x²", "x³")[power] if power < 4 else f"x^{power}"
        left.plot(along, term, color=theme.PALETTE[power], linestyle=("-", "--", "-.", ":")[power % 4],
                  label=f"{weight:.2f} · {name}".replace("-", "−"))
    left.legend(loc="upper center")
    right.plot(along, terms.sum(0), color=theme.INK, label="the sum")
    right.scatter(inputs, targets, color=theme.BLUE, s=40, zorder=3, label="data")
    right.legend(loc="upper left")
    theme.label(left, "Four features, each with its weight", "x", "contribution")
    theme.label(right, "Added up", "x", "y")
    return theme.described(figure, f"""Left: {len(terms)} curves, each a power of x times its weight. Right: their sum, a
        bent curve that runs through the {len(inputs)} data points.""")


@theme.picture
def fits(inputs, targets, weights):
    """Data (n, 1) and polynomials. weights: dict of label to the weights of 1, x, x², …, flat or (degree + 1, 1)."""
    inputs, targets = numbers_of(inputs), numbers_of(targets)
    along = numpy.linspace(inputs.min(), inputs.max(), 121)
    figure, axes = theme.canvas()
    axes.scatter(inputs, targets, color=theme.INK, s=40, zorder=3, label="data")
    told = []
    for colour, style, (name, values) in zip(theme.PALETTE, ("--", "-.", "-", ":"), weights.items(), strict=False):
        loss = numpy.mean((_powers(inputs, values).sum(0) - targets) ** 2)
        axes.plot(along, _powers(along, values).sum(0), color=colour, linestyle=style, label=f"{name}: loss {loss:.3f}")
        told.append(f"{name} has loss {loss:.3f}")
    axes.legend(loc="upper left")
    theme.label(axes, "Lines, parabolas, cubics", "x", "y")
    return theme.described(figure, f"""{len(inputs)} points that rise, fall and rise again, with fitted curves:
        {'; '.join(told)}.""")


@theme.picture
def through_all_points(inputs, targets, weights):
    """Few points, and several polynomials that all pass through each of them. weights: as in `fits`."""
    inputs, targets = numbers_of(inputs), numbers_of(targets)
    along = numpy.linspace(inputs.min() - 0.5, inputs.max() + 0.5, 161)
    figure, axes = theme.canvas()
    for colour, style, (name, values) in zip(theme.PALETTE, ("-", "--", "-.", ":"), weights.items(), strict=False):
        axes.plot(along, _powers(along, values).sum(0), color=colour, linestyle=style, label=name)
    axes.scatter(inputs, targets, color=theme.INK, s=70, zorder=3)
    axes.set_ylim(targets.min() - 2.5, targets.max() + 2.5)
    axes.legend(loc="upper left")
    theme.label(axes, f"{len(inputs)} points, {len(weights)} cubics, no error", "x", "y")
    return theme.described(figure, f"""{len(inputs)} points and {len(weights)} different cubic curves
        ({', '.join(weights)}). All of them pass exactly through all points, and differ everywhere else.""")
