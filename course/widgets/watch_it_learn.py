"""Exhibit of chapter 4: the line, its residuals and the loss move as training steps, with a loop and vectorised."""

import contextlib
import functools
import math
import time

import matplotlib
import torch
from torch import nn

from course import data
from course.plots import theme
from course.plots.moving_picture import MovingPicture
from course.plots.regression import draw_residuals
from course.widgets.exhibit import Exhibit, choice, slider, step_slider

LAST_STEP = 200
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.024, 0.025, 0.03)
STARTS = {"PyTorch's own": None, "weight −15, bias −10": (-15.0, -10.0)}
COPIES = {"12": 1, "120": 10, "1,200": 100}
LEAST_SQUARES = 0.3088  # the loss of the best line
LOWEST, HIGHEST = 0.2, 1e5  # the loss axis


def watch_it_learn():
    """The exhibit, to be left as the last expression of a cell."""
    steps, play = step_slider(LAST_STEP)
    controls = {
        "step": steps,
        "rate": slider("learning rate", [(f"{rate:g}", rate) for rate in RATES], 0.02, "the size of a training step"),
        "start": choice("start", list(STARTS), "PyTorch's own", "the parameters before the first step"),
        "rows": choice("rows", list(COPIES), "12", "the same twelve days, once, ten times or a hundred times"),
    }
    return Exhibit(
        "Watch it learn",
        "Press play, or move the training step with the arrow keys. Then change the learning rate, the start, and the "
        "number of rows that the clock below runs on.",
        controls, Scene(), still={"step": 40}, rows=[["step", "play"], ["rate"], ["start"], ["rows"]], extras={"play": play})


@functools.lru_cache(maxsize=32)
def training_record(rate, start):
    """What full-batch gradient descent does on tasks and questions.

    rate: the learning rate. start: (weight, bias), or None for PyTorch's own initialisation with seed 0.
    Returns a list of LAST_STEP + 1 tuples (weight, bias, loss), before the first step and after each.
    """
    inputs, targets = data.tasks_and_questions()
    model = _model(start)
    optimiser = torch.optim.SGD(model.parameters(), lr=rate)
    record = []
    for _ in range(LAST_STEP + 1):
        loss = vectorised_loss(inputs, targets, model)
        record.append((model.weight.item(), model.bias.item(), loss.item()))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return record


def vectorised_loss(inputs, targets, model):
    """Mean squared error, one expression for all rows."""
    return ((model(inputs) - targets) ** 2).mean()


def loop_loss(inputs, targets, model):
    """Mean squared error, one row at a time."""
    total = 0
    for row in range(len(inputs)):
        total = total + (model(inputs[row]) - targets[row]) ** 2
    return total.squeeze() / len(inputs)


@functools.lru_cache(maxsize=8)
def seconds_per_step(copies):
    """Measured here and now: seconds of one training step on `copies` times twelve rows, (loop, vectorised)."""
    inputs, targets = (column.repeat(copies, 1) for column in data.tasks_and_questions())
    return tuple(_fastest(compute_loss, inputs, targets, repeats) for compute_loss, repeats
                 in ((loop_loss, 10 if copies < 100 else 3), (vectorised_loss, 30)))


def _fastest(compute_loss, inputs, targets, repeats):
    """The fastest of several training steps: what the code costs when nothing else disturbs it."""
    model = _model((5.0, 0.0))
    optimiser = torch.optim.SGD(model.parameters(), lr=1e-6)
    fastest = math.inf
    with _one_thread():
        for _ in range(repeats):
            began = time.perf_counter()
            optimiser.zero_grad()
            compute_loss(inputs, targets, model).backward()
            optimiser.step()
            fastest = min(fastest, time.perf_counter() - began)
    return fastest


