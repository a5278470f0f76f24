"""A course with the one chapter `slope`, an exchange, and the people who use it: what the tests of the journey share."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.grading.answers import with_answers
from course.grading.build import build

REPOSITORY = Path(__file__).resolve().parent.parent
CHAPTER = "slope"
SCHEME = "Half a point less where"  # words of the marking scheme
MODEL = "each term gives"  # words of the model answer
HIDDEN = "slope_by_autograd"  # a name that only the hidden test has

RIGHT_SLOPE = "def slope(weight, inputs, targets):\n    return 2 * (inputs * (weight * inputs - targets)).mean()"
WRONG_SLOPE = RIGHT_SLOPE.replace("mean()", "sum()")
RIGHT_WEIGHT = "def best_weight(inputs, targets):\n    return (inputs * targets).sum() / (inputs ** 2).sum()"
DERIVED = ("Each term $(w x_i - y_i)^2$ has the slope $2 x_i (w x_i - y_i)$, by the chain rule. Their mean is\n\n"
           "$$\\frac{dL}{dw} = \\frac2n \\sum_i x_i (w x_i - y_i)$$")


def machine_config(exchange):
    """What docs/formgrader.md tells to write into nbgrader_config.py for everybody on a machine, with this exchange."""
    page = (REPOSITORY / "docs" / "formgrader.md").read_text(encoding="utf-8")
    block = re.search(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1]
    assert '"/srv/nbgrader/exchange"' in block
    return block.replace("/srv/nbgrader/exchange", str(exchange))


def slope_course(root):
    """A course folder at `root` with the chapter, built from its text and not generated yet; configured as the real one."""
    text = root / "source" / CHAPTER / f"{CHAPTER}.py"
    text.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("slope_chapter.py"), text)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    build(root)
    return root


def make_exchange(path):
    """An exchange, as docs/formgrader.md tells to make one: writable for everybody, the course's folder for its owner."""
    (path / "pytorch").mkdir(parents=True)
    path.chmod(0o1777)
    return path


def write_home(home, exchange, *more):
    """Jupyter's folder of one person: nbgrader_config.py of the machine, and `more` lines. Returns `home`.

    The tests' people have one account, so a student's name is set, and nobody may be called a cheat for it.
    """
    folder = home / "jupyter_config_dir"
    folder.mkdir(parents=True)
    lines = [machine_config(exchange), "c.ExchangeCollect.check_owner = False", *more]
    (folder / "nbgrader_config.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return home


def as_student(name):
    """The line of configuration that makes somebody this student."""
    return f"c.CourseDirectory.student_id = {name!r}"


def answer(notebook, **answers):
    """Writes answers (grade_id with _ for -: source) into a notebook file."""
    named = {name.replace("_", "-"): source for name, source in answers.items()}
    nbformat.write(with_answers(nbformat.read(notebook, as_version=4), named), notebook)


@dataclass(frozen=True)
class Person:
    """Somebody at a command line: in `folder`, with Jupyter's folders below `home`."""

    folder: Path
    home: Path

    def run(self, *command):
        """Runs a command as this person. Returns its exit status and what it printed."""
        folders = {name: str(self.home / name.lower())
                   for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
        tools = Path(sys.executable).parent
        done = subprocess.run([tools / command[0], *command[1:]], cwd=self.folder, capture_output=True, text=True,
                              env={**os.environ, **folders, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"})
        return done.returncode, done.stdout + done.stderr

    def does(self, *command):
        """As `run`, for a command that must succeed. Returns what it printed."""
        status, said = self.run(*command)
        assert status == 0, said
        return said

    def nbgrader(self, *arguments):
        """`nbgrader …`, which must succeed. Returns what it printed."""
        return self.does("nbgrader", *arguments)
