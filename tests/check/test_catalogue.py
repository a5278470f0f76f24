"""Claims about the catalogue of mistakes: whatever a check can name is there, and every entry helps."""

import re
from pathlib import Path

import pytest

from course.check import families, mistakes
from course.check.training.named import MEANINGS

ROOT = Path(__file__).parents[2]
CATALOGUE = mistakes.catalogue()


def test_whatever_a_diagnosis_can_name_is_in_the_catalogue():
    assert set(MEANINGS) <= set(CATALOGUE)


def test_whatever_a_family_of_wrong_references_can_name_is_in_the_catalogue():
    def predict(*arguments):
        return arguments

    made = (families.squared_error, families.binary_cross_entropy, families.cross_entropy, families.softmax,
            families.accuracy, families.hinge)
    assert {name for family in made for name in family(predict)} <= set(CATALOGUE)


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_mistake_has_a_name_a_cause_and_something_to_try(entry):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.id)
    assert entry.name and not entry.name.endswith(".") and len(entry.name) < 90
    assert entry.explanation.endswith((".", "?")) and entry.hint.endswith((".", "?"))
    assert entry.topic in mistakes.TOPICS


@pytest.mark.parametrize("topic", mistakes.TOPICS)
def test_the_section_to_read_again_exists_where_the_chapter_does(topic):
    chapter, heading = mistakes.TOPICS[topic]
    source = ROOT / "source" / chapter / f"{chapter}.py"
    if source.exists():
        headings = re.findall(r"^# #+ (.+)$", source.read_text(), re.MULTILINE)
        assert any(heading in found for found in headings)


def test_an_unknown_mistake_is_refused_by_name():
    with pytest.raises(KeyError, match="no-such-mistake"):
        mistakes.find("no-such-mistake")
