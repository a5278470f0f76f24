"""A picture of where numbers live: NumPy's array, the CPU's tensor, the accelerator's, and the ways between them."""

from matplotlib.patches import FancyBboxPatch

from course.plots import theme

HOMES = (("NumPy array", "float64 by default", theme.ORANGE), ("tensor on the CPU", "device='cpu'", theme.BLUE),
         ("tensor on an accelerator", "device='cuda' or 'mps'", theme.GREEN))
WIDTH, GAP, HEIGHT = 2.7, 1.6, 1.5
WAYS = (  # between box i and i + 1: label above, its meaning, label below, its meaning
    ("from_numpy(a)", "same memory", "t.numpy()", "same memory"),
    ("t.to(device)", "copies", "t.cpu()", "copies"),
)


@theme.picture
def homes_of_numbers():
    """Three boxes and the four ways between them: two look at the same memory, two copy."""
    figure, axes = theme.canvas(size=(9.9, 2.9))
    for k, (name, note, colour) in enumerate(HOMES):
        left = k * (WIDTH + GAP)
        axes.add_patch(FancyBboxPatch((left, 0), WIDTH, HEIGHT, boxstyle="round,pad=0,rounding_size=0.1", linewidth=1.6,
                                      facecolor=colour + "14", edgecolor=colour))
        axes.text(left + WIDTH / 2, 0.95, name, ha="center", va="center", weight="bold", fontsize=10)
        axes.text(left + WIDTH / 2, 0.5, note, ha="center", va="center", fontsize=9)
    for k, (there, meaning, back, meaning_back) in enumerate(WAYS):
        left = k * (WIDTH + GAP) + WIDTH
        _arrow(axes, (left + 0.06, 1.05), (left + GAP - 0.06, 1.05))
        _arrow(axes, (left + GAP - 0.06, 0.45), (left + 0.06, 0.45))
        for y, code, note, side in ((1.14, there, meaning, "bottom"), (0.36, back, meaning_back, "top")):
            step = 0.26 if side == "bottom" else -0.26
            axes.text(left + GAP / 2, y, code, ha="center", va=side, family="monospace", fontsize=9, weight="bold")
            axes.text(left + GAP / 2, y + step, note, ha="center", va=side, fontsize=9)
    axes.set_xlim(-0.1, 3 * WIDTH + 2 * GAP + 0.1)
    axes.set_ylim(-0.35, 1.9)
    axes.set_axis_off()
    figure.suptitle("Three homes for the same numbers", x=0.02, ha="left", weight="bold", fontsize=12)
    return theme.described(figure, """Three boxes: a NumPy array, a tensor on the CPU, a tensor on an accelerator.
        Between the first two, from_numpy and numpy() look at the same memory; between the last two, to(device) and cpu()
        copy.""")


def _arrow(axes, start, end):
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": theme.MUTED, "linewidth": 1.6,
                                                        "shrinkA": 1, "shrinkB": 1})
