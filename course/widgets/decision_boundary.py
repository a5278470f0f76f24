"""Exhibit of chapter 6: the boundary, its margin lines and the probabilities move while a linear classifier trains."""

import functools

import matplotlib
import numpy

from course import data
from course.plots import theme
from course.plots.boundaries import CERTAINTY, CLASSES, level_ends
from course.plots.moving_picture import MovingPicture
from course.widgets.exhibit import Exhibit, choice, slider, step_slider

LAST_STEP = 100
CHARGES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)  # of C
SIGMAS = (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
MODELS = {"hinge": "squared hinge", "logistic": "logistic loss"}
START = (1.0, 0.5)  # far from right: the boundary begins across the clouds
SPAN, CELLS = 4.2, 61  # the drawn plane, and the cells of its shading in each direction
FAR = 1e6  # a weight beyond this is followed no further
LOWEST, HIGHEST = 0.03, 1e5  # the loss axis


def decision_boundary():
    """The exhibit, to be left as the last expression of a cell."""
    steps, play = step_slider(LAST_STEP)
    play.step = 1
    controls = {
        "step": steps,
        "model": choice("loss", list(MODELS), "hinge", "what a row costs"),
        "C": slider("C", [(f"{c:g}", c) for c in CHARGES], 0.1, "how much the rows count against the length of the weight"),
        "sigma": slider("sigma", [(f"{s:g}", s) for s in SIGMAS], 0.6, "how wide the clouds are"),
        "rate": slider("learning rate", [(f"{r:g}", r) for r in RATES], 0.01, "how far a step goes"),
    }
    return Exhibit(
        "Decision boundary",
        "Press play, or move the training step with the arrow keys. Then change the loss, C, the width of the clouds and the "
        "learning rate, and watch the boundary, the two lines of scores −1 and 1, and the shading.",
        controls, Scene(), still={"step": LAST_STEP},
        rows=[["step", "play"], ["model"], ["C", "sigma"], ["rate"]], extras={"play": play})


def points(sigma):
    """The two clouds as float64 arrays: inputs (40, 2), and signs (40,), −1 or 1."""
    inputs, labels = data.two_clouds(sigma=sigma)
    return inputs.double().numpy(), 2 * labels.double().flatten().numpy() - 1


def loss_and_gradient(weight, inputs, signs, model, C):
    """½‖w‖² + C · Σ loss of row i, a float, and its gradient (2,), for scores w · x without a bias.

    model: "hinge", the squared hinge, or "logistic".
    """
    margins = signs * (inputs @ weight)
    if model == "hinge":
        missing = numpy.maximum(0, 1 - margins)
        costs, slopes = missing ** 2, -2 * missing
    else:
        costs = numpy.logaddexp(0, -margins)
        slopes = -0.5 * (1 - numpy.tanh(margins / 2))  # minus the sigmoid of −margin, for any size
    return 0.5 * weight @ weight + C * costs.sum(), weight + C * inputs.T @ (slopes * signs)


@functools.lru_cache(maxsize=64)
def training_record(model, C, sigma, rate):
    """Gradient descent on all rows from START.

    Returns an array (LAST_STEP + 1, 3): both weights and the loss, before the first step and after each. Once a weight is
    beyond FAR the rest is nan: it has left for good.
    """
    inputs, signs = points(sigma)
    weight = numpy.array(START)
    record = numpy.full((LAST_STEP + 1, 3), numpy.nan)
    for step in range(LAST_STEP + 1):
        loss, gradient = loss_and_gradient(weight, inputs, signs, model, C)
        record[step] = *weight, loss
        weight = weight - rate * gradient
        if numpy.abs(weight).max() > FAR:
            break
    return record


def share_right(weight, sigma):
    """The share of points on their label's side of the boundary."""
    inputs, signs = points(sigma)
    return float((signs * (inputs @ weight) > 0).mean())


@functools.cache
def cells():
    """The middles of the shaded cells, (CELLS², 2), row by row from the lower left."""
    ticks = numpy.linspace(-SPAN, SPAN, CELLS)
    return numpy.stack(numpy.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)


def shading(weight, model):
    """What is drawn behind the points, (CELLS, CELLS): the probability of label 1, or for the hinge only the side."""
    scores = cells() @ weight
    shares = 0.5 * (1 + numpy.tanh(scores / 2)) if model == "logistic" else numpy.where(scores > 0, 0.7, 0.3)
    return shares.reshape(CELLS, CELLS)


class Scene:
    """Two panels: the plane with points, boundary, margin lines and shading; and the loss."""

    def __init__(self):
        with matplotlib.rc_context(theme.STYLE):
            self._build()

    def _build(self):
        figure, (left, right) = theme.canvas(2, size=(10.4, 5.0), width_ratios=(1.15, 1))
        self.image = left.imshow(numpy.full((CELLS, CELLS), 0.5), origin="lower", extent=(-SPAN, SPAN) * 2, vmin=0, vmax=1,
                                 cmap=CERTAINTY, interpolation="bilinear")
        figure.colorbar(self.image, ax=left, label="probability of label 1 (hinge: the side only)", shrink=0.9)
        self.boundary, = left.plot([], [], color=theme.INK, linewidth=2.4, label="boundary", zorder=3)
        self.edges = [left.plot([], [], color=theme.INK, linewidth=1.3, linestyle="--", zorder=3,
                                label="scores −1 and 1" if k else None)[0] for k in range(2)]
        self.dots = [left.plot([], [], mark, color=colour, markersize=6, markeredgecolor=theme.PANEL, markeredgewidth=0.6,
                               label=name, zorder=4)[0] for colour, mark, name in CLASSES[:2]]
        left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=4, columnspacing=1.2, handlelength=1.6)
        left.grid(False)
        left.set_xlim(-SPAN, SPAN)
        left.set_ylim(-SPAN, SPAN)
        theme.label(left, "The plane, divided", "first input", "second input")
        self.trail, = right.plot([], [], color=theme.GREEN)
        self.now, = right.plot([], [], "o", color=theme.GREEN, markersize=9)
        right.set_yscale("log")
        right.set_xlim(-2, LAST_STEP + 2)
        right.set_ylim(LOWEST, HIGHEST)
        theme.label(right, "The loss", "training step", "½‖w‖² + C · sum (log scale)")
        self.moving = MovingPicture(figure, [self.image, *self.edges, self.boundary, *self.dots, self.trail, self.now])

    def frame(self, step, model, C, sigma, rate):
        """PNG bytes of both panels after `step` training steps."""
        drawn = _until(training_record(model, C, sigma, rate), step)
        weight = drawn[-1, :2]
        self.image.set_data(shading(weight, model))
        self.boundary.set_data(*level_ends(weight, 0.0, 0.0).T)
        for edge, level in zip(self.edges, (-1.0, 1.0), strict=True):
            edge.set_data(*level_ends(weight, 0.0, level).T)
        inputs, signs = points(sigma)
        for dots, sign in zip(self.dots, (-1, 1), strict=True):
            dots.set_data(*inputs[signs == sign].T)
        self.trail.set_data(numpy.arange(len(drawn)), drawn[:, 2].clip(LOWEST, HIGHEST))
        self.now.set_data([len(drawn) - 1], drawn[-1:, 2].clip(LOWEST, HIGHEST))
        return self.moving.png()

    def words(self, step, model, C, sigma, rate):
        """The frame in words."""
        record = training_record(model, C, sigma, rate)
        said = f"{MODELS[model].capitalize()}, C {C:g}, sigma {sigma:g}, learning rate {rate:g}, step {step} of {LAST_STEP}: "
        loss = record[step, 2]
        if not loss <= HIGHEST or step and loss > 100 * record[0, 2]:  # also true of nan
            return said + "the loss has left the picture; each step makes it larger."
        weight = record[step, :2]
        length = numpy.hypot(*weight)
        if length < 1e-9:
            return said + f"the loss is {loss:.4g}, and the weight is 0: there is no boundary."
        wide = 2 / length
        return (said + f"the loss is {loss:.4g}, the weight ({weight[0]:.2f}, {weight[1]:.2f}), the street {wide:.2f} wide, "
                f"and {share_right(weight, sigma):.0%} of the points are on their side.").replace("-", "−")


def _until(record, step):
    """The rows of the record up to a step, without those that have left for good."""
    rows = record[:step + 1]
    return rows[~numpy.isnan(rows[:, 2])]
