"""Pictures of memory: a tensor as a table, the storage behind it, and which cell of the storage each number is in."""

import itertools
from dataclasses import dataclass

import torch
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from course.plots import theme

MOST_CELLS = 24  # of a storage that is drawn
ROW_COLOURS = (theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE, theme.SKY, theme.VERMILION)
CELL = 0.44  # the side of a cell, in inches
TINT = "38"  # how strongly a cell that is seen is tinted, the alpha of a colour in hexadecimal


@dataclass(frozen=True)
class Layout:
    """How a tensor of at most two dimensions looks at its storage.

    shape, strides, offset: as PyTorch keeps them, counted in numbers, not bytes. cells: the numbers of the storage.
    """

    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int
    cells: tuple

    @classmethod
    def of(cls, tensor):
        """The layout of a tensor on the CPU; ValueError where it has more than two dimensions or MOST_CELLS cells."""
        if tensor.dim() > 2:
            raise ValueError(f"a tensor of shape {tuple(tensor.shape)} has more than two dimensions to draw")
        storage = tensor.detach().untyped_storage()
        cells = torch.empty(0, dtype=tensor.dtype).set_(storage)
        if len(cells) > MOST_CELLS:
            raise ValueError(f"the storage holds {len(cells)} numbers, more than the {MOST_CELLS} that can be drawn")
        return cls(tuple(tensor.shape), tuple(tensor.stride()), tensor.storage_offset(), tuple(cells.tolist()))

    def indices(self):
        """Every index of the tensor, in reading order."""
        return list(itertools.product(*(range(size) for size in self.shape)))

    def position(self, index):
        """Where in the storage the number at `index` (a tuple) is."""
        return self.offset + sum(i * stride for i, stride in zip(index, self.strides, strict=True))

    def seen(self):
        """Storage position to the list of indices that see it."""
        found = {}
        for index in self.indices():
            found.setdefault(self.position(index), []).append(index)
        return found

    def written(self, position, number):
        """The same layout after `number` has been written into the storage at `position`."""
        cells = (*self.cells[:position], number, *self.cells[position + 1:])
        return Layout(self.shape, self.strides, self.offset, cells)


@theme.picture
def storage_map(tensor, name="the tensor"):
    """A small tensor as a table, and below it the storage, with the cells that the tensor sees in its rows' colours."""
    layout = Layout.of(tensor)
    rows, columns = table_size(layout)
    top = max(rows, 2.4) + 2.8
    width, height = max(len(layout.cells), columns + 6.5), top + 1.0
    figure, axes = canvas(width, height)
    draw_table(axes, layout, 0, top, name)
    axes.text(columns + 0.6, top - 0.1, facts(layout), va="top", fontsize=10, family="monospace", linespacing=1.6)
    draw_storage(axes, layout.cells, 0, 0.9, "the storage", layout.seen(), colours(layout))
    return theme.described(figure, in_words(layout, name))


def facts(layout):
    """Shape, strides and offset, a line each."""
    return f"shape    {layout.shape}\nstrides  {layout.strides}\noffset   {layout.offset}"


def in_words(layout, name):
    """What a map of this layout shows, for people who do not see it."""
    seen = layout.seen()
    shared = max((len(indices) for indices in seen.values()), default=0)
    extra = f" Some cells are seen {shared} times." if shared > 1 else ""
    return (f"{name} has shape {layout.shape}, strides {layout.strides} and offset {layout.offset}. It sees {len(seen)} of "
            f"the {len(layout.cells)} cells of its storage: positions {', '.join(map(str, seen))}, in the order of "
            f"reading.{extra}")


def table_size(layout):
    """(rows, columns) of the table that a tensor is drawn as: a vector is one row, a number one cell."""
    return ((1, 1), (1, *layout.shape), layout.shape)[len(layout.shape)]


def cell_of(layout, index):
    """(row, column) in the drawn table."""
    return ((0, 0), (0, *index), index)[len(index)]


def colours(layout):
    """Storage position to colour: of the first row of the tensor that sees the cell. Cells nobody sees are left out."""
    return {position: ROW_COLOURS[cell_of(layout, indices[0])[0] % len(ROW_COLOURS)]
            for position, indices in layout.seen().items()}


def draw_table(axes, layout, left, top, name, tints=None):
    """The tensor as a table whose upper left corner is at (left, top), its name above.

    tints: storage position to colour, for a table in another tensor's colours; by default a colour a row.
    """
    axes.text(left, top + 0.32, name, family="monospace", weight="bold", fontsize=11.5, va="bottom")
    for index in layout.indices():
        row, column = cell_of(layout, index)
        position = layout.position(index)
        colour = ROW_COLOURS[row % len(ROW_COLOURS)] if tints is None else tints.get(position)
        draw_cell(axes, left + column, top - row - 1, layout.cells[position], colour)


def draw_storage(axes, cells, left, bottom, name, seen, tints):
    """The storage as a strip of cells, positions below them, and how often a cell is seen where that is more than once.

    seen: `Layout.seen()` of the tensor that looks at it, tints: its `colours`; both empty where nobody looks.
    """
    axes.text(left, bottom + 1.24, name, weight="bold", fontsize=10.5, va="bottom")
    for position, number in enumerate(cells):
        draw_cell(axes, left + position, bottom, number, tints.get(position))
        axes.text(left + position + 0.5, bottom - 0.12, str(position), ha="center", va="top", fontsize=9,
                  color=theme.MUTED)
        if len(seen.get(position, ())) > 1:
            axes.text(left + position + 0.5, bottom - 0.58, f"{len(seen[position])}×", ha="center", va="top", fontsize=9,
                      weight="bold")


def draw_cell(axes, left, bottom, number, colour):
    """One cell of side 1 with its number; without a colour it is one that nobody looks at.

    Around the number the ground stays clear, so that it is legible where a line passes under it.
    """
    ground = theme.tinted(colour, int(TINT, 16) / 255) if colour else theme.PANEL
    axes.add_patch(Rectangle((left, bottom), 1, 1, facecolor=colour + TINT if colour else "none", zorder=2 if colour else 1,
                             edgecolor=colour or theme.GRID, linewidth=1.4 if colour else 1.0))
    axes.text(left + 0.5, bottom + 0.48, f"{number:g}", ha="center", va="center", fontsize=10.5, zorder=3,
              color=theme.INK if colour else theme.MUTED, path_effects=[withStroke(linewidth=3, foreground=ground)])


def canvas(width, height):
    """A figure, and axes whose unit is one cell: an empty ground of `width` by `height` cells."""
    figure, axes = theme.canvas(size=(CELL * (width + 1.2), CELL * (height + 0.6)))
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(-0.6, width + 0.6)
    axes.set_ylim(-0.3, height + 0.3)
    axes.set_axis_off()
    return figure, axes
