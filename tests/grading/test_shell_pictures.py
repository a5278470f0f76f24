"""Pictures that a shell takes from memory: the same bytes as drawing gives, and drawn whenever that is not certain."""

import copy
import io
import itertools
import traceback
import warnings

import matplotlib
import numpy
import pytest
import torch
from IPython.core.pylabtools import print_figure
from matplotlib import colors, lines, patheffects, ticker, transforms
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course.grading.shell import pictures
from course.plots import error_surface, landscape, linear_layer, memory, regression, review, tables, theme


@pytest.fixture(scope="module", autouse=True)
def installed():
    assert pictures.install()


@pytest.fixture(autouse=True)
def album():
    pictures.album.pictures.clear()
    yield pictures.album
    pictures.album.pictures.clear()


def figure(**changed):
    """A figure with a bit of everything."""
    look = {"color": "red", "title": "some words", "number": 3.0, "size": (4, 3), "dpi": 80, "layout": "constrained"} | changed
    made = Figure(figsize=look["size"], dpi=look["dpi"], layout=look["layout"])
    FigureCanvasAgg(made)
    left, right = made.subplots(1, 2, sharey=True)
    left.plot([1, 2, look["number"]], [0.5, 1.0, 4.0], color=look["color"], label="one")
    left.scatter([1, 2], [2, 3], c=[0.1, 0.9], s=30)
    left.legend()
    left.set_title(look["title"])
    right.imshow(numpy.arange(6.0).reshape(2, 3))
    right.bar([0, 1], [1, 2], hatch="/")
    right.annotate("here", (1, 1), arrowprops={"arrowstyle": "->"})
    return made


def png(made, **options):
    """The figure's picture, and whether it was taken from memory."""
    found, file = pictures.album.found, io.BytesIO()
    made.savefig(file, format="png", **options)
    return file.getvalue(), pictures.album.found > found


def drawn(made, **options):
    """The picture as matplotlib itself draws it."""
    pictures.album.asleep = True
    try:
        return png(made, **options)[0]
    finally:
        pictures.album.asleep = False


@pytest.fixture
def learned():
    with pictures.learning():
        made, _ = png(figure())
    return made


def test_the_same_content_is_taken_and_is_what_drawing_gives(learned):
    again, taken = png(figure())
    assert taken
    assert again == learned == drawn(figure())


def test_a_notebooks_inline_picture_is_taken_too():
    with pictures.learning():
        print_figure(figure(), base64=True)
    found = pictures.album.found
    taken = print_figure(figure(), base64=True)
    assert pictures.album.found == found + 1
    pictures.album.asleep = True
    try:
        assert taken == print_figure(figure(), base64=True)
    finally:
        pictures.album.asleep = False


@pytest.mark.parametrize("changed", [{"color": "blue"}, {"title": "some word"}, {"number": 3.0000001}, {"size": (4, 3.01)}, {"dpi": 81},
                                     {"layout": "tight"}, {"layout": None}], ids=str)
def test_another_content_is_drawn(learned, changed):
    seen, taken = png(figure(**changed))
    assert not taken
    assert seen == drawn(figure(**changed))


@pytest.mark.parametrize("options", [{"dpi": 90}, {"bbox_inches": "tight"}, {"facecolor": "grey"}, {"metadata": {"Description": "x"}},
                                     {"transparent": True}], ids=str)
def test_another_request_is_drawn(learned, options):
    seen, taken = png(figure(), **options)
    assert not taken
    assert seen == drawn(figure(), **options)


@pytest.mark.parametrize("setting", [{"font.size": 11}, {"axes.linewidth": 2}, {"text.hinting": "none"}, {"path.simplify": False},
                                     {"savefig.facecolor": "pink"}], ids=str)
def test_another_setting_while_drawing_is_seen(learned, setting):
    made = figure()
    with matplotlib.rc_context(setting):
        assert not png(made)[1]


class LouderLine(lines.Line2D):
    def draw(self, renderer):
        self.set_linewidth(20)
        super().draw(renderer)


class Odd(transforms.Affine2D):
    pass


def with_a_line_of_ones_own(made):
    made.axes[0].add_line(LouderLine([1, 2], [1, 2]))


