"""Every chapter's exhibit in a real browser: mouse and keyboard move it, picture and words follow, in both themes."""

import re

import pytest
from exhibit_pages import ExhibitOnPage, notebook_of
from exhibits import EXHIBITS
from lab_pages import DARK, LIGHT, page_of

LEGIBLE = 4.5  # contrast of text, WCAG 2.2, level AA
THEMES = {"light": LIGHT, "dark": DARK}


@pytest.fixture(scope="module")
def notebook(browser, learners_server, learners_root):
    """One notebook with all exhibits, for all tests of this file."""
    with page_of(browser, learners_server) as lab:
        opened = lab.notebook(notebook_of(EXHIBITS, learners_root / "work"))
        opened.hide_side_bar()
        yield opened
        opened.use_theme(LIGHT)  # the choice is kept on the server, for the tests to come


@pytest.fixture(scope="module", params=THEMES)
def theme(notebook, request):
    """The name of one theme after the other, while the page wears it."""
    notebook.use_theme(THEMES[request.param])
    return request.param


@pytest.fixture(params=EXHIBITS, ids=lambda exhibit: exhibit.name)
def exhibit(notebook, request):
    """One exhibit after the other, as it starts."""
    shown = ExhibitOnPage(notebook, request.param)
    shown.start_afresh()
    return shown


def test_the_mouse_moves_the_picture_and_the_words_tell_what_it_shows(exhibit, theme, snap):
    for place, (name, words) in enumerate(exhibit.exhibit.mouse):
        before = exhibit.shown()
        exhibit.move(name)
        exhibit.tells(words)
        snap(exhibit.page, f"{exhibit.exhibit.name}-mouse-{place + 1}-{theme}")
        assert exhibit.shown() != before


def test_the_keyboard_alone_does_too_and_tab_reaches_every_control(exhibit, theme, snap):
    exhibit.leave_the_text()
    for name, key, words in exhibit.exhibit.keys:
        before = exhibit.shown()
        exhibit.tab_to(name)
        exhibit.page.keyboard.press(key)
        exhibit.tells(words)
        assert exhibit.shown() != before
    snap(exhibit.page, f"{exhibit.exhibit.name}-keys-{theme}")


def test_all_of_the_exhibit_is_on_one_screen_with_legible_words(exhibit, theme, snap):
    snap(exhibit.page, f"{exhibit.exhibit.name}-start-{theme}")
    widths = exhibit.output.evaluate("output => [output.scrollWidth, output.clientWidth]")
    assert widths[0] <= widths[1]
    assert exhibit.height() <= exhibit.screen_height()
    contrasts = exhibit.contrasts()
    assert exhibit.sentence.inner_text() in contrasts
    assert {text: contrast for text, contrast in contrasts.items() if contrast < LEGIBLE} == {}


@pytest.mark.parametrize("exhibit", [exhibit for exhibit in EXHIBITS if exhibit.plays], indirect=True,
                         ids=lambda exhibit: exhibit.name)
def test_the_play_button_moves_it(exhibit):
    exhibit.play()
    exhibit.comes_to(re.compile(exhibit.exhibit.plays))
    exhibit.play()
    exhibit.tells(re.compile(r"\w"))  # standing still, wherever it has come to


def test_the_notebook_keeps_a_still_picture_with_alt_text_for_places_without_widgets(exhibit, browser):
    saved = exhibit.saved()
    assert exhibit.exhibit.still in saved["text/plain"]
    page = browser.new_page()
    try:
        page.set_content(saved["text/html"])
        picture = page.locator("img")
        assert exhibit.exhibit.still in picture.get_attribute("alt")
        assert picture.evaluate("async picture => { await picture.decode(); return picture.naturalWidth; }") > 0
        assert page.locator("p[role=status]").inner_text() == picture.get_attribute("alt")
    finally:
        page.close()
