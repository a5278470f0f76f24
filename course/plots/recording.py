"""Pictures of what autograd records: gradients that add up in .grad, and a graph that detach() has cut."""

from course.plots import theme


@theme.picture
def accumulation(added, emptied):
    """What .grad holds after each backward pass, without and with emptying it: two lists of numbers of one length."""
    figure, panels = theme.canvas(2, size=(8.6, 3.5), sharey=True)
    passes = range(1, len(added) + 1)
    both = ((added, "never emptied", theme.VERMILION), (emptied, "emptied before each pass", theme.BLUE))
    for axes, (grads, title, colour) in zip(panels, both, strict=True):
        axes.bar(passes, grads, color=colour, width=0.55)
        for number, grad in zip(passes, grads, strict=True):
            axes.text(number, grad + max(added) * 0.02, f"{grad:g}", ha="center", va="bottom", weight="bold")
        axes.set_xticks(list(passes))
        axes.set_ylim(0, max(added) * 1.18)
        axes.grid(axis="x", visible=False)
        theme.label(axes, f".grad, {title}", "backward pass", "x.grad")
    return theme.described(figure, f"""Two bar charts of x.grad after each of {len(added)} backward passes. Never emptied, it
        grows: {', '.join(f'{g:g}' for g in added)}. Emptied before each pass, it is {', '.join(f'{g:g}' for g in emptied)}.""")


STOPS = ((0.7, "x", "a leaf"), (3.5, "x ** 2", "grad_fn"), (6.6, "detach()", "no history"), (9.6, "3 * …", "no history"))


@theme.picture
def cut():
    """A chain of four tensors: values flow all the way, the walk back ends at the detached one."""
    figure, axes = theme.canvas(size=(9.2, 2.7))
    for place, (centre, name, kind) in enumerate(STOPS):
        colour = theme.BLUE if place < 2 else theme.MUTED
        axes.add_patch(_box(centre, colour))
        axes.text(centre, 1.22, name, ha="center", va="center", family="monospace", weight="bold", fontsize=10.5)
        axes.text(centre, 0.8, kind, ha="center", va="center", fontsize=9)
    for place, (start, end) in enumerate(zip(STOPS, STOPS[1:], strict=False)):
        _arrow(axes, start[0] + 0.9, end[0] - 0.9, 1.15, theme.INK)
        if place == 0:
            _arrow(axes, end[0] - 0.9, start[0] + 0.9, 0.8, theme.VERMILION)
    middle = (STOPS[1][0] + STOPS[2][0]) / 2
    axes.plot([middle], [0.8], marker="x", markersize=13, markeredgewidth=3, color=theme.VERMILION)
    axes.plot([], [], color=theme.INK, label="values")
    axes.plot([], [], color=theme.VERMILION, label="the walk back")
    axes.legend(loc="lower center", ncols=2, bbox_to_anchor=(0.5, -0.1))
    axes.set_xlim(-0.5, 10.8)
    axes.set_ylim(-0.15, 1.75)
    axes.set_axis_off()
    figure.suptitle("detach() lets values through, and no gradient back", x=0.02, ha="left", weight="bold", fontsize=12)
    return theme.described(figure, """Four boxes in a row: x, a leaf; x squared, with a grad_fn; its detached copy, without history;
        and a product computed from that. Arrows of values lead through all four. The walk back leads from x squared to x only: a
        cross marks where detach has cut the rest off.""")


def _box(centre, colour):
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch((centre - 0.85, 0.5), 1.7, 1.0, boxstyle="round,pad=0,rounding_size=0.12", facecolor=colour + "14",
                          edgecolor=colour, linewidth=1.6)


def _arrow(axes, start, end, height, colour):
    axes.annotate("", xy=(end, height), xytext=(start, height), arrowprops={
        "arrowstyle": "-|>", "color": colour, "linewidth": 1.8, "shrinkA": 3, "shrinkB": 3})
