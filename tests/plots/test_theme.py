"""The picture theme refuses figures that somebody could not read, and gives each picture its alt text."""

import io

import matplotlib
import pytest
from matplotlib import colors
from matplotlib.figure import Figure
from PIL import Image, ImageChops

from course.plots import theme


def draw(title="Title", x="x", y="y", alt="A dot."):
    @theme.picture
    def dot():
        figure, axes = theme.canvas()
        axes.plot([1], [1], "o")
        theme.label(axes, title, x, y)
        return theme.described(figure, alt)

    return dot()


@pytest.mark.parametrize("missing", ["title", "x", "y", "alt"])
def test_a_figure_without_title_label_or_alt_text_is_refused(missing):
    with pytest.raises(ValueError, match="dot drew a figure without"):
        draw(**{missing: ""})


def test_alt_text_reaches_the_html_with_its_quotes_escaped():
    assert 'alt="Says &quot;5 &lt; 6&quot;."' in theme.as_html(draw(alt='Says "5 < 6".'))


def test_showing_a_figure_without_alt_text_is_refused():
    with pytest.raises(ValueError, match="alt"):
        theme.show(theme.canvas()[0])


def test_a_picture_has_a_solid_light_background_for_dark_themes():
    image = Image.open(io.BytesIO(theme.png(draw()))).convert("RGBA")
    assert image.getpixel((1, 1)) == (0xFC, 0xFB, 0xF9, 255)


def test_a_picture_has_the_pixels_that_savefig_gives_it_and_its_alt_text_in_the_file():
    figure = draw()
    saved = io.BytesIO()
    with matplotlib.rc_context(theme.STYLE):
        figure.savefig(saved, format="png", dpi=theme.DOTS_PER_INCH)
    shown = Image.open(io.BytesIO(theme.png(figure)))
    assert shown.info["Description"] == "A dot."
    assert ImageChops.difference(shown, Image.open(saved).convert("RGB")).getbbox() is None


def test_a_figure_from_elsewhere_is_shown_on_the_light_panel_and_stays_as_it_was():
    figure = Figure(facecolor="red", dpi=50)
    image = Image.open(io.BytesIO(theme.png(figure)))
    assert image.getpixel((1, 1)) == (0xFC, 0xFB, 0xF9)
    assert image.size == (1024, 768)
    assert (figure.get_facecolor(), figure.get_dpi()) == ((1, 0, 0, 1), 50)


def test_drawing_opens_no_pyplot_figure():
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    draw()
    assert pyplot.get_fignums() == before


def test_the_palette_is_that_of_okabe_and_ito():
    published = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}
    assert set(theme.PALETTE) == published


def test_words_in_any_colour_of_the_palette_are_legible_and_keep_its_hue():
    for colour in (*theme.PALETTE, theme.INK, theme.MUTED):
        written = theme.words(colour)
        assert theme.contrast(written, theme.PANEL) >= theme.LEGIBLE, colour
        before, after = (colors.rgb_to_hsv(colors.to_rgb(shade)) for shade in (colour, written))
        assert after[0] == pytest.approx(before[0], abs=0.01), colour


def test_a_colour_that_is_legible_already_stays_as_it_is():
    assert theme.words(theme.BLUE) == theme.BLUE.lower()


def test_contrast_is_that_of_the_guideline():
    assert theme.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the guideline's own border case


def test_a_tint_lies_between_its_colour_and_the_panel():
    assert theme.tinted(theme.BLUE, 1) == theme.BLUE.lower()
    assert theme.tinted(theme.BLUE, 0) == theme.PANEL.lower()
