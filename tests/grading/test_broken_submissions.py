"""Every broken submission of the corpus is graded or flagged, keeps the points of its other cells, and harms nobody."""

import re

import pytest
from corpus.classroom import NEIGHBOURS, GradedClass, comparable
from corpus.submissions import POINTS, all_broken

from course.grading.records import FAILED, GRADED

BROKEN = all_broken()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return GradedClass.of(tmp_path_factory.mktemp("broken"), BROKEN.values())


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The neighbours without anybody else."""
    return GradedClass.of(tmp_path_factory.mktemp("alone"), [])


@pytest.mark.parametrize("name", [name for name, one in BROKEN.items() if not one.flagged])
def test_it_is_graded_and_loses_only_what_is_broken(graded, name):
    result, item = graded.results[name], BROKEN[name]
    assert (result.status, graded.points[name]) == (GRADED, item.points), f"{item.about} {result.reason}"
    assert "\n" not in result.reason
    assert re.search(item.says, graded.said(name, item.lost)), item.about


@pytest.mark.parametrize("name", [name for name, one in BROKEN.items() if one.flagged])
def test_it_is_flagged_with_a_reason(graded, name):
    result, item = graded.results[name], BROKEN[name]
    assert result.status == FAILED, item.about
    assert re.search(item.flagged, result.reason) and "\n" not in result.reason, result.reason
    assert not re.search(r"[A-Z]\w+Error\b|Traceback|0x[0-9a-f]{6}", result.reason), result.reason
    assert graded.points[name] == dict.fromkeys(POINTS, 0) and name in graded.for_a_person


def test_nobody_is_lost(graded):
    assert set(graded.results) == {*BROKEN, *NEIGHBOURS}


@pytest.mark.parametrize("student", NEIGHBOURS)
def test_right_neighbours_are_graded_as_if_they_were_alone(graded, alone, student):
    assert graded.points[student] == alone.points[student] == POINTS
    assert graded.results[student].reason == alone.results[student].reason == ""
    assert comparable(graded.autograded(student)) == comparable(alone.autograded(student))


def test_what_was_handed_in_stays_as_it_was(graded):
    assert graded.changed_submissions() == []


def test_the_corpus_is_large_enough():
    assert len(BROKEN) >= 40
