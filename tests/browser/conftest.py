"""Fixtures of the browser tests: a headless Chromium, JupyterLab servers, pages, and screenshots.

The tests are skipped where there is no Chromium, and fail for that reason where the environment variable CI is set.
"""

import contextlib
import os
import shutil

import pytest
from course_folders import REPOSITORY, instructors_folder, learners_folder
from lab_pages import page_of
from lab_server import LabServer, lab_on_root, lab_on_work

CHROMIUM_OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]


def chromium_or_skip():
    """Path of the Chromium to drive. Without one, or without Playwright: fails in CI, skips elsewhere."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with contextlib.suppress(ImportError):
        import playwright.sync_api  # noqa: F401

        if found:
            return found
    reason = ("browser tests need Chromium (Debian: apt-get install chromium) and Playwright "
              "(pip install -r requirements-dev.txt)")
    pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session; each page gets a profile of its own."""
    path = chromium_or_skip()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def learners_root(tmp_path_factory):
    """The folder of a learner."""
    return learners_folder(tmp_path_factory.mktemp("learner") / "course")


@pytest.fixture(scope="session")
def learners_server(browser, learners_root, tmp_path_factory):
    """JupyterLab on a learner's work/."""
    with LabServer(learners_root, tmp_path_factory.mktemp("learners-home"), lab_on_work(learners_root)) as server:
        yield server


@pytest.fixture(scope="session")
def instructors_server(browser, tmp_path_factory):
    """JupyterLab on an instructor's course."""
    root = instructors_folder(tmp_path_factory.mktemp("instructor") / "course")
    with LabServer(root, tmp_path_factory.mktemp("instructors-home"), lab_on_root(root)) as server:
        yield server


@pytest.fixture
def learners_lab(browser, learners_server):
    """A learner's page."""
    with page_of(browser, learners_server) as lab:
        yield lab


@pytest.fixture
def instructors_lab(browser, instructors_server):
    """An instructor's page."""
    with page_of(browser, instructors_server) as lab:
        yield lab


@pytest.fixture(scope="session")
def snap():
    """`snap(shown, name)` writes what a page, or an element of it, shows to screenshots/<name>.png, for people to look at.
    Returns the path."""
    folder = REPOSITORY / "screenshots"

    def take(shown, name):
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.png"
        shown.screenshot(path=path)
        return path

    return take
