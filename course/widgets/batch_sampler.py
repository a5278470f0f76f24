"""Exhibit of chapter 5: which rows are in which batch of which epoch, and what the noise does to the path of descent."""

import functools

import matplotlib
import numpy
import torch
from torch.utils.data import DataLoader

from course import data
from course.plots import theme
from course.plots.error_surface import draw_map
from course.plots.moving_picture import MovingPicture
from course.widgets.exhibit import Exhibit, choice, slider

LAST_EPOCH = 10
ROWS, ACROSS = 60, 10  # rows of the data set, laid out in lines of ten
SIZES = (1, 2, 4, 8, 16, 25, 32, 60)
RATES = (0.01, 0.03, 0.1)
SEEDS = tuple(range(8))
START = -15.0, -10.0
MAP_OF_WEIGHTS, MAP_OF_BIASES = 15.0, 13.0


def batch_sampler():
    """The exhibit, to be left as the last expression of a cell."""
    controls = {
        "epoch": slider("epoch", list(range(1, LAST_EPOCH + 1)), 1, "which pass over the data"),
        "size": slider("batch_size", list(SIZES), 8, "rows in a batch"),
        "shuffle": choice("shuffle", ["False", "True"], "False", "whether each epoch draws a new order"),
        "drop": choice("drop_last", ["False", "True"], "False", "whether a smaller last batch is left out"),
        "seed": slider("seed", list(SEEDS), 0, "where the random orders start"),
        "rate": slider("learning rate", [(f"{rate:g}", rate) for rate in RATES], 0.03, "how far an update goes"),
    }
    return Exhibit(
        "Batch sampler",
        "Move the epoch with the arrow keys, then change the batch size, the order and the seed. On the left each cell is a "
        "row of the data, with the number of its batch; on the right is the path that these batches give.",
        controls, Scene(), still={"epoch": 2, "shuffle": "True"},
        rows=[["epoch", "size"], ["shuffle", "drop"], ["seed", "rate"]])


@functools.lru_cache(maxsize=64)
def drawn_batches(size, shuffle, drop_last, seed):
    """What a DataLoader over sixty rows hands out in ten epochs: a list of epochs, each a list of batches of row numbers."""
    loader = DataLoader(range(ROWS), batch_size=size, shuffle=shuffle, drop_last=drop_last,
                        generator=torch.Generator().manual_seed(seed))
    return [[batch.tolist() for batch in loader] for _ in range(LAST_EPOCH)]


@functools.lru_cache(maxsize=64)
def descent_record(size, shuffle, drop_last, seed, rate):
    """Mini-batch gradient descent from START, in float64, one update a batch.

    Returns a list of LAST_EPOCH + 1 arrays (updates + 1, 2): weight and bias so far, after 0, 1, …, 10 epochs.
    """
    inputs, targets = points()
    path, ends = [START], [1]
    for epoch in drawn_batches(size, shuffle, drop_last, seed):
        for rows in epoch:
            weight, bias = path[-1]
            error = weight * inputs[rows] + bias - targets[rows]
            path.append((weight - rate * 2 * numpy.mean(inputs[rows] * error), bias - rate * 2 * numpy.mean(error)))
        ends.append(len(path))
    return [numpy.array(path[:end]) for end in ends]


@functools.cache
def points():
    """The sixty points, two flat float64 arrays."""
    return tuple(column.double().flatten().numpy() for column in data.sixty_points())


@functools.cache
def surface():
    """weights (121,), biases (105,) and the mean squared error over all sixty rows (121, 105)."""
    inputs, targets = points()
    weights, biases = (numpy.linspace(-reach, reach, int(8 * reach) + 1) for reach in (MAP_OF_WEIGHTS, MAP_OF_BIASES))
    return weights, biases, numpy.mean((weights[:, None, None] * inputs + biases[None, :, None] - targets) ** 2, axis=2)


