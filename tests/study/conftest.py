"""A course folder with the small chapter, and a learner who has begun it."""

import shutil

import pytest
from learner import Learner, make_course
from made_once import made_once


@pytest.fixture(scope="session")
def built(tmp_path_factory, pytestconfig):
    """A course of the small chapter, to be copied: building it takes seconds."""
    return made_once(tmp_path_factory, pytestconfig, "small", make_course)


@pytest.fixture
def course(built, tmp_path):
    """A clone of the course, nothing in work/ yet."""
    return shutil.copytree(built, tmp_path / "course")


@pytest.fixture
def learner(course, capsys):
    """A learner who has typed `course start`."""
    one = Learner(course, capsys)
    assert one.types("start") == 0
    return one
