"""Pictures of regression: points and line, residuals, loss curves, the (n, n) trap, times, and predictions."""

import numpy

from course.plots import theme
from course.plots.arrays import numbers_of


def _short(number):
    """Four significant digits, or a whole number with commas: never an exponent."""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"


@theme.picture
def points(inputs, targets, title="Twelve days in one classroom", x="number of tasks", y="number of questions"):
    """Targets against inputs, each (n, 1) or (n,), as points."""
    inputs, targets = numbers_of(inputs), numbers_of(targets)
    figure, axes = theme.canvas()
    axes.scatter(inputs, targets, color=theme.BLUE, s=52, zorder=3)
    axes.set_xlim(0, inputs.max() * 1.08)
    axes.set_ylim(0, targets.max() * 1.08)
    theme.label(axes, title, x, y)
    return theme.described(figure, f"""Scatter plot of {len(inputs)} points, {y} against {x}. They rise close to a
        straight line, from ({inputs.min():g}, {targets.min():g}) to ({inputs.max():g}, {targets.max():g}).""")


@theme.picture
def residuals(inputs, targets, weight, bias, x="number of tasks", y="number of questions"):
    """The points, the line weight·x + bias, and each residual as the vertical gap between them."""
    inputs, targets, weight, bias = numbers_of(inputs), numbers_of(targets), float(weight), float(bias)
    loss = float(numpy.mean((weight * inputs + bias - targets) ** 2))
    figure, axes = theme.canvas()
    draw_residuals(axes, inputs, targets, weight, bias)
    lowest = min(targets.min(), bias, (weight * inputs + bias).min())
    axes.set_ylim(bottom=min(0, lowest * 1.05))
    axes.legend(loc="best")
    theme.label(axes, f"Mean squared residual {_short(loss)}", x, y)
    return theme.described(figure, f"""{len(inputs)} points and the line {weight:.4g} x {'−' if bias < 0 else '+'} {abs(bias):.4g}. A vertical segment
        joins each point to the line; the mean of their squared lengths is {_short(loss)}.""")


def draw_residuals(axes, inputs, targets, weight, bias):
    """Points, line and residuals on given axes; returns the artists (points, line, gaps) so that they can be moved."""
    ends = numpy.array([min(0.0, inputs.min() * 1.08), inputs.max() * 1.08])
    gaps = axes.vlines(inputs, targets, weight * inputs + bias, color=theme.ORANGE, linewidth=3, label="residual")
    dots = axes.scatter(inputs, targets, color=theme.BLUE, s=46, zorder=3, label="data")
    line, = axes.plot(ends, weight * ends + bias, color=theme.VERMILION, label="prediction", zorder=2)
    axes.set_xlim(*ends)
    return dots, line, gaps


@theme.picture
def loss_curves(curves, floor=None, title="The loss, step by step"):
    """Loss against training step on a logarithmic scale, one line a curve.

    curves: dict of label to losses, a sequence or a 1-D tensor. floor: (label, value) of a dashed line, or None.
    """
    figure, axes = theme.canvas()
    told = []
    for colour, style, (name, losses) in zip(theme.PALETTE, ("-", "-.", ":", "--"), curves.items(), strict=False):
        losses = numbers_of(losses)
        axes.plot(losses, color=colour, linestyle=style, label=f"{name}: ends at {losses[-1]:.4g}")
        told.append(f"{name} goes from {losses[0]:.4g} to {losses[-1]:.4g} in {len(losses) - 1} steps")
    if floor is not None:
        axes.axhline(floor[1], color=theme.INK, linestyle=(0, (2, 3)), linewidth=1.4, label=f"{floor[0]}: {floor[1]:.4g}")
        told.append(f"a dashed line marks {floor[0]}, {floor[1]:.4g}")
    axes.set_yscale("log")
    figure.legend(loc="outside lower left", ncols=2)  # below: a curve may run anywhere
    theme.label(axes, title, "training step", "loss (log scale)")
    return theme.described(figure, "Loss curves: " + "; ".join(told) + ".")


