"""A moving picture draws its still part once for a frame, and afresh only when asked."""

import io
from types import SimpleNamespace

import pytest
from PIL import Image

from course.plots import theme
from course.plots.moving_picture import MovingPicture


@pytest.fixture
def scene():
    scene = SimpleNamespace(draws=0)

    @theme.picture
    def drawn():
        figure, axes = theme.canvas()
        scene.dot, = axes.plot([0], [0], "o")
        theme.label(axes, "Title", "x", "y")
        return theme.described(figure, "A dot.")

    figure = drawn()
    scene.axes, = figure.axes
    scene.moving = MovingPicture(figure, [scene.dot])
    draw = figure.canvas.draw

    def counted():
        scene.draws += 1
        draw()

    figure.canvas.draw = counted
    return scene


def pixels(png):
    return Image.open(io.BytesIO(png)).tobytes()


def test_the_still_part_is_drawn_for_the_first_frame_only(scene):
    first = pixels(scene.moving.png())
    scene.dot.set_data([0.04], [0.04])
    second = pixels(scene.moving.png())
    scene.dot.set_data([0], [0])
    assert first != second
    assert pixels(scene.moving.png()) == first
    assert scene.draws == 1


def test_changes_asked_for_before_a_frame_are_drawn_in_one_go(scene):
    before = pixels(scene.moving.png())
    for right in (2, 3):
        scene.axes.set_xlim(-1, right)
        scene.moving.redraw()
    assert scene.draws == 1
    assert pixels(scene.moving.png()) != before
    assert scene.draws == 2
