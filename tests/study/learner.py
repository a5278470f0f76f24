"""A learner of the small chapter: their course folder, their answers, and the commands that they type."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from course.cli import main
from course.grading.build import build

HERE = Path(__file__).parent
DOUBLE = "def double(number):\n    return number + number"
AREA = "def area(radius):\n    return math.pi * radius * radius"
GIRTH = "def girth(radius):\n    return math.tau * radius"
VOLUME = "def volume(radius):\n    return math.tau * radius**3 * 2 / 3"
RIGHT = {"double": DOUBLE, "area": AREA, "girth": GIRTH}
FITTED = "def double(number):\n    return 4"  # right on what the released check asks, refused by the hidden test
HINTS = 'double = ["Think twice.", "Add.", "`number + number`, nearly."]\narea = ["a", "b", "c"]\nvolume = ["a", "b", "c"]\n'


def make_course(root):
    """A course folder with the small chapter in it, built, and with hints."""
    source = root / "source" / "small"
    source.mkdir(parents=True)
    shutil.copy(HERE / "small_chapter.py", source / "small.py")
    shutil.copy(HERE.parent.parent / "nbgrader_config.py", root)
    (source / "hints.toml").write_text(HINTS)
    build(root)
    return root


class Learner:
    """One learner with the course at `root`; `says` and `warns` hold what the last command printed."""

    def __init__(self, root, capsys):
        self.root, self.capsys = root, capsys
        self.says = self.warns = ""

    @property
    def notebook(self):
        return self.root / "work" / "small" / "small.ipynb"

    @property
    def record(self):
        return json.loads((self.root / "work" / "progress.json").read_text())["chapters"]["small"]

    def types(self, *command):
        """Runs a command of `course`. Returns its exit code."""
        self.capsys.readouterr()
        try:
            code = main(["--root", str(self.root), *map(str, command)])
        except SystemExit as ended:
            code = ended.code
        self.says, self.warns = self.capsys.readouterr()
        return code

    def writes(self, answers, change=None):
        """Saves the notebook with these answers ({grade_id: text}), and with what `change` does to it."""
        notebook = nbformat.read(self.notebook, as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        if change:
            change(notebook)
        nbformat.write(notebook, self.notebook)

    def line(self, name):
        """The line of the last output that holds this name."""
        return " ".join(next(line for line in self.says.splitlines() if f" {name} " in line).split())


def in_a_new_process(program, folder, **environment):
    """What a Python program prints that starts in this folder."""
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env={**os.environ, **environment}, capture_output=True,
                          text=True, check=True)
    return done.stdout
