"""What hides solutions and tests is refused where it is misspelt, with cell and line; other comments are left alone."""

import pytest

from course.cli import main
from course.grading.chapter_text import master_notebook
from course.grading.course_root import CourseError
from course.grading.preprocessors.regions import faults, meant_by

TEST = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS"


@pytest.mark.parametrize(("line", "meant"), [
    ("### BEGIN HIDDEN TEST", "BEGIN HIDDEN TESTS"), ("### HIDDEN TESTS", "BEGIN HIDDEN TESTS' or '### END HIDDEN TESTS"),
    ("    ### BEGIN SOLUTOIN", "BEGIN SOLUTION"), ("# begin solution", "BEGIN SOLUTION"),
    ("###END  SOLUTION", "END SOLUTION"), ("### BEGIN MARKING SCHEME", "BEGIN MARK SCHEME"),
])
def test_a_misspelt_mark_is_known_for_what_it_was_meant_to_be(line, meant):
    assert meant_by(line) == meant
    assert any(meant in fault and line.strip() in fault for fault in faults(f"x = 1\n{line}"))


@pytest.mark.parametrize("line", [
    "# the hidden tests follow", "# End of the loop", "### YOUR CODE HERE", "# NOTE", "# begin with the easy rows", "solution = 1",
    "# AXES", "print('BEGIN')", "# end",
])
def test_other_comments_are_left_alone(line):
    assert list(faults(line)) == []


@pytest.mark.parametrize(("source", "says"), [
    (TEST, []), (TEST + "\n" + TEST, []),
    ("### BEGIN SOLUTION\n### BEGIN MARK SCHEME\n### END MARK SCHEME\n### END SOLUTION", []),
    ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", ["line 2: 'BEGIN SOLUTION' before that of line 1 has ended"]),
    ("### BEGIN SOLUTION\nx", ["line 1: 'BEGIN SOLUTION' without a '### END SOLUTION' below it"]),
    ("x\n### END SOLUTION", ["line 2: 'END SOLUTION' without a '### BEGIN SOLUTION' above it"]),
    ("### BEGIN HIDDEN TESTS\n### END SOLUTION\n### END HIDDEN TESTS", ["line 2: 'END SOLUTION' without a '### BEGIN SOLUTION' above it"]),
])
def test_a_region_has_two_ends(source, says):
    assert list(faults(source)) == says


@pytest.mark.parametrize("command", ["build", "generate"])
def test_no_hidden_test_is_released_for_a_misspelt_line(generated, command, capsys, monkeypatch):
    monkeypatch.chdir(generated)
    text = generated / "source" / "tiny" / "tiny.py"
    text.write_text(text.read_text().replace("BEGIN HIDDEN TESTS", "BEGIN HIDDEN TEST", 1))
    released = (generated / "release" / "tiny" / "tiny.ipynb").read_bytes()
    assert main([command, "tiny"]) != 0
    said = capsys.readouterr().err
    assert "'### BEGIN HIDDEN TEST' begins and ends nothing: write '### BEGIN HIDDEN TESTS'" in said and "-values', line " in said
    assert (generated / "release" / "tiny" / "tiny.ipynb").read_bytes() == released


@pytest.mark.parametrize(("marks", "column", "says"), [
    ('{"grade": true "points": 2}', 30, "expecting ',' delimiter"), ('{"grade": True}', 25, "expecting value"), ("grade", 15, "expecting value"),
])
def test_marks_that_are_not_json_are_refused_with_line_and_column(marks, column, says):
    text = f"# %%\nx = 1\n\n# %% nbgrader={marks}\nassert x == 1\n"
    with pytest.raises(CourseError, match=rf"^means\.py:4: what stands behind nbgrader= is not JSON, from column {column} on: {says}$"):
        master_notebook(text, "means")
