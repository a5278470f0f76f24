"""A picture whose moving parts are redrawn alone, fast enough to follow a slider (about a tenth of a full redraw)."""

import io

import matplotlib
import numpy
from PIL import Image

from course.plots import theme


class MovingPicture:
    """Keeps the still part of a Picture as pixels and draws only the moving artists on top of it.

    figure: a `theme.Picture`, laid out. moving: the artists that change between frames; change them through their own
    setters (`set_data`, `set_text`), then ask for `png()`. After changing anything else, axis limits included, call
    `redraw()`.
    """

    def __init__(self, figure, moving):
        self.figure = figure
        self.moving = list(moving)
        for artist in self.moving:
            artist.set_animated(True)
        figure.set_dpi(theme.DOTS_PER_INCH)
        self.redraw()

    def redraw(self):
        """Draw the still part afresh."""
        with matplotlib.rc_context(theme.STYLE):
            self.figure.canvas.draw()
        self._still = self.figure.canvas.copy_from_bbox(self.figure.bbox)

    def png(self):
        """This moment's frame as PNG bytes."""
        canvas = self.figure.canvas
        canvas.restore_region(self._still)
        for artist in self.moving:
            self.figure.draw_artist(artist)
        buffer = io.BytesIO()
        Image.fromarray(numpy.asarray(canvas.buffer_rgba())).convert("RGB").save(buffer, "PNG", compress_level=3)
        return buffer.getvalue()
