"""Pictures of training by epochs: losses on rows learnt from and rows set aside, and the way of a batch to the model."""

from matplotlib.patches import FancyBboxPatch

from course.plots import theme
from course.plots.arrays import numbers_of


@theme.picture
def loss_by_epoch(curves, title="The loss, epoch by epoch", best=None):
    """Loss against epoch, counted from 1, on a logarithmic scale.

    curves: dict of label to losses, one an epoch. best: the label of a curve whose lowest point is marked, or None.
    """
    figure, axes = theme.canvas()
    told = []
    for colour, style, (name, losses) in zip(theme.PALETTE, ("-", "--", "-.", ":"), curves.items(), strict=False):
        losses = numbers_of(losses)
        axes.plot(range(1, len(losses) + 1), losses, color=colour, linestyle=style, label=f"{name}: ends at {losses[-1]:.3g}")
        told.append(f"{name} goes from {losses[0]:.3g} to {losses[-1]:.3g} in {len(losses)} epochs")
        if name == best:
            axes.plot([losses.argmin() + 1], [losses.min()], "*", color=theme.ORANGE, markersize=15, zorder=4,
                      markeredgecolor=theme.INK, linestyle="none", label=f"lowest: {losses.min():.3g}, epoch {losses.argmin() + 1}")
            told.append(f"its lowest point is {losses.min():.3g} at epoch {losses.argmin() + 1}")
    axes.set_yscale("log")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(loc="lower left", bbox_to_anchor=(0, -0.38), ncols=2)
    theme.label(axes, title, "epoch", "loss (log scale)")
    return theme.described(figure, "Loss curves: " + "; ".join(told) + ".")


@theme.picture
def journey():
    """Where things are while a model trains on an accelerator: data at home, one model there, each batch on its way."""
    figure, axes = theme.canvas(size=(9.0, 2.8))
    for left, width, name, note, colour in ((0, 2.6, "the data set", "on the CPU, all rows", theme.BLUE),
                                            (6.2, 2.6, "the model", "on the device, moved once", theme.GREEN)):
        axes.add_patch(FancyBboxPatch((left, 0), width, 1.5, boxstyle="round,pad=0,rounding_size=0.1", linewidth=1.6,
                                      facecolor=colour + "14", edgecolor=colour))
        axes.text(left + width / 2, 0.95, name, ha="center", va="center", weight="bold")
        axes.text(left + width / 2, 0.5, note, ha="center", va="center", fontsize=9.5)
    for k in range(3):
        left = 3.25 + 0.75 * k
        axes.add_patch(FancyBboxPatch((left, 0.5), 0.5, 0.5, boxstyle="round,pad=0,rounding_size=0.06", linewidth=1.4,
                                      facecolor=theme.ORANGE + "40", edgecolor=theme.ORANGE))
    axes.annotate("", xy=(6.12, 0.25), xytext=(2.68, 0.25), arrowprops={"arrowstyle": "-|>", "color": theme.MUTED,
                                                                        "linewidth": 1.6, "shrinkA": 1, "shrinkB": 1})
    axes.text(4.4, 1.25, "one batch at a time, in every turn", ha="center", fontsize=9.5)
    axes.text(4.4, -0.05, "inputs.to(device), targets.to(device)", ha="center", va="center", family="monospace", fontsize=8.6)
    axes.set_xlim(-0.1, 8.9)
    axes.set_ylim(-0.3, 1.7)
    axes.set_axis_off()
    figure.suptitle("The model moves once, each batch in the loop", x=0.02, ha="left", weight="bold", fontsize=12)
    return theme.described(figure, """A box with the whole data set on the CPU, a box with the model on the device, and three
        batches on an arrow from the first to the second: batches are moved one at a time, the model only once.""")
