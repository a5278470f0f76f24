"""Exhibit of chapter 1: which cells of a storage a tensor, a slice, a transpose, an expand or a copy can see."""

import functools
from dataclasses import dataclass

import ipywidgets
import matplotlib
import torch
from matplotlib.patches import Rectangle

from course.plots import memory, theme
from course.plots.moving_picture import MovingPicture
from course.widgets.exhibit import LABEL, Exhibit, choice

NEW_NUMBER = 99
READ, WRITE = "read it", f"write {NEW_NUMBER} there"

# What x = torch.arange(10, 22).view(3, 4) can be looked at through; the last three have storage of their own.
VIEWS = {
    "x": lambda x: x,
    "x.t()": lambda x: x.t(),
    "x.view(2, 6)": lambda x: x.view(2, 6),
    "x[1]": lambda x: x[1],
    "x[:, 2]": lambda x: x[:, 2],
    "x[1:, 1:3]": lambda x: x[1:, 1:3],
    "x[::2, ::3]": lambda x: x[::2, ::3],
    "x.diagonal()": lambda x: x.diagonal(),
    "x[0].expand(3, 4)": lambda x: x[0].expand(3, 4),
    "x[[0, 2]]": lambda x: x[[0, 2]],
    "x.t().reshape(2, 6)": lambda x: x.t().reshape(2, 6),
    "x.clone()": lambda x: x.clone(),
}


def memory_map():
    """The exhibit, to be left as the last expression of a cell."""
    look = choice("look at", list(VIEWS), "x.t()", "a tensor made from x")
    look.layout = {"width": "auto", "max_width": "56em"}
    element = ipywidgets.IntSlider(description="element", min=0, max=11, value=5, style=LABEL, layout={"width": "32em"},
                                   tooltip="the element that is looked at, counted in the order of reading")
    play = ipywidgets.Play(min=0, max=11, value=5, interval=700, tooltip="play, pause, back to the start")

    def fit(_change):
        """As many elements as the tensor has; an element past the end becomes the last."""
        element.max = play.max = len(moment(look.value, 0, READ).seen_by.indices()) - 1

    look.observe(fit, names="value")
    ipywidgets.link((play, "value"), (element, "value"))
    controls = {"look": look, "element": element, "do": choice("and", [READ, WRITE], READ, "read the number, or write one")}
    return Exhibit(
        "Memory map",
        "Twelve numbers in a row, and a dozen ways to look at them. Choose one. To move through its elements, click "
        "the slider's round knob and use the left and right arrow keys, or press play, and watch where in the storage each "
        "one is. Then write.",
        controls, Scene(), still={"look": "x.t()", "element": 5}, rows=[["look"], ["element", "play"], ["do"]],
        extras={"play": play})


@dataclass(frozen=True)
class Moment:
    """One state of the exhibit: two tensors, one element, and where it is.

    base: the layout of x. seen_by: the layout of the tensor that is looked at. shares: whether both have one storage.
    index: of the element, a tuple. position: its place in the storage of seen_by.
    also: the indices at which the same cell is seen in x, empty where the storage is another one.
    """

    base: memory.Layout
    seen_by: memory.Layout
    shares: bool
    index: tuple[int, ...]
    position: int
    also: tuple[tuple[int, ...], ...]


def moment(look, element, do):
    """The Moment for a key of VIEWS, the number of an element in reading order (the last one where there are fewer), and
    READ or WRITE."""
    x = torch.arange(10, 22).view(3, 4)
    tensor = VIEWS[look](x)
    shares = tensor.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    base, seen_by = memory.Layout.of(x), memory.Layout.of(tensor)
    indices = seen_by.indices()
    index = indices[min(element, len(indices) - 1)]
    position = seen_by.position(index)
    if do == WRITE:
        seen_by = seen_by.written(position, NEW_NUMBER)
        base = base.written(position, NEW_NUMBER) if shares else base
    also = tuple(base.seen()[position]) if shares else ()
    return Moment(base, seen_by, shares, index, position, also)


