"""Pictures of Jacobians: one as a table of outputs by inputs, and a chain of them as boxes whose sides must fit."""

from matplotlib.patches import Rectangle

from course.plots import theme


@theme.picture
def table(jacobian, outputs, inputs):
    """A Jacobian (m, n) as a table, a row for each output's name and a column for each input's."""
    rows, columns = jacobian.shape
    figure, axes = theme.canvas(size=(1.05 * columns + 3.2, 0.6 * rows + 1.45))
    for i in range(rows):
        for j in range(columns):
            axes.add_patch(Rectangle((j, rows - i - 1), 1, 1, facecolor=theme.PALETTE[i] + "26", edgecolor=theme.PALETTE[i],
                                     linewidth=1.4))
            axes.text(j + 0.5, rows - i - 0.5, f"{jacobian[i, j].item():g}", ha="center", va="center", fontsize=12.5)
        axes.text(-0.15, rows - i - 0.5, outputs[i], ha="right", va="center", color=theme.words(theme.PALETTE[i]),
                  weight="bold")
    for j, name in enumerate(inputs):
        axes.text(j + 0.5, rows + 0.14, f"by {name}", ha="center", va="bottom")
    axes.set_xlim(-1.6, columns + 0.3)
    axes.set_ylim(-0.15, rows + 0.65)
    axes.set_axis_off()
    figure.suptitle(f"A Jacobian: {rows} outputs, {columns} inputs, shape ({rows}, {columns})", x=0.02, ha="left", weight="bold",
                    fontsize=12)
    told = "; ".join(f"{name}: {', '.join(f'{number:g}' for number in row)}" for name, row in
                     zip(outputs, jacobian.tolist(), strict=True))
    return theme.described(figure, f"""A table with {rows} rows, one for each output, and {columns} columns, one for each input
        ({', '.join(inputs)}). Row by row: {told}.""")


@theme.picture
def chain(rows, columns):
    """x, y = Ax and ½‖y‖² with their shapes, and the two Jacobians as boxes in the order in which they are multiplied."""
    figure, axes = theme.canvas(size=(9.2, 3.3))
    cell, middle = 0.5, 0.9
    stops = (("x", 1.1, f"({columns},)"), ("y = A x", 4.3, f"({rows},)"), ("f = ½‖y‖²", 7.5, "()"))
    for name, left, shape in stops:
        axes.text(left, 2.9, name, ha="center", va="center", fontsize=13, weight="bold")
        axes.text(left, 2.5, f"shape {shape}", ha="center", va="center", fontsize=9.5)
    for (_, start, _), (_, end, _) in zip(stops, stops[1:], strict=False):
        axes.annotate("", xy=(end - 0.9, 2.9), xytext=(start + 0.9, 2.9), arrowprops={
            "arrowstyle": "-|>", "color": theme.MUTED, "linewidth": 1.8})
    axes.text(1.6, middle, "change of f  =", ha="right", va="center")
    boxes = (("Jacobian of the 2nd step", 1, rows, theme.VERMILION), ("of the 1st: A", rows, columns, theme.BLUE),
             ("change of x", columns, 1, theme.GREEN))
    left = 2.1
    for name, high, wide, colour in boxes:
        _box(axes, left, middle, high, wide, cell, colour)
        centre = left + wide * cell / 2
        axes.text(centre, middle - high * cell / 2 - 0.2, f"{name}\n({high}, {wide})", ha="center", va="top", fontsize=9.2,
                  color=theme.words(colour), weight="bold")
        if name != boxes[-1][0]:
            axes.text(left + wide * cell + 0.72, middle, "@", ha="center", va="center", fontsize=13, weight="bold")
        left += wide * cell + 1.45
    axes.set_xlim(-0.2, 9.2)
    axes.set_ylim(-0.75, 3.2)
    axes.set_axis_off()
    figure.suptitle("One step after another: the Jacobians are multiplied", x=0.02, ha="left", weight="bold", fontsize=12)
    return theme.described(figure, f"""Above, x of shape ({columns},) leads to y = Ax of shape ({rows},), and that to f = ½‖y‖², a
        number. Below, a change of f is a product of three boxes: the second step's Jacobian, (1, {rows}); the first step's, A,
        ({rows}, {columns}); and the change of x, ({columns}, 1). Sizes that touch are equal.""")


def _box(axes, left, middle, high, wide, cell, colour):
    for i in range(high):
        for j in range(wide):
            axes.add_patch(Rectangle((left + j * cell, middle + (high / 2 - i - 1) * cell), cell, cell, facecolor=colour + "26",
                                     edgecolor=colour, linewidth=1.4))
