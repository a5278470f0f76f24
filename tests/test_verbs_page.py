"""The page of verbs in docs/ is what their signatures and docstrings say, and names each of them."""

import importlib.util
import inspect
from pathlib import Path

import pytest

from course import check

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def make_verbs():
    spec = importlib.util.spec_from_file_location("make_verbs", ROOT / "docs" / "make_verbs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_in_docs_is_what_the_docstrings_say(make_verbs):
    assert make_verbs.PAGE.read_text(encoding="utf-8") == make_verbs.page(), "stale: run `.venv/bin/python docs/make_verbs.py`"


def test_a_changed_signature_or_docstring_makes_the_page_stale(make_verbs, monkeypatch):
    def agrees(subject, *, reference, unheard_of=1):
        """Something else."""

    before = make_verbs.page()
    monkeypatch.setattr(check, "agrees", agrees)
    after = make_verbs.page()
    assert after != before and "check.agrees(subject, *, reference, unheard_of=1)" in after and "Something else." in after


@pytest.mark.parametrize("name", [name for name in check.__all__ if not issubclass(type(getattr(check, name)), type)])
def test_each_function_that_a_test_cell_may_call_is_there_with_its_arguments(make_verbs, name):
    page = make_verbs.page()
    assert f"### `{name}`" in page
    section = page.partition(f"check.{name}(")[2].partition("\n")[0]
    assert all(one in section for one in inspect.signature(getattr(check, name)).parameters)


def test_defaults_are_shown_as_an_author_would_write_them(make_verbs):
    def verb(subject, given=object(), *, error=ValueError, rows=(5,)):  # noqa: B008
        """Does nothing."""

    assert make_verbs.signature(verb) == "(subject, given=…, *, error=ValueError, rows=(5,))"
