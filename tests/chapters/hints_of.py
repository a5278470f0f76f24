"""A chapter's exercises and their hints, read once for all tests of hints."""

from functools import cache

import nbformat
import pytest
from chapter import ROOT

from course.grading.course_root import chapters
from course.study.exercises import read_chapter
from course.study.hints import read_hints

CHAPTERS = chapters(ROOT)
each_chapter = pytest.mark.parametrize("name", CHAPTERS)


@cache
def chapter(name):
    return read_chapter(ROOT, name)


@cache
def hints(name):
    """{exercise: its three hints} of a chapter."""
    return read_hints(ROOT, chapter(name))


def every_hint(name):
    """(label, step, text) of each hint of a chapter."""
    return [(f"{exercise} {step}", step, text)
            for exercise, texts in hints(name).items() for step, text in enumerate(texts, 1)]


@cache
def released(name):
    return nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)