def with_a_class_put_on(made):
    made.axes[0].lines[0].__class__ = LouderLine


def with_a_method_put_on(made):
    made.axes[0].draw = lambda renderer: None


def with_a_formatter_of_ones_own(made):
    made.axes[0].xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, place: "hello"))


def with_a_callback(made):
    made.canvas.mpl_connect("draw_event", lambda event: None)


def with_a_transform_of_ones_own(made):
    made.axes[0].lines[0].set_transform(Odd() + made.axes[0].transData)


def with_a_listener_of_ones_own(made):
    made.keep = Odd()
    made.keep.set_children(made.axes[0].transData)


class Stroke(patheffects.withStroke):
    pass


def with_a_path_effect_of_ones_own(made):
    made.axes[0].title.set_path_effects([Stroke()])


def with_a_tensor(made):
    made.axes[0].mark = torch.zeros(2)


STRANGERS = [with_a_line_of_ones_own, with_a_class_put_on, with_a_method_put_on, with_a_formatter_of_ones_own, with_a_callback,
             with_a_transform_of_ones_own, with_a_listener_of_ones_own, with_a_path_effect_of_ones_own, with_a_tensor]


@pytest.mark.parametrize("change", STRANGERS, ids=lambda change: change.__name__)
def test_what_is_not_matplotlibs_own_is_never_remembered(change):
    for _ in range(2):
        with pictures.learning():
            made = figure()
            change(made)
            made.savefig(io.BytesIO(), format="png")
        assert not pictures.album.pictures
        made = figure()
        change(made)
        assert not png(made)[1]


def patched_draw(monkeypatch):
    monkeypatch.setattr(lines.Line2D, "draw", lambda self, renderer: None)


def patched_code(monkeypatch):
    monkeypatch.setattr(Axes.get_legend, "__code__", (lambda self: None).__code__)


def patched_helper(monkeypatch):
    monkeypatch.setattr(ticker, "math", ticker.np)


def patched_numpy(monkeypatch):
    monkeypatch.setattr(numpy, "asarray", numpy.array)


def added_name(monkeypatch):
    monkeypatch.setattr(lines, "memoryview", bytes, raising=False)


def patched_builtin(monkeypatch):
    monkeypatch.setattr("builtins.zip", itertools.zip_longest)


def renamed_colour(monkeypatch):
    monkeypatch.setitem(colors._colors_full_map, "red", "#00ff00")


@pytest.mark.parametrize("patch", [patched_draw, patched_code, patched_helper, patched_numpy, added_name, renamed_colour],
                         ids=lambda patch: patch.__name__)
def test_nothing_is_taken_once_what_draws_was_changed(learned, monkeypatch, patch):
    with monkeypatch.context() as patched:
        patch(patched)
        assert not png(figure())[1]
    assert png(figure())[1]


def test_a_changed_builtin_is_noticed(monkeypatch):
    known = pictures.Known()
    with monkeypatch.context() as patched:
        patched_builtin(patched)
        names = known.changed()
    assert any("zip" in name for name in names)


def test_pictures_drawn_while_matplotlib_was_changed_are_forgotten(monkeypatch):
    with monkeypatch.context() as patched, pictures.learning():
        patched_draw(patched)
        png(figure())
    assert not pictures.album.pictures


def test_a_figure_not_drawn_is_laid_out_as_soon_as_it_is_looked_at(learned):
    taken, stock = figure(), figure()
    axes, line = taken.axes[0], taken.axes[0].lines[0]
    assert png(taken)[1]
    drawn(stock)
    assert axes.get_position().bounds == stock.axes[0].get_position().bounds != figure().axes[0].get_position().bounds
    assert type(line) is lines.Line2D
    assert type(taken) is Figure
    assert (numpy.asarray(taken.canvas.buffer_rgba()) == numpy.asarray(stock.canvas.buffer_rgba())).all()


def test_a_figure_not_drawn_that_is_changed_then_is_what_stock_has(learned):
    taken, stock = figure(), figure()
    line, stock_line = taken.axes[0].lines[0], stock.axes[0].lines[0]
    assert png(taken)[1]
    drawn(stock)
    for one in (line, stock_line):
        one.set_linewidth(7)
    assert png(taken) == (drawn(stock), False)