@theme.picture
def broadcast_grid(predictions, targets):
    """What (n, 1) - (n, 1) and (n, 1) - (n,) compute: a column of n differences beside a grid of n times n."""
    predictions, targets = numbers_of(predictions), numbers_of(targets)
    grid = predictions[:, None] - targets[None, :]
    largest = numpy.abs(grid).max()
    figure, (left, right) = theme.canvas(2, size=(7.4, 4.6), width_ratios=(1, 5))
    look = {"cmap": "cividis", "vmin": -largest, "vmax": largest}
    left.imshow(numpy.diag(grid)[:, None], **look)
    left.set_xticks([0])
    left.set_anchor("E")
    image = right.imshow(grid, **look)
    right.plot(numpy.arange(len(targets)), numpy.arange(len(targets)), "s", color="none", markersize=17,
               markeredgecolor=theme.PANEL, markeredgewidth=2)
    for axes in (left, right):
        axes.grid(False)
        axes.set_yticks(range(len(predictions)))
    right.set_xticks(range(len(targets)))
    theme.label(left, f"({len(grid)}, 1)", "column", "prediction of day")
    theme.label(right, f"({len(grid)}, {len(grid)}): only the framed diagonal was wanted", "target of day",
                "prediction of day")
    figure.colorbar(image, ax=right, label="prediction minus target", shrink=0.9)
    return theme.described(figure, f"""Left: {len(grid)} differences in one column. Right: a {len(grid)} by {len(grid)}
        grid of differences, every prediction against every target; only its framed diagonal was wanted.""")


@theme.picture
def times(rows, loop_seconds, vectorised_seconds):
    """Time of one loss against the number of rows, the loop beside the vectorised version, both scales logarithmic."""
    rows, loop, vectorised = numbers_of(rows), numbers_of(loop_seconds) * 1e3, numbers_of(vectorised_seconds) * 1e3
    figure, axes = theme.canvas()
    for name, colour, marker, seconds in (("loop", theme.VERMILION, "o", loop),
                                          ("vectorised", theme.BLUE, "s", vectorised)):
        axes.loglog(rows, seconds, color=colour, marker=marker)
        axes.annotate(name, (rows[-1], seconds[-1]), xytext=(-6, 9), textcoords="offset points", ha="right",
                      color=theme.words(colour), weight="bold")
    ratio = loop[-1] / vectorised[-1]
    theme.label(axes, f"At {rows[-1]:,.0f} rows the loop takes {ratio:,.0f} times as long", "rows (log scale)",
                "milliseconds for one loss (log scale)")
    return theme.described(figure, f"""Two rising lines on logarithmic axes. At {rows[0]:,.0f} rows the loop takes
        {loop[0]:.3g} ms and the vectorised loss {vectorised[0]:.3g} ms; at {rows[-1]:,.0f} rows {loop[-1]:.3g} ms and
        {vectorised[-1]:.3g} ms.""")


@theme.picture
def predicted_against_measured(predictions, targets, names):
    """Predictions against targets, both (n, k), one colour and marker a column; perfect predictions lie on the line."""
    predictions, targets = predictions.detach().cpu(), targets.detach().cpu()
    figure, axes = theme.canvas(size=(5.6, 4.6))
    top = float(max(predictions.max(), targets.max())) * 1.06
    axes.plot([0, top], [0, top], color=theme.MUTED, linewidth=1.2, linestyle="--", label="prediction = target")
    for column, name in enumerate(names):
        axes.scatter(targets[:, column], predictions[:, column], s=48, color=theme.PALETTE[column],
                     marker="os^Dv"[column % 5], label=name, zorder=3)
    axes.legend(loc="upper left")
    theme.label(axes, "Yields: predicted and measured", "measured (tonnes a hectare)", "predicted (tonnes a hectare)")
    worst = float((predictions - targets).abs().max())
    return theme.described(figure, f"""Predicted against measured yields of {' and '.join(names)} with the diagonal where
        both agree. The points lie near it; the furthest is {worst:.2g} tonnes a hectare off.""")
