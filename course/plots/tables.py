"""Pictures of tables of numbers: what a slice or a mask selects, how broadcasting stretches, what a reduction leaves."""

import torch
from matplotlib.patches import Rectangle

from course.plots import theme

CELL = 0.42  # the side of a cell, in inches
TINT = "38"  # how strongly a chosen cell is tinted, the alpha of a colour in hexadecimal


@theme.picture
def chosen_cells(table, mask, title):
    """A table (rows, columns) in which the cells where `mask` is True are tinted; mask broadcasts to the table's shape."""
    mask = torch.as_tensor(mask).expand(table.shape)
    rows, columns = table.shape
    figure, axes = theme.canvas(size=(CELL * columns + 1.3, CELL * rows + 1.3))
    for row in range(rows):
        for column in range(columns):
            _cell(axes, column, row, table[row, column].item(), theme.BLUE if mask[row, column] else None)
    axes.set_xlim(-0.56, columns - 0.44)
    axes.set_ylim(rows - 0.44, -0.56)
    axes.set_xticks(range(columns))
    axes.set_yticks(range(rows))
    axes.set_aspect("equal")
    axes.grid(False)
    theme.label(axes, title, "column", "row")
    found = [f"[{row}, {column}]" for row, column in mask.nonzero().tolist()]
    told = ", ".join(found) if len(found) <= 8 else f"{len(found)} cells, from {found[0]} to {found[-1]}"
    return theme.described(figure, f"A table of {rows} rows and {columns} columns. Tinted, for {title}: {told or 'nothing'}.")


@theme.picture
def stretched(column, row, title, framed=False):
    """A column (n, 1) and a row (m,) stretched to (n, m), and their differences; `framed` marks the diagonal.

    Numbers that exist are drawn dark, the copies that broadcasting only imagines pale.
    """
    n, m = len(column), len(row)
    figure, axes = theme.canvas(size=(CELL * (3 * m + 4.4), CELL * (n + 2.8)))
    column, row = column.reshape(n, 1), row.reshape(1, m)
    parts = ((column.expand(n, m), f"({n}, 1)", theme.BLUE, "first column"), (row.expand(n, m), f"({m},)", theme.VERMILION,
             "first row"), (column - row, f"({n}, {m})", theme.GREEN, "all"))
    for part, (numbers, shape, colour, real) in enumerate(parts):
        left = part * (m + 1.5)
        axes.text(left + (m - 1) / 2, -0.85, shape, ha="center", va="bottom", family="monospace", weight="bold", fontsize=11)
        for i in range(n):
            for j in range(m):
                exists = real == "all" or (j == 0 if real == "first column" else i == 0)
                _cell(axes, left + j, i, numbers[i, j].item(), colour if exists else None)
        if part < 2:
            axes.text(left + m + 0.25, (n - 1) / 2, "−="[part], ha="center", va="center", fontsize=17, weight="bold")
    if framed:
        for i in range(min(n, m)):
            axes.add_patch(Rectangle((2 * (m + 1.5) + i - 0.5, i - 0.5), 1, 1, facecolor="none", edgecolor=theme.INK,
                                     linewidth=2.6, zorder=4))
    _bare(axes, 3 * m + 3, n, above=1.6)
    figure.suptitle(title, x=0.02, ha="left", weight="bold", fontsize=12)
    frame = " The diagonal is framed." if framed else ""
    return theme.described(figure, f"""A column of {n} numbers is repeated {m} times to the right, a row of {m} numbers
        {n} times downwards; their difference is a table of {n} by {m}.{frame}""")


@theme.picture
def reductions(table):
    """A table (rows, columns) with its sums: dim=0 below it, dim=1 beside it, everything in the corner."""
    rows, columns = table.shape
    figure, axes = theme.canvas(size=(CELL * (columns + 8.2), CELL * (rows + 4.0)))
    for i in range(rows):
        for j in range(columns):
            _cell(axes, j, i, table[i, j].item(), theme.BLUE)
        _cell(axes, columns + 1.2, i, table.sum(1)[i].item(), theme.VERMILION)
    for j in range(columns):
        _cell(axes, j, rows + 1.0, table.sum(0)[j].item(), theme.GREEN)
    for start, end in (((columns - 0.35, (rows - 1) / 2), (columns + 0.6, (rows - 1) / 2)),
                       (((columns - 1) / 2, rows - 0.4), ((columns - 1) / 2, rows + 0.42))):
        axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": theme.MUTED, "linewidth": 1.8})
    axes.text(columns + 2.0, (rows - 1) / 2, f"sum(dim=1)\n({rows},)", va="center", family="monospace", fontsize=10,
              linespacing=1.5)
    axes.text(columns + 0.2, rows + 1.0, f"sum(dim=0)  ({columns},)", va="center", family="monospace", fontsize=10)
    _bare(axes, columns + 6.4, rows + 1.9, above=0.7)
    figure.suptitle("dim names the dimension that disappears", x=0.02, ha="left", weight="bold", fontsize=12)
    return theme.described(figure, f"""A table of {rows} rows and {columns} columns. Summed with dim=0 the rows disappear:
        {columns} numbers below the table, {table.sum(0).tolist()}. Summed with dim=1 the columns disappear: {rows} numbers
        beside it, {table.sum(1).tolist()}.""")


def _cell(axes, x, y, number, colour):
    """A cell centred at (x, y) with its number, pale where it has no colour."""
    box = Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour + TINT if colour else "none",
                    edgecolor=colour or theme.GRID, linewidth=1.2, zorder=2 if colour else 1)
    text = axes.text(x, y, f"{round(number, 2):g}".replace("-", "−"), ha="center", va="center", fontsize=9.5, zorder=3,
                     color=theme.INK if colour else theme.MUTED)
    axes.add_patch(box)
    for part in (box, text):
        part.set_in_layout(False)  # they lie inside the axes; measuring each of a hundred would take a second


def _bare(axes, width, height, above):
    """Square cells on an empty ground, rows counted downwards."""
    axes.set_xlim(-0.7, width)
    axes.set_ylim(height, -above)
    axes.set_aspect("equal")
    axes.set_anchor("W")
    axes.set_axis_off()
