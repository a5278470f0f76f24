"""Exhibits on a page: a notebook that shows them all, and what a person does with one by mouse and by keyboard."""

import re

import nbformat
from course_folders import REPOSITORY
from playwright.sync_api import expect

FOLDER = "exhibits"
TAB_STOPS = 40  # more than any exhibit has
# Whether the keyboard has reached the slider with this label, or the button with this text, alone or after its row's label.
FOCUSED = """name => {
    const element = document.activeElement;
    const label = element.closest('.jp-OutputArea .widget-inline-hbox')?.querySelector('.widget-label')?.innerText;
    if (element.matches('.noUi-handle')) return label === name;
    return element.matches('button') && [element.innerText, `${label}: ${element.innerText}`].includes(name);
}"""
# Read at one moment: what moves has two sentences between two looks.
ALIKE = """([widget, picture, sentence]) =>
    widget.querySelector(picture)?.alt === widget.querySelector(sentence)?.innerText"""
CONTRAST = """element => {
    const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
    let ground = element;
    while (ground && (numbers(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
    const light = colour => {
        const [r, g, b] = numbers(colour).slice(0, 3).map(part => part / 255).map(
            part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const two = [light(getComputedStyle(element).color), light(getComputedStyle(ground).backgroundColor)];
    return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
}"""


def released(chapter):
    """The released notebook of a chapter."""
    return nbformat.read(REPOSITORY / "release" / chapter / f"{chapter}.ipynb", as_version=4)


def cell_of(exhibit):
    """The exhibit's import and its call as the released chapter has them, as one cell."""
    lines = [line for cell in released(exhibit.chapter).cells if cell.cell_type == "code" for line in cell.source.split("\n")]
    imported = f"from course.widgets.{exhibit.name} import {exhibit.name}"
    assert imported in lines and exhibit.call in lines, f"chapter {exhibit.chapter} does not show {exhibit.call}"
    return nbformat.v4.new_code_cell(f"{imported}\n\n{exhibit.call}")


def notebook_of(exhibits, work):
    """Writes a notebook with a cell an exhibit below `work`, so that one page shows all. Returns its path from there."""
    notebook = nbformat.v4.new_notebook(metadata=released(exhibits[0].chapter).metadata)
    notebook.metadata.pop("jupytext", None)
    notebook.cells = [cell_of(exhibit) for exhibit in exhibits]
    path = f"{FOLDER}/{FOLDER}.ipynb"
    (work / FOLDER).mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, work / path)
    return path


class ExhibitOnPage:
    """An exhibit of the table in an open notebook, run."""

    picture_of, sentence_of = "img", "p[role=status]"

    def __init__(self, notebook, exhibit):
        self.notebook = notebook
        self.page = notebook.page
        self.exhibit = exhibit
        self.output = notebook.cell(text=exhibit.call).locator(".jp-OutputArea")
        self.widget = self.output.locator(".widget-vbox").first
        self.picture = self.widget.locator(self.picture_of)
        self.sentence = self.widget.locator(self.sentence_of)

    def start_afresh(self):
        """Runs the cell, and waits until the exhibit stands there as it starts."""
        self.notebook.run(text=self.exhibit.call)
        self.tells(self.exhibit.starts)

    def tells(self, words):
        """Waits until the sentence has these words (or matches this pattern) and the picture is drawn; its alt text is
        the same sentence."""
        self.comes_to(words)
        self.page.wait_for_function(ALIKE, arg=[self.widget.element_handle(), self.picture_of, self.sentence_of])
        self.page.wait_for_function("picture => !picture.isConnected || (picture.complete && picture.naturalWidth > 0)",
                                    arg=self.picture.element_handle())

    def comes_to(self, words):
        """Waits until the sentence has these words, or matches this pattern, whether or not it stays."""
        expect(self.sentence).to_contain_text(words)

    def shown(self):
        """The picture, as the page holds it."""
        return self.picture.get_attribute("src")

    def shows_another_picture_than(self, before):
        """Waits until it does."""
        expect(self.picture).not_to_have_attribute("src", before)

    def slider(self, label):
        """The row of a slider, or None where no slider has this label."""
        rows = self.widget.locator(".widget-inline-hbox", has=self.page.locator(".noUi-handle"))
        row = rows.filter(has=self.page.locator(".widget-label").get_by_text(label, exact=True))
        return row if row.count() else None

    def move(self, name):
        """Draws a slider to its right end, and sees the picture follow while the mouse is down; or clicks a button."""
        before, row = self.shown(), self.slider(name)
        if row is None:
            self.button(name).click()
            return
        handle, track = (row.locator(part).bounding_box() for part in (".noUi-handle", ".noUi-base"))
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(track["x"] + track["width"] + 20, y, steps=5)
        self.shows_another_picture_than(before)
        self.page.mouse.up()

    def button(self, text):
        """The button with exactly this text, or with "label: text" in the row of that label."""
        row, _, own = text.rpartition(": ")
        labelled = self.page.locator(".widget-label").get_by_text(row, exact=True)
        rows = self.widget.locator(".widget-inline-hbox", has=labelled) if row else self.widget
        return rows.locator("button", has_text=re.compile(rf"^{re.escape(own)}$"))

    def play(self):
        """Presses the first button of the play control: play, and then pause."""
        self.widget.locator(".jupyter-widget-play button, .widget-play button").first.click()

    def leave_the_text(self):
        """From the cell's text to the cell itself, with Escape: from there Tab leads into the output."""
        self.notebook.cell(text=self.exhibit.call).locator(".cm-content").click()
        self.page.keyboard.press("Escape")

    def tab_to(self, name):
        """Presses Tab until the slider or button of this name has the focus; none where it has already."""
        for _ in range(TAB_STOPS):
            if self.page.evaluate(FOCUSED, name):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {name!r} within {TAB_STOPS} presses")

    def height(self):
        """Of the whole exhibit, in pixels."""
        return self.widget.bounding_box()["height"]

    def screen_height(self):
        """Of the part of the page in which notebooks are read."""
        return self.page.locator(".jp-WindowedPanel-outer").first.bounding_box()["height"]

    def contrasts(self):
        """Text to its contrast with its ground, for every word of the exhibit outside the picture."""
        words = self.widget.locator("b, p, .widget-label, .widget-readout, .widget-toggle-button")
        return {word.inner_text(): word.evaluate(CONTRAST) for word in words.all() if word.is_visible()}

    def saved(self):
        """The formats in which the notebook keeps the exhibit: a dict of MIME type to text."""
        return self.page.evaluate(
            "index => window.jupyterapp.shell.currentWidget.content.widgets[index].model.outputs.get(0).toJSON().data",
            self.notebook.index(text=self.exhibit.call))
