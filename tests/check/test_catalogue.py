"""Claims about the catalogue of mistakes: whatever a check can name is there, and every entry helps."""

import re
from pathlib import Path

import pytest

from course.check import families, mistakes
from course.check.catalogue import review
from course.check.training.named import MEANINGS
from course.grading.course_root import CourseError
from course.grading.mistake_ids import unknown

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


@pytest.mark.parametrize(("entry", "told"), [
    (("new", "n", "e", "h", "xylophones"), r"'new' has the topic 'xylophones', which TOPICS in course/check/mistakes.py has not: add it there, as \"xylophones\": "),
    (("new", "n", "e", "h", "modeles"), "did you mean 'modules'\\? A new one is added there, as "),
    (("new", "n", "e", "modules"), "'new' needs id, name, explanation, hint, topic, and has 4 of these"),
    (("sum-for-mean", "n", "e", "h", "modules"), "'sum-for-mean' is the id of two mistakes"),
])
def test_an_entry_that_cannot_be_used_is_told_with_its_file_and_what_to_do(monkeypatch, entry, told):
    monkeypatch.setattr(review, "MISTAKES", [*review.MISTAKES, entry])
    with pytest.raises(mistakes.CatalogueError, match="^course/check/catalogue/review.py: .*" + told):
        mistakes.catalogue.__wrapped__()


def test_a_command_tells_of_such_an_entry_in_one_line(monkeypatch):
    def broken():
        raise mistakes.CatalogueError("course/check/catalogue/review.py: 'new' has the topic 'mean'")

    monkeypatch.setattr(mistakes, "catalogue", broken)
    with pytest.raises(CourseError, match="^course/check/catalogue/review.py: 'new' has the topic 'mean'$"):
        unknown("sum-for-mean")