def test_a_second_picture_of_a_figure_is_what_stock_draws_second(learned):
    taken, stock = figure(), figure()
    assert png(taken)[1]
    drawn(stock)
    assert png(taken, bbox_inches="tight")[0] == drawn(stock, bbox_inches="tight")


def test_the_owed_drawing_uses_the_settings_of_its_time():
    with matplotlib.rc_context({"savefig.facecolor": "pink", "figure.constrained_layout.w_pad": 0.5}):
        with pictures.learning():
            png(figure())
        taken, stock = figure(), figure()
        axes = taken.axes[0]
        assert png(taken)[1]
        drawn(stock)
    assert axes.get_position().bounds == stock.axes[0].get_position().bounds


def test_isinstance_and_copies_see_the_artists_own_class(learned):
    taken = figure()
    line = taken.axes[0].lines[0]
    assert png(taken)[1]
    assert isinstance(line, lines.Line2D)
    assert line.__class__ is lines.Line2D
    assert type(copy.copy(line)) is lines.Line2D


def test_a_drawing_that_warns_is_not_remembered():
    with pictures.learning(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        png(figure(title="\N{CJK UNIFIED IDEOGRAPH-4E00}\U000F0000"))
    assert not pictures.album.pictures


def test_an_error_in_drawing_shows_the_lines_that_it_always_shows():
    made = figure(title="$\\frac{$", layout=None)
    with pytest.raises(ValueError) as caught:
        made.savefig(io.BytesIO(), format="png")
    assert pictures.__file__ not in {frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)}
    shown = "".join(traceback.format_tb(caught.value.__traceback__))
    assert "result = print_method(" in shown


def test_memory_is_bounded(monkeypatch, album):
    monkeypatch.setattr(pictures, "MOST_BYTES", 30_000)
    with pictures.learning():
        for number in range(8):
            png(figure(number=number))
    assert 0 < sum(map(len, album.pictures.values())) <= 30_000


def test_a_large_content_is_drawn(monkeypatch, album):
    monkeypatch.setattr(pictures, "MOST_CONTENT", 10_000)
    with pictures.learning():
        png(figure())
    assert not album.pictures


def test_files_and_other_formats_are_written_by_matplotlib(tmp_path, album):
    with pictures.learning():
        figure().savefig(tmp_path / "one.png")
        figure().savefig(io.BytesIO(), format="svg")
    assert not album.pictures
    assert (tmp_path / "one.png").read_bytes() == drawn(figure())


ROWS = torch.tensor([1.0, 2.0, 4.0]), torch.tensor([2.0, 3.0, 7.0])
OF_THE_COURSE = {
    "points": lambda: regression.points(*ROWS),
    "residuals": lambda: regression.residuals(*ROWS, 2.0, 1.0),
    "loss curves": lambda: regression.loss_curves({"one": [3.0, 1.0], "two": [4.0, 2.0]}),
    "colour bar": lambda: regression.broadcast_grid(*ROWS),
    "training turn": lambda: linear_layer.training_turn(),
    "storage": lambda: memory.storage_map(torch.arange(6).view(2, 3).t(), "x.t()"),
    "reductions": lambda: tables.reductions(torch.arange(6.0).view(2, 3)),
    "graph": lambda: review.neuron_graph(),
    "contours": lambda: landscape.contours(lambda x, y: x * y + x, at=(0.5, 1.0)),
    "surface": lambda: error_surface.paths_on_map(torch.linspace(-1, 1, 9), torch.linspace(-1, 1, 7),
                                                  torch.linspace(1, 9, 63).view(9, 7), {"a": [(0.0, 0.0), (0.5, 0.5)]}),
}


@pytest.mark.parametrize("name", OF_THE_COURSE)
def test_the_courses_pictures_are_taken(name):
    make = OF_THE_COURSE[name]
    with pictures.learning():
        learned = theme.png(make())
    found = pictures.album.found
    taken = theme.as_html(make())
    assert pictures.album.found == found + 1
    pictures.album.asleep = True
    try:
        assert taken == theme.as_html(make())
        assert learned == theme.png(make())
    finally:
        pictures.album.asleep = False
