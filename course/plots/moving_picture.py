"""A picture whose moving parts are redrawn alone, fast enough to follow a slider (about a tenth of a full redraw)."""

import matplotlib

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
        """Have the still part drawn afresh for the next frame, however often this is asked for until then."""
        self._still = None

    def _drawn_still(self):
        if self._still is None:
            with matplotlib.rc_context(theme.STYLE):
                self.figure.canvas.draw()
            self._still = self.figure.canvas.copy_from_bbox(self.figure.bbox)
        return self._still

    def png(self):
        """This moment's frame as PNG bytes."""
        canvas, still = self.figure.canvas, self._drawn_still()
        canvas.restore_region(still)
        for artist in self.moving:
            self.figure.draw_artist(artist)
        return theme.encoded(canvas, compress_level=3)
