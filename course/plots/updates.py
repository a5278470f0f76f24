"""A picture of the three attempts at an update: which tensor the name stands for afterwards, and what it can still do."""

from course.plots import theme

ATTEMPTS = (
    ("1 · rebinding", "weight = weight − 0.1 · grad", "a result, not a leaf:\n.grad stays None", theme.VERMILION),
    ("2 · in place, recorded", "weight −= 0.1 · grad", "RuntimeError:\nautograd forbids it", theme.VERMILION),
    ("3 · in place, unrecorded", "with torch.no_grad():\n    weight −= 0.1 · grad", "the same leaf,\nanother number",
     theme.GREEN),
)


@theme.picture
def attempts(before=0.1391, after=0.3335):
    """Three panels: the leaf tensor, the name that points at it, and what becomes of both."""
    figure, panels = theme.canvas(3, size=(10.4, 3.7))
    drawings = (_rebound, _forbidden, _in_place)
    for axes, draw, (title, code, outcome, colour) in zip(panels, drawings, ATTEMPTS, strict=True):
        axes.set_xlim(0, 10)
        axes.set_ylim(0, 10)
        axes.set_axis_off()
        axes.set_title(title)
        axes.text(0.2, 9.1, code, family="monospace", fontsize=9.2, va="center")
        draw(axes, before, after, colour)
        axes.text(5, 0.9, outcome, ha="center", va="center", color=theme.words(colour), weight="bold", fontsize=10)
    return theme.described(figure, f"""Three panels. First attempt: the name weight moves from the leaf with {before} to
        a new tensor with {after}, which is a result and keeps no gradient. Second: the update in place is refused with
        a RuntimeError. Third: inside no_grad the leaf itself changes from {before} to {after} and stays a leaf.""")


def _rebound(axes, before, after, colour):
    _tensor(axes, 2.1, f"{before}", "leaf", theme.MUTED)
    _tensor(axes, 7.7, f"{after}", "SubBackward0", colour, width=3.7)
    axes.annotate("", xy=(3.75, 3.8), xytext=(5.85, 3.8), arrowprops=_arrow(theme.MUTED, "--"))
    axes.text(4.8, 3.2, "history", ha="center", va="top", fontsize=9)
    _name(axes, 7.7, colour)


def _forbidden(axes, before, after, colour):
    _tensor(axes, 5.0, f"{before}", "leaf", theme.MUTED)
    _name(axes, 5.0, theme.MUTED)
    axes.plot([5.0], [6.05], marker="x", color=colour, markersize=17, markeredgewidth=3.4, zorder=4)


def _in_place(axes, before, after, colour):
    _tensor(axes, 5.0, f"{before} → {after}", "leaf, requires grad", colour, width=6.0)
    _name(axes, 5.0, colour)


def _tensor(axes, centre, number, kind, colour, width=3.3):
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(FancyBboxPatch((centre - width / 2, 2.5), width, 2.6, boxstyle="round,pad=0,rounding_size=0.3",
                                  facecolor=colour + "14", edgecolor=colour, linewidth=1.6))
    axes.text(centre, 4.25, number, ha="center", va="center", weight="bold")
    axes.text(centre, 3.2, kind, ha="center", va="center", fontsize=9)


def _name(axes, centre, colour):
    axes.annotate("weight", xy=(centre, 5.2), xytext=(centre, 7.2), ha="center", va="center", family="monospace",
                  weight="bold", arrowprops=_arrow(colour))


def _arrow(colour, style="-"):
    return {"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "linestyle": style, "shrinkA": 2, "shrinkB": 2}
