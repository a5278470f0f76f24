"""The one look of every picture: palette, light panel, labelled axes, and alt text that travels with the figure.

A picture is written as

    @theme.picture
    def scatter(inputs, targets):
        figure, axes = theme.canvas()
        axes.scatter(inputs, targets, color=theme.BLUE)
        theme.label(axes, "Twelve days", "tasks", "questions")
        return theme.described(figure, "Twelve points that rise along a line.")

The figure has its own light background, so it reads the same in JupyterLab's light and dark themes, on GitHub and on
paper. It does not go through pyplot: nothing is shown twice and no figure stays open.
"""

import base64
import functools
import html
import io

import matplotlib
import numpy
from matplotlib import colors
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

# Okabe and Ito, "Color Universal Design" (2008): told apart by people with any common colour blindness.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
PALETTE = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, YELLOW, BLACK)

INK, MUTED, GRID, PANEL = "#23272E", "#5B6470", "#DFE1E5", "#FCFBF9"
LEGIBLE = 4.5  # contrast of words with their ground: WCAG 2.2, level AA
DOTS_PER_INCH = 160  # sharp on a high-density screen; shown at 96 to the inch

STYLE = {
    "figure.constrained_layout.w_pad": 0.14, "figure.constrained_layout.h_pad": 0.12,
    "figure.facecolor": PANEL, "axes.facecolor": PANEL, "savefig.facecolor": PANEL,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": MUTED, "xtick.color": MUTED, "ytick.color": MUTED,
    "xtick.labelcolor": INK, "ytick.labelcolor": INK,
    "axes.prop_cycle": matplotlib.cycler(color=PALETTE),
    "axes.grid": True, "axes.axisbelow": True, "grid.color": GRID, "grid.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.titlelocation": "left", "axes.titlesize": 12, "axes.titleweight": "bold", "axes.titlepad": 10,
    "font.size": 10.5, "axes.labelsize": 10.5, "xtick.labelsize": 9.5, "ytick.labelsize": 9.5, "legend.fontsize": 9.5,
    "legend.frameon": True, "legend.framealpha": 0.9, "legend.facecolor": PANEL, "legend.edgecolor": "none",
    "lines.linewidth": 2.0, "lines.markersize": 6.5, "image.cmap": "cividis",
}


class Picture(Figure):
    """A matplotlib Figure with alt text, which shows itself with it when it ends a notebook cell."""

    alt = ""

    def _ipython_display_(self):
        show(self)


def canvas(columns=1, rows=1, size=None, **grid):
    """An empty Picture and its axes (one, or an array of them), laid out so that labels do not collide.

    size: (width, height) in inches; by default 6.4 by 4 for one panel, 5 by 3.8 for each of several.
    grid: passed to `Figure.subplots`, such as `width_ratios=(2, 1)` or `sharey=True`.
    """
    if size is None:
        size = (6.4, 4.0) if columns * rows == 1 else (5.0 * columns, 3.8 * rows)
    figure = Picture(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(rows, columns, **grid)
    return figure, axes


def label(axes, title, x, y):
    """Title and axis labels, all three: no figure goes without."""
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)


def words(colour):
    """The colour in which words are written that belong to something of this colour: as much darker as makes them legible
    on the panel. A line or a box needs less contrast than a letter."""
    red, green, blue = colors.to_rgb(colour)
    while contrast((red, green, blue), PANEL) < LEGIBLE:
        red, green, blue = (0.97 * part for part in (red, green, blue))
    return colors.to_hex((red, green, blue))


def tinted(colour, alpha):
    """What a colour of this opacity (0 to 1) looks like on the panel, as an opaque colour."""
    return colors.to_hex([alpha * part + (1 - alpha) * under for part, under in
                          zip(colors.to_rgb(colour), colors.to_rgb(PANEL), strict=True)])


def contrast(one, other):
    """The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted(_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colors.to_rgb(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def described(figure, alt):
    """The same figure with alt text: one or two sentences that tell what a reader would see."""
    figure.alt = " ".join(alt.split())
    return figure


def picture(draw):
    """Decorator: draw in the theme, and refuse a figure without alt text, a title or an axis label (ValueError).

    Axes that are switched off (`axes.set_axis_off()`) and colour bars need no title and no labels.
    """
    @functools.wraps(draw)
    def drawn(*arguments, **options):
        with matplotlib.rc_context(STYLE):
            figure = draw(*arguments, **options)
        missing = _missing(figure)
        if missing:
            raise ValueError(f"{draw.__name__} drew a figure without {', '.join(missing)}")
        return figure
    return drawn


def _missing(figure):
    missing = [] if getattr(figure, "alt", "") else ["alt text"]
    for axes in figure.axes:
        if not axes.axison or axes.get_label() == "<colorbar>":
            continue
        if not (axes.get_title(loc="left") or axes.get_title()):
            missing.append("a title")
        if not axes.get_xlabel():
            missing.append("an x label")
        if not axes.get_ylabel():
            missing.append("a y label")
    return missing


def png(figure):
    """The figure as PNG bytes, on the light panel, with its alt text in the file's Description.

    The same pixels as `Figure.savefig`, which draws a figure that lays itself out twice, for a third less time.
    """
    canvas = figure.canvas if isinstance(figure.canvas, FigureCanvasAgg) else FigureCanvasAgg(figure)
    dots_per_inch, ground = figure.get_dpi(), figure.get_facecolor()
    try:
        figure.set_dpi(DOTS_PER_INCH)
        figure.set_facecolor(PANEL)
        with matplotlib.rc_context(STYLE):
            canvas.draw()
    finally:
        figure.set_dpi(dots_per_inch)
        figure.set_facecolor(ground)
    return encoded(canvas, getattr(figure, "alt", ""))


def encoded(canvas, description="", compress_level=6):
    """What has been drawn on an Agg canvas as PNG bytes. compress_level: of zlib, 1 is fast and 9 is small."""
    words = PngInfo()
    if description:
        words.add_text("Description", description)
    buffer = io.BytesIO()
    Image.fromarray(numpy.asarray(canvas.buffer_rgba())).convert("RGB").save(
        buffer, "PNG", compress_level=compress_level, pnginfo=words, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return buffer.getvalue()


def as_html(figure, alt=None):
    """The figure as an HTML `<img>` with its alt text, no wider than the page."""
    alt = getattr(figure, "alt", "") if alt is None else alt
    if not alt:
        raise ValueError("a figure is shown with alt text: show(figure, alt='what a reader would see')")
    source = base64.b64encode(png(figure)).decode("ascii")
    width = round(figure.get_figwidth() * 96)
    return (f'<img src="data:image/png;base64,{source}" alt="{html.escape(alt, quote=True)}" width="{width}" '
            f'style="max-width:100%;height:auto;border-radius:6px">')


def show(figure, alt=None):
    """Show a figure in the notebook as an image with alt text (ValueError without one); a terminal gets the alt text.

    alt: what a reader would see; by default what the figure carries, if `described` has been called.
    """
    from IPython.display import display

    markup = as_html(figure, alt)
    text = alt if alt is not None else figure.alt
    display({"text/html": markup, "text/plain": f"[picture: {text}]"}, raw=True)
