"""Slips that no test of a chapter finds are told when it is built and generated: file, line, what does not fit, what to do."""

from pathlib import Path

import pytest

from course.cli import main
from course.grading import hint_file
from course.grading.build import build, generate
from course.grading.course_root import assignments
from course.grading.slips import slips

ROOT = Path(__file__).parents[2]
EXERCISE, AREA = "### Exercise 1.1 · doubling · 3 points · ●○○ · 2 min", "### Exercise 1.2 · circles · 3 points · ●●○ · 4 min"
SOLUTION = '# %% nbgrader={"grade": false'
THREE = 'double = ["a", "b", "c"]\narea = [\n    "a", "b", "c",\n]\n'


@pytest.fixture
def headed(course):
    """A function: the tiny course with these headings above its two exercises, each worth three points."""
    text = (course / "source" / "tiny" / "tiny.py").read_text()

    def with_headings(first=EXERCISE, second=AREA):
        before, double, area = text.split(SOLUTION)
        cells = [f"# %% [markdown]\n# {heading}\n\n{SOLUTION}{cell}" for heading, cell in ((first, double), (second, area))]
        (course / "source" / "tiny" / "tiny.py").write_text("".join([before, *cells]))
        return course

    return with_headings


def line_of(course, words):
    text = (course / "source" / "tiny" / "tiny.py").read_text()
    return f"source/tiny/tiny.py:{1 + next(number for number, line in enumerate(text.splitlines()) if words in line)}: "


def test_headings_that_say_what_their_cells_give_and_hints_to_exercises_are_no_slips(headed):
    course = headed()
    (course / "source" / "tiny" / "hints.toml").write_text(THREE)
    assert slips(course, "tiny") == []


@pytest.mark.parametrize("name", assignments(ROOT))
def test_the_real_chapters_have_none(name):
    assert slips(ROOT, name) == []


def test_points_of_a_heading_that_its_cells_do_not_give_are_told_with_the_line_and_the_cells(headed):
    course = headed(EXERCISE.replace("3 points", "2 points"))
    [told] = slips(course, "tiny")
    assert told == (line_of(course, "doubling") + "'Exercise 1.1 · doubling' says 2 points, and its graded cells give 3 (double-values 2, "
                    "double-type 1): change the heading, or \"points\" in the line above a cell")


@pytest.mark.parametrize("heading", [EXERCISE.replace(" · 2 min", ""), EXERCISE.replace("3 points", "1.5 points"), EXERCISE[1:],
                                     "## Challenge · spheres · 3 points · ●●● · 4 min"])
def test_a_heading_that_is_not_read_as_one_is_told(headed, heading):
    course = headed(heading)
    [told] = slips(course, "tiny")
    assert told.startswith(f"{line_of(course, heading)}'{heading}' is not read as a heading")


def test_a_challenge_gives_no_points(headed):
    course = headed(second="## Challenge · circles · 0 points · ●●○ · 4 min")
    [told] = slips(course, "tiny")
    assert "'Challenge · circles' says 0 points, and its graded cells give 3 (area-values 2, area-checked 1)" in told


def test_points_below_the_next_section_are_not_the_exercises(headed):
    course = headed(EXERCISE, "## Circles")
    assert slips(course, "tiny") == []


def test_a_notebook_without_a_text_is_looked_at_too(headed):
    course = headed(EXERCISE.replace("3 points", "1 point"))
    build(course)
    (course / "source" / "tiny" / "tiny.py").unlink()
    [told] = slips(course, "tiny")
    assert told.startswith("source/tiny/tiny.ipynb: 'Exercise 1.1 · doubling' says 1 point, ")


def test_a_name_in_the_hints_that_is_no_exercise_is_told_with_its_line_and_the_one_that_was_meant():
    wrong = hint_file.read(THREE.replace("area", "aera"), "hints.toml", "tiny", ["double", "area"])[1]
    assert wrong == ["hints.toml:2: 'aera' is no exercise of tiny: did you mean area? write the grade_id of its solution cell, which "
                     "is one of double, area"]
    hints = {name: ["a", "b", "c"] for name in ("double", "area")}
    assert hint_file.read(THREE, "hints.toml", "tiny", ["double", "area"]) == (hints, [])


@pytest.mark.parametrize("bad", ['["a", "b"]', '["a", "b", " "]', '["a", "b", 3]', '"abc"', "{ a = 1 }"])
def test_hints_that_are_not_three_texts_are_told(bad):
    wrong = hint_file.read(f"area = {bad}", "hints.toml", "tiny", ["double", "area"])[1]
    assert wrong == ["hints.toml:1: 'area' needs a list of 3 texts, from a nudge to nearly told"]


def test_a_file_that_is_not_toml_is_told():
    assert hint_file.read("area = [", "hints.toml", "tiny", ["area"])[1][0].startswith("hints.toml is not TOML: ")


@pytest.fixture
def misspelt(headed):
    """A course with a heading of wrong points and a misspelt name in the hints."""
    course = headed(EXERCISE.replace("3 points", "2 points"))
    (course / "source" / "tiny" / "hints.toml").write_text(THREE.replace("double", "duoble"))
    return course


def test_building_and_generating_tell_of_slips_and_go_on(misspelt, capsys):
    assert main(["--root", str(misspelt), "build"]) == 0
    said = capsys.readouterr()
    assert said.err.count("warning  source/tiny/") == 2 and "duoble" in said.err and "built  release/tiny/tiny.ipynb" in said.out
    assert main(["--root", str(misspelt), "build", "--check", "tiny"]) == 1
    assert main(["--root", str(misspelt), "generate", "tiny"]) == 0
    assert capsys.readouterr().err.count("warning  source/tiny/hints.toml:1: 'duoble'") == 2
    assert generate(misspelt, "tiny") == slips(misspelt, "tiny")


def test_a_check_of_the_build_passes_again_when_they_are_mended(misspelt, capsys):
    main(["--root", str(misspelt), "build"])
    (misspelt / "source" / "tiny" / "hints.toml").write_text(THREE)
    path = misspelt / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace("doubling · 2 points", "doubling · 3 points"))
    main(["--root", str(misspelt), "build"])
    assert main(["--root", str(misspelt), "build", "--check"]) == 0
