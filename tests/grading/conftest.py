"""Courses and classes that the grading tests share: a tiny course, and a class of it that is graded once."""

import functools
import shutil

import pytest
import tiny_class
from made_once import made_once
from nbgrader import api
from warm_engine import kept_warm, warm_engine  # noqa: F401  (a fixture)

from course.grading.build import generate


@pytest.fixture(scope="session", autouse=True)
def alembic_is_asked_once():
    """nbgrader asks alembic, for seconds, each time that it makes a gradebook; it says the same each time where it is found."""
    asked = functools.cache(api.get_alembic_version)

    def version():
        if not shutil.which("alembic"):
            raise FileNotFoundError("alembic")
        return asked()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", version)
        yield


@pytest.fixture(scope="session")
def templates(tmp_path_factory, pytestconfig):
    """A built course and a generated one, to be copied: making them anew for every test would take seconds each."""
    def make_generated(folder):
        shutil.copytree(built, folder)
        generate(folder, "tiny")

    built = made_once(tmp_path_factory, pytestconfig, "built", tiny_class.make_course)
    return built, made_once(tmp_path_factory, pytestconfig, "generated", make_generated)


@pytest.fixture
def course(templates, tmp_path):
    """A freshly built tiny course, not generated yet."""
    return shutil.copytree(templates[0], tmp_path / "course")


@pytest.fixture
def generated(templates, tmp_path):
    """A tiny course whose assignment is in the gradebook."""
    return shutil.copytree(templates[1], tmp_path / "course")


@pytest.fixture(scope="session")
def graded(templates, tmp_path_factory):
    """A tiny course whose whole class was graded once by `course grade`. Tests must not change it."""
    root = shutil.copytree(templates[1], tmp_path_factory.mktemp("graded") / "course")
    tiny_class.hand_in(root)
    with kept_warm():
        return tiny_class.GradedClass.of(root)
