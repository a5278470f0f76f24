"""The chapters as they are released: up to date with their text, and nothing in them that learners must not have."""

import json
import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest

from course.grading.build import build, stale
from course.grading.chapter_text import master_notebook
from course.grading.course_root import chapters

ROOT = Path(__file__).parent.parent
CHAPTERS = chapters(ROOT)
# What may be beside the notebook in a release: pictures and data that a chapter shows.
SHOWN = {".ipynb", ".png", ".svg", ".csv", ".pt", ".safetensors"}
MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


def regions(lines, kind):
    """Lines that stand between BEGIN and END of `kind`, those of fewer than 13 characters left out as saying little."""
    inside, found = False, []
    for line in lines:
        if f"BEGIN {kind}" in line or f"END {kind}" in line:
            inside = "BEGIN" in line
        elif inside and len(line.strip()) > 12:
            found.append(line.strip())
    return found


def leaks(text, notebook):
    """Solution and hidden lines of a chapter's text that its released notebook holds, unless open text has them too."""
    lines = text.splitlines()
    secret = regions(lines, "SOLUTION") + regions(lines, "HIDDEN TESTS")
    shown = "\n".join(cell.source for cell in notebook.cells)
    released = [line.strip() for line in shown.splitlines()]
    in_open = [line.strip() for line in lines if line.strip()]
    # A line that the text holds more often than its secret regions do is shown somewhere on purpose.
    return [line for line in dict.fromkeys(secret) if line in released and in_open.count(line) <= secret.count(line)]


def read(chapter):
    text = (ROOT / "source" / chapter / f"{chapter}.py").read_text(encoding="utf-8")
    return text, nbformat.read(ROOT / "release" / chapter / f"{chapter}.ipynb", as_version=4)


def test_there_are_chapters():
    assert CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebooks_are_what_the_text_builds(chapter):
    assert stale(ROOT, [chapter]) == [], "run `make build`"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_solution_and_no_hidden_test_is_released(chapter):
    text, notebook = read(chapter)
    assert regions(text.splitlines(), "SOLUTION") and regions(text.splitlines(), "HIDDEN TESTS")
    assert leaks(text, notebook) == []
    released = json.dumps(notebook)
    assert [marker for marker in MARKERS if marker in released] == []


def test_a_leaked_line_is_found():
    text = "# %%\n### BEGIN SOLUTION\nanswer = 40 + 2\nshown_anyway = 1\n### END SOLUTION\n# %%\nshown_anyway = 1\n"
    cells = [nbformat.v4.new_code_cell("answer = 40 + 2\nshown_anyway = 1")]
    assert leaks(text, nbformat.v4.new_notebook(cells=cells)) == ["answer = 40 + 2"]


def test_hints_are_not_released_and_are_found_where_they_were(tmp_path):
    source = tmp_path / "source" / "tiny"
    source.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copy(ROOT / "tests" / "grading" / "tiny_chapter.py", source / "tiny.py")
    (source / "hints.toml").write_text('double = ["think", "add", "number + number"]\n')
    (source / "table.csv").write_text("1,2\n")
    build(tmp_path)
    release = tmp_path / "release" / "tiny"
    assert sorted(path.name for path in release.iterdir()) == ["table.csv", "tiny.ipynb"]
    shutil.copy(source / "hints.toml", release)
    assert stale(tmp_path) == [release / "hints.toml"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_solution_cell_is_released_as_a_stub(chapter):
    _, notebook = read(chapter)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            assert "YOUR CODE HERE" in cell.source or "YOUR ANSWER HERE" in cell.source, cell.metadata["nbgrader"]["grade_id"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_output_is_committed(chapter):
    for part in ("source", "release"):
        notebook = nbformat.read(ROOT / part / chapter / f"{chapter}.ipynb", as_version=4)
        assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)


def test_the_release_folder_holds_chapters_and_nothing_else():
    released = [path for path in (ROOT / "release").rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts]
    assert {path.relative_to(ROOT / "release").parts[0] for path in released} == set(CHAPTERS)
    assert [path for path in released if path.suffix not in SHOWN] == []
    notebooks = {path.relative_to(ROOT / "release").as_posix() for path in released if path.suffix == ".ipynb"}
    assert notebooks == {f"{chapter}/{chapter}.ipynb" for chapter in CHAPTERS}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_saved_from_jupyterlab_builds_the_same_notebook(chapter):
    text, _ = read(chapter)
    opened = jupytext.reads(text, fmt="py:percent")
    assert opened.metadata["kernelspec"]["name"] == "python3"  # or JupyterLab asks for one each time
    assert master_notebook(jupytext.writes(opened, fmt="py:percent"), chapter) == master_notebook(text, chapter)