def sum_of_strides(now):
    """The address as a sum, such as "0 + 1·1 + 2·4 = 9": the offset, and for each dimension index times stride."""
    terms = [str(now.seen_by.offset)]
    terms += [f"{i}·{stride}" for i, stride in zip(now.index, now.seen_by.strides, strict=True)]
    return f"{' + '.join(terms)} = {now.position}"


class Scene:
    """x on the left, the tensor that is looked at on the right, the storage below; a second storage for a copy.

    A colour a row of the tensor that is looked at; the cells that it sees have that colour in x and in the storage, too.
    """

    WIDTH, HEIGHT = 17.0, 10.0  # in cells, always the same, so that the page does not jump
    TOP, RIGHT, UPPER, MIDDLE, LOWER = 8.9, 6.0, 3.1, 1.9, 0.5  # where tables and storages are drawn

    @functools.cache  # noqa: B019 - there are 200 frames at most, and an exhibit lives as long as its notebook
    def frame(self, look, element, do):
        """PNG bytes of one moment."""
        now = moment(look, element, do)
        with matplotlib.rc_context(theme.STYLE):
            figure, axes = memory.canvas(self.WIDTH, self.HEIGHT)
            self._draw(axes, now, look)
        return MovingPicture(figure, []).png()

    def _draw(self, axes, now, look):
        layout, seen, tints = now.seen_by, now.seen_by.seen(), memory.colours(now.seen_by)
        memory.draw_table(axes, now.base, 0, self.TOP, "x", tints if now.shares else {})
        memory.draw_table(axes, layout, self.RIGHT, self.TOP, look)
        axes.text(self.RIGHT + 6.5, self.TOP - 0.05, memory.facts(layout), va="top", fontsize=9.6, family="monospace",
                  linespacing=1.6)
        if now.shares:
            memory.draw_storage(axes, layout.cells, 0, self.MIDDLE, "the storage of x", seen, tints)
        else:
            memory.draw_storage(axes, now.base.cells, 0, self.UPPER, "the storage of x", {}, {})
            memory.draw_storage(axes, layout.cells, 0, self.LOWER, f"the storage of {look}", seen, tints)
        self._mark(axes, now, self.MIDDLE if now.shares else self.LOWER)

    def _mark(self, axes, now, bottom):
        """Frames around the element wherever it is seen, a line from the tensor to the storage, and the address."""
        row, column = memory.cell_of(now.seen_by, now.index)
        here, cell = (self.RIGHT + column, self.TOP - row - 1), (now.position, bottom)
        for place in dict.fromkeys([here, cell, *((column, self.TOP - row - 1) for row, column in now.also)]):
            axes.add_patch(Rectangle(place, 1, 1, facecolor="none", edgecolor=theme.VERMILION, linewidth=3.2, zorder=5))
        axes.plot([here[0] + 0.5, cell[0] + 0.5], [here[1], cell[1] + 1], color=theme.VERMILION, linewidth=1.6, zorder=2.5,
                  linestyle=(0, (4, 2)))
        axes.text(self.RIGHT + 6.5, self.TOP - 3.2, f"position\n{sum_of_strides(now)}", color=theme.words(theme.VERMILION),
                  weight="bold", fontsize=9.6, va="top", family="monospace", linespacing=1.6)

    def words(self, look, element, do):
        """The frame in words."""
        now = moment(look, element, do)
        layout = now.seen_by
        said = (f"{look} has shape {layout.shape}, strides {layout.strides} and offset {layout.offset}. Its element "
                f"{list(now.index)} is at position {sum_of_strides(now)} of its storage and holds "
                f"{layout.cells[now.position]}.")
        if not now.shares:
            return f"{said} That storage is its own: x does not see it{', and keeps its numbers' if do == WRITE else ''}."
        twins = len(layout.seen()[now.position])
        others = f" {twins} elements of {look} look at this one cell." if twins > 1 else ""
        seen_in_x = " and ".join(f"x{list(index)}" for index in now.also)
        return f"{said}{others} x looks at the same storage and sees this number as {seen_in_x}{', now 99' if do == WRITE else ''}."
