"""Building: the same bytes every time, stale files found, the real course untouched, broken chapters told in a line."""

import json
import os

import jupytext
import nbformat
import pytest
from stock_command import nbgrader

from course.cli import main
from course.grading.build import build, stale
from course.grading.chapter_text import master_notebook
from course.grading.course_root import CourseError

SOLUTION = '# %% nbgrader={"grade": false, "grade_id": "a", "locked": false, "schema_version": 3, "solution": true}\n1\n'


def built(root):
    return {path: path.read_bytes() for part in ("source", "release") for path in (root / part).rglob("*.ipynb")}


def rewrite(root, old, new):
    path = root / "source" / "tiny" / "tiny.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def ids(path):
    return [cell.id for cell in nbformat.read(path, as_version=4).cells]


def test_building_from_scratch_gives_the_same_bytes(course):
    before = built(course)
    assert len(before) == 2
    for path in before:
        path.unlink()
    assert len(build(course)) == 2
    assert built(course) == before


def test_building_what_is_up_to_date_writes_nothing(course):
    times = {path: path.stat().st_mtime_ns for path in built(course)}
    assert build(course) == []
    assert {path: path.stat().st_mtime_ns for path in built(course)} == times


def test_a_changed_text_is_stale_until_it_is_built(course, capsys):
    assert main(["--root", str(course), "build", "--check"]) == 0
    rewrite(course, "A tiny chapter", "A tiny lesson")
    before = built(course)
    assert main(["--root", str(course), "build", "--check"]) == 1
    assert "stale  release/tiny/tiny.ipynb" in capsys.readouterr().out
    assert built(course) == before
    assert main(["--root", str(course), "build"]) == 0
    assert main(["--root", str(course), "build", "--check"]) == 0


def test_changing_one_cell_changes_one_id(course):
    path = course / "source" / "tiny" / "tiny.ipynb"
    before = ids(path)
    rewrite(course, "# # A tiny chapter\n", "# # A tiny chapter\n\n# %%\nnew = 1\n")
    build(course)
    assert [one for one in ids(path) if one not in before] == [ids(path)[1]]
    assert [one for one in ids(path) if one in before] == before


def test_equal_cells_have_different_ids():
    notebook = master_notebook("# %%\nx\n\n# %%\nx\n", "twins")
    assert len({cell.id for cell in notebook.cells}) == 2


def test_building_leaves_the_gradebook_and_submissions_alone(course):
    there = {path.name for path in course.iterdir()}
    assert there == {"nbgrader_config.py", "source", "release"}


def test_the_stock_command_releases_the_same_bytes(course):
    before = built(course)
    nbgrader(course, "generate_assignment", "tiny")
    assert (course / "gradebook.db").exists()
    assert built(course) == before


def test_a_stray_file_in_the_release_is_stale_and_removed(course):
    stray = course / "release" / "tiny" / "tiny.py"
    stray.write_text("solutions")
    assert stale(course) == [stray]
    build(course)
    assert not stray.exists()


def test_files_a_chapter_needs_are_released_with_it_and_its_text_is_not(course):
    (course / "source" / "tiny" / "picture.svg").write_text("<svg/>")
    build(course)
    assert {path.name for path in (course / "release" / "tiny").iterdir()} == {"tiny.ipynb", "picture.svg"}


def test_the_notebooks_have_no_outputs_and_one_kernel(course):
    for content in built(course).values():
        notebook = json.loads(content)
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"
        assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook["cells"])


def test_the_text_opens_as_a_notebook_with_its_nbgrader_metadata(course):
    notebook = jupytext.read(course / "source" / "tiny" / "tiny.py")
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert [cell.metadata["nbgrader"]["points"] for cell in graded] == [2, 1, 2, 1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("print(1)\n", "no cell found"),
        (SOLUTION + SOLUTION, "grade_id used more than once: a"),
        ('# %% nbgrader={"grade": true, "grade_id": "a", "locked": true, "schema_version": 3, "solution": false}\n1\n',
         "metadata of cell 'a'"),
        ('# %% nbgrader={"grade": true}\n1\n', "without grade_id"),
    ],
)
def test_a_broken_chapter_is_told_in_one_line(text, says):
    with pytest.raises(CourseError) as error:
        master_notebook(text, "broken")
    assert says in str(error.value) and str(error.value).startswith("broken: ") and "\n" not in str(error.value)


def test_an_unfinished_solution_is_told_in_one_line_and_changes_nothing(course):
    before = built(course)
    rewrite(course, "radius**2\n    ### END SOLUTION\n", "radius**2\n")
    with pytest.raises(CourseError, match="tiny: in cell 'area', line 3: .*without a .### END SOLUTION"):
        build(course)
    assert built(course) == before


def edited(course, change):
    """The built notebook of source/, changed by hand a minute after it was built."""
    path = course / "source" / "tiny" / "tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    later = path.with_suffix(".py").stat().st_mtime + 60
    os.utime(path, (later, later))
    return path


@pytest.mark.parametrize("command", ["build", "generate"])
def test_what_somebody_changed_in_a_built_notebook_is_discarded_only_when_told_to(course, capsys, command):
    path = edited(course, lambda notebook: notebook.cells[0].update(source="# Mine"))
    assert main(["--root", str(course), command, "tiny"]) == 1
    assert "make the change in source/tiny/tiny.py instead" in capsys.readouterr().err
    assert "# Mine" in path.read_text()
    assert main(["--root", str(course), command, "tiny", "--force"]) == 0
    assert "# Mine" not in path.read_text()


def test_outputs_in_a_built_notebook_are_nothing_that_could_be_lost(course):
    def run(notebook):
        next(cell for cell in notebook.cells if cell.cell_type == "code").outputs = [
            nbformat.v4.new_output("stream", text="ran")]

    path = edited(course, run)
    assert path in build(course)
    assert "ran" not in path.read_text()


def test_a_text_that_changed_after_its_notebook_is_built(course):
    path = edited(course, lambda notebook: notebook.cells[0].update(source="# Mine"))
    rewrite(course, "A tiny chapter", "A tiny lesson")
    later = path.stat().st_mtime + 60
    os.utime(path.with_suffix(".py"), (later, later))
    assert path in build(course)
