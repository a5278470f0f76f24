"""What the formgrader's button Autograde tells in its box, in words that say what to do, when a submission makes trouble."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import tiny_class
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

# The button's own call, in a process of its own as in JupyterLab's; prints what the box shows.
PRESS = """
import json, sys
from nbgrader.apps import NbGraderApp
from nbgrader.apps.api import NbGraderAPI

app = NbGraderApp()
app.initialize([])
print(json.dumps(NbGraderAPI(app.coursedir, parent=app).autograde("tiny", sys.argv[1])))
"""


@pytest.fixture(scope="module")
def course(templates, tmp_path_factory):
    """A generated course with a submission that is right, one whose process ends, a PDF, and another assignment's notebook."""
    root = shutil.copytree(templates[1], tmp_path_factory.mktemp("log") / "course")
    for student in ("right", "exits"):
        tiny_class.submit(root, student, tiny_class.ANSWERS[student])
    name, pdf = tiny_class.FILES["pdf"]
    marks = {"grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False, "grade_id": "boat"}
    boats = new_notebook(cells=[new_markdown_cell("# 8 · Boats"), new_code_cell("1", metadata={"nbgrader": marks})])
    for student, content in {"pdf": pdf, "mistaken": nbformat.writes(boats).encode()}.items():
        folder = root / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
    return root


def press_autograde(root, student, path=None):
    """Whether it succeeded, and the lines of the log in the box. path: PATH of the process, in place of this one's."""
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PRESS, student], cwd=root, env=environment,
                          capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["success"], told["log"].splitlines()


def first(lines, level):
    """The first line of a level, without its name."""
    return next(line for line in lines if line.startswith(f"[{level}] ")).removeprefix(f"[{level}] ")


def test_of_a_file_that_is_no_notebook_the_first_error_says_what_it_is_and_what_to_ask_for(course):
    success, lines = press_autograde(course, "pdf")
    assert not success
    assert first(lines, "ERROR") == "tiny.ipynb is not a notebook but a PDF: ask for the .ipynb file as Jupyter saved it"


def test_of_another_assignments_notebook_the_first_error_says_so(course):
    success, lines = press_autograde(course, "mistaken")
    assert not success
    assert first(lines, "ERROR") == "tiny.ipynb holds another notebook (“8 · Boats”): ask for the right one"


def test_without_a_sandbox_the_first_error_says_what_to_install_and_which_setting_goes_on_without(course):
    success, lines = press_autograde(course, "right", path=str(Path(sys.executable).parent))
    assert not success
    assert "sudo apt install bubblewrap" in first(lines, "ERROR")
    assert "c.ExecuteOutside.sandbox = False" in "\n".join(lines)


def test_a_cell_that_was_not_run_to_its_end_is_told_with_its_reason_and_the_submission_is_graded(course):
    success, lines = press_autograde(course, "exits")
    assert success
    told = [line for line in lines if "exits: double-values: " in line]
    assert len(told) == 1 and told[0].startswith("[WARNING] ")


def test_of_a_right_submission_nothing_is_told_but_what_nbgrader_did(course):
    success, lines = press_autograde(course, "right")
    assert success
    assert not [line for line in lines if line.startswith("[ERROR]") or "not recognized" in line]
