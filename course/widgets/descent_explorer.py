"""Exhibit of chapter 3: gradient descent on the noisy line, as a path on the error surface and as a moving line."""

import functools
import math

import matplotlib
import numpy

from course import data
from course.plots import theme
from course.plots.error_surface import draw_map
from course.plots.moving_picture import MovingPicture
from course.plots.regression import draw_residuals
from course.widgets.exhibit import Exhibit, slider, step_slider

LAST_STEP = 200
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 0.79, 0.8, 0.81, 0.85, 0.9)
WEIGHTS = (-1.0, -0.5, 0.0, 0.1391, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
BIASES = (-1.0, -0.5, 0.0, 0.1940, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
MAP_OF_WEIGHTS, MAP_OF_BIASES = (-1.5, 4.5), (-1.5, 3.5)
FAR = 1e6  # a parameter beyond this is drawn no further
LEFT_THE_MAP = 100.0  # a loss beyond this is told as growth, not as a number


def descent_explorer():
    """The exhibit, to be left as the last expression of a cell."""
    steps, play = step_slider(LAST_STEP)
    play.step = 1
    controls = {
        "step": steps,
        "rate": slider("learning rate", [(f"{rate:g}", rate) for rate in RATES], 0.1, "how far a step goes"),
        "weight": slider("weight at start", [(_number(w), w) for w in WEIGHTS], 0.1391, "the weight before the first step"),
        "bias": slider("bias at start", [(_number(b), b) for b in BIASES], 0.1940, "the bias before the first step"),
    }
    return Exhibit(
        "Descent explorer",
        "Press play, or move the training step with the arrow keys. Then change the learning rate and the start. Each dot "
        "on the left is one line on the right.",
        controls, Scene(), still={"step": 60}, rows=[["step", "play"], ["rate"], ["weight", "bias"]],
        extras={"play": play})


@functools.lru_cache(maxsize=64)
def descent_record(rate, weight, bias):
    """Full-batch gradient descent on the eighty points of the noisy line, in float64, with gradients by hand.

    rate: the learning rate. weight, bias: where it starts. Returns an array (LAST_STEP + 1, 3): weight, bias and loss
    before the first step and after each. Once a parameter is beyond FAR the rest is nan: it has left for good.
    """
    inputs, targets = points()
    record = numpy.full((LAST_STEP + 1, 3), math.nan)
    for step in range(LAST_STEP + 1):
        error = weight * inputs + bias - targets
        record[step] = weight, bias, numpy.mean(error ** 2)
        weight, bias = weight - rate * 2 * numpy.mean(inputs * error), bias - rate * 2 * numpy.mean(error)
        if max(abs(weight), abs(bias)) > FAR:
            break
    return record


@functools.cache
def points():
    """The points to learn from, two flat float64 arrays of eighty."""
    inputs, targets, _, _ = data.noisy_line()
    return tuple(column.double().flatten().numpy() for column in (inputs, targets))


@functools.cache
def surface():
    """weights (p,), biases (q,) and the mean squared error (p, q) over the part of the surface that is drawn."""
    inputs, targets = points()
    weights, biases = numpy.linspace(*MAP_OF_WEIGHTS, 121), numpy.linspace(*MAP_OF_BIASES, 101)
    error = weights[:, None, None] * inputs + biases[None, :, None] - targets
    return weights, biases, numpy.mean(error ** 2, axis=2)


class Scene:
    """Two panels: the map of the error surface with the path, and the line through the data."""

    def __init__(self):
        self.inputs, self.targets = points()
        with matplotlib.rc_context(theme.STYLE):
            self._build()

    def _build(self):
        figure, (left, right) = theme.canvas(2, size=(10.4, 4.3))
        draw_map(left, *surface())
        self.path, = left.plot([], [], "o-", color=theme.VERMILION, linewidth=1.4, markersize=3.5, zorder=4)
        self.start, = left.plot([], [], "s", color=theme.INK, markersize=8, zorder=5)
        self.now, = left.plot([], [], "o", color=theme.VERMILION, markersize=11, markeredgecolor=theme.PANEL, zorder=6)
        left.set_xlim(*MAP_OF_WEIGHTS)
        left.set_ylim(*MAP_OF_BIASES)
        theme.label(left, "The error surface, and the path on it", "weight", "bias")
        dots, self.line, self.gaps = draw_residuals(right, self.inputs, self.targets, 0.0, 0.0)
        self.gaps.set_linewidth(1.5)
        dots.set_sizes([16])
        right.set_xlim(0, 1)
        right.set_ylim(-1, 5)
        legend = right.legend(loc="upper left")
        theme.label(right, "The line that the last dot stands for", "x", "y")
        self.moving = MovingPicture(figure, [self.path, self.start, self.now, self.gaps, dots, self.line, legend])

    def frame(self, step, rate, weight, bias):
        """PNG bytes of both panels after `step` training steps."""
        record = descent_record(rate, weight, bias)[:step + 1]
        drawn = record[~numpy.isnan(record[:, 0])]
        here_weight, here_bias = drawn[-1, :2]
        self.path.set_data(drawn[:, 0], drawn[:, 1])
        self.start.set_data([weight], [bias])
        self.now.set_data([here_weight], [here_bias])
        self.line.set_ydata([here_weight * x + here_bias for x in self.line.get_xdata()])
        self.gaps.set_segments([[(x, y), (x, here_weight * x + here_bias)]
                                for x, y in zip(self.inputs, self.targets, strict=True)])
        return self.moving.png()

    def words(self, step, rate, weight, bias):
        """The frame in words."""
        record = descent_record(rate, weight, bias)
        here_weight, here_bias, loss = record[step]
        said = f"Learning rate {rate:g}, step {step} of {LAST_STEP}: "
        if not loss <= LEFT_THE_MAP:  # also true of nan
            return said + "weight and bias have left the map; each step leads further away."
        return said + f"weight {_number(here_weight, 3)}, bias {_number(here_bias, 3)}, loss {loss:.4g}."


def _number(value, digits=None):
    """The number as text with a real minus sign; all its digits unless told how many after the point."""
    return (f"{value:g}" if digits is None else f"{value:.{digits}f}").replace("-", "−")
