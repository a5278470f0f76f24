"""Courses and classes that the grading tests share: a tiny course, and a class of it that is graded once."""

import shutil

import pytest
import tiny_class

from course.grading.build import generate


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """A built course and a generated one, to be copied: making them anew for every test would take seconds each."""
    built = tiny_class.make_course(tmp_path_factory.mktemp("built") / "course")
    generated = shutil.copytree(built, tmp_path_factory.mktemp("generated") / "course")
    generate(generated, "tiny")
    return built, generated


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
    return tiny_class.GradedClass.of(root)
