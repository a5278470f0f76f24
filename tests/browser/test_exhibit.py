"""The exhibit in a real browser: mouse and keyboard move it, picture and sentence follow, in both themes."""

import re

import pytest
from course_folders import own_copy
from lab_pages import DARK, LIGHT, page_of

CONTRAST = """element => {
    const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
    let ground = element;
    while (ground && (numbers(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
    const light = colour => {
        const [r, g, b] = numbers(colour).slice(0, 3).map(part => part / 255).map(
            part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const two = [light(getComputedStyle(element).color), light(getComputedStyle(ground).backgroundColor)].sort();
    return (two[1] + 0.05) / (two[0] + 0.05);
}"""


class ExhibitOnPage:
    """The exhibit `watch it learn` in an open notebook."""

    def __init__(self, notebook):
        self.notebook = notebook
        self.page = notebook.page
        self.output = notebook.cell(text="watch_it_learn()").locator(".jp-OutputArea")
        self.picture = self.output.locator("img")
        self.sentence = self.output.locator("p[role=status]")
        self.handle = self.output.locator(".noUi-handle").first

    def shown(self):
        """The picture's bytes, as the page holds them."""
        return self.picture.get_attribute("src")

    def step(self):
        """The training step that the sentence tells."""
        return int(re.match(r"After step (\d+) of", self.sentence.inner_text())[1])

    def wait_for_another_picture(self, before):
        """Waits until the browser has drawn another picture than `before`."""
        self.page.wait_for_function(
            "([picture, before]) => picture.isConnected ? picture.src !== before : true",
            arg=[self.picture.element_handle(), before])
        self.page.wait_for_function("picture => picture.complete && picture.naturalWidth > 0",
                                    arg=self.picture.element_handle())


@pytest.fixture(scope="module")
def notebook(browser, learners_server, learners_root):
    """The released chapter with the exhibit's cell run."""
    with page_of(browser, learners_server) as lab:
        chapter = lab.notebook(own_copy(learners_root, "exhibit"))
        chapter.hide_side_bar()
        chapter.run(grade_id="imports")
        chapter.run(text="watch_it_learn()")
        yield chapter
        chapter.use_theme(LIGHT)  # the choice is kept on the server, for the tests to come


@pytest.fixture(scope="module", params=[LIGHT, DARK])
def exhibit(notebook, request):
    """The exhibit in one theme after the other."""
    notebook.use_theme(request.param)
    shown = ExhibitOnPage(notebook)
    shown.picture.wait_for()
    shown.theme = request.param.split()[-1].lower()
    return shown


def test_dragging_the_slider_moves_the_picture(exhibit, snap):
    before, step = exhibit.shown(), exhibit.step()
    box = exhibit.handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    exhibit.page.mouse.move(x, y)
    exhibit.page.mouse.down()
    exhibit.page.mouse.move(x + 60, y, steps=4)
    exhibit.page.mouse.up()
    exhibit.wait_for_another_picture(before)
    snap(exhibit.page, f"exhibit-{exhibit.theme}")
    assert exhibit.step() > step + 10


def test_the_arrow_keys_move_the_picture_step_by_step(exhibit):
    before, step = exhibit.shown(), exhibit.step()
    exhibit.handle.focus()
    exhibit.page.keyboard.press("ArrowRight")
    exhibit.wait_for_another_picture(before)
    assert exhibit.step() == step + 1


def test_nothing_of_the_exhibit_is_cut_off(exhibit):
    widths = exhibit.output.evaluate("output => [output.scrollWidth, output.clientWidth]")
    assert widths[0] <= widths[1]


def test_the_words_of_the_exhibit_are_legible(exhibit):
    words = [exhibit.sentence, exhibit.output.locator("b").first, exhibit.output.locator(".widget-label").first]
    assert min(word.evaluate(CONTRAST) for word in words) >= 4.5
