"""Answers are run against what a chapter's text says now, and not at all where it cannot be built."""

import pytest

from course.cli import main
from course.grading.answers.current import current
from course.grading.build import build, stale

MADE = "return 2 * x"


@pytest.fixture
def changed(course):
    """A function: the tiny course, built, with a change in its text since."""
    build(course)

    def change(old, new):
        path = course / "source" / "tiny" / "tiny.py"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
        return course

    return change


def test_a_text_that_is_built_is_run_as_it_was_built(changed, capsys):
    course = changed("x", "x")
    chapter, release = current(course, "tiny")
    assert "END SOLUTION" in chapter.cells[1].source and release
    assert capsys.readouterr().err == ""


def test_what_was_changed_since_the_last_build_is_run_and_said(changed, capsys):
    course = changed("### BEGIN SOLUTION", "### BEGIN SOLUTION\n    unheard = 1")
    before = stale(course)
    chapter, release = current(course, "tiny")
    assert any("unheard" in cell.source for cell in chapter.cells) and "unheard" not in str(release)
    assert capsys.readouterr().err == ("source/tiny/tiny.py is not what tiny.ipynb was built from: the answers run against the text, and "
                                       "`course build tiny` writes its notebooks\n")
    assert before and stale(course) == before


@pytest.mark.parametrize(("old", "new", "told"), [
    ("### END SOLUTION", "### END SOLUTIO", "course: tiny: in cell 'double', line"),
    ('"schema_version": 3', '"schema_version" 3', "course: tiny.py:"),
])
def test_a_text_that_cannot_be_built_stops_the_answers_with_one_line(changed, capsys, old, new, told):
    course = changed(old, new)
    assert main(["--root", str(course), "answers", "tiny"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(told) and said.err.count("\n") == 1
