"""No attack of the corpus is paid for what it forged, none gets to read what it must not, and what shows is reported."""

from pathlib import Path

import pytest
from corpus.classroom import HIDDEN_INPUTS, MARK_OF_HOME, NEIGHBOURS, GradedClass, everything_below, marks_in
from corpus.submissions import POINTS, all_attacks

ATTACKS = all_attacks()
CURIOUS = [name for name, one in ATTACKS.items() if one.wants_to_know]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return GradedClass.of(tmp_path_factory.mktemp("attacks"), ATTACKS.values(), feedback=CURIOUS)


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_paid_for_nothing_that_it_forged(graded, name):
    item = ATTACKS[name]
    paid = {cell for cell, points in graded.points[name].items() if points > item.points[cell]}
    assert paid == set(), item.about
    assert {cell for cell in item.earned if not graded.points[name][cell]} == set(), item.about


@pytest.mark.parametrize("name", ATTACKS)
def test_it_reads_nothing_that_it_must_not(graded, name):
    assert marks_in(graded.outputs(name)) == [], ATTACKS[name].about


@pytest.mark.parametrize("name", CURIOUS)
def test_its_feedback_tells_nothing_hidden(graded, name):
    text = graded.feedback(name)
    assert "double-values" in text or "assert double(2) == 4" in text, "there is no page, or it is empty"
    assert marks_in(text) == [], ATTACKS[name].about
    assert [number for number in HIDDEN_INPUTS if number in text or number[::-1] in text] == [], ATTACKS[name].about


@pytest.mark.parametrize("name", [name for name, one in ATTACKS.items() if one.shows])
def test_it_is_reported_where_it_shows(graded, name):
    assert graded.suspicions(name), ATTACKS[name].about


def test_nobody_honest_is_reported(graded):
    assert {student: graded.suspicions(student) for student in NEIGHBOURS} == dict.fromkeys(NEIGHBOURS, [])


def test_nobody_is_lost_and_neighbours_are_paid_in_full(graded):
    assert set(graded.results) == {*ATTACKS, *NEIGHBOURS}
    assert {student: graded.points[student] for student in NEIGHBOURS} == dict.fromkeys(NEIGHBOURS, POINTS)


def test_nothing_is_left_behind(graded):
    """Nor changed: the home folder, what was handed in, where temporary files are kept."""
    assert everything_below(graded.home) == {"notes.txt": MARK_OF_HOME.encode()}
    assert graded.changed_submissions() == []
    for folder in map(Path, ("/tmp", "/dev/shm", "/var/tmp")):
        assert [path for path in folder.glob("*of-the-corpus*")] == []
        assert not (folder / "torch.py").exists()


def test_a_planted_mark_is_found_where_there_is_one():
    assert marks_in("x planted-in-the-gradebook y") == ["planted-in-the-gradebook"]
    assert marks_in("koobedarg-eht-ni-detnalp") == ["koobedarg-eht-ni-detnalp"]


def test_the_corpus_is_large_enough():
    assert len(ATTACKS) >= 40
