"""Pictures of slopes: secants of a curve, a curve with its derivative, and the error of a slope against the step size."""

import numpy
import torch

from course.plots import theme
from course.plots.arrays import numbers_of

EXPONENTS = numpy.linspace(-15, 0, 61)  # of the step sizes, powers of ten
MARKS = ("o", "s")


@theme.picture
def secants(function, at, steps):
    """A curve, its tangent at one place, and the secants that lead from there to a step further right.

    function: maps a float64 tensor to one of its shape. at: where the slope is wanted. steps: sizes, the largest first.
    """
    figure, axes = theme.canvas(size=(6.4, 4.1))
    grid = torch.linspace(-0.1, at + 0.58, 300, dtype=torch.float64)
    axes.plot(numbers_of(grid), numbers_of(function(grid)), color=theme.INK, label="g(t)")
    start = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    height = function(start)
    height.backward()
    height, slope, told = height.item(), start.grad.item(), []
    reach = numpy.array([-0.32, 0.55])
    for step, colour in zip(steps, (theme.ORANGE, theme.GREEN, theme.PURPLE), strict=False):
        far = function(torch.tensor(at + step, dtype=torch.float64)).item()
        secant = (far - height) / step
        axes.plot(at + reach, height + secant * reach, color=colour, linewidth=1.5, label=f"h = {step:g}: slope {secant:.2f}".replace("-", "−"))
        axes.plot([at + step], [far], "o", color=colour)
        told.append(f"{secant:.2f} for a step of {step:g}")
    axes.plot(at + reach, height + slope * reach, color=theme.BLUE, linestyle=(0, (4, 2)),
                  label=f"tangent: slope {slope:.2f}".replace("-", "−"))
    axes.plot([at], [height], "o", color=theme.BLUE, zorder=4)
    axes.set_ylim(-2.4, 2.4)
    axes.legend(loc="lower left")
    theme.label(axes, f"Secants at t = {at:g}, and the tangent", "t", "g(t)")
    return theme.described(figure, f"""A curve that falls ever more steeply, and straight lines through its point at t = {at:g}.
        The secants have slopes of {'; '.join(told)}. The dashed tangent has the slope {slope:.2f}.""")


@theme.picture
def curve_and_slopes(function, slopes, low, high):
    """A curve above, its derivative below, on one axis.

    slopes: as in the exercise, maps (function, points (n,)) to the derivative at each point, (n,).
    """
    points = torch.linspace(low, high, 131)
    figure, (above, below) = theme.canvas(rows=2, size=(6.4, 4.8), sharex=True)
    above.plot(numbers_of(points), numbers_of(function(points)), color=theme.INK)
    below.plot(numbers_of(points), numbers_of(slopes(function, points)), color=theme.BLUE)
    below.axhline(0, color=theme.MUTED, linewidth=1)
    theme.label(above, "The curve", "t", "g(t)")
    theme.label(below, "Its slope at each of 131 points", "t", "g′(t)")
    return theme.described(figure, """Two curves, one above the other. The upper one is a hill with its top at 0. The lower one
        is its slope: positive on the left, 0 at the top of the hill, negative on the right.""")


@theme.picture
def errors(function, at, ways):
    """How far numeric slopes are from the exact one, against the step size; float64 on the left, float32 on the right.

    ways: dict of label to a function of (function, t, h) that gives a slope.
    """
    figure, panels = theme.canvas(2, size=(9.6, 4.1), sharey=True)
    exact, told = _exact_slope(function, at), []
    for axes, dtype in zip(panels, (torch.float64, torch.float32), strict=True):
        name = str(dtype).removeprefix("torch.")
        for (label, way), colour, mark in zip(ways.items(), (theme.VERMILION, theme.BLUE), MARKS, strict=False):
            steps, off = _errors(function, torch.tensor(at, dtype=dtype), way, exact)
            axes.plot(steps, off, mark, color=colour, markersize=4, label=label)
            best = int(numpy.argmin(off))
            told.append(f"{label} in {name} {off[best]:.0e} at a step of {steps[best]:.0e}")
        axes.set_xscale("log")
        axes.set_yscale("log")
        theme.label(axes, name, "step h", "error of the slope")
        axes.legend(loc="lower right" if dtype == torch.float32 else "lower left")
    return theme.described(figure, f"""Two log-log plots of the error of a slope against the step size. From the right, each curve
        falls as the step shrinks, then turns and rises again, in a V. The smallest errors: {'; '.join(told)}.""")


def _exact_slope(function, at):
    leaf = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    function(leaf).backward()
    return leaf.grad.item()


def _errors(function, t, way, exact):
    """Steps at which the function has a value, and the error at each; an error of 0 is drawn at the bottom."""
    steps, off = [], []
    for step in 10.0 ** EXPONENTS:
        slope = way(function, t, torch.tensor(step, dtype=t.dtype)).item()
        if numpy.isfinite(slope):
            steps.append(step)
            off.append(max(abs(slope - exact), 1e-13))
    return numpy.array(steps), numpy.array(off)