class Scene:
    """Two panels: the rows with their batches, and the path on the error surface."""

    def __init__(self):
        with matplotlib.rc_context(theme.STYLE):
            self._build()

    def _build(self):
        figure, (left, right) = theme.canvas(2, size=(10.4, 4.5))
        lines = ROWS // ACROSS
        shades = matplotlib.colormaps["Purples"].with_extremes(bad=theme.PANEL)
        self.cells = left.imshow(numpy.zeros((lines, ACROSS)), cmap=shades, vmin=0, vmax=1, aspect="auto", alpha=0.55)
        self.numbers = [left.text(row % ACROSS, row // ACROSS, "", ha="center", va="center", fontsize=10.5, color=theme.INK)
                        for row in range(ROWS)]
        left.set_xticks(range(ACROSS), [f"+{row}" for row in range(ACROSS)])
        left.set_yticks(range(lines), [f"{ACROSS * line}" for line in range(lines)])
        left.grid(False)
        theme.label(left, "The batch of each row, in this epoch", "row of the data: the number on the left, plus", "rows")
        draw_map(right, *surface())
        self.earlier, = right.plot([], [], "-", color=theme.MUTED, linewidth=1.2, zorder=4)
        self.current, = right.plot([], [], "o-", color=theme.VERMILION, linewidth=1.3, markersize=3.5, zorder=5)
        self.now, = right.plot([], [], "o", color=theme.VERMILION, markersize=10, markeredgecolor=theme.PANEL, zorder=6)
        right.plot(*START, "s", color=theme.INK, markersize=8, zorder=5, clip_on=False)
        right.set_xlim(-MAP_OF_WEIGHTS, MAP_OF_WEIGHTS)
        right.set_ylim(-MAP_OF_BIASES, MAP_OF_BIASES)
        theme.label(right, "The path: this epoch orange, earlier ones grey", "weight", "bias")
        self.moving = MovingPicture(figure, [self.cells, *self.numbers, self.earlier, self.current, self.now])

    def frame(self, epoch, size, shuffle, drop, seed, rate):
        """PNG bytes of both panels."""
        settings = size, shuffle == "True", drop == "True", seed
        self._cells(drawn_batches(*settings)[epoch - 1])
        record = descent_record(*settings, rate)
        before, after = record[epoch - 1], record[epoch]
        self.earlier.set_data(before[:, 0], before[:, 1])
        self.current.set_data(after[len(before) - 1:, 0], after[len(before) - 1:, 1])
        self.now.set_data(after[-1:, 0], after[-1:, 1])
        return self.moving.png()

    def _cells(self, batches):
        of_row = {row: number for number, rows in enumerate(batches, start=1) for row in rows}
        shades = [of_row.get(row, numpy.nan) for row in range(ROWS)]
        self.cells.set_data(numpy.ma.masked_invalid(numpy.array(shades, dtype=float).reshape(-1, ACROSS)))
        self.cells.set_clim(-0.6 * len(batches), len(batches))
        for row, text in enumerate(self.numbers):
            text.set_text(str(of_row.get(row, "–")))

    def words(self, epoch, size, shuffle, drop, seed, rate):
        """The frame in words."""
        settings = size, shuffle == "True", drop == "True", seed
        batches = drawn_batches(*settings)[epoch - 1]
        path = descent_record(*settings, rate)[epoch]
        weight, bias = path[-1]
        inputs, targets = points()
        loss = numpy.mean((weight * inputs + bias - targets) ** 2)
        lost = ROWS - sum(map(len, batches))
        order = f"in an order of its own (seed {seed})" if settings[1] else "in the order of the data"
        said = (f"Epoch {epoch} of {LAST_EPOCH}, {order}: {_count(len(batches), 'batch', 'batches')}, the first with rows "
                f"{_some(batches[0])}, the last with {_count(len(batches[-1]), 'row', 'rows')}; "
                f"{lost or 'no'} row{'' if lost == 1 else 's'} left out. After {_count(len(path) - 1, 'update', 'updates')} "
                f"the weight is {weight:.3f}, the bias {bias:.3f} and the loss over all rows {loss:.4g}.")
        return said.replace(" -", " −")


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"


def _some(rows, most=4):
    """The first few row numbers."""
    return ", ".join(map(str, rows[:most])) + (", …" if len(rows) > most else "")