@contextlib.contextmanager
def _one_thread():
    """On a busy machine threads wait for each other, and so little work is not worth sharing out."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _model(start):
    with torch.random.fork_rng(devices=[]):  # leaves the learner's random numbers alone
        torch.manual_seed(0)
        model = nn.Linear(1, 1)
    if start is not None:
        with torch.no_grad():
            model.weight.fill_(start[0])
            model.bias.fill_(start[1])
    return model


class Scene:
    """The three panels: line and residuals, loss, and time spent by each version."""

    def __init__(self):
        self.inputs, self.targets = (column.flatten().numpy() for column in data.tasks_and_questions())
        self._rows = None
        with matplotlib.rc_context(theme.STYLE):
            self._build()

    def _build(self):
        figure, (left, middle, right) = theme.canvas(3, size=(10.4, 3.9), width_ratios=(4, 4, 3))
        dots, self.line, self.gaps = draw_residuals(left, self.inputs, self.targets, 0.0, 0.0)
        left.set_ylim(-20, 60)
        legend = left.legend(loc="upper left")
        theme.label(left, "The line", "number of tasks", "number of questions")
        self.trail, = middle.plot([], [], color=theme.GREEN)
        self.now, = middle.plot([], [], "o", color=theme.GREEN, markersize=9, clip_on=False)
        middle.set_yscale("log")
        middle.set_xlim(-4, LAST_STEP + 4)
        middle.set_ylim(LOWEST, HIGHEST)
        middle.axhline(LEAST_SQUARES, color=theme.INK, linestyle=(0, (2, 3)), linewidth=1.4, label="least squares")
        middle.legend(loc="upper right")
        theme.label(middle, "The loss", "training step", "loss (log scale)")
        self.bars = right.barh(["vectorised", "loop"], [0, 0], color=[theme.BLUE, theme.PURPLE], height=0.55)
        self.clocks = [right.text(0, bar.get_y() + bar.get_height() + 0.06, "", va="bottom", fontsize=10)
                       for bar in self.bars]
        right.set_ylim(-0.55, 1.75)
        right.grid(axis="y", visible=False)
        right.locator_params(axis="x", nbins=4)
        theme.label(right, "The time so far", "seconds", "loss computed by")
        self.right = right
        self.moving = MovingPicture(figure, [self.gaps, dots, self.line, legend, self.trail, self.now, *self.bars,
                                           *self.clocks])

    def frame(self, step, rate, start, rows):
        """PNG bytes of the three panels after `step` training steps."""
        record = training_record(rate, STARTS[start])
        weight, bias, _ = record[step]
        ends = self.line.get_xdata()
        self.line.set_ydata([weight * x + bias for x in ends])
        self.gaps.set_segments([[(x, y), (x, weight * x + bias)] for x, y in zip(self.inputs, self.targets, strict=True)])
        losses = [min(loss, HIGHEST) if math.isfinite(loss) else HIGHEST for _, _, loss in record[:step + 1]]
        self.trail.set_data(range(step + 1), losses)
        self.now.set_data([step], losses[-1:])
        self._clocks(step, rows)
        return self.moving.png()

    def _clocks(self, step, rows):
        times = seconds_per_step(COPIES[rows])
        if rows != self._rows:  # a new scale of time: the still part changes
            self._rows = rows
            self.right.set_xlim(0, times[0] * LAST_STEP * 1.02)
            with matplotlib.rc_context(theme.STYLE):
                self.moving.redraw()
        for bar, clock, seconds in zip(self.bars, self.clocks, reversed(times), strict=True):
            bar.set_width(seconds * step)
            clock.set_text(_duration(seconds * step))

    def words(self, step, rate, start, rows):
        """The frame in words."""
        weight, bias, loss = training_record(rate, STARTS[start])[step]
        loop, vectorised = (seconds * step for seconds in seconds_per_step(COPIES[rows]))
        if not math.isfinite(loss) or loss > HIGHEST:
            return f"After step {step} of {LAST_STEP} the loss has left the picture: it grows with every step."
        said = (f"After step {step} of {LAST_STEP} the weight is {weight:.3f}, the bias {bias:.3f} and the loss "
                f"{loss:.4g}, whichever way the loss is computed. On {rows} rows the loop has taken {_duration(loop)}, "
                f"the vectorised version {_duration(vectorised)} (time of one step, measured here, times {step}; the axis ends where "
                f"the loop will be after step {LAST_STEP}).")
        return said.replace(" -", " −")


def _duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.1f} ms"
