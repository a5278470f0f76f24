"""Pictures of the crop yields: the shapes of the model's product, and predictions against measurements step by step."""

from course.plots import theme


@theme.picture
def product_of_shapes(rows=5):
    """inputs (n, 3) @ weight.t() (3, 2) + bias (2,) = predictions (n, 2), as grids of cells with coloured columns."""
    figure, axes = theme.canvas(size=(9.4, 3.6))
    _grid(axes, 0, rows, 3, f"inputs\n({rows}, 3)", lambda i, j: theme.SKY if i == 0 else None)
    axes.text(3.55, 0, "@", ha="center", va="center", fontsize=15, weight="bold")
    _grid(axes, 4.1, 3, 2, "weight.t()\n(3, 2)", lambda i, j: theme.BLUE if j == 0 else theme.VERMILION)
    axes.text(6.7, 0, "+", ha="center", va="center", fontsize=15, weight="bold")
    _grid(axes, 7.3, 1, 2, "bias\n(2,)", lambda i, j: theme.BLUE if j == 0 else theme.VERMILION)
    axes.text(9.9, 0, "=", ha="center", va="center", fontsize=15, weight="bold")
    _grid(axes, 10.5, rows, 2, f"predictions\n({rows}, 2)",
          lambda i, j: (theme.BLUE if j == 0 else theme.VERMILION) if i == 0 else None)
    axes.set_xlim(-0.3, 12.9)
    axes.set_ylim(-4.3, 2.9)
    axes.set_aspect("equal")
    axes.set_axis_off()
    figure.suptitle("One row in, one row out; one column of weights for each crop", x=0.02, ha="left", weight="bold",
                    fontsize=12)
    return theme.described(figure, f"""Grids of cells: inputs, {rows} rows and 3 columns, times the transposed weight, 3
        rows and 2 columns, plus a bias of 2, gives predictions of {rows} rows and 2 columns. The first row of inputs
        and the first column of weights give the first prediction.""")


def _grid(axes, left, rows, columns, text, colour):
    from matplotlib.patches import Rectangle

    for i in range(rows):
        for j in range(columns):
            fill = colour(i, j)
            axes.add_patch(Rectangle((left + j, rows / 2 - 1 - i), 1, 1, facecolor=(fill or theme.MUTED) + "38",
                                     edgecolor=fill or theme.MUTED, linewidth=1.4))
    axes.text(left + columns / 2, -3.4, text, ha="center", va="center", family="monospace", fontsize=9.5)


@theme.picture
def predictions_by_step(predictions, targets, names):
    """Predicted against measured, a panel for each stage of training, each point with the number of its region.

    predictions: dict of label to (n, k). targets: (n, k). names: of the k columns.
    """
    targets = targets.detach().cpu()
    stages = {name: stage.detach().cpu() for name, stage in predictions.items()}
    figure, panels = theme.canvas(len(stages), size=(2.7 * len(stages), 3.6), sharey=True, sharex=True)
    told = []
    for axes, (name, stage) in zip(panels, stages.items(), strict=True):
        axes.axline((0, 0), slope=1, color=theme.MUTED, linewidth=1.2, linestyle="--")
        for column, crop in enumerate(names):
            axes.scatter(targets[:, column], stage[:, column], s=40, color=theme.PALETTE[column],
                         marker="os^Dv"[column % 5], label=crop, zorder=3)
            _number_regions(axes, targets[:, column].tolist(), stage[:, column].tolist(), theme.PALETTE[column])
        theme.label(axes, name, "measured", "predicted")
        axes.label_outer()
        axes.set_ylabel("predicted")
        told.append(f"{name}, {float((stage - targets).abs().mean()):.1f}")
    panels[0].margins(0.12)
    panels[0].legend(loc="upper left")
    return theme.described(figure, f"""Predicted against measured yields of {' and '.join(names)} in {len(stages)}
        panels, with the diagonal where both agree. Each point bears the number of its region. The points come nearer to the diagonal; the mean distance in tonnes a hectare
        is {'; '.join(told)}.""")


def _number_regions(axes, measured, predicted, colour):
    """A number at each point, counted from 1, on the side away from the diagonal."""
    for region, place in enumerate(zip(measured, predicted, strict=True), 1):
        above = 1 if place[1] > place[0] else -1
        axes.annotate(str(region), place, xytext=(-7 * above, 7 * above), textcoords="offset points", ha="center",
                      va="center", fontsize=9, color=theme.words(colour), zorder=4)
