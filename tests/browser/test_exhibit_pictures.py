"""Pictures of the exhibits for the README and docs/: screenshots/<exhibit>.png, made by `python docs/make_pictures.py`."""

import pytest
from exhibit_pages import ExhibitOnPage, notebook_of
from exhibits import EXHIBITS
from lab_pages import page_of
from PIL import Image, ImageOps
from test_readme_picture import LARGEST, reduce_to_palette

SCREEN = {"width": 1200, "height": 1000}
MARGIN = 28  # pixels of the picture around the exhibit


@pytest.fixture(scope="module")
def sharp_notebook(browser, learners_server, learners_root):
    """All exhibits in one notebook, on a screen of twice the density."""
    with page_of(browser, learners_server, screen=SCREEN, scale=2) as lab:
        opened = lab.notebook(notebook_of(EXHIBITS, learners_root / "work"))
        opened.hide_side_bar()
        yield opened


def add_margin(path):
    """Rewrites the picture with a white margin: what is beside the exhibit on the page has no place in it."""
    ImageOps.expand(Image.open(path).convert("RGB"), MARGIN, "white").save(path)


@pytest.mark.parametrize("entry", EXHIBITS, ids=lambda exhibit: exhibit.name)
def test_one_picture_shows_the_whole_exhibit_in_use(entry, sharp_notebook, snap):
    exhibit = ExhibitOnPage(sharp_notebook, entry)
    exhibit.start_afresh()
    exhibit.leave_the_text()
    for name, key in entry.pictured:
        exhibit.tab_to(name)
        exhibit.page.keyboard.press(key)
    exhibit.tells(entry.shows)
    picture = snap(exhibit.widget, entry.name)
    add_margin(picture)
    reduce_to_palette(picture)
    assert picture.stat().st_size < LARGEST
