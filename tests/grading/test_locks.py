"""An answer's cell marked as locked is refused, and a test that is not is warned of, whichever command makes the release."""

import pytest
from stock_command import nbgrader

from course.cli import main
from course.grading.build import build, generate
from course.grading.chapter_text import master_notebook, notebook_bytes
from course.grading.preprocessors.locks import locked_answers, unlocked_tests

REFUSED = "cell 'double' is for an answer and has \"locked\": true"
WARNED = "in 'double-values', a test has \"locked\": false: it is locked all the same, and grading puts its text back"


def marks(grade, solution, locked):
    flags = {"grade": grade, "solution": solution, "locked": locked}
    written = ", ".join(f'"{key}": {str(value).lower()}' for key, value in flags.items())
    return f'# %% nbgrader={{{written}, "grade_id": "a", "points": 1, "schema_version": 3, "task": false}}\nx = 1\n'


@pytest.mark.parametrize(("kind", "locked", "refused", "warned"), [
    ((False, True), True, True, False), ((False, True), False, False, False),
    ((True, True), True, True, False), ((True, True), False, False, False),
    ((True, False), True, False, False), ((True, False), False, False, True),
    ((False, False), True, False, False),
])
def test_each_kind_of_cell_has_its_own_lock(kind, locked, refused, warned):
    notebook = master_notebook(marks(*kind, locked), "one")
    assert (bool(locked_answers(notebook)), bool(unlocked_tests(notebook))) == (refused, warned)


@pytest.fixture
def marked(generated):
    """A function: the tiny course, released, in which the marks of one cell say this of its lock since."""

    def change(name, locked):
        path = generated / "source" / "tiny" / "tiny.py"
        before = f'"grade_id": "{name}", "locked": {str(not locked).lower()}'
        assert before in path.read_text()
        path.write_text(path.read_text().replace(before, f'"grade_id": "{name}", "locked": {str(locked).lower()}'))
        return generated

    return change


@pytest.mark.parametrize("command", [["build"], ["build", "--check"], ["generate", "tiny"], ["answers", "tiny"]])
def test_a_locked_answer_is_refused_by_each_command_and_the_release_stays(marked, capsys, command):
    course = marked("double", True)
    released = (course / "release" / "tiny" / "tiny.ipynb").read_bytes()
    assert main(["--root", str(course), *command]) != 0
    said = capsys.readouterr().err
    assert said.startswith(f"course: tiny: {REFUSED}") and said.count("\n") == 1 and 'write "locked": false' in said
    assert (course / "release" / "tiny" / "tiny.ipynb").read_bytes() == released


def test_an_unlocked_test_is_warned_of_once_with_its_line_and_released(marked, capsys):
    course = marked("double-values", False)
    for command in (["build"], ["generate", "tiny"]):
        assert main(["--root", str(course), *command]) == 0
        said = capsys.readouterr().err
        assert said.startswith("warning  source/tiny/tiny.py:") and WARNED in said and said.count("\n") == 1
    assert main(["--root", str(course), "build", "--check"]) == 1


def test_nothing_is_said_of_marks_that_are_as_they_should_be(marked, capsys):
    marked("double-values", False)
    course = marked("double-values", True)
    build(course)
    assert generate(course, "tiny") == [] and capsys.readouterr().err == ""


def test_nbgraders_own_command_says_the_same(marked):
    text = marked("double-values", False) / "source" / "tiny" / "tiny.py"
    assert WARNED in released_by_nbgrader(text)
    marked("double", True)
    with pytest.raises(AssertionError, match=REFUSED):
        released_by_nbgrader(text)


def released_by_nbgrader(text):
    """What nbgrader's own command says of a notebook with this text, which is in its course; fails where the command does."""
    text.with_suffix(".ipynb").write_bytes(notebook_bytes(master_notebook(text.read_text(), "tiny")))
    return nbgrader(text.parents[2], "generate_assignment", "tiny", "--force")
