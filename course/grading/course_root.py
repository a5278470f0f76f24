"""Where a course lives: finds its root, reads its nbgrader_config.py, lists its assignments."""

import glob
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

CONFIG_NAME = "nbgrader_config.py"


class CourseError(Exception):
    """Something the person at the command line can mend; the message is one line and says what."""


def find_root(start=None):
    """The nearest folder at or above `start` (default: the current one) that holds nbgrader_config.py."""
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            refuse_pattern(folder)
            return folder
    raise CourseError(f"no {CONFIG_NAME} in {start} or above it: run this inside the course, or give --root")


def refuse_pattern(folder):
    """Raises CourseError when `folder` has any of * ? [ in its path.

    nbgrader reads such a path as a pattern, finds nothing that it should ignore, and releases the chapters' texts.
    """
    if glob.has_magic(str(folder)):
        raise CourseError(f"nbgrader cannot work in {folder}: move the course to a folder without * ? [ in its path")


def load_config(root, **course_directory):
    """The configuration in `root`/nbgrader_config.py with CourseDirectory.root set, and what else is given.

    Unlike the nbgrader commands this reads no file of the user's home: two people building one commit get one result.
    """
    config = PyFileConfigLoader(CONFIG_NAME, path=str(root)).load_config()
    config.CourseDirectory.merge(Config(root=str(root), **course_directory))
    return config


def course_directory(root, **settings):
    """nbgrader's CourseDirectory for the course at `root`, with `settings` (assignment_id, student_id, …) on top."""
    return CourseDirectory(config=load_config(root, **settings))


def chapters(root):
    """Names of the chapters that source/ holds as text, sorted: the folders with a <name>/<name>.py."""
    return sorted(path.stem for path in (Path(root) / "source").glob("*/*.py") if path.stem == path.parent.name)


def assignments(root):
    """Names of everything in source/ that nbgrader can generate, sorted: the folders with a notebook."""
    return sorted({path.parent.name for path in (Path(root) / "source").glob("*/*.ipynb")})


def require_assignment(root, name):
    """Returns `name` when source/ holds such an assignment. Raises CourseError, naming those there are, when not."""
    known = assignments(root)
    if name not in known:
        raise CourseError(f"unknown assignment '{name}': source/ has {', '.join(known) or 'none (run `course build`)'}")
    return name
