"""The table of known differences: it names tests that exist, and neither an unlisted failure nor a listed pass gets by."""

import known_differences
import pytest
import test_nbgrader_commands
import test_steps
from known_differences import Difference, require_listed


@pytest.mark.parametrize("name", known_differences.TABLE)
def test_every_listed_test_exists(name):
    group, test = name.split(".")
    found = [getattr(module, group) for module in (test_nbgrader_commands, test_steps) if hasattr(module, group)]
    assert found and hasattr(found[0], test.partition("[")[0])


def test_a_failure_that_is_not_listed_fails():
    with pytest.raises(AssertionError, match="does not list it: ValueError: odd"):
        require_listed("TestAutograde.test_help", ValueError("odd"))


def test_a_listed_test_that_passes_fails(monkeypatch):
    monkeypatch.setitem(known_differences.TABLE, "TestAutograde.test_help", Difference("of old", "odd"))
    with pytest.raises(AssertionError, match="passes now"):
        require_listed("TestAutograde.test_help", None)


def test_a_listed_test_that_fails_otherwise_fails(monkeypatch):
    monkeypatch.setitem(known_differences.TABLE, "TestAutograde.test_help", Difference("of old", "odd"))
    require_listed("TestAutograde.test_help", ValueError("odd"))
    with pytest.raises(AssertionError, match="fails otherwise"):
        require_listed("TestAutograde.test_help", ValueError("new"))
