"""Runs nbgrader's own tests on our grading: its fixtures, with our nbgrader_config.py under what each test configures."""

import shutil
from pathlib import Path

import known_differences
import pytest
from nbgrader.api import Gradebook
from nbgrader.tests.apps.conftest import course_dir, db, temp_cwd  # noqa: F401  (fixtures)

from course.grading.stock import tools_on_path

REPOSITORY = Path(__file__).parent.parent.parent
# What describes this course and not how it grades goes back to nbgrader's own value.
CONFIG = '''
c = get_config()
load_subconfig("nbgrader_config.py", path={repository!r})
c.CourseDirectory.course_id = ""
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]
c.GenerateAssignment.force = False
c.RequireJudgeable.allow_failing = True
c.CourseDirectory.root = {root!r}
'''


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """A test of nbgrader's must pass or fail as the table says; one that skips itself fails, too."""
    if not pyfuncitem.function.__module__.startswith("nbgrader."):
        return (yield)
    name = known_differences.name_of(pyfuncitem.nodeid)
    try:
        yield
    # Nothing is swallowed: the table is asked, and raises for what it does not list. A test that skips itself is such a
    # difference, too; pytest's own two are no Exceptions, and would pass by an `except Exception`.
    except (Exception, pytest.skip.Exception, pytest.fail.Exception) as error:
        known_differences.require_listed(name, error)
    else:
        known_differences.require_listed(name, None)
    return True


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """A gradebook without entries: nbgrader asks alembic, for two seconds, each time that it makes one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with tools_on_path():
        Gradebook(f"sqlite:///{path}", course_id="").close()
    return path


@pytest.fixture(autouse=True)
def gradebooks(request, empty_gradebook):
    """Every place in which nbgrader's tests look for a gradebook holds an empty one."""
    if "db" in request.fixturenames:
        shutil.copy(empty_gradebook, request.getfixturevalue("db").removeprefix("sqlite:///"))
    if "course_dir" in request.fixturenames:
        shutil.copy(empty_gradebook, Path(request.getfixturevalue("course_dir")) / "gradebook.db")


@pytest.fixture(autouse=True)
def our_configuration(request, monkeypatch):
    """nbgrader_config.py in the test's folder: ours first, so that what a test adds to it has the last word."""
    if "temp_cwd" in request.fixturenames:
        folder, root = request.getfixturevalue("temp_cwd"), request.getfixturevalue("course_dir")
        (Path(folder) / "nbgrader_config.py").write_text(CONFIG.format(repository=str(REPOSITORY), root=root))
        monkeypatch.setenv("JUPYTER_CONFIG_DIR", folder)  # nobody's own settings
    with tools_on_path():
        yield
