"""Pictures of one parameter moving downhill: the data, slices through the loss, and steps of three lengths."""

import numpy

from course.plots import regression, theme
from course.plots.arrays import numbers_of


@theme.picture
def training_and_validation(train_inputs, train_targets, validation_inputs, validation_targets):
    """Two sets of points around one line, each (n, 1): those to learn from, and those set aside."""
    figure, axes = theme.canvas()
    axes.scatter(numbers_of(train_inputs), numbers_of(train_targets), color=theme.BLUE, s=34, zorder=3,
                 label=f"{len(train_inputs)} to learn from")
    axes.scatter(numbers_of(validation_inputs), numbers_of(validation_targets), color=theme.VERMILION, s=42, marker="s",
                 zorder=3, label=f"{len(validation_inputs)} set aside")
    axes.legend(loc="upper left")
    axes.set_ylim(bottom=0)
    theme.label(axes, "One hundred points around a line", "x", "y")
    return theme.described(figure, f"""Scatter plot of {len(train_inputs)} points to learn from and
        {len(validation_inputs)} set aside. Both kinds rise along one line, from about 1 at x = 0 to about 3 at
        x = 1.""")


@theme.picture
def slices(inputs, targets, weight, bias):
    """The mean squared error along the weight and along the bias, through one point, with the tangents there."""
    x, y = numbers_of(inputs), numbers_of(targets)
    error = weight * x + bias - y
    loss, slopes = numpy.mean(error ** 2), (2 * numpy.mean(x * error), 2 * numpy.mean(error))
    figure, panels = theme.canvas(2, size=(9.6, 3.9), sharey=True)
    names = (("weight", weight, lambda v: v * x + bias - y), ("bias", bias, lambda v: weight * x + v - y))
    for axes, slope, (name, here, error_at) in zip(panels, slopes, names, strict=True):
        values = numpy.linspace(here - 1.5, here + 5.5, 141)
        axes.plot(values, [numpy.mean(error_at(v) ** 2) for v in values], color=theme.BLUE)
        near = numpy.array([here - 0.8, here + 0.8])
        axes.plot(near, loss + slope * (near - here), color=theme.VERMILION, linestyle="--")
        axes.plot([here], [loss], "o", color=theme.INK, markersize=8, zorder=3)
        axes.annotate(f"slope {slope:.2f}".replace("-", "−"), (here, loss), xytext=(12, 4), textcoords="offset points",
                      color=theme.words(theme.VERMILION), weight="bold")
        axes.set_ylim(0, 9)
        theme.label(axes, f"The {name} alone is changed", name, "loss")
    said = f"""Two parabolas, the loss against the weight and against the bias. At the marked point the tangent has
        slope {slopes[0]:.2f} along the weight and {slopes[1]:.2f} along the bias; both point downhill to the right."""
    return theme.described(figure, said.replace(" -", " −"))


@theme.picture
def steps_on_a_parabola(start, lowest, learning_rates, number_of_steps=6):
    """Gradient descent on the parabola (v − lowest)², one panel a learning rate; each step is a straight segment."""
    figure, panels = theme.canvas(len(learning_rates), size=(10.4, 3.8), sharey=True)
    reach = abs(start - lowest) * 1.9
    values = numpy.linspace(lowest - reach, lowest + reach, 161)
    told = []
    for axes, rate in zip(panels, learning_rates, strict=True):
        path = lowest + (start - lowest) * (1 - 2 * rate) ** numpy.arange(number_of_steps + 1)
        axes.plot(values, (values - lowest) ** 2, color=theme.MUTED, linewidth=1.6)
        axes.plot(path, (path - lowest) ** 2, "o-", color=theme.VERMILION, linewidth=1.6, markersize=6, zorder=3)
        axes.plot(path[:1], (path[:1] - lowest) ** 2, "o", color=theme.INK, markersize=9, zorder=4)
        axes.set_xlim(values[0], values[-1])
        axes.set_ylim(-0.3, reach ** 2)
        theme.label(axes, f"learning rate {rate:g}", "bias", "loss above its lowest")
        told.append(f"at {rate:g} it ends {abs(path[-1] - lowest):.2g} from the lowest point")
    return theme.described(figure, f"""{len(learning_rates)} parabolas with the first {number_of_steps} steps from the
        same start, {abs(start - lowest):.2g} from the lowest point: {'; '.join(told)}.""")


_UNLABELLED_RATES = {"curve 1": 0.3, "curve 2": 0.83, "curve 3": 0.003}


def three_curves(inputs, targets, weight, bias, number_of_steps=40):
    """Loss curves of three runs of gradient descent from (weight, bias); which learning rate is whose, is not told."""
    curves = {name: _losses(numbers_of(inputs), numbers_of(targets), weight, bias, rate, number_of_steps)
              for name, rate in _UNLABELLED_RATES.items()}
    return regression.loss_curves(curves, title="Three learning rates")


def _losses(inputs, targets, weight, bias, learning_rate, number_of_steps):
    losses = []
    for _ in range(number_of_steps + 1):
        error = weight * inputs + bias - targets
        losses.append(numpy.mean(error ** 2))
        weight = weight - learning_rate * 2 * numpy.mean(inputs * error)
        bias = bias - learning_rate * 2 * numpy.mean(error)
    return losses
