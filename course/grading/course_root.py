"""Where a course lives: finds its root, reads its nbgrader_config.py, lists its assignments.

nbgrader and sqlalchemy, which take seconds to import, are imported where they are used: a misspelt name is told without them.
"""

import glob
import os
from pathlib import Path

from traitlets.config import Config, PyFileConfigLoader

from course.grading.misspelt import did_you_mean

CONFIG_NAME = "nbgrader_config.py"
# Environment variable with the URL of the gradebook, for this process and those that it starts.
GRADEBOOK = "COURSE_DB"


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
    if url := os.environ.get(GRADEBOOK):
        config.CourseDirectory.db_url = url
    config.CourseDirectory.merge(Config(root=str(root), **course_directory))
    return config


def use_gradebook(url):
    """From now on the gradebook is at `url`, whatever nbgrader_config.py says; None: it is where that says.

    Raises CourseError, without the URL's password, when nothing can be opened there.
    """
    os.environ.pop(GRADEBOOK, None)
    if url is None:
        return
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

    try:
        told = make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        raise CourseError(f"'{url}' is no URL: a gradebook is at sqlite:////path, or postgresql://user@host/name") from None
    try:
        engine = create_engine(url)
        with engine.connect():
            pass
        engine.dispose()
    except NoSuchModuleError:
        raise CourseError(f"no gradebook of this kind, {told}: give sqlite:////path or postgresql://user@host/name") from None
    except ModuleNotFoundError as error:
        raise CourseError(f"{told} needs {error.name}: pip install 'course[postgres]'") from None
    except OperationalError as error:
        raise CourseError(f"cannot open the gradebook {told}: {str(error.orig).strip().splitlines()[-1].strip()}") from None
    os.environ[GRADEBOOK] = url


def course_directory(root, **settings):
    """nbgrader's CourseDirectory for the course at `root`, with `settings` (assignment_id, student_id, …) on top."""
    from nbgrader.coursedir import CourseDirectory

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
        there = f"source/ has {', '.join(known) or 'none (run `course build`)'}"
        raise CourseError(f"unknown assignment '{name}': {did_you_mean(name, known)}{there}")
    return name
